# SPDX-License-Identifier: GPL-2.0-or-later
"""Our two slurmrestd in the cluster, and the original beside them.

One process has one authentication type: with JWT it listens on a TCP port of the host and on a
unix socket, with local authentication (munge) on a unix socket of its own.
"""

import socket
from collections.abc import Sequence

from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import JWT_SOCKET, LOCAL_SOCKET, ORIGINAL_SOCKET, PIDS, VENV, Layout

_PROGRAM = f"{VENV}/bin/slurmrestd"
_PORTS = range(6820, 6920)
JWT_DAEMON = "rest-jwt"
LOCAL_DAEMON = "rest-local"
USER = "slurmrestd"


def is_running(cluster: Cluster) -> bool:
    """Whether both of ours are there."""
    return cluster.alive(JWT_DAEMON) and cluster.alive(LOCAL_DAEMON)


def is_current(cluster: Cluster) -> bool:
    """Whether what was started is what is installed: pip writes the program anew each time."""
    return cluster.succeeds(["test", f"{PIDS}/{JWT_DAEMON}.pid", "-nt", _PROGRAM])


def start(cluster: Cluster) -> int:
    """Start both of ours and wait until they answer.

    Returns the TCP port on 127.0.0.1 of the host: the one it had before if that is free.
    """
    if not cluster.layout.inside(_PROGRAM).exists():
        raise SandboxError("The project is installed but has no command slurmrestd yet.")
    cluster.run(["rm", "-f", JWT_SOCKET, LOCAL_SOCKET])
    # A socket stays in the network namespace that it was made in, so this one is the host's.
    with _listener(cluster.layout) as listener:
        port: int = listener.getsockname()[1]
        cluster.daemon(
            JWT_DAEMON,
            [_PROGRAM, "-a", "rest_auth/jwt", f"unix:{JWT_SOCKET}"],
            user=USER,
            env={"SLURM_JWT": "daemon"},
            listener=listener.fileno(),
        )
    cluster.daemon(
        LOCAL_DAEMON, [_PROGRAM, "-a", "rest_auth/local", f"unix:{LOCAL_SOCKET}"], user=USER
    )
    cluster.wait(JWT_DAEMON, lambda: answers(cluster, JWT_SOCKET), timeout=30)
    cluster.wait(LOCAL_DAEMON, lambda: answers(cluster, LOCAL_SOCKET), timeout=30)
    cluster.layout.port.write_text(f"{port}\n")
    return port


def stop(cluster: Cluster) -> None:
    """Stop both of ours."""
    for name in (JWT_DAEMON, LOCAL_DAEMON):
        cluster.stop(name)


def answers(cluster: Cluster, path: str) -> bool:
    """Whether something speaks HTTP at a unix socket of the cluster."""
    curl = ["curl", "--silent", "--max-time", "5", "--unix-socket", path, "http://localhost/"]
    return cluster.succeeds(["sh", "-c", 'test -S "$1" && shift && exec "$@"', "-", path, *curl])


def original(cluster: Cluster, arguments: Sequence[str], env: dict[str, str]) -> list[str]:
    """The command that runs the original with JWT on its unix socket until it is stopped."""
    if answers(cluster, ORIGINAL_SOCKET):
        raise SandboxError("The original is running already: stop it first.")
    cluster.run(["rm", "-f", ORIGINAL_SOCKET])
    return cluster.command(
        ["/usr/sbin/slurmrestd", "-a", "rest_auth/jwt", *arguments, f"unix:{ORIGINAL_SOCKET}"],
        user=USER,
        env={"SLURM_JWT": "daemon"} | env,
    )


def token(cluster: Cluster, user: str, lifespan: int) -> str:
    """A JWT for a user, good for ``lifespan`` seconds."""
    said = cluster.run(["scontrol", "token", f"username={user}", f"lifespan={lifespan}"])
    return said.strip().partition("=")[2]


def _listener(layout: Layout) -> socket.socket:
    before = [int(layout.port.read_text())] if layout.port.exists() else []
    for port in (*before, *_PORTS):
        try:
            return socket.create_server(("127.0.0.1", port), backlog=1024)
        except OSError:
            continue
    raise SandboxError(
        f"Every port of 127.0.0.1 from {_PORTS[0]} to {_PORTS[-1]} is taken: free one of them."
    )

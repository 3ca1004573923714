# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person is told about a running cluster: lines to paste into a shell."""

import shutil
from pathlib import Path
from shlex import quote

from slurmrestd.sandbox import rest
from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.layout import (
    JWT_SOCKET,
    LOCAL_SOCKET,
    ORIGINAL_SOCKET,
    SOCKETS,
    Layout,
)

# sun_path of unix(7), without its closing zero
_LONGEST_SOCKET_PATH = 107
_PING = "slurm/v0.0.42/ping"
_DAY = 86400


def text(cluster: Cluster) -> str:
    """What is up and how to talk to it."""
    where = cluster.layout
    counts = cluster.run(["squeue", "-h", "-t", "all", "-r", "-o", "%T"]).split()
    running = counts.count("RUNNING")
    lines = [
        f'Slurm cluster "sandbox" is up in {where.directory}',
        f"{len(counts)} jobs, {running} of them running; 4 live and 1000 declared nodes",
        "",
    ]
    if not rest.is_running(cluster):
        return "\n".join([*lines, "Our slurmrestd is not running (`restart` starts it)."])
    token = rest.token(cluster, "admin", _DAY)
    header = '-H "X-SLURM-USER-TOKEN: $SLURM_JWT"'
    return "\n".join(
        [
            *lines,
            "A token for the administrator, good for a day:",
            f"  export SLURM_JWT={token}",
            "",
            "With JWT, by TCP and by unix socket:",
            f"  {_by_port(where, header)}",
            f"  {_by_socket(cluster, JWT_SOCKET, header)}",
            # A server refuses a client whose process id it cannot see.
            "With local authentication, as root (and seen by the server, hence nsenter):",
            f"  {_by_socket(cluster, LOCAL_SOCKET, '', prefix=f'nsenter -t {cluster.pid} -p ')}",
            "In a browser, with the token:",
            f"  http://127.0.0.1:{where.port.read_text().strip()}/docs",
            "",
        ]
    )


def original(cluster: Cluster) -> str:
    """How to talk to the original."""
    token = rest.token(cluster, "admin", _DAY)
    header = '-H "X-SLURM-USER-TOKEN: $SLURM_JWT"'
    call = _by_socket(cluster, ORIGINAL_SOCKET, header)
    return f"  export SLURM_JWT={token}\n  {call}\nCtrl-C stops it."


def _by_port(where: Layout, header: str) -> str:
    call = f"curl {header} http://127.0.0.1:{where.port.read_text().strip()}/{_PING}"
    return call if _has_curl() else f"{_in_root(where)}{call}"


def _by_socket(cluster: Cluster, socket: str, header: str, prefix: str = "") -> str:
    path = cluster.layout.inside(socket)
    call = f"{header} http://localhost/{_PING}".strip()
    if not _has_curl():
        return f"{prefix}{_in_root(cluster.layout)}curl --unix-socket {socket} {call}"
    if len(str(path).encode()) <= _LONGEST_SOCKET_PATH:
        return f"{prefix}curl --unix-socket {quote(str(path))} {call}"
    # The path is longer than a socket's may be: it is reached from its directory.
    directory = cluster.layout.inside(SOCKETS)
    return f"(cd {quote(str(directory))} && {prefix}curl --unix-socket {Path(socket).name} {call})"


def _has_curl() -> bool:
    return shutil.which("curl") is not None


def _in_root(where: Layout) -> str:
    """What runs a program of the root on the host's network: a bare Debian has no curl."""
    return f"chroot {quote(str(where.root))} "

# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemons that are measured, each started for the purpose and ended by its id."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import machine

START_SECONDS = 30.0


@dataclass(frozen=True)
class Contender:
    """A daemon and a setting of it; ``conf`` is another slurm.conf than the sandbox's."""

    name: str
    program: str
    version: str = "v0.0.42"
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    conf: str = ""


@dataclass(frozen=True)
class Running:
    """A daemon that answers."""

    pid: int
    socket: Path
    port: int

    def processes(self) -> list[int]:
        """All of them."""
        return list(machine.family(self.pid))

    def workers(self) -> list[int]:
        """The processes that serve: all but the master, or the one that there is."""
        pids = list(machine.family(self.pid))
        return pids[1:] or pids


@contextmanager
def running(contender: Contender) -> Iterator[Running]:
    """Start a daemon as the unprivileged user of the sandbox; end it afterwards.

    It listens on a unix socket and on TCP.
    """
    user = pwd.getpwnam("slurmrestd")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.chown(folder, user.pw_uid, user.pw_gid)
        path = Path(folder) / "rest.sock"
        port = free_port()
        other = ["-f", contender.conf, "-s", "slurmctld"] if contender.conf else []
        process = subprocess.Popen(
            [
                *(contender.program, *contender.arguments, "-a", "rest_auth/jwt", *other),
                *(f"unix:{path}", f"127.0.0.1:{port}"),
            ],
            env={"PATH": os.environ["PATH"], "SLURM_JWT": "daemon", **contender.environment},
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(process, path)
            yield Running(process.pid, path, port)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode} at its start")
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(path))
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise SystemExit(f"{process.args!r} did not listen within {START_SECONDS:.0f} s")

# SPDX-License-Identifier: GPL-2.0-or-later
"""A slurmctld of the tests' own, which may be stopped, killed and filled with jobs.

It shares munge, the users and the JWT key with the sandbox's cluster, and nothing else: what is
done to it disturbs no other test.
"""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fix_cluster import Cluster
from tests.robustness.starting import start

MESSAGE_TIMEOUT = 5
"""Seconds that libslurm waits for this controller's answer."""

_HELD_JOBS = "slurmrestd/sandbox/heldjobs.c"


class Controller:
    """Runs between ``start`` and ``stop``; ``settings`` are further lines of its slurm.conf."""

    def __init__(self, cluster: Cluster, folder: Path, settings: tuple[str, ...] = ()) -> None:
        self._cluster = cluster
        self._folder = folder
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._account = pwd.getpwnam(cluster.facts["daemons"]["slurmctld"]["user"])
        self.port = free_port()
        self.conf = self.write_conf("slurm.conf", self.port)
        self._own(folder)

    def write_conf(self, name: str, port: int) -> Path:
        """A slurm.conf that says that this controller listens at ``port``."""
        lines = [
            "ClusterName=robustness",
            f"SlurmctldHost={socket.gethostname()}(127.0.0.1)",
            f"SlurmctldPort={port}",
            f"SlurmUser={self._account.pw_name}",
            "AuthType=auth/munge",
            "AuthAltTypes=auth/jwt",
            f"AuthAltParameters=jwt_key={self._cluster.facts['jwt_key']}",
            f"StateSaveLocation={self._folder}",
            f"SlurmctldPidFile={self._folder}/slurmctld.pid",
            f"MessageTimeout={MESSAGE_TIMEOUT}",
            "ProctrackType=proctrack/linuxproc",
            "TaskPlugin=task/none",
            "MaxJobCount=200000",
            "NodeName=e[0001-1000] NodeAddr=127.0.0.1 State=DOWN",
            "PartitionName=normal Nodes=ALL Default=YES",
            *self._settings,
        ]
        path = self._folder / name
        path.write_text("\n".join([*lines, ""]))
        self._own(path)
        return path

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = start("slurmctld", self._folder, self.conf, self._account, self._answers)

    def _answers(self) -> bool:
        done = subprocess.run(
            ["scontrol", "ping"], env=self._environment(), capture_output=True, check=False
        )
        return b"is UP" in done.stdout

    def _environment(self) -> dict[str, str]:
        return os.environ | {"SLURM_CONF": str(self.conf)}

    def _own(self, path: Path) -> None:
        os.chown(path, self._account.pw_uid, self._account.pw_gid)
        path.chmod(0o755)

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def run(self, *command: str, user: str = "root") -> str:
        """What a command said that speaks to this controller."""
        return self._cluster.run("env", f"SLURM_CONF={self.conf}", *command, user=user)

    def add_held_jobs(self, count: int) -> None:
        """Add held jobs of several users, about a thousand a second."""
        program = str(self._folder / "heldjobs")
        source = f"{self._cluster.facts['source']}/{_HELD_JOBS}"
        self._cluster.run("gcc", "-O2", "-o", program, source, "-lslurm")
        self.run(program, str(count))

    def kill(self) -> None:
        """End it as a crash would."""
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    def end(self) -> None:
        """End it as an administrator would."""
        self._signal(signal.SIGTERM)
        assert self._process is not None
        self._process.wait()

    @contextmanager
    def dead(self) -> Iterator[None]:
        """It is not there meanwhile."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def halted(self) -> Iterator[None]:
        """It stands still meanwhile: the kernel takes connections for it, nobody answers."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def connections(self) -> int:
        """How many connections are open to its port, as the kernel counts them."""
        wanted = f":{self.port:04X}"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(row[2].endswith(wanted) and row[3] == _ESTABLISHED for row in rows)

    def stop(self) -> None:
        """End it at the session's end; its state is not worth saving."""
        if self._process is not None and self._process.poll() is None:
            self.kill()


_ESTABLISHED = "01"  # of /proc/net/tcp


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])

# SPDX-License-Identifier: GPL-2.0-or-later
"""A slurmdbd of the tests' own, with a database of its own, which may be stopped and emptied.

It shares munge, MariaDB, the users, the JWT key and the controller with the sandbox's cluster.
"""

from __future__ import annotations

import os
import pwd
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fix_cluster import Cluster
from tests.robustness.starting import start

DATABASE = "slurm_test_db"
_SECONDS = 60
_CONFIGURATION = Path("/etc/slurm")


class Slurmdbd:
    """Runs between ``start`` and ``stop``; ``conf`` is a slurm.conf that names it."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._account = pwd.getpwnam(cluster.facts["daemons"]["slurmdbd"]["user"])
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]
        self.conf = folder / "slurm.conf"
        self._configure()

    def _configure(self) -> None:
        theirs = (_CONFIGURATION / "slurm.conf").read_text()
        self.conf.write_text(f"{theirs}\nAccountingStoragePort={self.port}\n")
        for name in ("gres.conf", "cgroup.conf", "plugstack.conf"):
            (self._folder / name).write_bytes((_CONFIGURATION / name).read_bytes())
        settings = (_CONFIGURATION / "slurmdbd.conf").read_text()
        settings = re.sub("StorageLoc=.*", f"StorageLoc={DATABASE}", settings)
        settings = re.sub("PidFile=.*", f"PidFile={self._folder}/slurmdbd.pid", settings)
        own = self._folder / "slurmdbd.conf"
        own.write_text(f"{settings}\nDbdPort={self.port}\n")
        for path in (self._folder, *self._folder.iterdir()):
            os.chown(path, self._account.pw_uid, self._account.pw_gid)
        self._folder.chmod(0o755)
        own.chmod(0o600)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = start("slurmdbd", self._folder, self.conf, self._account, self._answers)

    def _answers(self) -> bool:
        ping = ["env", f"SLURM_CONF={self.conf}", "sacctmgr", "ping"]
        return subprocess.run(ping, capture_output=True, check=False).returncode == 0

    def run(self, *command: str, stdin: bytes = b"") -> str:
        """What a command said that speaks to this slurmdbd."""
        return self._cluster.run("env", f"SLURM_CONF={self.conf}", *command, stdin=stdin)

    def empty(self) -> None:
        """Start it anew on a database in which there is nothing."""
        self.end()
        self.sql(f"drop database if exists {DATABASE}")
        self.sql(f"create database {DATABASE}")
        self.sql(f"grant all on {DATABASE}.* to '{self._account.pw_name}'@'localhost'")
        self.start()

    def sql(self, statement: str) -> None:
        """Do something to the database behind its back."""
        self._cluster.run("mariadb", "-e", statement)

    def kill(self) -> None:
        """End it as a crash would."""
        self._signal(signal.SIGKILL)

    def end(self) -> None:
        """End it as an administrator would."""
        self._signal(signal.SIGTERM)

    @contextmanager
    def halted(self) -> Iterator[None]:
        """It stands still meanwhile: the kernel takes connections for it, nobody answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            process.wait(_SECONDS)

    def connections(self) -> int:
        """How many connections are open to its port, as the kernel counts them."""
        wanted = f":{self.port:04X}"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(row[2].endswith(wanted) and row[3] == "01" for row in rows)

    def stop(self) -> None:
        """End it, and take its database away."""
        self.end()
        self.sql(f"drop database if exists {DATABASE}")


@pytest.fixture(scope="session")
def slurmdbd(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slurmdbd]:
    """A slurmdbd that knows of the sandbox's cluster and of its administrator, and little else."""
    folder = tmp_path_factory.mktemp("slurmdbd")
    folder.parent.chmod(0o755)
    folder.parent.parent.chmod(0o755)
    made = Slurmdbd(cluster, folder)
    try:
        made.empty()
        made.run("sacctmgr", "-iQ", "add", "cluster", "sandbox")
        made.run("sacctmgr", "-iQ", "add", "account", "physics")
        made.run("sacctmgr", "-iQ", "add", "user", "alice", "account=physics")
        yield made
    finally:
        made.stop()

# SPDX-License-Identifier: GPL-2.0-or-later
"""Daemons of the test session: the original and ours, each on a unix socket of its own."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.conformance.raw import Address
from tests.fix_cluster import Cluster, User

_START_SECONDS = 30
_STOP_SECONDS = 10
JWT = "jwt"
LOCAL = "local"
_ENVIRONMENT = {JWT: {"SLURM_JWT": "daemon"}, LOCAL: {}}


class Daemon:
    """A slurmrestd that is running."""

    def __init__(
        self,
        address: Address,
        command: Sequence[str],
        log: Path,
        user: User,
        environment: Mapping[str, str],
    ) -> None:
        self.address = address
        self.log = log
        self._command = command
        self._user = user
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._process is not None
        return self._process.pid

    @property
    def program(self) -> str:
        """What was started."""
        return self._command[0]

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def resident(self) -> int:
        """Bytes of memory that it has."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize()

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def died(self, within: float = 1.0) -> bool:
        """Whether it has ended, or does so now (writing its core takes a moment)."""
        assert self._process is not None
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        Path(self.address.path).unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.environ["PATH"], **self._environment},
                user=self._user.uid,
                group=self._user.uid,
                extra_groups=[],
                cwd="/",
            )
        self._wait()

    def restart(self) -> None:
        """Start it again, whatever became of it."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End it and wait."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while self.alive and time.monotonic() < deadline:
            try:
                self.address.connect(1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        said = self.log.read_text(errors="replace")[-2000:]
        self.stop()
        raise AssertionError(f"{self._command} does not listen; it said:\n{said}")


StartDaemon = Callable[..., AbstractContextManager[Daemon]]


@pytest.fixture(scope="session")
def start_daemon(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> StartDaemon:
    """Start ``program`` as the service user with one kind of authentication; a context manager."""
    base = tmp_path_factory.mktemp("daemons")
    base.parent.chmod(0o755)
    base.parent.parent.chmod(0o755)
    os.chown(base, cluster.service_user.uid, cluster.service_user.uid)
    base.chmod(0o755)
    numbers = iter(range(1000))

    @contextmanager
    def start(
        program: str, authentication: str = JWT, *arguments: str, user: str = "", **env: str
    ) -> Iterator[Daemon]:
        name = f"{next(numbers)}-{Path(program).parent.name}-{authentication}"
        address = Address(path=f"{base}/{name}.sock")
        command = [program, "-a", f"rest_auth/{authentication}", *arguments, f"unix:{address.path}"]
        runs_as = cluster.user(user) if user else cluster.service_user
        environment = _ENVIRONMENT[authentication] | env
        daemon = Daemon(address, command, base / f"{name}.log", runs_as, environment)
        try:
            daemon.start()
            yield daemon
        finally:
            daemon.stop()

    return start

# SPDX-License-Identifier: GPL-2.0-or-later
"""munged and slurmdbd fail: an error of the requests that need them, and of no others."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conformance.raw import Reply, exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, LOCAL, Daemon, StartDaemon
from tests.robustness.clients import message
from tests.robustness.conftest import MakeController
from tests.robustness.controller import Controller
from tests.robustness.processes import Workers
from tests.robustness.waiting import eventually

SECONDS = 60.0


class Munged:
    """One of the tests' own, with the cluster's key."""

    def __init__(self, folder: Path) -> None:
        self._account = pwd.getpwnam("munge")
        self._folder = folder
        self.socket = folder / "socket"
        self._process: subprocess.Popen[bytes] | None = None
        os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        folder.chmod(0o755)

    def start(self) -> None:
        """Start it and wait until it makes credentials."""
        self._process = subprocess.Popen(
            [
                *("munged", "--foreground", "--force", f"--socket={self.socket}"),
                *(f"--pid-file={self._folder}/pid", f"--seed-file={self._folder}/seed"),
                f"--log-file={self._folder}/log",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._account.pw_uid,
            group=self._account.pw_gid,
            extra_groups=[],
        )
        assert eventually(self._works)

    def _works(self) -> bool:
        command = ["munge", "--no-input", f"--socket={self.socket}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def kill(self) -> None:
        """As a crash would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def munged(start_daemon: StartDaemon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Munged]:
    """It runs, unless a test has killed it.

    It needs start_daemon for the directories above its own, which that opens to other users.
    """
    made = Munged(tmp_path_factory.mktemp("munged"))
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def munge_controller(munged: Munged, make_controller: MakeController) -> Iterator[Controller]:
    """A controller that uses it."""
    with make_controller(f"AuthInfo=socket={munged.socket}") as made:
        yield made


def get(daemon: Daemon, path: str, token: str | None = None) -> Reply:
    """One GET."""
    return exchange(daemon.address, message(path, token), timeout=SECONDS)


def test_munge_is_gone(
    cluster: Cluster, munged: Munged, munge_controller: Controller, start_daemon: StartDaemon
) -> None:
    """Local authentication needs it for each request; ours says what the original does."""
    conf = ("-s", "slurmctld", "-f", str(munge_controller.conf))
    with (
        start_daemon(cluster.program, LOCAL, *conf) as ours,
        start_daemon(cluster.original, LOCAL, *conf) as original,
    ):
        assert get(ours, "jobs").status == get(original, "jobs").status == 200
        before = Workers(ours.pid).rest()
        munged.kill()
        try:
            # libslurm tries for a while: both at the same time.
            with ThreadPoolExecutor(2) as pool:
                found, wanted = pool.map(lambda one: get(one, "jobs"), [ours, original])
            assert found.status == wanted.status
            assert found.status >= 500
        finally:
            munged.start()
        assert eventually(lambda: get(ours, "jobs").status == 200, within=5)
        assert Workers(ours.pid).come_back_to(before)


def test_who_brings_a_token_does_not_need_munge(
    cluster: Cluster, munged: Munged, munge_controller: Controller, start_daemon: StartDaemon
) -> None:
    token = cluster.token("root")
    conf = ("-s", "slurmctld", "-f", str(munge_controller.conf))
    with (
        start_daemon(cluster.program, JWT, *conf) as ours,
        start_daemon(cluster.original, JWT, *conf) as original,
    ):
        munged.kill()
        try:
            with ThreadPoolExecutor(2) as pool:
                found, wanted = pool.map(lambda one: get(one, "jobs", token), [ours, original])
        finally:
            munged.start()
        assert found.status == wanted.status
        assert get(ours, "jobs", token).status == 200


class Slurmdbd:
    """The sandbox's; whoever stops it lets it go on, whoever kills it starts it again."""

    def __init__(self, cluster: Cluster) -> None:
        facts = cluster.facts["daemons"]["slurmdbd"]
        self._command, self._user = facts["command"], facts["user"]
        self._file = Path(cluster.facts["pids"]) / "slurmdbd.pid"
        self._log = Path(cluster.facts["logs"]) / "slurmdbd.log"

    @property
    def _pid(self) -> int:
        return int(self._file.read_text())

    @contextmanager
    def halted(self) -> Iterator[None]:
        """It stands still meanwhile."""
        os.kill(self._pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._pid, signal.SIGCONT)

    @contextmanager
    def dead(self) -> Iterator[None]:
        """It is not there meanwhile."""
        pid = self._pid
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: _is_gone(pid))
        try:
            yield
        finally:
            self._start()

    def _start(self) -> None:
        become = f"setpriv --reuid={self._user} --regid={self._user} --init-groups"
        # By a shell that leaves it alone: it outlives the tests.
        script = f'setsid {become} "$@" < /dev/null & echo $! > {self._file}'
        with self._log.open("ab") as log:
            subprocess.run(
                ["sh", "-c", script, "-", *self._command], stdout=log, stderr=log, check=True
            )
        assert eventually(_sacctmgr_answers)


def _is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def _sacctmgr_answers() -> bool:
    done = subprocess.run(["sacctmgr", "ping"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture(scope="module")
def slurmdbd(cluster: Cluster) -> Slurmdbd:
    """The sandbox's."""
    return Slurmdbd(cluster)


@pytest.fixture(scope="module")
def pair(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[tuple[Daemon, Daemon]]:
    """Ours and the original on the sandbox's cluster."""
    with (
        start_daemon(cluster.program, JWT) as ours,
        start_daemon(cluster.original, JWT) as original,
    ):
        yield ours, original


ACCOUNTING = "/slurmdb/v0.0.42/tres/"
WAITING = 4


def assert_alike(pair: tuple[Daemon, Daemon], token: str) -> None:
    """Both fail in the same way, and what needs no slurmdbd is well."""
    ours, _ = pair
    with ThreadPoolExecutor(2) as pool:
        found, wanted = pool.map(lambda one: get(one, ACCOUNTING, token), pair)
    assert found.status == wanted.status
    assert found.status >= 500
    for path in ("ping", "jobs", "licenses"):
        assert get(ours, path, token).status == 200


def test_slurmdbd_is_gone(
    pair: tuple[Daemon, Daemon], slurmdbd: Slurmdbd, cluster: Cluster
) -> None:
    """A connection that was kept is broken then, and nobody may notice afterwards."""
    ours, _ = pair
    token = cluster.token("admin")
    assert get(ours, ACCOUNTING, token).status == 200
    before = Workers(ours.pid).rest()
    with slurmdbd.dead():
        assert_alike(pair, token)
    assert eventually(lambda: get(ours, ACCOUNTING, token).status == 200, within=5)
    assert Workers(ours.pid).come_back_to(before)


def test_slurmdbd_stands_still(
    pair: tuple[Daemon, Daemon], slurmdbd: Slurmdbd, cluster: Cluster
) -> None:
    """Requests that need it wait, libslurm does so for most of a minute; no other notices."""
    ours, _ = pair
    token = cluster.token("admin")
    assert get(ours, ACCOUNTING, token).status == 200
    before = Workers(ours.pid).rest()
    with ThreadPoolExecutor(WAITING) as pool:
        with slurmdbd.halted():
            waiting = [pool.submit(get, ours, ACCOUNTING, token) for _ in range(WAITING)]
            for path in ("ping", "jobs", "licenses", "nodes") * 3:
                assert get(ours, path, token).status == 200
            assert not any(one.done() for one in waiting)
        assert {one.result().status for one in waiting} == {200}
    assert Workers(ours.pid).come_back_to(before)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Signals, and what systemd is told, while clients never stop asking."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from slurmrestd.cli.options import Options
from slurmrestd.server.limits import split
from tests.conformance.raw import exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon
from tests.robustness.clients import message
from tests.robustness.processes import Workers
from tests.robustness.waiting import eventually

CLIENTS = 6
WORKERS = len(split(Options().max_connections, Options().threads))
SIGPIPE_IGNORED = 1 << (signal.SIGPIPE - 1)


class Conf:
    """A slurm.conf of the sandbox's cluster whose ClusterName is what answers show of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "slurm.conf"
        self._text = Path("/etc/slurm/slurm.conf").read_text()
        self.name("first")

    def name(self, cluster: str) -> None:
        """Change the name of the cluster."""
        self.path.write_text(self._text.replace("ClusterName=sandbox", f"ClusterName={cluster}"))

    def spoil(self) -> None:
        """Make it one that ends libslurm's process."""
        self.path.write_text("NoSuchOption=1\n")


@pytest.fixture
def conf(folder: Path) -> Conf:
    return Conf(folder)


@pytest.fixture
def daemon(cluster: Cluster, start_daemon: StartDaemon, conf: Conf) -> Iterator[Daemon]:
    """Ours, on a slurm.conf of its own."""
    with start_daemon(cluster.program, JWT, "-s", "slurmctld", "-f", str(conf.path)) as made:
        assert eventually(lambda: len(Workers(made.pid).pids()) == WORKERS)
        yield made


def shown_by(daemon: Daemon, token: str) -> str:
    """The cluster's name in an answer."""
    reply = exchange(daemon.address, message("ping", token))
    assert reply.status == 200, reply
    name: str = json.loads(reply.body)["meta"]["slurm"]["cluster"]
    return name


@contextmanager
def clients(daemon: Daemon, token: str) -> Iterator[list[str]]:
    """Clients that ask all the time, each time on a new connection: what they were shown."""
    shown: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            shown.append(shown_by(daemon, token))

    with ThreadPoolExecutor(CLIENTS) as pool:
        asking = [pool.submit(ask) for _ in range(CLIENTS)]
        try:
            assert eventually(lambda: len(shown) > CLIENTS)
            yield shown
        finally:
            done.set()
        for one in asking:
            one.result()


def renewed(daemon: Daemon, before: list[int]) -> bool:
    """Whether all workers are others, in the end, and as many."""

    def are_others() -> bool:
        now = Workers(daemon.pid).pids()
        return len(now) == WORKERS and not set(now) & set(before)

    return eventually(are_others)


def test_sighup_reads_slurm_conf_again_and_nobody_is_refused(
    cluster: Cluster, daemon: Daemon, conf: Conf
) -> None:
    with clients(daemon, cluster.token("alice")) as shown:
        for name in ("second", "third"):
            before = Workers(daemon.pid).pids()
            conf.name(name)
            os.kill(daemon.pid, signal.SIGHUP)
            assert renewed(daemon, before)
            seen = len(shown)
            assert eventually(lambda known=seen: len(shown) > known + 2 * CLIENTS)  # type: ignore[misc]
            assert set(shown[-CLIENTS:]) == {name}
    assert set(shown) == {"first", "second", "third"}


@pytest.mark.parametrize("how", ["bad", "gone"])
def test_a_slurm_conf_that_cannot_be_used_changes_nothing(
    cluster: Cluster, daemon: Daemon, conf: Conf, how: str
) -> None:
    before = Workers(daemon.pid).pids()
    if how == "bad":
        conf.spoil()
    else:
        conf.path.unlink()
    os.kill(daemon.pid, signal.SIGHUP)
    assert eventually(lambda: "SIGHUP: nothing changes: " in daemon.log.read_text())
    assert Workers(daemon.pid).pids() == before
    assert shown_by(daemon, cluster.token("alice")) == "first"

    conf.name("mended")
    os.kill(daemon.pid, signal.SIGHUP)
    assert renewed(daemon, before)
    assert shown_by(daemon, cluster.token("alice")) == "mended"


def test_one_sighup_after_another_is_one(cluster: Cluster, daemon: Daemon, conf: Conf) -> None:
    before = Workers(daemon.pid).pids()
    with clients(daemon, cluster.token("alice")):
        for number in range(10):
            conf.name(f"name{number}")
            os.kill(daemon.pid, signal.SIGHUP)
        assert renewed(daemon, before)
        assert eventually(lambda: shown_by(daemon, cluster.token("alice")) == "name9")
    assert eventually(lambda: len(Workers(daemon.pid).pids()) == WORKERS)


def test_sighup_to_the_whole_group_is_no_end_of_workers(daemon: Daemon) -> None:
    """As from a terminal that is closed; the master decides."""
    for pid in Workers(daemon.pid).pids():
        os.kill(pid, signal.SIGHUP)
    before = Workers(daemon.pid).pids()
    os.kill(daemon.pid, signal.SIGHUP)
    assert renewed(daemon, before)
    assert "was sent SIGHUP" not in daemon.log.read_text()


def test_sigpipe_is_ignored(cluster: Cluster, daemon: Daemon) -> None:
    pids = [daemon.pid, *Workers(daemon.pid).pids()]
    for pid in pids:
        status = Path(f"/proc/{pid}/status").read_text()
        ignored = next(line for line in status.splitlines() if line.startswith("SigIgn:"))
        assert int(ignored.split()[1], 16) & SIGPIPE_IGNORED
        os.kill(pid, signal.SIGPIPE)
    assert shown_by(daemon, cluster.token("alice")) == "first"
    assert [daemon.pid, *Workers(daemon.pid).pids()] == pids


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_clean_end(daemon: Daemon, number: signal.Signals) -> None:
    pids = Workers(daemon.pid).pids()
    os.kill(daemon.pid, number)
    assert daemon.died(within=30)
    assert daemon.exit_code == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not Path(daemon.address.path).exists()


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_is_told(
    cluster: Cluster, start_daemon: StartDaemon, conf: Conf, folder: Path, abstract: bool
) -> None:
    """Ready with the workers there, again after a reload, and that the end has begun."""
    name = f"@slurmrestd-test-{os.getpid()}" if abstract else str(folder / "notify")
    arguments = ("-s", "slurmctld", "-f", str(conf.path))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0" + name[1:] if abstract else name)
        if not abstract:
            Path(name).chmod(0o777)
        systemd.settimeout(60)
        with start_daemon(cluster.program, JWT, *arguments, NOTIFY_SOCKET=name) as daemon:
            assert systemd.recv(4096) == b"READY=1"
            before = Workers(daemon.pid).pids()
            assert len(before) == WORKERS
            os.kill(daemon.pid, signal.SIGHUP)
            state, stamp = systemd.recv(4096).split(b"\n")
            assert state == b"RELOADING=1"
            assert int(stamp.removeprefix(b"MONOTONIC_USEC=")) > 0
            assert systemd.recv(4096) == b"READY=1"
            assert not set(Workers(daemon.pid).pids()) & set(before)
            os.kill(daemon.pid, signal.SIGTERM)
            assert systemd.recv(4096) == b"STOPPING=1"


def test_a_notify_socket_that_is_gone_is_no_reason_to_fail(
    cluster: Cluster, start_daemon: StartDaemon
) -> None:
    with start_daemon(cluster.program, JWT, NOTIFY_SOCKET="/nowhere/notify") as daemon:
        assert shown_by(daemon, cluster.token("alice")) == "sandbox"
        assert eventually(lambda: "NOTIFY_SOCKET cannot be told" in daemon.log.read_text())

# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes of the daemon that are killed: the master replaces workers, and leaves none behind."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from slurmrestd.cli.options import Options
from slurmrestd.server.limits import split
from tests.robustness.clients import Server
from tests.robustness.conftest import StartServer
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

CLIENTS = 8
KILLS = 3
SHARES = split(Options().max_connections, Options().threads)


@pytest.fixture
def server(controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """One for each test: it does not survive all of them."""
    with start_server(controller.conf) as made:
        # The first worker answers before the last one is forked.
        assert eventually(lambda: len(made.workers.pids()) == len(SHARES))
        assert made.get("jobs").status == 200
        yield made


def ask_until(done: threading.Event, server: Server, seen: list[int]) -> None:
    """Note the statuses of requests one after another; 0 for one whose answer was not whole."""
    while not done.is_set():
        try:
            reply = server.get("jobs")
        except OSError:
            seen.append(0)
        else:
            seen.append(reply.status if reply.complete else 0)


def test_a_killed_worker_is_replaced(server: Server) -> None:
    """Under load, several times; only what it had in its hands is lost."""
    seen: list[int] = []
    done = threading.Event()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(ask_until, done, server, seen) for _ in range(CLIENTS)]
        try:
            for _ in range(KILLS):
                kill_one_worker(server)
                wait_for_answers(seen)
        finally:
            done.set()
        for client in clients:
            client.result()
    assert set(seen) <= {0, 200}
    assert seen.count(0) <= KILLS * CLIENTS
    for _ in range(50):
        assert server.get("jobs").status == 200


def kill_one_worker(server: Server) -> None:
    """Kill it and wait until another one is in its place."""
    before = server.workers.pids()

    def replaced() -> bool:
        now = server.workers.pids()
        return before[0] not in now and len(now) == len(before)

    os.kill(before[0], signal.SIGKILL)
    assert eventually(replaced)
    assert server.daemon.alive, server.log()


def wait_for_answers(seen: list[int]) -> None:
    """Wait until every client may have had some more."""
    enough = seen.count(200) + 5 * CLIENTS
    assert eventually(lambda: seen.count(200) >= enough)


def gone(pids: list[int]) -> bool:
    """Whether none of these processes is there."""
    return not any(Path(f"/proc/{pid}/cmdline").exists() for pid in pids)


def test_a_killed_master_leaves_no_worker(server: Server) -> None:
    pids = server.workers.pids()
    os.kill(server.daemon.pid, signal.SIGKILL)
    assert eventually(lambda: gone(pids))


def test_a_killed_master_leaves_no_worker_at_work(server: Server, controller: Controller) -> None:
    """One that waits for the controller, and for clients that do not read."""
    pids = server.workers.pids()
    with controller.halted(), ExitStack() as stack:
        # Each for something else: those who ask for the same share a call.
        for path in ("jobs", "nodes", "partitions", "diag"):
            stack.enter_context(server.ask(path))
        assert eventually(lambda: controller.connections() >= 4)
        os.kill(server.daemon.pid, signal.SIGKILL)
        assert eventually(lambda: gone(pids))


def test_a_stopped_daemon_leaves_nothing(server: Server) -> None:
    """SIGTERM with connections that are idle, and one that sends half a request."""
    pids = server.workers.pids()
    idle = [server.daemon.address.connect(10) for _ in range(4)]
    idle[0].sendall(b"GET /slurm/v0.0.42/ping HT")
    server.daemon.stop()
    assert gone(pids)
    assert not Path(server.daemon.address.path).exists()
    for connection in idle:
        connection.close()

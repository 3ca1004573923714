# SPDX-License-Identifier: GPL-2.0-or-later
"""The life of the processes."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from slurmrestd.server.limits import split

from .conftest import DEADLINE, Server, StartServer, eventually, receive
from .test_limits import most_at_once

SLEEP = b"GET /sleep/0.5 HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"


@pytest.fixture
def server(start_server: StartServer) -> Server:
    return start_server()


def alive(pid: int) -> bool:
    """Whether it runs: it may end at any moment, and be a zombie until it is waited for."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return "State:\tZ" not in status


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    before = set(server.workers())
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: len(set(server.workers()) - before) == len(before))
    assert server.get("/ping").json()["pid"] not in before


def test_a_replacement_takes_over_its_share(start_server: StartServer) -> None:
    """With the wrong share, one of the connections below would never be served."""
    server = start_server(max_connections=3, threads=8)
    for _ in range(3):
        victim = server.workers()[0]
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda dead=victim: dead not in server.workers())  # type: ignore[misc]
        assert eventually(lambda: len(server.workers()) == len(split(3, 8)))
    socks = [server.connect() for _ in range(3)]
    for sock in socks:
        sock.sendall(SLEEP)
    for sock in socks:
        with sock:
            assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_an_idle_server_ends_at_once_and_leaves_nothing(server: Server) -> None:
    workers = server.workers()
    idle = server.connect()
    server.process.terminate()
    assert server.process.wait(DEADLINE) == 0
    assert not any(alive(pid) for pid in workers)
    assert not Path(server.path).exists()
    idle.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_work_is_answered_before_the_end(server: Server, number: signal.Signals) -> None:
    with server.connect() as sock:
        sock.sendall(SLEEP)
        assert eventually(lambda: bool(server.lines("begin")))
        server.process.send_signal(number)
        assert receive(sock, DEADLINE).startswith(b"HTTP/1.1 200 ")
    assert server.process.wait(DEADLINE) == 0


def test_a_second_sigint_does_not_wait(server: Server) -> None:
    with server.connect() as sock:
        sock.sendall(SLEEP.replace(b"0.5", b"30"))
        assert eventually(lambda: bool(server.lines("begin")))
        server.process.send_signal(signal.SIGINT)
        assert eventually(lambda: not _connects(server))
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(DEADLINE) == 0


def _connects(server: Server) -> bool:
    try:
        server.connect().close()
    except OSError:
        return False
    return True


def test_a_dead_master_leaves_no_worker_behind(server: Server) -> None:
    workers = server.workers()
    server.process.kill()
    server.process.wait(DEADLINE)
    assert eventually(lambda: not any(alive(pid) for pid in workers))


@pytest.mark.parametrize("number", [signal.SIGTTIN, signal.SIGTTOU, signal.SIGUSR2])
def test_a_signal_that_is_not_offered_is_named_in_the_log(
    server: Server, number: signal.Signals
) -> None:
    workers = set(server.workers())
    server.process.send_signal(number)
    assert eventually(lambda: "error: SIG" in server.log.read_text())
    assert set(server.workers()) == workers
    assert server.get("/ping").status == 200


def test_sigusr1_changes_nothing(server: Server) -> None:
    server.process.send_signal(signal.SIGUSR1)
    assert server.get("/ping").status == 200


@pytest.mark.parametrize(("threads", "connections"), [(2, 6), (8, 12)])
def test_the_limits_hold_while_workers_are_renewed(
    start_server: StartServer, threads: int, connections: int
) -> None:
    """Each new one takes the place of an old one that has ended; one worker, and two."""
    server = start_server(threads=threads, max_connections=connections)
    with ThreadPoolExecutor(12) as clients:
        asked = [clients.submit(server.get, "/sleep/0.05") for _ in range(120)]
        for _ in range(3):
            before = set(server.workers())
            server.process.send_signal(signal.SIGHUP)
            assert eventually(lambda known=before: not known & set(server.workers()))  # type: ignore[misc]
        assert [one.result().status for one in asked] == [200] * len(asked)
    assert most_at_once(server) == threads


def test_a_request_that_was_on_its_way_is_answered(server: Server) -> None:
    """On a connection that was made before the end began, with its first bytes or without."""
    with server.connect() as empty, server.connect() as half:
        half.sendall(SLEEP[:10])
        time.sleep(0.2)
        server.process.terminate()
        time.sleep(0.2)
        half.sendall(SLEEP[10:])
        empty.sendall(SLEEP)
        assert receive(half, DEADLINE).startswith(b"HTTP/1.1 200 ")
        assert receive(empty, DEADLINE).startswith(b"HTTP/1.1 200 ")

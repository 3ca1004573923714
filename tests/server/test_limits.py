# SPDX-License-Identifier: GPL-2.0-or-later
"""-t and --max-connections: never exceeded, and nobody refused."""

from __future__ import annotations

import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from slurmrestd.server.limits import Share, split

from .conftest import Server, StartServer, eventually

PING = b"GET /ping HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"


@pytest.mark.parametrize(
    ("connections", "threads", "cores", "shares"),
    [
        (124, 20, 2, [Share(62, 10), Share(62, 10)]),
        (124, 20, 3, [Share(42, 7), Share(41, 7), Share(41, 6)]),
        (1, 20, 8, [Share(1, 20)]),
        (124, 20, 64, [Share(25, 4), Share(25, 4), Share(25, 4), Share(25, 4), Share(24, 4)]),
        (124, 7, 8, [Share(124, 7)]),
        (124, 8, 8, [Share(62, 4), Share(62, 4)]),
        (124, 2, 8, [Share(124, 2)]),
        (3, 20, 8, [Share(1, 7), Share(1, 7), Share(1, 6)]),
    ],
)
def test_the_shares_add_up(connections: int, threads: int, cores: int, shares: list[Share]) -> None:
    assert split(connections, threads, cores) == shares
    assert sum(share.connections for share in shares) == connections
    assert sum(share.threads for share in shares) == threads


@pytest.mark.parametrize("cores", [1, 2, 6, 20, 128])
@pytest.mark.parametrize("threads", [4, 5, 20, 64])
def test_a_slurmdbd_that_hangs_leaves_every_worker_a_thread(threads: int, cores: int) -> None:
    for share in split(124, threads, cores):
        assert share.accounting < share.threads


def most_at_once(server: Server) -> int:
    """The operations that were performed at the same time, at most."""
    now = most = 0
    for line in server.journal.read_text().splitlines():
        now += {"begin": 1, "end": -1}.get(line.split()[0], 0)
        most = max(most, now)
    return most


def test_no_more_operations_than_threads_at_once(start_server: StartServer) -> None:
    server = start_server(threads=3, max_connections=50)
    with ThreadPoolExecutor(24) as clients:
        answers = list(clients.map(lambda _: server.get("/sleep/0.1").status, range(48)))
    assert answers == [200] * 48
    assert most_at_once(server) == 3


def test_no_more_connections_than_allowed_and_none_refused(start_server: StartServer) -> None:
    """Each connection asks once and stays open: only so many can be answered at first."""
    server = start_server(max_connections=5)
    socks = [server.connect() for _ in range(10)]
    for sock in socks:
        sock.sendall(PING)
    answered: set[socket.socket] = set()
    for served in range(5, 11):
        assert eventually(lambda count=served: _answered(socks, answered) == count)  # type: ignore[misc]
        time.sleep(0.2)
        assert _answered(socks, answered) == served
        next(sock for sock in socks if sock in answered and sock.fileno() >= 0).close()
    for sock in socks:
        sock.close()


def _answered(socks: list[socket.socket], answered: set[socket.socket]) -> int:
    alive = [sock for sock in socks if sock.fileno() >= 0 and sock not in answered]
    answered.update(select.select(alive, [], [], 0)[0])
    return len(answered)


def test_idle_connections_count(start_server: StartServer) -> None:
    server = start_server(max_connections=2)
    idle = [server.connect() for _ in range(2)]
    time.sleep(0.2)
    with server.connect() as sock:
        sock.sendall(PING)
        assert not select.select([sock], [], [], 0.3)[0]
        idle[0].close()
        idle[1].close()
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_twice_the_limit_of_clients_under_load_are_all_served(start_server: StartServer) -> None:
    server = start_server(max_connections=8, threads=4)
    with ThreadPoolExecutor(16) as clients:
        answers = list(clients.map(lambda _: server.get("/ping").status, range(800)))
    assert answers == [200] * 800
    assert most_at_once(server) <= 4


def test_who_waits_for_too_long_for_a_thread_is_sent_away(start_server: StartServer) -> None:
    """And told when to come again; the connection limit is not reached."""
    server = start_server(threads=2, max_wait=1)
    with ThreadPoolExecutor(12) as clients:
        answers = list(clients.map(lambda _: server.get("/sleep/3"), range(12)))
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {200, 503}
    assert statuses.count(200) <= 4
    for answer in answers:
        if answer.status == 503:
            assert int(answer.headers["Retry-After"]) > 0
    assert len(server.lines("begin sleep")) == statuses.count(200)
    assert server.get("/ping").status == 200


def test_connections_on_which_nothing_is_asked_lock_nobody_out(start_server: StartServer) -> None:
    """Not for longer than the idle time-out."""
    server = start_server({"idle": 1.0}, max_connections=4)
    idle = [server.connect() for _ in range(4)]
    for sock in idle:
        sock.sendall(PING)
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert server.get("/ping").status == 200
    for sock in idle:
        sock.close()


@pytest.mark.parametrize(("threads", "accounting"), [(1, 1), (2, 1), (4, 3), (10, 8), (20, 15)])
def test_slurmdbd_never_takes_every_thread(threads: int, accounting: int) -> None:
    """Unless there is only one."""
    assert Share(1, threads).accounting == accounting

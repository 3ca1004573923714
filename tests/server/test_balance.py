# SPDX-License-Identifier: GPL-2.0-or-later
"""Workers share who comes: the first to wake up does not serve everybody."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import select
import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection

import pytest

from slurmrestd.server import accepting
from slurmrestd.server.accepting import Acceptor
from slurmrestd.server.balance import Balance, Neighbours

from .conftest import DEADLINE, Server, receive

ASK = b"GET /pid HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"


@pytest.fixture
def epoll() -> Iterator[int]:
    with select.epoll() as made:
        yield made.fileno()


def test_who_has_more_than_the_lightest_is_too_heavy(epoll: int) -> None:
    balance = Balance(3)
    workers = [Neighbours(balance, number, epoll) for number in range(3)]
    assert [worker.excess() for worker in workers] == [0, 0, 0]
    workers[0].put(2)
    assert [worker.excess() for worker in workers] == [2, 0, 0]
    workers[1].put(1)
    workers[2].put(1)
    assert [worker.excess() for worker in workers] == [1, 0, 0]


def test_among_many_connections_some_more_are_no_matter(epoll: int) -> None:
    balance = Balance(2)
    first, second = (Neighbours(balance, number, epoll) for number in range(2))
    second.put(40)
    first.put(50)
    assert first.excess() == 0
    first.put(51)
    assert first.excess() == 1


def test_who_takes_the_place_of_one_that_died_begins_with_nothing(epoll: int) -> None:
    balance = Balance(2)
    other, dead = (Neighbours(balance, number, epoll) for number in range(2))
    other.put(3)
    dead.put(5)
    assert other.excess() == 0
    Neighbours(balance, 1, epoll)
    assert other.excess() == 3


def test_nobody_waits_for_a_neighbour_that_does_not_take_them() -> None:
    """It may stand still."""
    balance = Balance(2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        clients = [socket.create_connection(listener.getsockname()) for _ in range(3)]
        served = _Served(listener, balance, 0)
        served.loop.run_until_complete(served.until(3))
        served.end()
        for client in clients:
            client.close()


def test_who_ends_while_it_stands_back_takes_who_has_woken_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody else was woken."""
    monkeypatch.setattr(accepting, "_STAND_BACK", 60.0)
    balance = Balance(2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        clients = [socket.create_connection(listener.getsockname()) for _ in range(2)]
        served = _Served(listener, balance, 0)
        served.loop.run_until_complete(served.until(1))
        served.loop.run_until_complete(asyncio.sleep(0.1))
        assert served.taken == 1
        served.end()
        assert served.taken == 2
        for client in clients:
            client.close()


class _Kept(asyncio.Protocol):
    def __init__(self, kept: list[asyncio.BaseTransport]) -> None:
        self._kept = kept

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._kept.append(transport)


class _Served:
    """A worker that takes connections and does nothing for them."""

    def __init__(self, listener: socket.socket, balance: Balance, number: int) -> None:
        self.woken = 0
        self._selector = selector = selectors.EpollSelector()
        select_as_before = selector.select

        def count(timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            events = select_as_before(timeout)
            self.woken += bool(events)
            return events

        selector.select = count  # type: ignore[method-assign]
        self.loop = asyncio.SelectorEventLoop(selector)
        neighbours = Neighbours(balance, number, selector.fileno())
        self.taken = 0
        self._kept: list[asyncio.BaseTransport] = []
        self._acceptor = Acceptor(self.loop, [listener], 99, self._take, neighbours=neighbours)
        self._acceptor.start()

    def _take(self) -> asyncio.Protocol:
        self.taken += 1
        return _Kept(self._kept)

    async def until(self, count: int) -> None:
        """Wait for so many connections."""
        deadline = self.loop.time() + DEADLINE
        while self.taken < count:
            assert self.loop.time() < deadline
            await asyncio.sleep(0.01)

    def end(self) -> None:
        self._acceptor.close()
        for transport in self._kept:
            transport.close()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()


def _serve(listener: socket.socket, balance: Balance, number: int, told: Connection) -> None:
    served = _Served(listener, balance, number)
    told.send("ready")
    served.loop.add_reader(told.fileno(), served.loop.stop)
    served.loop.run_forever()
    told.send((served.taken, served.woken))


def test_one_is_woken_for_each_who_comes_and_no_one_has_them_all() -> None:
    workers, come = 3, 15
    context = multiprocessing.get_context("fork")
    balance = Balance(workers)
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as stack:
        ends = []
        for number in range(workers):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(listener, balance, number, there))
            process.start()
            stack.callback(process.join)
            assert here.poll(DEADLINE)
            assert here.recv() == "ready"
            ends.append(here)
        time.sleep(0.2)  # until all of them sleep
        clients = []
        for _ in range(come):
            clients.append(socket.create_connection(listener.getsockname()))
            time.sleep(0.02)
        for end in ends:
            end.send("that is all")
        said = [end.recv() for end in ends]
        for client in clients:
            client.close()
    assert sum(taken for taken, _ in said) == come
    assert min(taken for taken, _ in said) >= come // workers - 1
    # And once at the end.
    assert [woken - taken for taken, woken in said] == [1] * workers


def test_bursts_are_shared(server: Server) -> None:
    """Not each of them, where the machine has other things to do."""
    workers = server.workers()
    each = 8
    most = [_largest_share(server, each * len(workers)) for _ in range(5)]
    assert statistics.median(most) <= each * 3 // 2


def _largest_share(server: Server, clients: int) -> int:
    """How many of clients that come at once one worker serves."""
    socks = [server.connect() for _ in range(clients)]
    served: Counter[int] = Counter()
    for sock in socks:
        sock.sendall(ASK)
        head, _, body = receive(sock, 0.2).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        served[json.loads(body)["pid"]] += 1
        sock.close()
    return max(served.values())

# SPDX-License-Identifier: GPL-2.0-or-later
"""Workers share who comes: the first to wake up does not serve everybody."""

from __future__ import annotations

import asyncio
import json
import socket
from collections import Counter

from slurmrestd.server.accepting import Acceptor
from slurmrestd.server.balance import Balance, Scale

from .conftest import DEADLINE, Server, receive

ASK = b"GET /pid HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"


def test_only_the_heavier_one_stands_back() -> None:
    balance = Balance(3)
    first, second, third = (Scale(balance, number) for number in range(3))
    assert not any(scale.is_heavier() for scale in (first, second, third))
    first.put(1)
    assert [scale.is_heavier() for scale in (first, second, third)] == [True, False, False]
    second.put(1)
    third.put(1)
    assert not any(scale.is_heavier() for scale in (first, second, third))


def test_among_many_connections_some_more_are_no_matter() -> None:
    balance = Balance(2)
    first, second = Scale(balance, 0), Scale(balance, 1)
    second.put(40)
    first.put(50)
    assert not first.is_heavier()
    first.put(51)
    assert first.is_heavier()


def test_who_takes_the_place_of_one_that_died_begins_with_nothing() -> None:
    balance = Balance(2)
    other, dead = Scale(balance, 0), Scale(balance, 1)
    other.put(3)
    dead.put(5)
    assert not other.is_heavier()
    Scale(balance, 1)
    assert other.is_heavier()


class _Kept(asyncio.Protocol):
    def __init__(self, made: asyncio.Event) -> None:
        self._made = made

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._made.set()


def test_nobody_waits_for_a_neighbour_that_does_not_take_them() -> None:
    """It may be dead, or stand still."""

    async def run() -> int:
        loop = asyncio.get_running_loop()
        made = asyncio.Event()
        balance = Balance(2)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            acceptor = Acceptor(loop, [listener], 5, lambda: _Kept(made), Scale(balance, 0))
            acceptor.start()
            clients = []
            for _ in range(3):
                made.clear()
                clients.append(socket.create_connection(listener.getsockname()))
                await asyncio.wait_for(made.wait(), DEADLINE)
            for client in clients:
                client.close()
            acceptor.close()
        return acceptor.open

    assert asyncio.run(run()) == 3


def test_a_burst_is_shared(server: Server) -> None:
    workers = server.workers()
    each = 8
    socks = [server.connect() for _ in range(each * len(workers))]
    served: Counter[int] = Counter()
    for sock in socks:
        sock.sendall(ASK)
        head, _, body = receive(sock, 0.2).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        served[json.loads(body)["pid"]] += 1
        sock.close()
    assert set(served) == set(workers)
    assert max(served.values()) <= each * 3 // 2

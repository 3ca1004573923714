# SPDX-License-Identifier: GPL-2.0-or-later
"""-t and --max-connections at twice their number: never exceeded, and nobody is refused."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.conformance.raw import Connection
from tests.robustness.clients import Server
from tests.robustness.conftest import StartServer
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

THREADS = 4
CONNECTIONS = 10
SETTLE_SECONDS = 1.0


@pytest.fixture(scope="module")
def server(controller: Controller, start_server: StartServer) -> Iterator[Server]:
    limits = ("-t", str(THREADS), "--max-connections", str(CONNECTIONS))
    with start_server(controller.conf, *limits) as made:
        yield made


def test_no_more_calls_to_slurm_than_threads(server: Server, controller: Controller) -> None:
    """Each client asks for something else: those who ask for the same may share a call."""
    with ExitStack() as stack:
        with controller.halted():
            asked = []
            for number in range(2 * THREADS):
                client = stack.enter_context(Connection(server.daemon.address))
                client.send(server.request(f"job/{number + 1}"))
                asked.append(client)
            assert eventually(lambda: controller.connections() == THREADS)
            time.sleep(SETTLE_SECONDS)
            assert controller.connections() == THREADS
        assert {client.receive().status for client in asked} <= {200, 404}


@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "tcp"])
def test_no_more_connections_than_allowed(server: Server, tcp: bool) -> None:
    """Idle ones count; when one goes, one that waits is served."""
    address = server.tcp if tcp else server.daemon.address
    ping = server.request("ping", Connection="keep-alive")
    clients = [address.connect(60) for _ in range(2 * CONNECTIONS)]
    for client in clients:
        client.sendall(ping)

    def answered() -> list[int]:
        """The numbers of those whose answer is there."""
        open_ones = [client for client in clients if client.fileno() >= 0]
        ready = select.select(open_ones, [], [], 0)[0]
        return [clients.index(client) for client in ready]

    served = 0
    while served < len(clients):
        expected = min(CONNECTIONS, len(clients) - served)
        assert eventually(lambda count=expected: len(answered()) == count)  # type: ignore[misc]
        time.sleep(SETTLE_SECONDS / 10)
        now = answered()
        assert len(now) == expected
        for number in now[: len(now) // 2 + 1]:
            assert clients[number].recv(1 << 16).startswith(b"HTTP/1.1 200 ")
            clients[number].close()
            served += 1

# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that go on asking whatever happens, and what they saw."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.conformance.raw import Connection
from tests.robustness.clients import SECONDS, Server
from tests.robustness.waiting import eventually

CLIENTS = 8
PATHS = ("jobs", "ping", "partitions", "diag", "node/e0001", "licenses", "jobs/state")
LOST = 0
"""Stands for the status of an answer that was not whole."""

SILENT = {200, 500, 502, 504}
"""The statuses of a controller that is not there, does not answer, or dies over a request."""

BACK_WITHIN = 5.0
"""Seconds after the end of a fault within which everybody is served as before."""

ENOUGH = 5
"""Answers that each client must have had to be served as before."""

Wish = tuple[str, str, Any]
"""Method, path and body."""

Wishes = Callable[[int, int], Wish]
"""What a client, by its number, asks for at each time, by its number."""


def reading(paths: Sequence[str]) -> Wishes:
    """These in turns; each client begins with another one."""
    return lambda client, count: ("GET", paths[(client + count) % len(paths)], None)


READING = reading(PATHS)


@dataclass(frozen=True)
class Seen:
    """An answer: what was asked for, when that was, when it was had, and its status."""

    client: int
    count: int
    asked: float
    had: float
    status: int


class Client:
    """Makes a connection for each request, or keeps one as long as the server does."""

    def __init__(self, server: Server, *, keeps: bool) -> None:
        self._server = server
        self._keeps = keeps
        self._connection: Connection | None = None
        self.connections = 0

    def ask(self, wish: Wish) -> int:
        """The status of the answer, or LOST."""
        method, path, body = wish
        how = "keep-alive" if self._keeps else "close"
        data = self._server.request(path, method, body, Connection=how)
        try:
            if self._connection is None:
                self.connections += 1
                self._connection = Connection(self._server.daemon.address, timeout=SECONDS)
            self._connection.send(data)
            reply = self._connection.receive()
        except OSError:
            self.leave()
            return LOST
        if not self._keeps or not reply.complete or reply.header("Connection") == "close":
            self.leave()
        return reply.status if reply.complete else LOST

    def leave(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Load:
    """CLIENTS, each with its wishes, one after another."""

    def __init__(self, server: Server, wishes: Wishes, *, kept: bool) -> None:
        self._wishes = wishes
        self._clients = [Client(server, keeps=kept) for _ in range(CLIENTS)]
        self._done = threading.Event()
        self.seen: list[Seen] = []

    def connections(self) -> int:
        """How many were made."""
        return sum(client.connections for client in self._clients)

    def statuses(self) -> set[int]:
        """All that were seen."""
        return {one.status for one in self.seen}

    def slowest(self) -> float:
        """Seconds."""
        return max(one.had - one.asked for one in self.seen)

    def flows(self) -> bool:
        """Whether every client is served now."""
        return self._served_since(time.monotonic(), within=60)

    def go_through(self, fault: AbstractContextManager[None], seconds: float) -> None:
        """It lasts for so long, and everybody is served soon afterwards."""
        with fault:
            time.sleep(seconds)
        self.assert_flows_again()

    def assert_flows_again(self) -> None:
        """To be called at the end of a fault: everybody is served soon, and goes on to be."""
        start = time.monotonic()
        assert self._served_since(start, BACK_WITHIN), sorted(self.statuses())
        recovered = time.monotonic()
        assert self._served_since(recovered, BACK_WITHIN)
        late = [one.status for one in self.seen if one.asked > recovered]
        assert set(late) == {200}, late

    def _served_since(self, start: float, within: float) -> bool:
        def everybody_had_enough() -> bool:
            good = [one.client for one in self.seen if one.asked > start and one.status == 200]
            return all(good.count(client) >= ENOUGH for client in range(CLIENTS))

        return eventually(everybody_had_enough, within)

    def ask(self, number: int) -> None:
        """What one client does."""
        client = self._clients[number]
        try:
            for count in itertools.count():
                if self._done.is_set():
                    return
                wish = self._wishes(number, count)
                asked = time.monotonic()
                status = client.ask(wish)
                self.seen.append(Seen(number, count, asked, time.monotonic(), status))
        finally:
            client.leave()

    def end(self) -> None:
        """Let each end after the request that it is in."""
        self._done.set()


@contextmanager
def load(server: Server, wishes: Wishes = READING, *, kept: bool = False) -> Iterator[Load]:
    """The clients ask meanwhile; they are all served before it begins."""
    made = Load(server, wishes, kept=kept)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(made.ask, number) for number in range(CLIENTS)]
        try:
            assert made.flows()
            yield made
        finally:
            made.end()
        for client in clients:
            client.result()

# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that go on asking whatever happens, and what they saw."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tests.robustness.clients import Server
from tests.robustness.waiting import eventually

CLIENTS = 8
PATHS = ("jobs", "ping", "partitions", "diag", "node/e0001", "licenses", "jobs/state")
LOST = 0
"""Stands for the status of an answer that was not whole."""

BACK_WITHIN = 5.0
"""Seconds after the end of a fault within which everybody is served as before."""

ENOUGH = 5
"""Answers that each client must have had to be served as before."""


@dataclass(frozen=True)
class Seen:
    """An answer: when it was asked for and had, and its status."""

    client: int
    asked: float
    had: float
    status: int


class Load:
    """CLIENTS that ask in turns for PATHS, each on a connection for every request."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._done = threading.Event()
        self.seen: list[Seen] = []

    def statuses(self) -> set[int]:
        """All that were seen."""
        return {one.status for one in self.seen}

    def slowest(self) -> float:
        """Seconds."""
        return max(one.had - one.asked for one in self.seen)

    def flows(self) -> bool:
        """Whether every client is served now."""
        return self._served_since(time.monotonic(), within=60)

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
        for path in itertools.islice(itertools.cycle(PATHS), number, None):
            if self._done.is_set():
                return
            asked = time.monotonic()
            try:
                reply = self._server.get(path)
            except OSError:
                status = LOST
            else:
                status = reply.status if reply.complete else LOST
            self.seen.append(Seen(number, asked, time.monotonic(), status))

    def end(self) -> None:
        """Let each end after the request that it is in."""
        self._done.set()


@contextmanager
def load(server: Server) -> Iterator[Load]:
    """The clients ask meanwhile; they are all served before it begins."""
    made = Load(server)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(made.ask, number) for number in range(CLIENTS)]
        try:
            assert made.flows()
            yield made
        finally:
            made.end()
        for client in clients:
            client.result()

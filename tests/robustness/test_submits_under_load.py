# SPDX-License-Identifier: GPL-2.0-or-later
"""The controller fails while jobs are submitted: none comes twice, none that was taken is lost."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.robustness.clients import Server
from tests.robustness.conftest import MakeController, StartServer, unharmed
from tests.robustness.controller import MESSAGE_TIMEOUT, Controller
from tests.robustness.load import CLIENTS, SILENT, Load, Wish, load

IN_A_ROW, PAUSE = 8, 0.03
"""So many requests at once and then a rest, so that there is not a job for each millisecond."""


@pytest.fixture(scope="module")
def own_controller(make_controller: MakeController) -> Iterator[Controller]:
    """One that may have many jobs afterwards."""
    with make_controller() as made:
        yield made


@pytest.fixture(scope="module")
def own_server(own_controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Ours on it."""
    with start_server(own_controller.conf) as made:
        yield made


@pytest.fixture
def server(own_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(own_server)


class Submits:
    """Held jobs, of which each has a name of its own."""

    _numbers = itertools.count()

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._mark = f"test{next(self._numbers)}"

    def __call__(self, client: int, count: int) -> Wish:
        """What a client asks for."""
        if count % IN_A_ROW == 0:
            time.sleep(PAUSE)
        job = {
            "name": self._name(client, count),
            "hold": True,
            "environment": ["PATH=/usr/bin"],
            "current_working_directory": "/tmp",
        }
        return "POST", "job/submit", {"script": "#!/bin/sh\n", "job": job}

    def _name(self, client: int, count: int) -> str:
        return f"{self._mark}-{client}-{count}"

    def there(self) -> Counter[str]:
        """How often each name is the one of a job of the controller's."""
        names = self._controller.run("squeue", "-h", "-t", "all", "-o", "%j").split()
        return Counter(name for name in names if name.startswith(f"{self._mark}-"))

    def taken(self, clients: Load) -> set[str]:
        """The names of those that somebody was told of."""
        return {self._name(one.client, one.count) for one in clients.seen if one.status == 200}


@pytest.fixture
def submits(own_controller: Controller) -> Submits:
    """Those of one test."""
    return Submits(own_controller)


def test_killed(server: Server, own_controller: Controller, submits: Submits, kept: bool) -> None:
    """What it had not saved yet it has forgotten, as ever."""
    with load(server, submits, kept=kept) as clients:
        clients.go_through(own_controller.dead(), 1)
    assert clients.statuses() <= SILENT
    assert set(submits.there().values()) == {1}


def test_restarted(
    server: Server, own_controller: Controller, submits: Submits, kept: bool
) -> None:
    with load(server, submits, kept=kept) as clients:
        own_controller.end()
        own_controller.start()
        clients.assert_flows_again()
    assert clients.statuses() <= SILENT
    assert_none_twice_none_lost(clients, submits)


def test_stopped_for_longer_than_the_time_out(
    server: Server, own_controller: Controller, submits: Submits, kept: bool
) -> None:
    """What it took is done later, though nobody waits for it; it is not asked for again."""
    with load(server, submits, kept=kept) as clients:
        clients.go_through(own_controller.halted(), MESSAGE_TIMEOUT + 2)
    assert {200} < clients.statuses() <= SILENT
    assert clients.slowest() < 2 * MESSAGE_TIMEOUT
    assert_none_twice_none_lost(clients, submits)


def test_stopped_for_a_moment(
    server: Server, own_controller: Controller, submits: Submits, kept: bool
) -> None:
    """Nobody sees more than a delay."""
    with load(server, submits, kept=kept) as clients:
        clients.go_through(own_controller.halted(), 1)
    assert clients.statuses() == {200}
    assert clients.connections() == (CLIENTS if kept else len(clients.seen))
    assert submits.there() == Counter(submits.taken(clients))


def assert_none_twice_none_lost(clients: Load, submits: Submits) -> None:
    """What came of the submits."""
    there = submits.there()
    assert set(there.values()) == {1}
    assert submits.taken(clients) <= there.keys()

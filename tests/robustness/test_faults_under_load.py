# SPDX-License-Identifier: GPL-2.0-or-later
"""The controller fails under load: the right status in time, and all is as before soon after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.robustness.clients import Server
from tests.robustness.conftest import StartServer, unharmed
from tests.robustness.controller import MESSAGE_TIMEOUT, Controller
from tests.robustness.load import CLIENTS, SILENT, load
from tests.robustness.processes import MIB

KEPT_BYTES = 24 * MIB
"""What may be left of a fault: threads have touched their stacks, and heaps their room."""


@pytest.fixture(scope="module")
def loaded_server(controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Ours, which has seen a load before."""
    with start_server(controller.conf) as server:
        with load(server):
            pass
        yield server


@pytest.fixture
def server(loaded_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test, and to have kept nothing."""
    before = loaded_server.workers.at_rest()
    yield from unharmed(loaded_server)
    assert loaded_server.workers.at_rest() < before + KEPT_BYTES


def test_killed_and_started_again(server: Server, controller: Controller, kept: bool) -> None:
    with load(server, kept=kept) as clients:
        clients.go_through(controller.dead(), 1)
    assert clients.statuses() <= SILENT
    # A refused connection is known at once: libslurm tries again for a while.
    assert clients.slowest() < 2 * MESSAGE_TIMEOUT


def test_restarted(server: Server, controller: Controller, kept: bool) -> None:
    """In its own time: it saves its state and answers what it has in its hands."""
    with load(server, kept=kept) as clients:
        controller.end()
        controller.start()
        clients.assert_flows_again()
    assert clients.statuses() <= SILENT


def test_stopped_for_longer_than_the_time_out(
    server: Server, controller: Controller, kept: bool
) -> None:
    """Each request ends with the time-out of its RPC; those that share one wait for two."""
    with load(server, kept=kept) as clients:
        clients.go_through(controller.halted(), MESSAGE_TIMEOUT + 2)
    assert {200} < clients.statuses() <= SILENT
    assert clients.slowest() < 3 * MESSAGE_TIMEOUT


def test_stopped_for_a_moment(server: Server, controller: Controller, kept: bool) -> None:
    """Nobody sees more than a delay."""
    with load(server, kept=kept) as clients:
        clients.go_through(controller.halted(), 1)
    assert clients.statuses() == {200}
    assert clients.connections() == (CLIENTS if kept else len(clients.seen))

# SPDX-License-Identifier: GPL-2.0-or-later
"""Many who ask for the same at the same moment: one call for several, an answer for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conformance.raw import Connection, Reply
from tests.robustness.clients import Server
from tests.robustness.conftest import MANY_JOBS, StartServer, unharmed
from tests.robustness.controller import Controller
from tests.robustness.processes import MIB
from tests.robustness.waiting import eventually

CLIENTS = 32
MAX_BYTES = 1536 * MIB
"""For all that serves, with CLIENTS answers of MANY_JOBS jobs in work."""


@pytest.fixture(scope="module")
def small(controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Ours on a controller with few jobs."""
    with start_server(controller.conf) as made:
        for _ in range(10):
            assert made.get("jobs").status == 200
        yield made


@pytest.fixture
def server(small: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(small)


def ask_together(server: Server, controller: Controller, path: str) -> list[Reply]:
    """Have CLIENTS ask while the controller stands still, so that none is answered before."""
    connections = [Connection(server.daemon.address) for _ in range(CLIENTS)]
    try:
        with controller.halted():
            for connection in connections:
                connection.send(server.request(path))
            assert eventually(lambda: controller.connections() > 0)
        return [connection.receive() for connection in connections]
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.parametrize("path", ["jobs", "nodes", "partitions", "ping", "licenses"])
def test_each_has_its_own_answer(server: Server, controller: Controller, path: str) -> None:
    """Whole, in its own name, and what one who asks alone gets."""
    alone = json.loads(server.get(path).body)
    replies = ask_together(server, controller, path)
    assert {(reply.status, reply.complete) for reply in replies} == {(200, True)}
    bodies = [json.loads(reply.body) for reply in replies]
    names = [body["meta"]["client"].pop("source") for body in bodies]
    # A worker tells its connections apart by their descriptors.
    assert all(re.fullmatch(r"unix:.*\(fd:\d+\)", name) for name in names)
    assert len(set(names)) >= CLIENTS // len(server.workers.pids())
    del alone["meta"]["client"]["source"]
    for body in bodies:
        for volatile in ("pings", "last_update"):
            body.pop(volatile, None)
    for volatile in ("pings", "last_update"):
        alone.pop(volatile, None)
    assert all(body == alone for body in bodies)


def test_each_has_the_error(server: Server, controller: Controller) -> None:
    replies = ask_together(server, controller, "job/4000000")
    assert {reply.status for reply in replies} == {404}
    assert all(json.loads(reply.body)["errors"] for reply in replies)


def test_an_order_is_done_for_each_who_gives_it(server: Server, controller: Controller) -> None:
    """GET reconfigure is no look: as many calls as clients."""
    connections = [Connection(server.daemon.address) for _ in range(4)]
    with controller.halted():
        for connection in connections:
            connection.send(server.request("reconfigure"))
        assert eventually(lambda: controller.connections() >= len(connections))
    for connection in connections:
        assert connection.receive().status == 200
        connection.close()


def test_many_large_answers_at_once_take_little_memory(many_jobs: Server) -> None:
    """They read the same message of the controller's, each at its own pace."""
    many_jobs.workers.forget_peak()
    with ThreadPoolExecutor(CLIENTS) as pool:
        drained = list(pool.map(many_jobs.drain, ["jobs"] * CLIENTS))
    assert {one.status for one in drained} == {200}
    # All alike but for the client's name, which holds a descriptor of up to three digits.
    assert max(one.size for one in drained) - min(one.size for one in drained) < 3
    assert min(one.size for one in drained) > MANY_JOBS * 2000
    assert many_jobs.workers.peak() < MAX_BYTES


def test_those_who_do_not_read_hold_up_nobody(many_jobs: Server) -> None:
    """An answer that is shared is sent to each at its own pace, and freed with the last."""
    lazy = [many_jobs.ask("jobs") for _ in range(8)]
    for connection in lazy:
        assert connection.recv(1)
    assert many_jobs.drain("jobs").status == 200
    for connection in lazy:
        connection.close()

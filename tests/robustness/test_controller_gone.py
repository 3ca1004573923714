# SPDX-License-Identifier: GPL-2.0-or-later
"""A controller that dies, stands still, or is cut off: an error of these requests, no more.

The status and the errors are those of the original in the same plight.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.conformance.raw import Reply
from tests.fix_cluster import Cluster
from tests.robustness.clients import Server, errors_of
from tests.robustness.conftest import StartServer, unharmed
from tests.robustness.controller import Controller
from tests.robustness.proxy import Wire, wire
from tests.robustness.waiting import eventually

PATHS = (
    "ping",
    "diag",
    "jobs",
    "jobs/state",
    "job/1",
    "nodes",
    "node/e0001",
    "partitions",
    "partition/normal",
    "reservations",
    "licenses",
)
JOB = {"current_working_directory": "/tmp", "environment": ["PATH=/bin"], "hold": True}
ENOUGH_THREADS = ("-t", "40")
"""For all of PATHS in flight at once, wherever the kernel leads their connections."""

Answers = dict[str, Reply]


@pytest.fixture(scope="module")
def server(controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Ours."""
    with start_server(controller.conf, *ENOUGH_THREADS) as ours:
        assert ours.get("jobs").status == 200
        yield ours


@pytest.fixture
def ours(server: Server) -> Iterator[Server]:
    """Ours, seen to be well after each test."""
    yield from unharmed(server)


@pytest.fixture(scope="module")
def original(
    cluster: Cluster, controller: Controller, start_server: StartServer
) -> Iterator[Server]:
    """The original."""
    with start_server(controller.conf, *ENOUGH_THREADS, program=cluster.original) as server:
        yield server


def ask_all(server: Server) -> Answers:
    """Ask for every path at once."""
    with ThreadPoolExecutor(len(PATHS)) as pool:
        return dict(zip(PATHS, pool.map(server.get, PATHS), strict=True))


def begin_all(
    servers: list[Server], controller: Controller, pool: ThreadPoolExecutor
) -> list[Callable[[], Answers]]:
    """Ask a halted controller for every path at once; wait until all of it is in flight."""
    futures = [pool.submit(ask_all, server) for server in servers]
    wanted = len(servers) * len(PATHS)
    assert eventually(lambda: controller.connections() >= wanted)
    return [future.result for future in futures]


def seen(answers: Answers) -> dict[str, tuple[int, list[int]]]:
    """Status and error numbers of each answer."""
    return {path: (reply.status, errors_of(reply)) for path, reply in answers.items()}


def assert_well(server: Server) -> None:
    """Every path is answered again."""
    statuses = {path: reply.status for path, reply in ask_all(server).items()}
    assert statuses == dict.fromkeys(PATHS, 200)


def test_a_controller_that_is_gone(ours: Server, original: Server, controller: Controller) -> None:
    with controller.dead(), ThreadPoolExecutor(2) as pool:
        found, wanted = pool.map(ask_all, [ours, original])
        assert seen(found) == seen(wanted)
        assert found["jobs"].status == 502
        assert json.loads(found["ping"].body)["pings"][0]["pinged"] == "DOWN"
    assert_well(ours)


def test_a_controller_that_dies_with_requests_in_its_hands(
    ours: Server, original: Server, controller: Controller
) -> None:
    with ThreadPoolExecutor(2) as pool, ExitStack() as until_back, controller.halted():
        results = begin_all([ours, original], controller, pool)
        until_back.enter_context(controller.dead())
        found, wanted = (result() for result in results)
        assert seen(found) == seen(wanted)
        assert found["jobs"].status >= 500
    assert_well(ours)


def test_a_controller_that_stands_still_for_too_long(
    ours: Server, original: Server, controller: Controller
) -> None:
    with controller.halted(), ThreadPoolExecutor(2) as pool:
        found, wanted = pool.map(ask_all, [ours, original])
        assert seen(found) == seen(wanted)
        assert found["jobs"].status >= 500
    assert_well(ours)


def test_a_controller_that_stands_still_for_a_moment(ours: Server, controller: Controller) -> None:
    """Nobody notices more than a delay."""
    with ThreadPoolExecutor(1) as pool:
        with controller.halted():
            (result,) = begin_all([ours], controller, pool)
        assert {reply.status for reply in result().values()} == {200}


Asked = tuple[str, str, object]
CHANGES: tuple[Asked, ...] = (
    ("POST", "job/submit", {"job": JOB, "script": "#!/bin/sh\n"}),
    ("POST", "job/1", {"comment": "changed"}),
    ("DELETE", "job/1", None),
)
ALONE: tuple[Asked, ...] = (
    ("GET", "job/1", None),
    ("GET", "node/e0001", None),
    *CHANGES,
)
"""What is done without a thread where nothing else is asked for (slurmrestd.light)."""


SEVERAL = 4


def ask_each(servers: Sequence[Server], asked: Asked) -> list[Reply]:
    """Their answers, asked for at the same time."""
    with ThreadPoolExecutor(len(servers)) as pool:
        return list(pool.map(lambda server: server.send(*asked), servers))


def outcomes(servers: Sequence[Server], asked: Asked) -> list[tuple[int, list[int]]]:
    """Status and error numbers of their answers."""
    return [(reply.status, errors_of(reply)) for reply in ask_each(servers, asked)]


@pytest.mark.parametrize("asked", ALONE, ids=lambda asked: " ".join(asked[:2]))
def test_alone_while_the_controller_stands_still(
    ours: Server, original: Server, controller: Controller, asked: Asked
) -> None:
    with controller.halted():
        found, wanted = outcomes((ours, original), asked)
    assert found == wanted
    assert found[0] >= 500
    assert_well(ours)


def test_a_question_that_the_controller_does_not_take(
    ours: Server, original: Server, controller: Controller
) -> None:
    """It is larger than what the kernel takes for a controller that stands still."""
    job = {**JOB, "environment": [f"X{number}={'x' * 100_000}" for number in range(160)]}
    asked = ("POST", "job/submit", {"job": job, "script": "#!/bin/sh\n"})
    with controller.halted():
        found, wanted = outcomes((ours, original), asked)
    assert found == wanted
    assert found[0] >= 500
    assert_well(ours)


@pytest.mark.parametrize("asked", ALONE, ids=lambda asked: " ".join(asked[:2]))
def test_alone_when_the_controller_dies(
    ours: Server, original: Server, controller: Controller, asked: Asked
) -> None:
    """With the requests in its hands, and then before it gets any."""
    with ThreadPoolExecutor(1) as pool, ExitStack() as until_back, controller.halted():
        told = pool.submit(outcomes, (ours, original), asked)
        assert eventually(lambda: controller.connections() >= 2)
        until_back.enter_context(controller.dead())
        found, wanted = told.result()
        assert found == wanted
        assert found[0] >= 500
        found, wanted = outcomes((ours, original), asked)
        assert found == wanted
        assert found[0] >= 500
    assert_well(ours)


@pytest.mark.parametrize("asked", CHANGES, ids=lambda asked: " ".join(asked[:2]))
def test_several_when_the_controller_dies(
    ours: Server, original: Server, controller: Controller, asked: Asked
) -> None:
    """The same on threads: only one of several is done without. Readings would share a call."""
    servers = [original, *[ours] * SEVERAL]
    with ThreadPoolExecutor(1) as pool, ExitStack() as until_back, controller.halted():
        told = pool.submit(outcomes, servers, asked)
        assert eventually(lambda: controller.connections() >= len(servers))
        until_back.enter_context(controller.dead())
        wanted, *found = told.result()
        assert found == [wanted] * SEVERAL
        wanted, *found = outcomes(servers, asked)
        assert found == [wanted] * SEVERAL
        assert wanted[0] >= 500
    assert_well(ours)


@pytest.fixture(scope="module")
def through_wire(controller: Controller) -> Iterator[Wire]:
    """The way to the controller that can be cut."""
    with wire(controller.port) as made:
        yield made


@pytest.fixture(scope="module")
def wired_pair(
    cluster: Cluster, controller: Controller, through_wire: Wire, start_server: StartServer
) -> Iterator[tuple[Server, Server]]:
    """Ours and the original on that way."""
    conf = controller.write_conf("wired.conf", through_wire.port)
    with (
        start_server(conf) as server,
        start_server(conf, program=cluster.original) as original,
    ):
        assert server.get("jobs").status == original.get("jobs").status == 200
        yield server, original


@pytest.mark.parametrize(
    ("path", "after"),
    [
        *(("jobs", after) for after in (0, 1, 4, 20, 60, 500)),
        *(("diag", after) for after in (0, 1, 4, 20, 60, 200)),
        *(("partitions", after) for after in (0, 1, 4, 20, 60, 200)),
    ],
)
def test_an_answer_that_is_cut_off(
    wired_pair: tuple[Server, Server], through_wire: Wire, after: int, path: str
) -> None:
    """After so many of its bytes: in the length, the header, the body.

    Of a question by libslurm, of one that no thread waits for (slurmrestd.light), and of one
    by a thread without libslurm.
    """
    server, _ = wired_pair
    before = server.workers.rest()
    cuts = through_wire.cuts
    with through_wire.cut(after):
        found, wanted = ask_each(wired_pair, ("GET", path, None))
    assert through_wire.cuts >= cuts + 2
    assert (found.status, errors_of(found)) == (wanted.status, errors_of(wanted))
    assert found.status >= 500
    assert server.get("jobs").status == 200
    assert server.workers.come_back_to(before)


@pytest.mark.parametrize("path", ["jobs", "diag", "partitions"])
@pytest.mark.parametrize("at", [4, 5, 7, 8, 13, 14, 15, 16, 17])
def test_an_answer_that_makes_no_sense(
    wired_pair: tuple[Server, Server], through_wire: Wire, at: int, path: str
) -> None:
    """libslurm says so with its error(), which must not be glibc's, that ends the process.

    The bytes are those of the header's version, flags, length and counts; what follows
    them can make libslurm itself end the process, as the original does then.
    """
    server, _ = wired_pair
    before = server.workers.rest()
    said = len(server.log())
    with through_wire.garbled(at):
        found, wanted = ask_each(wired_pair, ("GET", path, None))
    assert (found.status, errors_of(found)) == (wanted.status, errors_of(wanted))
    assert found.status >= 500
    assert eventually(lambda: "error: slurm_unpack_received_msg" in server.log()[said:])
    assert server.get("jobs").status == 200
    assert server.workers.come_back_to(before)


@pytest.mark.parametrize("path", ["jobs", "diag", "partitions"])
def test_an_answer_that_stops_half_way(
    wired_pair: tuple[Server, Server], through_wire: Wire, path: str
) -> None:
    server, _ = wired_pair
    before = server.workers.rest()
    with through_wire.stalled(200):
        found, wanted = ask_each(wired_pair, ("GET", path, None))
    assert (found.status, errors_of(found)) == (wanted.status, errors_of(wanted))
    assert server.get("jobs").status == 200
    assert server.workers.come_back_to(before)

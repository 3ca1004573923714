# SPDX-License-Identifier: GPL-2.0-or-later
"""The system runs out of something: descriptors, room for logs, places for connections."""

from __future__ import annotations

import contextlib
import resource
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fix_cluster import Cluster
from tests.robustness.clients import Server
from tests.robustness.conftest import StartServer
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

MANY = 5_000
FEW_DESCRIPTORS = 64
SOON = 15.0
"""Seconds for a request on a server that has just been overrun."""

Wrap = Callable[[str], str]
Made = TypeVar("Made")


@pytest.fixture(scope="module")
def wrap(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Wrap:
    """A program that does something first and becomes ours; with this line of shell."""
    folder = tmp_path_factory.mktemp("wrapped")
    folder.chmod(0o755)
    numbers = iter(range(100))

    def make(line: str) -> str:
        program = folder / f"{next(numbers)}" / "slurmrestd"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{line.format(program=cluster.program)}\n")
        program.chmod(0o755)
        program.parent.chmod(0o755)
        return str(program)

    return make


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    """Room for MANY connections on the test's side."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextlib.contextmanager
def idle_connections(server: Server, count: int) -> Iterator[list[socket.socket]]:
    """So many connections on which nothing is said."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connected(server)) for _ in range(count)]


def connected(server: Server) -> socket.socket:
    """A connection, once there is room for it in the kernel."""
    return once_there_is_room(lambda: server.daemon.address.connect(60))


def once_there_is_room(connect: Callable[[], Made]) -> Made:
    """What comes of it, as soon as no more wait than the listener lets wait."""
    made: list[Made] = []

    def connects() -> bool:
        try:
            made.append(connect())
        except BlockingIOError:
            return False
        return True

    assert eventually(connects)
    return made[0]


def descriptors(server: Server) -> int:
    """Of all workers."""
    return sum(server.workers.state().descriptors.values())


def test_thousands_of_idle_connections_that_may_be_held(
    controller: Controller, start_server: StartServer, wrap: Wrap, many_descriptors: None
) -> None:
    """They cost nobody anything, and nothing is left of them."""
    program = wrap('ulimit -n 12000; exec {program} "$@"')
    with start_server(
        controller.conf, "--max-connections", str(MANY + 100), program=program
    ) as server:
        assert server.get("jobs").status == 200
        before = server.workers.rest()
        with idle_connections(server, MANY):
            assert eventually(lambda: descriptors(server) >= MANY)
            for path in ("ping", "jobs", "partitions"):
                assert server.get(path, timeout=SOON).status == 200
        assert server.workers.come_back_to(before)


def test_thousands_of_idle_connections_that_may_not(
    controller: Controller, start_server: StartServer, many_descriptors: None
) -> None:
    """With the default limit: they have to make room for those who ask.

    All of them are there before; those of no use are closed until it is the turn of the one
    that asks.
    """
    with start_server(controller.conf) as server:
        assert server.get("jobs").status == 200
        before = server.workers.rest()
        with idle_connections(server, MANY):
            assert once_there_is_room(lambda: server.get("ping", timeout=120)).status == 200
        assert server.workers.come_back_to(before)
        assert server.get("jobs", timeout=SOON).status == 200


def test_no_descriptors_left(
    controller: Controller, start_server: StartServer, wrap: Wrap, many_descriptors: None
) -> None:
    """Who cannot be accepted waits; no worker is lost, and all is well when they are gone."""
    program = wrap(f'ulimit -n {FEW_DESCRIPTORS}; exec {{program}} "$@"')
    with start_server(controller.conf, "--max-connections", "1000", program=program) as server:
        assert server.get("jobs").status == 200
        before = server.workers.rest()
        with idle_connections(server, 4 * FEW_DESCRIPTORS) as connections:
            assert eventually(lambda: "no connections for" in server.log())
            for connection in connections[:50]:
                connection.sendall(server.request("ping"))
        assert server.get("ping", timeout=SOON).status == 200
        assert server.get("jobs", timeout=SOON).status == 200
        assert server.workers.come_back_to(before)


def test_no_room_for_the_log(controller: Controller, start_server: StartServer, wrap: Wrap) -> None:
    """A full disk: what cannot be logged is lost, and nothing else."""
    program = wrap('exec {program} "$@" 2> /dev/full')
    with start_server(controller.conf, "-vvvvvv", program=program) as server:
        assert server.get("jobs").status == 200
        before = server.workers.rest()
        for _ in range(20):
            assert server.get("jobs").status == 200
            assert server.get("job/4000000").status == 404
            assert server.get("nothing-of-that-name").status == 404
        assert server.workers.come_back_to(before)
        assert Path(f"/proc/{server.daemon.pid}/fd/2").readlink() == Path("/dev/full")

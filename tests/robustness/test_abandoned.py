# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that leave in the middle of a large answer: what it took is freed, nothing is harmed."""

from __future__ import annotations

import itertools
import json
import socket
import struct
from collections.abc import Callable

import pytest

from tests.conformance.raw import Connection
from tests.robustness.clients import Server, read_to_end
from tests.robustness.conftest import MANY_JOBS, WARM_UP
from tests.robustness.processes import MIB
from tests.robustness.waiting import eventually

SLACK = 12 * MIB
"""What idle workers may have more than before; the answer to GET jobs takes four times as much."""

TIMES = 200
_RESET = struct.pack("ii", 1, 0)
_64_KB = 1 << 16


def leave_after_64_kb(connection: socket.socket) -> None:
    """Read a little, then go."""
    got = 0
    while got < _64_KB:
        got += len(connection.recv(_64_KB - got))
    connection.close()


def leave_during_the_rpc(connection: socket.socket) -> None:
    """Go before the answer can have begun."""
    connection.close()


def leave_with_a_reset(connection: socket.socket) -> None:
    """Go without the usual farewell (TCP only; elsewhere the same as a close)."""
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def say_no_more_and_leave(connection: socket.socket) -> None:
    """Close the sending half, which is no farewell yet, then the other."""
    connection.shutdown(socket.SHUT_WR)
    connection.recv(1)
    connection.close()


def never_read_and_leave(connection: socket.socket) -> None:
    """Let the kernel's buffers fill up, then go."""
    connection.recv(1, socket.MSG_PEEK)
    eventually(lambda: False, within=0.2)
    connection.close()


Way = Callable[[socket.socket], None]
WAYS: tuple[Way, ...] = (
    leave_after_64_kb,
    leave_during_the_rpc,
    leave_with_a_reset,
    say_no_more_and_leave,
    never_read_and_leave,
)


@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "tcp"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_abandoned_answer_is_freed(many_jobs: Server, way: Way, tcp: bool) -> None:
    idle = many_jobs.workers.proportional()
    way(many_jobs.ask("jobs", tcp=tcp))
    assert many_jobs.get("ping").status == 200
    assert eventually(lambda: many_jobs.workers.proportional() < idle + SLACK)


def test_a_client_that_says_no_more_gets_its_answer(many_jobs: Server) -> None:
    """Half a connection is enough to read from."""
    with Connection(many_jobs.daemon.address) as connection:
        connection.send(many_jobs.request("jobs"))
        connection.end_sending()
        reply = connection.receive()
    assert reply.status == 200
    assert reply.complete
    assert len(json.loads(reply.body)["jobs"]) == MANY_JOBS


def test_eight_that_leave_at_once_harm_no_ninth(many_jobs: Server) -> None:
    leavers = [many_jobs.ask("jobs", tcp=number % 2 == 0) for number in range(8)]
    with many_jobs.ask("jobs") as ninth:
        for leaver in leavers:
            leaver.close()
        drained = read_to_end(ninth)
    assert drained.status == 200
    assert drained.tail.endswith(b"0\r\n\r\n")


def test_many_abandoned_answers_do_not_add_up(many_jobs: Server) -> None:
    ways = itertools.cycle(itertools.product(WAYS, (False, True)))
    for way, tcp in itertools.islice(ways, WARM_UP):
        way(many_jobs.ask("jobs", tcp=tcp))
    assert many_jobs.get("ping").status == 200
    before = many_jobs.workers.at_rest()
    for way, tcp in itertools.islice(ways, TIMES):
        way(many_jobs.ask("jobs", tcp=tcp))
    assert many_jobs.workers.at_rest() < before + SLACK

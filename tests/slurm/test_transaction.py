# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of a transaction in two halves, and the connection on which it is asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from slurmrestd.slurm import quick
from slurmrestd.slurm.ffi import ffi, lib
from tests.slurm import inside
from tests.slurm.conftest import Worker

TIMES = 40
PATIENCE_MS = 60_000
DONE = bytes.fromhex("0000000e 0599 00000000 0000 00000000 0579")
REFUSED = bytes.fromhex("0000000e 0599 00000000 0000 00000fa0 0579")


@pytest.fixture
def ends() -> Iterator[tuple[Any, socket.socket]]:
    """A connection, and the end of it that slurmdbd would have."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ffi.new("private_persist_conn_t *", {"fd": ours.fileno()}), theirs


def test_it_is_asked_for_at_once(ends: tuple[Any, socket.socket]) -> None:
    connection, theirs = ends
    assert lib.sr_ask_to_begin_anew(connection)
    assert theirs.recv(100) == bytes.fromhex("00000006 0579 0000 0000")


def test_an_answer_may_come_in_pieces(ends: tuple[Any, socket.socket]) -> None:
    connection, theirs = ends
    theirs.send(DONE[:4])
    theirs.send(DONE[4:])
    assert lib.sr_began_anew(connection, PATIENCE_MS)


@pytest.mark.parametrize("said", [b"", DONE[:-1], REFUSED, DONE[1:] + b"\0", DONE + b"more"])
def test_whatever_else_comes_it_was_not_done(ends: tuple[Any, socket.socket], said: bytes) -> None:
    connection, theirs = ends
    theirs.send(said)
    theirs.shutdown(socket.SHUT_WR)
    assert not lib.sr_began_anew(connection, PATIENCE_MS)


def test_who_says_nothing_is_not_waited_for_without_end(ends: tuple[Any, socket.socket]) -> None:
    assert not lib.sr_began_anew(ends[0], 1)


def test_on_a_connection_that_is_over_nothing_is_asked(ends: tuple[Any, socket.socket]) -> None:
    connection, theirs = ends
    theirs.close()
    assert not lib.sr_ask_to_begin_anew(connection)
    assert not lib.sr_began_anew(connection, PATIENCE_MS)


def test_it_is_known_whether_one_would_have_to_wait(ends: tuple[Any, socket.socket]) -> None:
    connection, theirs = ends
    for piece in (b"", DONE[:4], DONE[4:-1]):
        theirs.send(piece)
        assert not quick.is_answered(connection)
    theirs.send(DONE[-1:])
    for _ in range(3):
        assert quick.is_answered(connection)
    assert lib.sr_began_anew(connection, 0)
    assert not quick.is_answered(connection)
    theirs.close()
    assert quick.is_answered(connection)
    assert not lib.sr_began_anew(connection, PATIENCE_MS)


def test_slurmdbd_answers_so_that_its_connection_is_used_again(worker: Worker, token: str) -> None:
    """A slow machine may need another one after some seconds."""
    assert len(worker(inside.sockets_of_leases, token, TIMES)) < TIMES // 4


def test_a_query_on_a_connection_that_broke_is_asked_on_a_new_one(
    worker: Worker, token: str
) -> None:
    same, count = worker(inside.asked_after_a_hang_up, token)
    assert not same
    assert count > 4

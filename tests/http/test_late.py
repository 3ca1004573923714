# SPDX-License-Identifier: GPL-2.0-or-later
"""The application by itself, when an operation waits: whatever happens, nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from slurmrestd.http import refusals
from slurmrestd.http.app import Application, Operations
from slurmrestd.http.refusals import Refused
from slurmrestd.http.waiting import Waiting
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.rest_auth.selection import select
from tests.http.test_app import Answer, Inline, Messages, Routes, scope


class FakeWaiting:
    """What was asked for."""

    def __init__(self) -> None:
        self.answer: Any = Answer(b"{}")
        self.abandoned = 0
        self.socket = None

    def look(self) -> None:
        raise AssertionError("the room looks, not the application")

    def acknowledge(self, descriptor: int) -> None:
        raise AssertionError("the room does")

    def abandon(self) -> None:
        self.abandoned += 1
        self.answer.close()

    def close(self) -> None:
        pass


class Room:
    """One in which nobody has to wait, unless ``fails`` says what happens."""

    def __init__(self, *, full: bool = False, fails: BaseException | None = None) -> None:
        self._full = full
        self._fails = fails

    @contextmanager
    def seat(self) -> Iterator[None]:
        if self._full:
            raise Refused(refusals.WAITING_ROOM_FULL)
        yield

    async def wait(self, waiting: Waiting, left: Callable[[], Awaitable[Any]]) -> Any:
        if self._fails is not None:
            raise self._fails
        return waiting.answer

    def abandon(self, waiting: Waiting) -> None:
        waiting.abandon()


def serve(room: Room, waiting: FakeWaiting, *, leaves: bool = False) -> Messages:
    def request(
        match: str, query: object, peer: Peer, credential: Credential, media_type: str
    ) -> FakeWaiting:
        assert query == {"a": "b"}
        return waiting

    def perform(*_: object) -> Answer:
        raise AssertionError("the operation waits")

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    sent: Messages = []

    async def send(message: dict[str, Any]) -> None:
        if leaves:
            raise ConnectionResetError("left")
        sent.append(message)

    operations = Operations(
        Routes(), perform, waits=lambda match: match == "/there", request=request
    )
    app = Application(operations, select("jwt"), Inline(), Inline(), room)
    asyncio.run(app(scope(), receive, send))
    return sent


def test_it_is_answered() -> None:
    waiting = FakeWaiting()
    start, body = serve(Room(), waiting)
    assert (start["status"], body["body"]) == (200, b"{}")
    assert (waiting.answer.closed, waiting.abandoned) == (1, 0)


def test_a_client_that_does_not_take_the_answer_gives_it_up() -> None:
    waiting = FakeWaiting()
    with pytest.raises(ConnectionResetError):
        serve(Room(), waiting, leaves=True)
    assert waiting.abandoned == 1


@pytest.mark.parametrize("error", [ConnectionResetError("left"), RuntimeError("broken")])
def test_whatever_ends_the_wait_gives_it_up(error: Exception) -> None:
    waiting = FakeWaiting()
    with pytest.raises(type(error)):
        serve(Room(fails=error), waiting)
    assert waiting.abandoned == 1


def test_a_server_that_stops_says_so_and_gives_it_up() -> None:
    waiting = FakeWaiting()
    start, _ = serve(Room(fails=Refused(refusals.ENDING)), waiting)
    assert start["status"] == 503
    assert dict(start["headers"])[b"retry-after"] == b"%d" % (refusals.ENDING.retry_after or 0)
    assert waiting.abandoned == 1


def test_a_full_room_is_refused_and_nothing_is_asked_for() -> None:
    waiting = FakeWaiting()
    start, _ = serve(Room(full=True), waiting)
    assert start["status"] == 503
    assert b"retry-after" in dict(start["headers"])
    assert (waiting.answer.closed, waiting.abandoned) == (0, 0)

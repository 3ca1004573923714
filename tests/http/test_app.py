# SPDX-License-Identifier: GPL-2.0-or-later
"""The application by itself: what it sends, and that every answer is closed."""

from __future__ import annotations

import asyncio
import gc
import math
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from slurmrestd.http import refusals
from slurmrestd.http.app import LARGE, Application, Operations
from slurmrestd.http.refusals import Refused
from slurmrestd.http.request import EXTENSION
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.rest_auth.selection import select
from slurmrestd.server.pool import Pool

Messages = list[dict[str, Any]]


class Answer:
    """Pieces in one window that is used again; the last piece is followed by None."""

    def __init__(self, *pieces: bytes, status: int = 200, fails: bool = False) -> None:
        self.status = status
        self.content_type = "application/json" if pieces else ""
        self.complete = len(pieces) < 2 and not fails
        self.closed = 0
        self._fails = fails
        self._pieces = list(pieces)
        self._window = bytearray()
        self.first: bytes | memoryview = b""
        if pieces:
            self.first = self.next_piece() or b""

    def next_piece(self) -> memoryview | None:
        assert not self.closed
        if not self._pieces:
            if self._fails:
                raise RuntimeError("the encoder failed")
            return None
        piece = self._pieces.pop(0)
        if len(self._window) == len(piece):
            self._window[:] = piece
        else:
            self._window = bytearray(piece)
        return memoryview(self._window)

    def close(self) -> None:
        self.closed += 1


class Inline:
    """A pool that does its calls at once."""

    is_full = has_spare = False
    in_work = 0
    max_wait = math.inf

    def submit(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callable[[Any, BaseException | None], object],
        waited: float = 0.0,
        is_urgent: Callable[[], bool] = lambda: True,
        light: bool = False,
    ) -> None:
        try:
            result = function(*args)
        except RuntimeError as error:
            done(None, error)
        else:
            done(result, None)

    def catch_up(self) -> None:
        """Nothing is put off."""

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
        wish: bool = False,
    ) -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        try:
            future.set_result(function(*args))
        except RuntimeError as error:
            future.set_exception(error)
        return future


class Routes:
    def match(self, method: str, path: str) -> str | None:
        return path if path == "/there" else None


def scope(path: bytes = b"/there") -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "raw_path": path,
        "query_string": b"a=b",
        "headers": [(b"x-slurm-user-token", b"t")],
        "extensions": {EXTENSION: {"peer": Peer(("::1", 1), 9)}},
    }


def serve(answer: Answer, path: bytes = b"/there", leave_after: int | None = None) -> Messages:
    """The messages that a request draws; the client may leave after some of them."""
    seen: list[object] = []

    def perform(
        match: str, query: object, peer: Peer, credential: Credential, media_type: str
    ) -> Answer:
        seen.append((match, query, credential.token, media_type))
        return answer

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    sent: Messages = []

    async def send(message: dict[str, Any]) -> None:
        if len(sent) == leave_after:
            raise ConnectionResetError("left")
        sent.append({**message, "body": bytes(message.get("body", b""))})

    app = Application(Operations(Routes(), perform), select("jwt"), Inline(), Inline())
    try:
        asyncio.run(app(scope(path), receive, send))
    finally:
        if path == b"/there":
            assert seen == [("/there", {"a": "b"}, "t", "application/json")]
    return sent


def test_a_complete_answer_has_its_length() -> None:
    answer = Answer(b"{}")
    start, body = serve(answer)
    assert (start["status"], dict(start["headers"])[b"content-length"]) == (200, b"2")
    assert (body["body"], body["more_body"]) == (b"{}", False)
    assert answer.closed == 1


def test_an_answer_in_pieces_has_none_and_comes_whole() -> None:
    answer = Answer(b"aa", b"bb", b"cc", b"dddd")
    start, *body = serve(answer)
    assert b"content-length" not in dict(start["headers"])
    assert [message["body"] for message in body] == [b"aa", b"bb", b"cc", b"dddd", b""]
    assert [message["more_body"] for message in body] == [True] * 4 + [False]
    assert answer.closed == 1


def test_an_error_closes_the_connection() -> None:
    start, _ = serve(Answer(b"{}", status=404))
    assert dict(start["headers"])[b"connection"] == b"close"


def test_not_modified_has_neither_body_nor_type() -> None:
    start, body = serve(Answer(status=304))
    assert start["headers"] == []
    assert body["body"] == b""


def test_what_is_not_there_is_refused() -> None:
    answer = Answer(b"{}")
    start, body = serve(answer, b"/elsewhere")
    assert start["status"] == 404
    assert dict(start["headers"])[b"content-type"] == b"text/plain"
    assert body["body"]
    assert answer.closed == 0


@pytest.mark.parametrize("sent", [0, 1, 2, 3])
@pytest.mark.parametrize("pieces", [(b"{}",), (b"aa", b"bb", b"cc")], ids=["whole", "pieces"])
def test_the_answer_is_closed_wherever_the_client_leaves(
    pieces: tuple[bytes, ...], sent: int
) -> None:
    answer = Answer(*pieces)
    if sent < len(pieces) + 1:
        with pytest.raises(ConnectionResetError):
            serve(answer, leave_after=sent)
    else:
        serve(answer, leave_after=sent + 9)
    assert answer.closed == 1


def test_the_answer_is_closed_when_its_encoder_fails() -> None:
    answer = Answer(b"aa", fails=True)
    with pytest.raises(RuntimeError, match="encoder"):
        serve(answer)
    assert answer.closed == 1


@pytest.mark.parametrize(("size", "times"), [(LARGE - 1, 0), (LARGE, 1)])
@pytest.mark.parametrize("path", [b"/there", b"/elsewhere"])
def test_memory_is_given_back_after_a_large_body(path: bytes, size: int, times: int) -> None:
    tidied: list[None] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b'"' + b"x" * (size - 2) + b'"', "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        assert not tidied

    operations = Operations(Routes(), lambda *_: Answer(b"{}"), tidy=lambda: tidied.append(None))
    app = Application(operations, select("jwt"), Inline(), Inline())
    asyncio.run(app(scope(path), receive, send))
    assert len(tidied) == times


def test_another_protocol_is_not_spoken() -> None:
    app = Application(Operations(Routes(), lambda *_: Answer()), select("jwt"), Inline(), Inline())
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(app({"type": "websocket"}, None, None))  # type: ignore[arg-type]


def test_a_refusal_keeps_nothing_of_its_request() -> None:
    """Without the cycle collector: a body may be 50 MB."""

    class Held:
        pass

    held: list[weakref.ref[Held]] = []

    def perform(*_: object) -> Answer:
        read = Held()
        held.append(weakref.ref(read))
        raise Refused(refusals.BAD_QUERY)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        pass

    async def scenario() -> None:
        pool = Pool(asyncio.get_running_loop(), 1, "test")
        app = Application(Operations(Routes(), perform), select("jwt"), pool, pool)
        headers = [(b"x-slurm-user-token", b"t"), (b"content-type", b"application/json")]
        asked = scope() | {"method": "POST", "query_string": b"", "headers": headers}
        await app(asked, receive, send)
        await pool.call(int)
        assert [ref() for ref in held] == [None]
        pool.close()

    gc.disable()
    try:
        asyncio.run(scenario())
    finally:
        gc.enable()

# SPDX-License-Identifier: GPL-2.0-or-later
"""What goes on the wire for an answer that is there as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from slurmrestd.http.target import split_target
from slurmrestd.openapi.answer import Answer, no_content, whole
from slurmrestd.server.exchange import Exchange
from slurmrestd.server.framing import Head

CLOSE = b"Connection: close\r\n"


class Taker:
    """A connection that takes all that it is given."""

    hurries = False

    def __init__(self) -> None:
        self.taken = b""
        self.ended = False

    def send_now(self, data: bytes, *, last: bool) -> int:
        self.taken += data
        self.ended = last
        return len(data)


def sent(answer: Answer, *, keep_alive: bool, method: str = "GET") -> bytes:
    """What the client gets; nothing is left to send, and who does not stay is told so."""
    taker: Any = Taker()
    exchange = Exchange(taker, Head(method, split_target("/"), 1, [], keep_alive), b"")
    exchange.hasten(answer)
    assert exchange.complete
    assert not exchange.urgent
    assert taker.ended is not exchange.keep_alive
    return bytes(taker.taken)


@pytest.mark.parametrize(("keep_alive", "close"), [(True, b""), (False, CLOSE)])
def test_an_answer_has_its_type_and_length(keep_alive: bool, close: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/yaml\r\nContent-Length: 3\r\n"
    answer = whole(200, "application/yaml", b"a: ")
    assert sent(answer, keep_alive=keep_alive) == head + close + b"\r\na: "


def test_after_an_error_the_connection_is_closed() -> None:
    head = b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n"
    answer = whole(500, "application/json", b"{}")
    expected = head + CLOSE + b"Content-Length: 2\r\n\r\n{}"
    assert sent(answer, keep_alive=True) == expected


def test_what_has_not_changed_has_no_body() -> None:
    assert sent(no_content(304), keep_alive=True) == b"HTTP/1.1 304 Not Modified\r\n\r\n"


def test_to_head_the_body_is_left_out() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    assert sent(whole(200, "application/json", b"{}"), keep_alive=True, method="HEAD") == head

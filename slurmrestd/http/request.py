# SPDX-License-Identifier: GPL-2.0-or-later
"""A request as the checks see it: what an ASGI scope and its body say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurmrestd.rest_auth.peer import Peer

EXTENSION = "slurmrestd"  # where our server puts the Peer in a scope's extensions


class HeaderFields:
    """Header fields by lower-case name, values as text."""

    __slots__ = ("_first", "_last")

    def __init__(self, fields: Sequence[tuple[bytes, bytes]]) -> None:
        self._last = dict(fields)
        repeats = len(self._last) < len(fields)
        self._first = dict(reversed(fields)) if repeats else self._last

    def first(self, name: bytes) -> str | None:
        value = self._first.get(name)
        return None if value is None else _text(value)

    def last(self, name: bytes) -> str | None:
        """The last value: where a header may come once, the original heeds the last."""
        value = self._last.get(name)
        return None if value is None else _text(value)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape").strip()


class Request:
    __slots__ = ("body", "headers", "method", "path", "peer", "query")

    def __init__(
        self,
        method: str,
        path: str,
        *,
        query: bytes,
        headers: HeaderFields,
        body: bytes,
        peer: Peer,
    ) -> None:
        self.method = method
        self.path = path  # percent-encoded
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer

    def forget_body(self) -> None:
        """Free it once it is read: the answer may be long in coming."""
        self.body = b""


def request_of(scope: dict[str, Any], body: bytes) -> Request:
    """The request of an ASGI ``http`` scope made by our server."""
    return Request(
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"],
        headers=HeaderFields(scope["headers"]),
        body=body,
        peer=scope["extensions"][EXTENSION]["peer"],
    )

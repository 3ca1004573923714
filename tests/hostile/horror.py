# SPDX-License-Identifier: GPL-2.0-or-later
"""A request that somebody thought of, as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.hostile.target import CANARY, Request

VERSIONS = ("v0.0.40", "v0.0.41", "v0.0.42")
Status = int | str
Statuses = Status | tuple[Status, Status, Status]

EARLIER, LATER = (500, 200, 200), (200, 500, 500)
"""Statuses of what the first version alone refuses, or takes."""

UNASKED = "not asked"
"""Of the original: it, or the controller that it hands this on to, would not come back."""

PLAIN: dict[str, Any] = {
    "script": "#!/bin/sh\n",
    "hold": True,
    "current_working_directory": "/tmp",
    "environment": ["PATH=/usr/bin"],
    "comment": CANARY,
}
"""A job that the controller takes."""


@dataclass(frozen=True)
class Horror:
    """A request and its status, in all versions or in each; ``body`` is made when it is sent.

    ``original`` is the original's status where it is another one, DIED where it ends, and
    UNASKED where it is not asked.
    """

    name: str
    status: Statuses
    body: bytes | Callable[[], bytes] = b""
    original: Statuses | None = None
    method: str = "POST"
    target: str = "job/submit"
    content_type: str | None = "application/json"

    def request(self) -> Request:
        """The request."""
        body = self.body if isinstance(self.body, bytes) else self.body()
        return Request(self.method, self.target, body, self.content_type)

    def expected(self, version: str, *, of_original: bool) -> Status:
        """The status in a version."""
        statuses = self.original if of_original and self.original is not None else self.status
        return statuses[VERSIONS.index(version)] if isinstance(statuses, tuple) else statuses


def text(content: Any) -> bytes:
    """JSON; NaN and infinities are written as the words that they are."""
    return json.dumps(content).encode()


def job(**fields: Any) -> bytes:
    """A plain job with some fields of its own."""
    return text({"job": PLAIN | fields})


def field(
    key: str, *rows: tuple[Any, Statuses] | tuple[Any, Statuses, Statuses]
) -> Iterable[Horror]:
    """A plain job with each of these values for a field: value, status, the original's status."""
    for value, status, *original in rows:
        shown = repr(value)
        shown = shown if len(shown) <= 40 else f"{shown[:30]}...{len(shown)}"
        yield Horror(
            f"{key}={shown}",
            status,
            lambda value=value: job(**{key: value}),  # type: ignore[misc]
            original[0] if original else None,
        )

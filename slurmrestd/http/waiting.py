# SPDX-License-Identifier: GPL-2.0-or-later
"""What the application needs for requests whose answer may be long in coming."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from socket import socket
from typing import Any, Protocol

from slurmrestd.http.pieces import Answer


class Waiting(Protocol):
    """A request that was made; see slurmrestd.openapi.waiting."""

    @property
    def answer(self) -> Answer | None: ...
    @property
    def socket(self) -> socket | None: ...
    def acknowledge(self, descriptor: int) -> None: ...
    def look(self) -> None: ...
    def abandon(self) -> None: ...
    def close(self) -> None: ...


class WaitingRoom(Protocol):
    """Where such requests are while they have no answer; see slurmrestd.server.waiting."""

    def seat(self) -> AbstractContextManager[object]:
        """A place for one request.  Raises Refused where there is none."""

    async def wait(self, waiting: Waiting, left: Callable[[], Awaitable[Any]]) -> Answer:
        """The answer, once it is there; ``left`` waits until the client leaves.

        Raises ConnectionResetError when it does so first, Refused when the server stops
        first.
        """

    def abandon(self, waiting: Waiting) -> None:
        """Have it given up, on another thread."""

# SPDX-License-Identifier: GPL-2.0-or-later
"""The body of an answer, piece by piece, each made while the last one is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol


class Answer(Protocol):
    """What ``perform`` returns; see slurmrestd.openapi.call."""

    @property
    def status(self) -> int: ...
    @property
    def content_type(self) -> str: ...
    @property
    def first(self) -> bytes | memoryview: ...
    @property
    def complete(self) -> bool: ...
    def next_piece(self) -> bytes | memoryview | None: ...
    def close(self) -> None: ...


class Caller(Protocol):
    """Runs a blocking call elsewhere; see slurmrestd.server.pool."""

    def call(self, function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]: ...


class Pieces:
    """Reads an answer one piece ahead of whoever sends it.

    The answer makes each piece in one window of its own, so a piece is copied
    (into one of two buffers, in turn) before the next one is asked for. A piece
    from ``next()`` is valid until the next call of ``next()`` returns. All calls
    of the answer go through one single-threaded caller, in order, ``close`` last.
    """

    def __init__(self, answer: Answer, caller: Caller) -> None:
        self._answer = answer
        self._caller = caller
        self._buffers = [bytearray(), bytearray()]
        self._turn = 0
        # The first piece exists already: only the ones after it are waited for.
        self._ahead: asyncio.Future[memoryview | None] = caller.call(self._copy_first)

    async def next(self) -> memoryview | None:
        """The next piece, None after the last."""
        piece = await self._ahead
        if piece is not None:
            self._ahead = self._caller.call(self._read)
        return piece

    def close(self) -> None:
        """Free the answer, after the call that may be running; does not wait."""
        self._caller.call(self._answer.close)

    def _copy_first(self) -> memoryview:
        return self._copy(self._answer.first)

    def _read(self) -> memoryview | None:
        piece = self._answer.next_piece()
        return None if piece is None else self._copy(piece)

    def _copy(self, piece: bytes | memoryview) -> memoryview:
        size = len(piece)
        if len(self._buffers[self._turn]) < size:
            self._buffers[self._turn] = bytearray(size)
        view = memoryview(self._buffers[self._turn])[:size]
        view[:] = piece
        self._turn ^= 1
        return view

# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes of an answer, piece by piece.

The first piece is made where the RPC was, on a thread of the pool.  If it is the whole
answer, everything that it took is freed there and then.  If not, the server asks for the
next piece when the client has taken the one before; nobody waits in between, and what
the answer owns is freed when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from slurmrestd.data_parser.encode import Encoder, One, Records
from slurmrestd.data_parser.program import Form
from slurmrestd.frozen import Frozen
from slurmrestd.slurm import library
from slurmrestd.slurm.accounting.known import Kind
from slurmrestd.slurm.ffi import ffi


class Native(Frozen):
    """What the encoder writes, behind a key that stands on a line of ``depth``."""

    value: Records | One
    depth: int


class Afterwards(Frozen):
    """What can be told once the records are written: of the numbers that stood for nothing."""

    tell: Callable[[Iterator[tuple[Kind, int]]], Iterator[bytes]]


Part = bytes | Native | Afterwards


class Closable(Protocol):
    """What an answer owns and frees at its end: a message of libslurm's."""

    def close(self) -> None: ...


class Answer:
    """Status, media type and body.  ``close`` it, always.

    ``lookups`` (``sr_lookups *``) is what records of slurmdbd are written with.
    """

    def __init__(
        self,
        status: int,
        content_type: str,
        parts: Sequence[Part],
        form: Form,
        owned: list[Closable],
        *,
        lookups: Any = None,
    ) -> None:
        self.status = status
        self.content_type = content_type
        self._owned = owned
        self._encoder: Encoder | None = None
        self._pieces = iter(())  # type: Iterator[memoryview]
        if len(parts) == 1 and isinstance(parts[0], bytes):
            self._whole(parts[0])
            return
        self._ended = False
        self._encoder = Encoder(form, library.host_functions(), lookups or ffi.NULL)
        try:
            self._pieces = self._make(parts, form)
            first = next(self._pieces)
            if self._ended:
                self._whole(bytes(first))
            else:
                self.first: bytes | memoryview = first
                self.complete = False
        except BaseException:
            self.close()
            raise

    def _whole(self, body: bytes) -> None:
        self.first = body
        self.complete = True
        self.close()

    def _make(self, parts: Sequence[Part], form: Form) -> Iterator[memoryview]:
        encoder = self._encoder
        assert encoder is not None
        for part in parts:
            if isinstance(part, bytes):
                encoder.append(part)
            elif isinstance(part, Afterwards):
                for text in part.tell(encoder.unknown()):
                    encoder.append(text)
                    if encoder.is_full:
                        yield encoder.window()
            elif isinstance(part.value, One):
                encoder.struct(part.value, part.depth)
            else:
                yield from self._records(encoder, part.value, part.depth, form)
        self._ended = True
        yield encoder.window()

    def _records(
        self, encoder: Encoder, records: Records, depth: int, form: Form
    ) -> Iterator[memoryview]:
        layout = form.layout
        encoder.append(layout.begin_list)
        encoder.begin(records, layout.items(depth))
        while encoder.fill():
            yield encoder.window()
        encoder.append(layout.end_list(depth, is_empty=not encoder.wrote))

    def next_piece(self) -> memoryview | None:
        """The next piece, valid until the one after is asked for; None at the end."""
        return next(self._pieces, None)

    def close(self) -> None:
        """Free what the answer owns; idempotent."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None
        while self._owned:
            self._owned.pop().close()


def no_content(status: int) -> Answer:
    """An answer of which the status says all."""
    return whole(status, "", b"")


def whole(status: int, content_type: str, body: bytes) -> Answer:
    """An answer that is there already, and owns nothing."""
    answer = object.__new__(Answer)
    answer.status, answer.content_type = status, content_type
    answer.first, answer.complete = body, True
    answer._owned, answer._encoder, answer._pieces = [], None, iter(())
    return answer


class Lease:
    """One holder's part in what several answers read.  Whoever closes the last one frees it."""

    def __init__(self, shared: Closable, is_last: list[bool]) -> None:
        self._shared: Closable | None = shared
        self._is_last = is_last

    def close(self) -> None:
        """Give it up; idempotent."""
        shared, self._shared = self._shared, None
        # Answers are closed on any thread: each takes one item, and only one the last.
        if shared is not None and self._is_last.pop():
            shared.close()


def leases(shared: Closable, holders: int) -> list[Lease]:
    """A part in ``shared`` for each holder."""
    is_last = [True, *(False for _ in range(holders - 1))]
    return [Lease(shared, is_last) for _ in range(holders)]

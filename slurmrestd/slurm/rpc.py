# SPDX-License-Identifier: GPL-2.0-or-later
"""The gate of every request to Slurm's daemons, and what an answer is held in."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from slurmrestd.light import here, may_wait
from slurmrestd.slurm import exchange
from slurmrestd.slurm.errors import SlurmError, check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import SLURM_ERROR, SLURM_UNEXPECTED_MSG_ERROR
from slurmrestd.slurm.question import Declined, Indirect, NoAnswer, Question

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

LARGE = 8 << 20
"""Bytes from which the memory of a freed answer is given back to the system."""


class NoCredential(RuntimeError):
    """A request was about to be made as nobody in particular, that is, as the daemon."""


class _Thread(threading.local):
    acting: Credential | None = None


_thread = _Thread()


def set_acting(credential: Credential | None) -> None:
    """Open or shut the gate for this thread; for slurmrestd.slurm.credential only."""
    _thread.acting = credential


def acting() -> Credential | None:
    """Whom this thread acts for."""
    return _thread.acting


def ask(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function of libslurm that sends a request, and give back its result.

    Raises NoCredential unless the thread acts for somebody: libslurm would use the
    daemon's own identity.
    """
    _see_who_acts()
    may_wait()
    ffi.errno = 0
    return function(*arguments)


def _see_who_acts() -> None:
    if _thread.acting is None:
        raise NoCredential("no request to Slurm without a credential: use acting_as()")


def fetch(
    kind: str,
    free: Callable[[Any], None],
    source: str,
    send: Callable[[Any], Any],
    weigh: Callable[[Any], int] = lambda pointer: 0,
    *,
    question: Callable[[], Question] | None = None,
    complete: Callable[[Any], object] | None = None,
) -> Message:
    """Make a request that answers through a pointer to a pointer.

    ``send`` calls :func:`ask` with the place for the answer, of type ``kind``; ``weigh``
    estimates the answer's bytes. A ``question`` that is the same is asked in place of that, if
    it can be, and ``complete`` does with its answer what libslurm's function does besides.
    Raises SlurmError, also where there is no answer.
    """
    if question is not None:
        with suppress(Indirect):
            pointer = ffi.cast(f"{kind} *", ask_directly(question(), source))
            message = _message(pointer, free, source, weigh)
            if complete is not None:
                complete(pointer)
            return message
    answer = ffi.new(f"{kind} **")
    try:
        check(send(answer), source)
    except BaseException:
        if answer[0] != ffi.NULL:
            free(answer[0])
        raise
    return _message(answer[0], free, source, weigh)


def _message(
    pointer: Any, free: Callable[[Any], None], source: str, weigh: Callable[[Any], int]
) -> Message:
    if pointer == ffi.NULL:
        check(SLURM_UNEXPECTED_MSG_ERROR, source)
    return Message(pointer, free, weigh(pointer))


def ask_directly(question: Question, source: str) -> Any:
    """Ask a question without libslurm's functions, in a fiber or on a thread.

    The data of the answer, NULL if it is but that all is well. Raises SlurmError; and Indirect
    on a thread, NeedsThread in a fiber, where nothing was done.
    """
    _see_who_acts()
    fiber = here.fiber
    try:
        return exchange.ask(question) if fiber is None else fiber.questions.ask(fiber, question)
    except Declined as declined:
        if not declined.number:
            return ffi.NULL
        number = declined.number
        returned = number if question.returns_number else SLURM_ERROR
    except NoAnswer as silence:
        number = question.failed or silence.number
        returned = SLURM_ERROR
    raise SlurmError(number, source, returned=returned)


class Message:
    """An answer of Slurm's, in Slurm's own memory. ``close`` it, or use it with ``with``.

    ``pointer`` is the struct; it must not be used after that.
    """

    def __init__(self, pointer: Any, free: Callable[[Any], None], weight: int = 0) -> None:
        self._pointer: Any = pointer
        self._free = free
        self._weight = weight

    @property
    def pointer(self) -> Any:
        """The struct. Raises ValueError once the message is closed."""
        if self._pointer is None:
            raise ValueError("the message is closed")
        return self._pointer

    def close(self) -> None:
        """Free the answer; idempotent."""
        pointer, self._pointer = self._pointer, None
        if pointer is None:
            return
        self._free(pointer)
        if self._weight >= LARGE:
            lib.malloc_trim(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if self._pointer is not None:
            warnings.warn(f"{self!r} was not closed", ResourceWarning, source=self, stacklevel=2)
            self.close()

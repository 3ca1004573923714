# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions to the controller, of one event loop, for which no thread waits.

libslurm's own functions sleep until there is an answer. Here a fiber (slurmrestd.light) asks
by ``sr_ask`` (_native/binding/question.c) and lets the loop go on. What does not go smoothly
is left to libslurm, on a thread: a controller that cannot be reached or is not in charge, a
request that has to wait or to go elsewhere.
"""

from __future__ import annotations

import asyncio
import select
from collections.abc import Callable
from typing import Any, Final

from slurmrestd.light import Fiber, NeedsThread
from slurmrestd.slurm.addresses import controllers
from slurmrestd.slurm.credential import set_aside
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import SLURM_PROTOCOL_SOCKET_IMPL_TIMEOUT
from slurmrestd.slurm.question import CONNECT_SECONDS, Indirect, NoAnswer, Question, data_of

LARGE: Final = 256 << 10
"""Bytes from which an answer is read and written on a thread: others shall not wait for that."""

_ANY_SIZE: Final = 1 << 30


class Questions:
    """One at a time. ``call`` calls a function on a thread; ``after`` a fiber has gone on."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        call: Callable[[Callable[[], Any]], asyncio.Future[Any]],
        after: Callable[[], object],
    ) -> None:
        self._loop = loop
        self._call = call
        self._after = after
        self._patience = float(lib.slurm_conf.msg_timeout)
        self._fiber: Fiber | None = None
        self._asked: Any = ffi.NULL
        self._asked_at = 0.0
        self._alarm: asyncio.TimerHandle | None = None
        # That of the loop knows what is registered only by objects of Python's.
        self._epoll = select.epoll()
        self._descriptor = self._epoll.fileno()
        loop.add_reader(self._descriptor, self._go_on)
        if controllers.take_turn(loop.time()):
            call(controllers.find)

    def ask(self, fiber: Fiber, question: Question) -> Any:
        """The data of the answer, as a ``void *``, which is the caller's.

        Raises NeedsThread where nothing was done, NoAnswer and Declined.
        """
        now = self._loop.time()
        if controllers.take_turn(now):
            self._call(controllers.find)
        try:
            return self._ask(fiber, question, now)
        except Indirect as indirect:
            if indirect.is_away:
                controllers.rest(self._loop.time())
            raise NeedsThread from None

    def _ask(self, fiber: Fiber, question: Question, now: float) -> Any:
        where = controllers.one(now)
        most = _ANY_SIZE if question.acts else LARGE
        asked = lib.sr_ask(where, question.type, question.data, most, self._descriptor)
        if asked == ffi.NULL:
            raise Indirect(is_away=True)
        self._fiber, self._asked = fiber, asked
        self._asked_at = now
        if self._alarm is None:
            self._alarm = self._loop.call_at(now + CONNECT_SECONDS, self._ring)
        try:
            with set_aside():
                progress, number = fiber.wait()
            return self._answer(question, progress, number)
        finally:
            self._fiber, self._asked = None, ffi.NULL
            lib.sr_forget(asked)

    def _answer(self, question: Question, progress: int, number: int) -> Any:
        assert self._fiber is not None, "there is a question"
        if progress in (lib.SR_NOT_ASKED, lib.SR_TOO_LARGE):
            raise Indirect(is_away=progress == lib.SR_NOT_ASKED)
        if question.acts:
            self._fiber.acted = True
        message = ffi.new("slurm_msg_t *")
        if progress == lib.SR_ANSWERED:
            number = lib.sr_take(self._asked, message)
        if progress != lib.SR_ANSWERED or number:
            raise NoAnswer(number)
        return data_of(question, message)

    def _go_on(self) -> None:
        """Its socket is ready; or was, in the same turn of the loop in which it was late."""
        if self._fiber is None:
            return
        progress = lib.sr_go_on(self._asked, self._descriptor)
        if progress != lib.SR_WAITS:
            self._tell(progress, ffi.errno)

    def _ring(self) -> None:
        """Now and then, while there is a question: it may be late."""
        self._alarm = None
        if self._fiber is None:
            return
        now = self._loop.time()
        is_asked = lib.sr_is_asked(self._asked)
        if now < self._asked_at + (self._patience if is_asked else CONNECT_SECONDS):
            self._alarm = self._loop.call_at(now + CONNECT_SECONDS, self._ring)
        else:
            progress = lib.SR_FAILED if is_asked else lib.SR_NOT_ASKED
            self._tell(progress, SLURM_PROTOCOL_SOCKET_IMPL_TIMEOUT)

    def _tell(self, progress: int, number: int) -> None:
        assert self._fiber is not None, "somebody waits for what was asked"
        self._fiber.go_on((progress, number))
        self._after()

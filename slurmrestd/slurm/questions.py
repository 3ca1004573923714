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
from slurmrestd.slurm import addresses
from slurmrestd.slurm.credential import set_aside
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import (
    ESLURM_IN_STANDBY_MODE,
    ESLURM_IN_STANDBY_USE_BACKUP,
    RESPONSE_SLURM_RC,
    RESPONSE_SLURM_REROUTE_MSG,
    SLURM_COMMUNICATIONS_CONNECTION_ERROR,
    SLURM_COMMUNICATIONS_RECEIVE_ERROR,
    SLURM_COMMUNICATIONS_SEND_ERROR,
    SLURM_COMMUNICATIONS_SHUTDOWN_ERROR,
    SLURM_PROTOCOL_SOCKET_IMPL_TIMEOUT,
    SLURM_UNEXPECTED_MSG_ERROR,
    SLURMCTLD_COMMUNICATIONS_BACKOFF,
    SLURMCTLD_COMMUNICATIONS_CONNECTION_ERROR,
    SLURMCTLD_COMMUNICATIONS_RECEIVE_ERROR,
    SLURMCTLD_COMMUNICATIONS_SEND_ERROR,
    SLURMCTLD_COMMUNICATIONS_SHUTDOWN_ERROR,
)
from slurmrestd.slurm.question import Declined, NoAnswer, Question, take_number

LARGE: Final = 256 << 10
"""Bytes from which an answer is read and written on a thread: others shall not wait for that."""

REST_SECONDS: Final = 1.0
"""How long nothing is asked here when a controller was not there."""

CONNECT_SECONDS: Final = 1.0
"""How long a controller may take until it has the question; libslurm is more patient."""

RESOLVE_SECONDS: Final = 30.0
"""How long the controllers' addresses are good for."""

_OF_THE_CONTROLLER: Final = {
    SLURM_COMMUNICATIONS_CONNECTION_ERROR: SLURMCTLD_COMMUNICATIONS_CONNECTION_ERROR,
    SLURM_COMMUNICATIONS_SEND_ERROR: SLURMCTLD_COMMUNICATIONS_SEND_ERROR,
    SLURM_COMMUNICATIONS_RECEIVE_ERROR: SLURMCTLD_COMMUNICATIONS_RECEIVE_ERROR,
    SLURM_COMMUNICATIONS_SHUTDOWN_ERROR: SLURMCTLD_COMMUNICATIONS_SHUTDOWN_ERROR,
}
"""Numbers that libslurm tells apart by who did not answer."""

_ANY_SIZE: Final = 1 << 30
_NOT_NOW: Final = frozenset(
    {ESLURM_IN_STANDBY_MODE, ESLURM_IN_STANDBY_USE_BACKUP, SLURMCTLD_COMMUNICATIONS_BACKOFF}
)


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
        self._addresses: list[Any] = []
        self._which = 0
        self._not_before = 0.0
        self._resolve_at = 0.0
        # That of the loop knows what is registered only by objects of Python's.
        self._epoll = select.epoll()
        self._descriptor = self._epoll.fileno()
        loop.add_reader(self._descriptor, self._go_on)
        self._resolve(loop.time())

    def ask(self, fiber: Fiber, question: Question) -> Any:
        """The data of the answer, as a ``void *``, which is the caller's.

        Raises NeedsThread where nothing was done, NoAnswer and Declined.
        """
        now = self._loop.time()
        most = _ANY_SIZE if question.acts else LARGE
        where = self._address(now)
        asked = lib.sr_ask(where, question.type, question.data, most, self._descriptor)
        if asked == ffi.NULL:
            self._rest(now)
            raise NeedsThread
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
        if progress == lib.SR_NOT_ASKED:
            self._rest(self._loop.time())
        if progress in (lib.SR_NOT_ASKED, lib.SR_TOO_LARGE):
            raise NeedsThread
        if question.acts:
            self._fiber.acted = True
        message = ffi.new("slurm_msg_t *")
        if progress == lib.SR_ANSWERED:
            number = lib.sr_take(self._asked, message)
        if progress != lib.SR_ANSWERED or number:
            raise NoAnswer(_OF_THE_CONTROLLER.get(number, number))
        return self._data(question, message)

    def _data(self, question: Question, message: Any) -> Any:
        if message.msg_type == question.answer:
            return message.data
        if message.msg_type == RESPONSE_SLURM_RC:
            number = take_number(message.data)
            if number in _NOT_NOW:
                self._rest(self._loop.time())
                raise NeedsThread
            raise Declined(number)
        lib.slurm_free_msg_data(message.msg_type, message.data)
        if message.msg_type == RESPONSE_SLURM_REROUTE_MSG:
            raise NeedsThread
        raise NoAnswer(SLURM_UNEXPECTED_MSG_ERROR)

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

    def _address(self, now: float) -> Any:
        """Where the controller is; raises NeedsThread where that is not known, or it was away."""
        if now >= self._resolve_at:
            self._resolve(now)
        if now < self._not_before or not self._addresses:
            raise NeedsThread
        return self._addresses[self._which % len(self._addresses)]

    def _rest(self, now: float) -> None:
        """Ask the next controller, but not at once: libslurm finds out who is there."""
        self._not_before = now + REST_SECONDS
        self._which += 1

    def _resolve(self, now: float) -> None:
        self._resolve_at = now + RESOLVE_SECONDS
        self._call(addresses.controllers).add_done_callback(self._resolved)

    def _resolved(self, found: asyncio.Future[list[Any]]) -> None:
        if not found.cancelled() and found.exception() is None:
            self._addresses = found.result()

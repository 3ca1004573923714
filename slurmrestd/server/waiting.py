# SPDX-License-Identifier: GPL-2.0-or-later
"""The waiting room: requests that wait for the controller, without a thread for each.

A request sits here as a coroutine and a listening socket.  It is looked after when the
controller calls on that socket, and now and then without a call, since a call can be
lost.  Whoever calls is only listened to: what there is to know is asked of the controller,
one look at a time, so that those who wait do not keep the threads from those who do not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from slurmrestd.http import refusals
from slurmrestd.http.pieces import Answer
from slurmrestd.http.refusals import Refused
from slurmrestd.http.waiting import Waiting
from slurmrestd.server.accepting import Acceptor
from slurmrestd.server.exchange import ClientGone
from slurmrestd.server.pool import Pool

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 30.0  # between two looks that nobody has called for
REST_SECONDS: Final = 1.0  # between two looks, whoever calls
CALLERS: Final = 8  # at once, for one request
CALL_SECONDS: Final = 10.0  # for a caller to say what it has to say
LINGER_SECONDS: Final = 120.0  # for a call that is late, when a look was faster
_LENGTH_BYTES: Final = 4  # ahead of each of Slurm's messages, in network order


class WaitingRoom:
    """The one of a worker, with ``seats`` places."""

    def __init__(self, loop: asyncio.AbstractEventLoop, rpc: Pool, seats: int) -> None:
        self._loop = loop
        self._rpc = rpc
        self._seats = seats
        self._taken = 0
        self._looking = asyncio.Semaphore(1)
        self._ending: asyncio.Future[None] = loop.create_future()
        self._abandoning: set[asyncio.Future[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether something is still being given up."""
        return bool(self._abandoning)

    @contextmanager
    def seat(self) -> Iterator[None]:
        """A place for one request.  Raises Refused where there is none."""
        if self._ending.done():
            raise Refused(refusals.ENDING)
        if self._taken >= self._seats:
            log.warning("%d requests wait already, no more can", self._taken)
            raise Refused(refusals.WAITING_ROOM_FULL)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def wait(self, waiting: Waiting, left: Callable[[], Awaitable[Any]]) -> Answer:
        """The answer, once it is there; ``left`` waits until the client leaves.

        Raises ClientGone when it does so first, Refused when the server stops first.
        """
        if waiting.answer is None:
            gone = asyncio.ensure_future(left())
            bell = Bell(self._loop, waiting)
            try:
                called = await self._until_answered(waiting, bell, gone)
            except BaseException:
                bell.remove()
                raise
            finally:
                gone.cancel()
            if called or not _is_good(waiting):
                bell.remove()
            else:
                bell.remove_when_rung()
        else:
            waiting.close()
        assert waiting.answer is not None
        return waiting.answer

    def abandon(self, waiting: Waiting) -> None:
        """Have it given up, on a thread of the pool."""
        future = self._rpc.call(waiting.abandon)
        self._abandoning.add(future)
        future.add_done_callback(self._abandoning.discard)

    def end(self) -> None:
        """Send everybody away, and let nobody in."""
        if not self._ending.done():
            self._ending.set_result(None)

    async def _until_answered(
        self, waiting: Waiting, bell: Bell, gone: asyncio.Future[Any]
    ) -> bool:
        """Whether the controller had called for the look that found the answer."""
        while True:
            rung = asyncio.ensure_future(bell.rung.wait())
            try:
                await asyncio.wait(
                    {rung, gone, self._ending},
                    timeout=LOOK_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                rung.cancel()
            if gone.done():
                raise ClientGone("the client left while its request waited")
            if self._ending.done():
                raise Refused(refusals.ENDING)
            with bell.callers() as callers:
                async with self._looking:
                    await self._rpc.call(waiting.look)
                if _is_good(waiting):
                    bell.acknowledge(callers)
                if waiting.answer is not None:
                    return bool(callers)


def _is_good(waiting: Waiting) -> bool:
    """Whether there is no error."""
    return waiting.answer is None or waiting.answer.status < 400


class Bell:
    """The listening socket of a request that waits.

    A caller is told that it was heard when what it calls for was seen: the controller
    ends a job for which it is not, so one that nobody can be told of does not run on.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, waiting: Waiting) -> None:
        self.rung = asyncio.Event()
        self._loop = loop
        self._waiting = waiting
        self._callers: list[Call] = []
        self._quiet_until = 0.0
        self._linger: asyncio.TimerHandle | None = None
        listeners = [] if waiting.socket is None else [waiting.socket]
        self._acceptor = Acceptor(loop, listeners, CALLERS, lambda: Call(self))
        self._acceptor.start()

    @contextmanager
    def callers(self) -> Iterator[list[Call]]:
        """Who has called so far; hangs up on them afterwards.  Does not ring for a while."""
        self.rung.clear()
        self._quiet_until = self._loop.time() + REST_SECONDS
        callers, self._callers = self._callers, []
        try:
            yield callers
        finally:
            for caller in callers:
                caller.hang_up()

    def acknowledge(self, callers: list[Call]) -> None:
        """Tell them that they were heard, if they are still there."""
        for caller in callers:
            if (descriptor := caller.descriptor) >= 0:
                self._waiting.acknowledge(descriptor)

    def remove(self) -> None:
        """Listen no more; idempotent."""
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
        self._acceptor.close()
        self._waiting.close()
        with self.callers():
            pass

    def remove_when_rung(self) -> None:
        """Listen on for a call that is late, but not for ever."""
        self._linger = self._loop.call_later(LINGER_SECONDS, self.remove)
        if self._callers:
            self._acknowledge_late()

    def ring(self, caller: Call) -> None:
        """Somebody has said all there was to say."""
        self._callers.append(caller)
        delay = self._quiet_until - self._loop.time()
        if self._linger is not None:
            self._acknowledge_late()
        elif delay > 0:
            self._loop.call_later(delay, self.rung.set)
        else:
            self.rung.set()

    def left(self) -> None:
        """A caller has left."""
        self._acceptor.release()

    def _acknowledge_late(self) -> None:
        with self.callers() as callers:
            self.acknowledge(callers)
        self.remove()


class Call(asyncio.Protocol):
    """Takes one message of the controller's."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._head = b""
        self._received = 0
        self._complete = False

    @property
    def descriptor(self) -> int:
        """Of the connection; -1 when it is gone."""
        if self._transport.is_closing():
            return -1
        descriptor: int = self._transport.get_extra_info("socket").fileno()
        return descriptor

    def hang_up(self) -> None:
        """Idempotent."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._timer = asyncio.get_running_loop().call_later(CALL_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        if self._complete:
            return
        if len(self._head) < _LENGTH_BYTES:
            self._head += data[: _LENGTH_BYTES - len(self._head)]
        self._received += len(data)
        if len(self._head) < _LENGTH_BYTES:
            return
        if self._received >= _LENGTH_BYTES + int.from_bytes(self._head, "big"):
            self._complete = True
            self._bell.ring(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._timer.cancel()
        self._bell.left()

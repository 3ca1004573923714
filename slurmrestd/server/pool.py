# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads for calls that block, and the way of their results back to the event loop.

A leaner ThreadPoolExecutor: the hop is on the path of every request. The threads
are daemons: a worker that is told to stop does not wait for an RPC in flight.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import math
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Set
from typing import Any

from slurmrestd.http import refusals
from slurmrestd.http.refusals import Refused

log = logging.getLogger(__name__)

Done = Callable[[Any, "BaseException | None"], object]
"""Takes what a call returned, or None and what it raised."""


def _always() -> bool:
    return True


class Job:
    """A call to be made.

    ``ticket`` holds one item: whoever takes it decides whether the call is made.

    ``over`` is called on the event loop when a thread is done with it, whatever came of it.
    ``is_urgent`` is asked on the thread whether somebody waits for that.
    """

    __slots__ = ("args", "discard", "done", "function", "is_urgent", "over", "ticket", "timer")

    def __init__(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        done: Done,
        discard: Callable[[Any], object] | None = None,
        is_urgent: Callable[[], bool] = _always,
    ) -> None:
        self.function = function
        self.args = args
        self.done = done
        self.discard = discard
        self.ticket: list[None] = [None]
        self.timer: asyncio.TimerHandle | None = None
        self.over: Callable[[], object] | None = None
        self.is_urgent = is_urgent

    def take(self) -> bool:
        """Whether nobody has taken the ticket before; of several threads, one succeeds."""
        try:
            self.ticket.pop()
        except IndexError:
            return False
        return True


_core_of_this_thread: Callable[[], int] = ctypes.PyDLL(None).sched_getcpu


class Thread:
    """A thread of a pool, as the others see it."""

    def __init__(self) -> None:
        self._native_id = threading.get_native_id()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._kept_near = False

    def give(self, job: Job | None, *, near: bool) -> None:
        """Wake it, ``near`` on the core of who calls.

        Who calls is about to sleep there, and so the job goes on at once. On another core of
        a busy machine it would wait until whoever runs there has had its time.
        """
        if near:
            self._kept_near = _keep_on({_core_of_this_thread()}, self._native_id)
        self._jobs.put(job)

    def take(self, cores: Set[int]) -> Job | None:
        """Wait for a job; it may be done on any of ``cores``."""
        job = self._jobs.get()
        if self._kept_near:
            self._kept_near = False
            _keep_on(cores)
        return job


def _keep_on(cores: Set[int], thread: int = 0) -> bool:
    """Have a thread, this one by default, run on some cores only; whether that was done."""
    try:
        os.sched_setaffinity(thread, cores)
    except OSError:
        return False
    return True


class Pool:
    """At most ``threads`` calls at once, the others wait in the order of their coming.

    One that is a client's wish is not made when it has waited for ``max_wait`` seconds.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, threads: int, name: str, max_wait: float = math.inf
    ) -> None:
        self._loop = loop
        self._size = threads
        self._max_wait = max_wait
        self._unsettled = 0
        self._cores = os.sched_getaffinity(0)
        self._lock = threading.Lock()
        self._waiting: deque[Job | None] = deque()
        self._settled: deque[tuple[Job, Any, BaseException | None]] = deque()
        self._idle: list[Thread] = []
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def is_full(self) -> bool:
        """Whether a call that came now would wait for a thread."""
        return self._unsettled >= self._size

    @property
    def in_work(self) -> int:
        """How many calls are not settled."""
        return self._unsettled

    @property
    def has_spare(self) -> bool:
        """Whether a thread might stay where it is, and a call that came now would have another."""
        return bool(self._idle) and not self._waiting

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
        wish: bool = False,
    ) -> asyncio.Future[Any]:
        """Call ``function(*args)`` on a thread.

        A future that is cancelled before its turn is not called at all; when it is
        cancelled later, ``discard`` gets the result that nobody waits for. A ``wish`` raises
        Refused when it has waited for too long.
        """
        future = self._loop.create_future()

        def done(result: Any, error: BaseException | None) -> None:
            if not future.cancelled():
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)
            elif result is not None and discard is not None:
                self.call(discard, result)

        job = Job(function, args, done, discard)
        self._put(job, self._max_wait if wish else math.inf)
        future.add_done_callback(lambda future: future.cancelled() and job.take())
        return future

    def submit(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done,
        waited: float = 0.0,
        is_urgent: Callable[[], bool] = _always,
        light: bool = False,
    ) -> None:
        """Call ``function(*args)``, a wish, on a thread, then ``done`` on the event loop.

        Without the future and the turn of the loop that ``call`` costs. ``waited`` is for how
        many seconds it has waited elsewhere. Where ``is_urgent`` says on the thread that nobody
        waits for ``done``, the loop is not woken for it: it is done at the next ``catch_up``.
        Whoever begins to wait must see to it that ``is_urgent`` is true from then on, and then
        call ``catch_up``.
        For what is ``light`` see slurmrestd.server.light_pool; here it is like the rest.
        """
        job = Job(function, args, done, is_urgent=is_urgent)
        if not (light and self._is_done_lightly(job)):
            self._put(job, max(0.0, self._max_wait - waited))

    def _is_done_lightly(self, job: Job) -> bool:
        """Whether the job needs no thread, and has begun."""
        return False

    @property
    def max_wait(self) -> float:
        """Seconds after which a call that still waits is not made any more."""
        return self._max_wait

    def close(self) -> None:
        """Let each thread end after the call it is in."""
        for _ in self._threads:
            self._hand_out(None)

    def _put(self, job: Job, patience: float) -> None:
        if patience < math.inf and self.is_full:
            job.timer = self._loop.call_later(patience, self._give_up, job)
        # Of several, each shall have a core of its own.
        alone = not self._unsettled and len(self._cores) > 1
        self._unsettled += 1
        self._hand_out(job, near=alone)

    def _hand_out(self, job: Job | None, *, near: bool = False) -> None:
        """Give a job to the thread that was at work last, or leave it to the first that is free."""
        with self._lock:
            if not self._idle:
                self._waiting.append(job)
                return
            worker = self._idle.pop()
        worker.give(job, near=near)

    def _give_up(self, job: Job) -> None:
        if job.take():
            job.args = ()
            job.done(None, Refused(refusals.OVERLOADED))

    def _work(self) -> None:
        worker = Thread()
        while (job := self._next(worker)) is not None:
            self._run(job)
            # A job kept until the next one comes would keep its answer alive.
            del job

    def _next(self, worker: Thread) -> Job | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._idle.append(worker)
        return worker.take(self._cores)

    def _run(self, job: Job) -> None:
        if not job.take():
            job.done = _nobody
        try:
            result = None if job.done is _nobody else job.function(*job.args)
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            self._hand_over(job, None, raised)
        else:
            self._hand_over(job, result, None)
        finally:
            # This frame is part of the error's traceback, and the error of the future:
            # all that the request held would wait for the cycle collector.
            del job

    def _hand_over(self, job: Job, result: Any, error: BaseException | None) -> None:
        job.args = ()
        # First this, then the question: who begins to wait does it the other way round.
        self._settled.append((job, result, error))
        if not job.is_urgent():
            return
        try:
            self._loop.call_soon_threadsafe(self.catch_up)
        except RuntimeError:  # the loop is closed: the worker is going down
            if result is not None and job.discard is not None:
                job.discard(result)

    def catch_up(self) -> None:
        """Do what is to be done after the calls that are over; on the event loop."""
        while self._settled:
            job, result, error = self._settled.popleft()
            try:
                self._settle(job, result, error)
            except Exception:
                log.exception("what came of a call was lost")
            finally:
                # See _run().
                del job, result, error

    def _settle(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._unsettled -= 1
        if job.timer is not None:
            job.timer.cancel()
        if job.over is not None:
            job.over()
        job.done(result, error)


class Lane(Pool):
    """Some of a pool's threads: at most ``most`` of its calls are in work at once.

    For calls that may stand still, and shall not take every thread.
    """

    def __init__(self, pool: Pool, most: int) -> None:
        self._loop = pool._loop
        self._size = most
        self._max_wait = pool.max_wait
        self._unsettled = 0
        self._pool = pool
        self._running = 0
        self._late: deque[Job] = deque()

    @property
    def is_full(self) -> bool:
        """Whether a call that came now would wait for its turn or for a thread."""
        return super().is_full or self._pool.is_full

    @property
    def has_spare(self) -> bool:
        """Never: others may wait for their turn while threads have nothing to do."""
        return False

    def close(self) -> None:
        """Nothing: the threads are the pool's."""

    def _put(self, job: Job, patience: float) -> None:
        if patience < math.inf and self.is_full:
            job.timer = self._loop.call_later(patience, self._give_up, job)
        self._unsettled += 1
        job.over = self._go_on
        is_urgent = job.is_urgent
        job.is_urgent = lambda: bool(self._late) or is_urgent()
        if self._running < self._size:
            self._start(job)
        else:
            self._late.append(job)
            self._loop.call_soon(self.catch_up)

    def catch_up(self) -> None:
        """See Pool: what is over is known there."""
        self._pool.catch_up()

    def _start(self, job: Job) -> None:
        self._running += 1
        self._pool._put(job, math.inf)

    def _go_on(self) -> None:
        self._unsettled -= 1
        self._running -= 1
        if self._late:
            self._start(self._late.popleft())


def _nobody(result: Any, error: BaseException | None) -> None:
    """For a call that was given up before its turn."""

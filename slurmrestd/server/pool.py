# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads for calls that block, and the way of their results back to the event loop.

A leaner ThreadPoolExecutor: the hop is on the path of every request. The threads
are daemons: a worker that is told to stop does not wait for an RPC in flight.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

Done = Callable[[Any, "BaseException | None"], object]
"""Takes what a call returned, or None and what it raised."""


class _Job(NamedTuple):
    function: Callable[..., Any]
    args: tuple[Any, ...]
    done: Done
    wanted: Callable[[], bool]
    discard: Callable[[Any], object] | None


class Pool:
    """At most ``threads`` calls at once, the others wait in the order of their coming."""

    def __init__(self, loop: asyncio.AbstractEventLoop, threads: int, name: str) -> None:
        self._loop = loop
        self._size = threads
        self._unsettled = 0
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
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

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
    ) -> asyncio.Future[Any]:
        """Call ``function(*args)`` on a thread.

        A future that is cancelled before its turn is not called at all; when it is
        cancelled later, ``discard`` gets the result that nobody waits for.
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

        self._put(_Job(function, args, done, lambda: not future.cancelled(), discard))
        return future

    def submit(self, function: Callable[..., Any], *args: Any, done: Done) -> None:
        """Call ``function(*args)`` on a thread, then ``done`` on the event loop.

        Without the future and the turn of the loop that ``call`` costs.
        """
        self._put(_Job(function, args, done, _always, None))

    def close(self) -> None:
        """Let each thread end after the call it is in."""
        for _ in self._threads:
            self._jobs.put(None)

    def _put(self, job: _Job) -> None:
        self._unsettled += 1
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._run(job)
            # A job kept until the next one comes would keep its answer alive.
            del job

    def _run(self, job: _Job) -> None:
        try:
            result = job.function(*job.args) if job.wanted() else None
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            self._hand_over(job, None, raised)
        else:
            self._hand_over(job, result, None)
        finally:
            # This frame is part of the error's traceback, and the error of the future:
            # all that the request held would wait for the cycle collector.
            del job

    def _hand_over(self, job: _Job, result: Any, error: BaseException | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._settle, job.done, result, error)
        except RuntimeError:  # the loop is closed: the worker is going down
            if result is not None and job.discard is not None:
                job.discard(result)

    def _settle(self, done: Done, result: Any, error: BaseException | None) -> None:
        self._unsettled -= 1
        done(result, error)


def _always() -> bool:
    return True

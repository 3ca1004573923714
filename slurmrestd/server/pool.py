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


class _Job(NamedTuple):
    future: asyncio.Future[Any]
    function: Callable[..., Any]
    args: tuple[Any, ...]
    discard: Callable[[Any], object] | None


class Pool:
    """At most ``threads`` calls at once, the others wait in the order of their coming."""

    def __init__(self, loop: asyncio.AbstractEventLoop, threads: int, name: str) -> None:
        self._loop = loop
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

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
        self._jobs.put(_Job(future, function, args, discard))
        return future

    def close(self) -> None:
        """Let each thread end after the call it is in."""
        for _ in self._threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.future.cancelled():
                self._run(job)
            # A job kept until the next one comes would keep its answer alive.
            del job

    def _run(self, job: _Job) -> None:
        try:
            result = job.function(*job.args)
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
            self._loop.call_soon_threadsafe(self._settle, job, result, error)
        except RuntimeError:  # the loop is closed: the worker is going down
            if error is None and job.discard is not None:
                job.discard(result)

    def _settle(self, job: _Job, result: Any, error: BaseException | None) -> None:
        if not job.future.cancelled():
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)
        elif error is None and job.discard is not None:
            self.call(job.discard, result)

# SPDX-License-Identifier: GPL-2.0-or-later
"""A pool whose light work is done without its threads: see slurmrestd.light."""

from __future__ import annotations

from typing import Any

from greenlet import GreenletExit

from slurmrestd.light import NeedsThread
from slurmrestd.server.fiber import Fiber
from slurmrestd.server.pool import Job, Pool, Thread


class LightPool(Pool):
    """Light work is done in a fiber if there is nothing else to do, while a thread sleeps for it.

    So there are never more calls in flight than threads, and there is one for what turns out
    to need it. Beside others it is done like the rest: the controller answers several calls
    with less effort as they come from threads, a little apart, and that effort is what limits
    how many it answers.
    """

    _fiber: Fiber | None = None

    def use(self, questions: Any) -> None:
        """Have the fiber ask the controller by ``questions``; before, there is none."""
        self._fiber = Fiber(self._perform, questions)

    def _is_done_lightly(self, job: Job) -> bool:
        if self._unsettled or self._fiber is None or (place := self._idle_one()) is None:
            return False
        self._unsettled = 1
        self._begin(self._fiber, job, place)
        return True

    def _begin(self, fiber: Fiber, job: Job, place: Thread) -> None:
        fiber.go_on((job, place))
        if fiber.is_free:
            # Not at once: whoever has submitted it does not know yet that it has.
            self._loop.call_soon(self.catch_up)

    def _perform(self, job: Job, place: Thread) -> None:
        """In the fiber."""
        try:
            result = job.function(*job.args)
        except NeedsThread:
            place.give(job, near=True)
        except GreenletExit:  # nobody will go on with it: the process ends
            raise
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            self._end(job, place, None, raised)
        else:
            self._end(job, place, result, None)
        finally:
            # See Pool._run().
            del job

    def _end(self, job: Job, place: Thread, result: Any, error: BaseException | None) -> None:
        job.args = ()
        job.over = lambda: self._vacate(place)
        self._settled.append((job, result, error))

    def _idle_one(self) -> Thread | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _vacate(self, place: Thread) -> None:
        """The thread need not sleep any more."""
        with self._lock:
            if not self._waiting:
                self._idle.append(place)
                return
            job = self._waiting.popleft()
        place.give(job, near=False)

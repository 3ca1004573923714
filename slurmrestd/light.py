# SPDX-License-Identifier: GPL-2.0-or-later
"""Light work: done on the event loop, left where it would wait, and gone on with later.

A thread for each request costs two hand-overs, each about as much as the rest of a small
answer. Light work is done on the event loop's own thread, in a fiber: where it would wait for
the controller it lets the loop go on (slurmrestd.slurm.questions), and whatever else may wait
refuses to be done there (``may_wait``). The work is then done anew, on a thread.
"""

from __future__ import annotations

import threading
from typing import Any, Protocol


class NeedsThread(BaseException):
    """What is to be done may wait, and must not be done on the event loop.

    For who began the work, and for nobody else: nothing that was done so far is an answer.
    """


class Fiber(Protocol):
    """See slurmrestd.server.fiber.

    ``questions`` is where it asks the controller. ``acted`` is set once the controller may have
    done what was asked for, so that the work must not be done anew.
    """

    questions: Any
    acted: bool

    def go_on(self, *given: Any) -> None:
        """Go on with what it has waited for, until it waits again or is done."""

    def wait(self) -> Any:
        """Let the event loop go on until somebody goes on with it; what that one gives."""


class Here(threading.local):
    """Of each thread: the fiber that runs on it; None for a thread of its own."""

    fiber: Fiber | None = None


here = Here()


def may_wait() -> None:
    """To be called before anything that may wait. Raises NeedsThread in a fiber."""
    fiber = here.fiber
    if fiber is not None and not fiber.acted:
        raise NeedsThread

# SPDX-License-Identifier: GPL-2.0-or-later
"""A fiber: calls on the event loop's thread that can be left and gone on with (a greenlet)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from greenlet import greenlet

from slurmrestd.light import here


class Fiber(greenlet):
    """See slurmrestd.light. Calls ``perform`` again and again.

    A new one for each call would have its stack of Python's mapped and unmapped each time.
    """

    def __init__(self, perform: Callable[..., object], questions: Any) -> None:
        super().__init__(self._live)
        self._perform = perform
        self.questions = questions
        self.acted = False
        self.is_free = True
        # What a greenlet is begun with, it keeps for as long as it lives.
        self.switch()

    def go_on(self, given: Any) -> None:
        """Make a call with these arguments, or go on with what it has waited for.

        Comes back when it waits again, or is free for another call.
        """
        here.fiber = self
        try:
            self.switch(given)
        finally:
            here.fiber = None

    def wait(self) -> Any:
        """Let the event loop go on until somebody goes on with it; what that one gives."""
        assert self.parent is not None, "there is nothing to go back to"
        return self.parent.switch()

    def _live(self) -> None:
        while True:
            arguments = self.wait()
            self.is_free = self.acted = False
            self._perform(*arguments)
            # Kept until the next call, they would keep what it was for alive.
            del arguments
            self.is_free = True

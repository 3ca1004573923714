# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmdbd asked on the side, for what the controller's side can do without.

libslurm would wait for a slurmdbd that hangs, for most of a minute.  Here nobody waits for
it longer than a moment: the question is asked on another thread, which is left alone when the
moment is over.  There is a bounded number of these; while all of them wait, nobody else does.
"""

from __future__ import annotations

import errno
import logging
import queue
import threading
from collections.abc import Callable
from typing import Final

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm.accounting.connection import SOURCE, NotConnected
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import SlurmError

log = logging.getLogger(__name__)

MOMENT: Final = 2.0
"""Seconds."""

MOST: Final = 8


def ask_on_the_side(credential: Credential, question: Callable[[Lease], None]) -> None:
    """Ask as ``credential``.  Raises SlurmError, with ETIMEDOUT when the moment is over."""
    asked = _Asked(credential, question)
    if not _side.take(asked) or not asked.done.wait(MOMENT):
        raise SlurmError(errno.ETIMEDOUT, SOURCE)
    if asked.error is not None:
        raise asked.error


class _Asked:
    def __init__(self, credential: Credential, question: Callable[[Lease], None]) -> None:
        self._credential = credential
        self._question = question
        self.error: SlurmError | None = None
        self.done = threading.Event()

    def ask(self) -> None:
        try:
            with acting_as(self._credential), Lease() as lease:
                self._question(lease)
        except NotConnected as error:
            self.error = SlurmError(error.reason, error.source)
        except SlurmError as error:
            self.error = error


class _Side:
    """As many threads as there were questions at once, and no more than MOST.

    Not those of concurrent.futures: the end of the process would wait for what they ask.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._questions: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._open = 0  # questions that are not answered yet: each has a thread, or will at once
        self._threads = 0

    def take(self, asked: _Asked) -> bool:
        """Have it asked; False where every thread waits already."""
        with self._lock:
            if self._open == MOST:
                return False
            self._open += 1
            lacks_a_thread = self._open > self._threads
            self._threads += lacks_a_thread
        if lacks_a_thread:
            threading.Thread(target=self._work, name="slurmdbd-aside", daemon=True).start()
        self._questions.put(asked)
        return True

    def _work(self) -> None:
        while True:
            self._answer(self._questions.get())

    def _answer(self, asked: _Asked) -> None:
        try:
            asked.ask()
        except Exception:
            log.exception("a question to slurmdbd on the side failed")
            asked.error = SlurmError(errno.EIO, SOURCE)
        finally:
            with self._lock:
                self._open -= 1
            asked.done.set()


_side: Final = _Side()

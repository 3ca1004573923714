# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmdbd asked on the side, for what the controller's side can do without.

libslurm would wait for a slurmdbd that hangs, for most of a minute.  Here nobody waits for
it longer than a moment: the question is asked on a thread of its own, which is left alone
when the moment is over.  There is a bounded number of these; while all of them wait, nobody
else does.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from typing import Final

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm.accounting.connection import SOURCE, NotConnected
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import SlurmError

MOMENT: Final = 2.0
"""Seconds."""

MOST: Final = 8
_free: Final = threading.BoundedSemaphore(MOST)


def ask_on_the_side(credential: Credential, question: Callable[[Lease], None]) -> None:
    """Ask as ``credential``.  Raises SlurmError, with ETIMEDOUT when the moment is over."""
    if not _free.acquire(blocking=False):
        raise SlurmError(errno.ETIMEDOUT, SOURCE)
    asked = _Asked(credential, question)
    threading.Thread(target=asked.ask, name="slurmdbd-aside", daemon=True).start()
    if not asked.done.wait(MOMENT):
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
        finally:
            self.done.set()
            _free.release()

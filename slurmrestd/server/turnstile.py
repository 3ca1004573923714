# SPDX-License-Identifier: GPL-2.0-or-later
"""``-t`` over many processes: so many places, of which each call to Slurm takes one.

A place is a byte of a file that a process has locked. The kernel unlocks it when the
process ends, however it does.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any, Final

from slurmrestd.server.pool import Pool

_ONE: Final = 1  # byte


class Turnstile:
    """Made before the fork; each process has its own use of it, one thread at a time."""

    def __init__(self, places: int) -> None:
        self._file = os.memfd_create("slurmrestd-turnstile", os.MFD_CLOEXEC)
        self._places = places
        self._taken = 0

    def __enter__(self) -> None:
        """Take a place; blocks while there is none."""
        first = os.getpid() % self._places
        for number in range(self._places):
            self._taken = (first + number) % self._places
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, _ONE, self._taken)
            except BlockingIOError:
                continue
            return
        self._taken = first
        fcntl.lockf(self._file, fcntl.LOCK_EX, _ONE, self._taken)

    def __exit__(self, *_: object) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, _ONE, self._taken)


class GatedPool(Pool):
    """A thread that takes a place for each call."""

    def __init__(self, turnstile: Turnstile, *args: Any) -> None:
        self._turnstile = turnstile
        super().__init__(*args)

    def _run(self, job: Any) -> None:
        with self._turnstile:
            super()._run(job)

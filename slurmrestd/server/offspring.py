# SPDX-License-Identifier: GPL-2.0-or-later
"""The children of a worker, one for each connection."""

from __future__ import annotations

import logging
import mmap
import os
import signal
import struct
import time
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

SILENCE: Final = 60.0
"""Seconds after which a child that does not beat is ended: its user may have stopped it."""

_BEAT: Final = struct.Struct("d")  # when it was, on the monotonic clock


class Offspring:
    """At most ``limit`` children. Each writes its beats into memory that is shared."""

    def __init__(self, limit: int) -> None:
        self._beats = mmap.mmap(-1, limit * _BEAT.size)
        self._free = list(range(limit))
        self._places: dict[int, int] = {}

    @property
    def count(self) -> int:
        return len(self._places)

    @property
    def is_full(self) -> bool:
        return not self._free

    def free_place(self) -> int:
        """The place of the next child, which counts as alive from now on."""
        place = self._free[-1]
        self.beat_of(place)()
        return place

    def add(self, pid: int, place: int) -> None:
        """The child has been forked."""
        self._free.remove(place)
        self._places[pid] = place

    def beat_of(self, place: int) -> Callable[[], None]:
        """What the child of a place calls every second or so."""
        return lambda: _BEAT.pack_into(self._beats, place * _BEAT.size, time.monotonic())

    def look_after(self) -> None:
        """Take note of the dead, and end the silent."""
        while self._places:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            self._bury(pid, status)
        now = time.monotonic()
        for pid, place in self._places.items():
            (beat,) = _BEAT.unpack_from(self._beats, place * _BEAT.size)
            if now - beat > SILENCE:
                log.error("process %d has stood still for %g s: it is ended", pid, SILENCE)
                os.kill(pid, signal.SIGKILL)

    def tell(self, number: signal.Signals) -> None:
        """Send all of them a signal."""
        for pid in self._places:
            os.kill(pid, number)

    def _bury(self, pid: int, status: int) -> None:
        self._free.append(self._places.pop(pid))
        if os.WIFSIGNALED(status):
            log.error("process %d, of one connection, ended by signal %d", pid, os.WTERMSIG(status))

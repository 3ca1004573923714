# SPDX-License-Identifier: GPL-2.0-or-later
"""How many connections each worker has open, for all of them to see.

Who comes to a listener wakes every worker, and the first to run would take them all: it is
awake when the next one comes.  One interpreter would then serve everybody beside others that
have nothing to do.
"""

from __future__ import annotations

import mmap
import struct
from typing import Final

_NUMBER: Final = struct.calcsize("i")
_TOLERANCE: Final = 4
"""A worker may have this part of its lightest neighbour's connections more than that one."""


class Balance:
    """Made before the fork: memory that all workers share, a number for each."""

    def __init__(self, workers: int) -> None:
        self._open = memoryview(mmap.mmap(-1, workers * _NUMBER)).cast("i")

    def put(self, worker: int, connections: int) -> None:
        """Say how many connections a worker has."""
        self._open[worker] = connections

    def is_heavier(self, worker: int) -> bool:
        """Whether another one should take the next connection."""
        lightest = min(self._open)
        return self._open[worker] > lightest + lightest // _TOLERANCE


class Scale:
    """One worker's place in a balance; ``put`` it whenever a connection comes or goes."""

    def __init__(self, balance: Balance, worker: int) -> None:
        self._balance = balance
        self._worker = worker
        # Whoever was here before may have died with connections.
        self.put(0)

    def put(self, connections: int) -> None:
        """Say how many connections there are."""
        self._balance.put(self._worker, connections)

    def is_heavier(self) -> bool:
        """Whether another worker should take the next connection."""
        return self._balance.is_heavier(self._worker)

# SPDX-License-Identifier: GPL-2.0-or-later
"""How those who come are shared among the workers.

Without further ado each wakes all workers, and the first to run takes them all, since it is
awake when the next one comes: one interpreter serves everybody, beside others that were
woken in vain.
"""

from __future__ import annotations

import mmap
import os
import select
import struct
from typing import Final

_NUMBER: Final = struct.calcsize("i")
_TOLERANCE: Final = 4
"""A worker may have this part of its lightest neighbour's connections more than that one."""


class Balance:
    """How many connections each worker has open, for all of them to see.

    Made before the fork, in memory that they share.
    """

    def __init__(self, workers: int) -> None:
        self.open = memoryview(mmap.mmap(-1, workers * _NUMBER)).cast("i")


class Neighbours:
    """The other workers on the same listeners, as one of them sees them.

    ``epoll`` is the descriptor behind the worker's event loop.
    """

    def __init__(self, balance: Balance, worker: int, epoll: int) -> None:
        self._open = balance.open
        self._worker = worker
        self._epoll = select.epoll.fromfd(os.dup(epoll))
        # Whoever was here before may have died with connections.
        self.put(0)

    def put(self, connections: int) -> None:
        """Say how many connections there are, whenever one comes or goes."""
        self._open[self._worker] = connections

    def excess(self) -> int:
        """How many connections others should take before this worker does; 0 or less is none."""
        lightest = min(self._open)
        return self._open[self._worker] - lightest - lightest // _TOLERANCE

    def queue_up(self, listener: int) -> None:
        """Be woken for who comes to a listener that the loop watches, after all others have been.

        The kernel wakes one of those who have nothing to do, the first in its queue.
        """
        self._epoll.unregister(listener)
        self._epoll.register(listener, select.EPOLLIN | select.EPOLLEXCLUSIVE)

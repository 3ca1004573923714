# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of everything: connections, threads, bytes and seconds."""

from __future__ import annotations

import math
import os
from typing import Final

from slurmrestd.frozen import Frozen

MAX_BODY: Final = 50 * 1024 * 1024  # bytes; the original's limit
MAX_REQUEST_LINE: Final = 64 * 1024
MAX_HEAD: Final = 80 * 1024  # of a request, before its body; the original's limit
MAX_HEADERS: Final = 200
MAX_PIPELINED: Final = 64 * 1024  # bytes that may wait behind the request in work
MAX_WAITING: Final = 64  # requests of one worker that wait for the controller
UNTIDY_AFTER: Final = 10  # seconds of work: a heap grows as far as the worst moment had it
SPARED_SECONDS: Final = 1.0  # for which nobody must give up an idle connection to others
STAYS_SECONDS: Final = 0.01  # that a thread stays with a client which may ask again at once
MAX_LINGERING: Final = 4 * 1024 * 1024  # bytes read and dropped after a refusal
MIN_RATE: Final = 1024  # bytes a second of a body or an answer: slower is as good as stalled


class Timeouts(Frozen):
    """Seconds after which a connection that does not move is closed.

    ``idle`` is between requests, ``request`` for a request to arrive, ``write`` for the
    client to take its answer, and ``linger`` for it to read a refusal. A body that arrives
    at MIN_RATE, and an answer that is taken at it, may take longer.
    """

    idle: float = 600.0
    request: float = 60.0
    write: float = 60.0
    linger: float = 5.0
    farewell: float = 2.0


class Share(Frozen):
    """One worker's part of the server's limits."""

    connections: int
    threads: int

    @property
    def accounting(self) -> int:
        """How many of the threads may ask slurmdbd at once.

        It may stand still: a quarter of the threads, where there are two, stays for the
        controller's side.
        """
        return max(1, self.threads - max(1, self.threads // 4))

    @property
    def waiting(self) -> int:
        """How many requests may wait for the controller (job/allocate).

        They keep no thread, but each its connection: half of those stay for the others.
        """
        return min(MAX_WAITING, max(1, self.connections // 2))


LEAST_THREADS: Final = 4
"""Of a worker on a machine of many cores: its clients have no others, and one slow request
would keep them all waiting. Fewer workers also share more of what they are asked for."""

GRACE: Final = 30.0
"""Seconds for what is in work to be answered once the server stops."""

PATIENT: Final = Timeouts(idle=math.inf, request=math.inf, write=math.inf)
"""For who types, and takes the time that it takes."""

ALONE: Final = Share(connections=1, threads=1)
"""Of a process that serves one connection: one client asks for one thing at a time."""


def split(connections: int, threads: int, cores: int | None = None) -> list[Share]:
    """The shares of all workers: at most one per core, per LEAST_THREADS, and per connection.

    The parts add up to the whole, so that a limit holds over the server although
    each worker looks only at its own.
    """
    if cores is None:
        cores = len(os.sched_getaffinity(0))
    workers = max(1, min(connections, threads // LEAST_THREADS, cores))
    return [
        Share(_part(connections, workers, number), _part(threads, workers, number))
        for number in range(workers)
    ]


def _part(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)

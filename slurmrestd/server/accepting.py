# SPDX-License-Identifier: GPL-2.0-or-later
"""The accept loop: no more connections than a worker's share, and none refused.

A full worker stops watching its listeners. Who comes then waits in the kernel, for
this worker or another one, and idle connections count. Of many who come at once, a worker
that has more than another leaves some.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import math
import select
import socket
from collections.abc import Callable, Sequence
from typing import Final

from slurmrestd.server.balance import Neighbours
from slurmrestd.server.sockets import SocketTransport, Watch

log = logging.getLogger(__name__)

_RESOURCES: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_PAUSE: Final = 1.0  # seconds without accepting when descriptors or memory run out
_STAND_BACK: Final = 0.001  # seconds for which a neighbour may take who has come
_PROBE: Final = (60, 15, 4)  # seconds of silence, between probes, and how many probes


class Acceptor:
    """Accepts on ``listeners`` while fewer than ``limit`` connections are open.

    Whoever makes a ``protocol`` sees to it that ``release`` is called once that is lost.
    ``neighbours`` are others on the same listeners, ``watch`` is the loop's.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        listeners: Sequence[socket.socket],
        limit: int,
        protocol: Callable[[], asyncio.Protocol],
        *,
        neighbours: Neighbours | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._loop = loop
        self._listeners = list(listeners)
        self._limit = limit
        self._protocol = protocol
        self._neighbours = neighbours
        self._watch_of_loop = watch
        self._woken_at = -math.inf
        self._watching = False
        self._closed = False
        self.open = 0

    def start(self) -> None:
        for listener in self._listeners:
            listener.setblocking(False)
            if listener.family != socket.AF_UNIX:
                _notice_dead_peers(listener)
        self._watch()

    def close(self) -> None:
        """Accept no more, and let who comes now be told; open connections stay open."""
        if self._closed:
            return
        if self._neighbours is not None and self.open < self._limit:
            # Whoever has woken this worker has woken no other one, and it may stand back.
            self._take()
        self._closed = True
        self._unwatch()
        for listener in self._listeners:
            listener.close()

    def turns_away(self) -> bool:
        """Whether every place is taken while somebody waits for one in the kernel."""
        if self._closed or self.open < self._limit:
            return False
        waiting = select.poll()
        for listener in self._listeners:
            waiting.register(listener, select.POLLIN)
        return bool(waiting.poll(0))

    def release(self) -> None:
        """A connection is gone."""
        self._count(-1)
        self._watch()

    def _count(self, change: int) -> None:
        self.open += change
        if self._neighbours is not None:
            self._neighbours.put(self.open)

    def _watch(self) -> None:
        if self._watching or self._closed or self.open >= self._limit:
            return
        for listener in self._listeners:
            self._loop.add_reader(listener.fileno(), self._look, listener)
            if self._neighbours is not None:
                self._neighbours.queue_up(listener.fileno())
        self._watching = True

    def _unwatch(self) -> None:
        if not self._watching:
            return
        for listener in self._listeners:
            self._loop.remove_reader(listener.fileno())
        self._watching = False

    def _look(self, listener: socket.socket) -> None:
        """Somebody has come. One is taken at a time, so that workers share a burst evenly."""
        if self._stands_back():
            self._unwatch()
            self._loop.call_later(_STAND_BACK, self._take_who_is_left)
            return
        self._accept(listener)
        # Who comes and goes at once is best served by whoever was awake last.
        if self._neighbours is not None and self._watching and self._neighbours.excess() > 1:
            self._neighbours.queue_up(listener.fileno())

    def _stands_back(self) -> bool:
        """Whether several have come, so that others are awake, and should take this one."""
        if self._neighbours is None:
            return False
        now = self._loop.time()
        before, self._woken_at = self._woken_at, now
        return now - before < _STAND_BACK and self._neighbours.excess() > 0

    def _take_who_is_left(self) -> None:
        """A neighbour that does not take connections may not run at all."""
        self._watch()
        if self._watching:
            self._take()

    def _take(self) -> None:
        """One of those who wait at each listener, if anybody does."""
        for listener in self._listeners:
            if self.open < self._limit:
                self._accept(listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another worker was faster, or the client left
        except OSError as error:
            self._accept_failed(error)
            return
        self._count(1)
        if self.open >= self._limit:
            self._unwatch()
        connection.setblocking(False)
        try:
            SocketTransport(self._loop, self._protocol(), connection, self._watch_of_loop)
        except OSError as error:
            log.warning("a connection was lost at once: %s", error)
            connection.close()
            self.release()

    def _accept_failed(self, error: OSError) -> None:
        if error.errno not in _RESOURCES:
            log.warning("a connection could not be accepted: %s", error)
            return
        log.error("no connections for %g s: %s", _PAUSE, error)
        self._unwatch()
        self._loop.call_later(_PAUSE, self._watch)


def _notice_dead_peers(listener: socket.socket) -> None:
    """A host that is gone says nothing, and an answer may be long in coming.

    What is set on a listener, its connections have from the start (tcp(7)).
    """
    silence, between, probes = _PROBE
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, silence)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, between)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, probes)

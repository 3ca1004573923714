# SPDX-License-Identifier: GPL-2.0-or-later
"""SLURMRESTD_SECURITY=become_user in listen mode: a process for each connection.

The worker is root, and does nothing but accept: it reads nothing of what clients send and
has no threads. Its child becomes the peer of the connection for good before it reads a
byte, serves that one connection, and ends with it.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import time
from typing import Final, NoReturn

from gunicorn.workers.base import Worker

from slurmrestd.privileges import Refused, drop, kernel
from slurmrestd.rest_auth.peer import peer_of
from slurmrestd.server import single
from slurmrestd.server.limits import GRACE
from slurmrestd.server.offspring import Offspring
from slurmrestd.server.service import Service

log = logging.getLogger(__name__)

_BEAT_MILLISECONDS: Final = 1000
_PAUSE: Final = 1.0  # seconds without accepting when there are no processes or descriptors
_SIGNALS: Final = (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT)
_FAILED: Final = 1


class BecomingWorker(Worker):  # type: ignore[misc]
    """Accepts as many connections as there may be processes."""

    slot: int
    alive: bool
    wsgi: Service

    def init_signals(self) -> None:
        """Each signal only wakes the loop up, which looks what has changed."""
        super().init_signals()
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, signal.SIG_IGN)  # the master decides
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def handle_quit(self, number: int, frame: object) -> None:
        """Without waiting for anybody."""
        self.alive = False
        self._quick = True

    def run(self) -> None:
        share = self.wsgi.shares[self.slot]
        self._quick = False
        self._paused_until = 0.0
        self._offspring = Offspring(share.connections)
        self._listeners = {listener.fileno(): listener.sock for listener in self.sockets}
        for listener in self._listeners.values():
            listener.setblocking(False)
        while self.alive:
            self._beat()
            for descriptor in self._wait():
                self._accept(self._listeners[descriptor])
        self._drain()

    def _beat(self) -> None:
        self.notify()
        self._offspring.look_after()
        if self.ppid != os.getppid():
            self.log.error("the master is gone")
            self.alive = False

    def _wait(self) -> list[int]:
        """The listeners at which somebody is, of those that may be watched now."""
        poll = select.poll()
        poll.register(self.PIPE[0], select.POLLIN)
        if not self._offspring.is_full and time.monotonic() >= self._paused_until:
            for descriptor in self._listeners:
                poll.register(descriptor, select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll(_BEAT_MILLISECONDS)]
        if self.PIPE[0] in ready:
            ready.remove(self.PIPE[0])
            os.read(self.PIPE[0], select.PIPE_BUF)
        return ready

    def _accept(self, listener: socket.socket) -> None:
        if self._offspring.is_full:
            return
        try:
            connection, _ = listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        except OSError as error:
            self._pause(error)
            return
        with connection:
            try:
                self._fork(connection)
            except OSError as error:
                self._pause(error)

    def _pause(self, error: OSError) -> None:
        log.error("no connections for %g s: %s", _PAUSE, error)
        self._paused_until = time.monotonic() + _PAUSE

    def _fork(self, connection: socket.socket) -> None:
        """A child for the connection. A signal waits until it has handlers of its own."""
        place = self._offspring.free_place()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            child = os.fork()
            if child == 0:
                self._be_child(connection, place)
            self._offspring.add(child, place)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _be_child(self, connection: socket.socket, place: int) -> NoReturn:
        code = _FAILED
        try:
            code = self._serve(connection, place)
        except Refused as refused:
            log.error("a connection is not served: %s", refused)
        except BaseException:
            log.exception("a connection is not served")
        finally:
            os._exit(code)

    def _serve(self, connection: socket.socket, place: int) -> int:
        worker = self.pid
        self._forget()
        peer = peer_of(connection)
        drop.become_peer(peer)
        # Cleared by the change of user.
        kernel.end_with_parent(signal.SIGTERM)
        if os.getppid() != worker:
            return _FAILED
        beat = self._offspring.beat_of(place)
        return single.serve(self.wsgi, peer, connection, (signal.SIGTERM, signal.SIGQUIT), beat)

    def _forget(self) -> None:
        """Let go of what is the worker's."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGWINCH, signal.SIGABRT):
            signal.signal(number, signal.SIG_DFL)
        for descriptor in self.PIPE:
            os.close(descriptor)
        for listener in self._listeners.values():
            listener.close()
        self.tmp.close()

    def _drain(self) -> None:
        """Accept no more; let each child answer what it has in work."""
        for listener in self._listeners.values():
            listener.close()
        self._offspring.tell(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while self._offspring.count and not self._quick and time.monotonic() < deadline:
            self.notify()
            self._offspring.look_after()
            time.sleep(0.05)
        self._offspring.tell(signal.SIGKILL)

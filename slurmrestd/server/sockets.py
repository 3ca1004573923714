# SPDX-License-Identifier: GPL-2.0-or-later
"""A socket that was accepted, as a connection; a thread may borrow what comes in on it."""

from __future__ import annotations

import asyncio
import logging
import os
import select
import socket
from contextlib import suppress

from slurmrestd.server.transport import READ_BYTES, DescriptorTransport

log = logging.getLogger(__name__)


class Watch:
    """What an event loop watches, by the epoll(7) behind it: for threads that have it look away."""

    def __init__(self, epoll: int) -> None:
        self._epoll = select.epoll.fromfd(os.dup(epoll))

    def hide(self, descriptor: int) -> None:
        """Have the loop not see what comes in there. Raises OSError."""
        self._epoll.unregister(descriptor)

    def show(self, descriptor: int) -> None:
        """Have it see that again. Raises OSError."""
        self._epoll.register(descriptor, select.EPOLLIN)


class SocketTransport(DescriptorTransport):
    """The transport of ``protocol`` on a socket that does not block, and is closed with it.

    What the client has sent already is taken at once. Raises OSError if it has left, before
    the protocol has a connection. Without a ``watch`` nothing can be borrowed.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.Protocol,
        sock: socket.socket,
        watch: Watch | None = None,
    ) -> None:
        descriptor = sock.fileno()
        super().__init__(loop, protocol, descriptor, descriptor, {"socket": sock})
        self._sock = sock
        self._watch = watch
        self._reads = False
        self._lent = False
        protocol.connection_made(self)
        self._read()
        try:
            self._listen()
        except OSError as error:
            # The protocol has it already, and must be told.
            self._break(error)

    # What comes in, borrowed by a thread.

    def borrow(self) -> bool:
        """Have the event loop not read; on the thread that reads from now on until ``give_back``.

        False where that cannot be, or the loop reads just now.
        """
        if self._lent:
            return True
        if self._watch is None or not self._watches_input:
            return False
        self._lent = True
        # The loop does it the other way round, so that it is never both.
        if self._reads:
            self._lent = False
            return False
        try:
            self._watch.hide(self._reading)
        except OSError:
            self._lent = False
        return self._lent

    def receive_within(self, seconds: float) -> bytes:
        """What comes in the meantime; nothing where nothing does, or the end. For a borrower."""
        poll = select.poll()
        poll.register(self._reading, select.POLLIN)
        if not poll.poll(1000 * seconds):
            return b""
        try:
            return self._receive()
        except OSError:  # the loop will meet it again
            return b""

    def give_back(self) -> None:
        """Have the event loop read again; idempotent."""
        if not self._lent:
            return
        self._lent = False
        if self._ended:
            self._sock.close()
            return
        assert self._watch is not None, "nothing was lent"
        try:
            self._watch.show(self._reading)
        except OSError as error:  # the kernel is out of memory
            log.error("a connection cannot be watched any more: %s", error.strerror)
            self._loop.call_soon_threadsafe(self.abort)

    def _read(self) -> None:
        self._reads = True
        if not self._lent:
            super()._read()
        self._reads = False

    def _receive(self) -> bytes:
        return self._sock.recv(READ_BYTES)

    def _send(self, part: memoryview) -> int:
        return self._sock.send(part)

    def _break(self, error: OSError) -> None:
        if not isinstance(error, ConnectionError):
            log.info("a connection was lost: %s", error.strerror)
        self.abort()

    def _end_output(self) -> None:
        with suppress(OSError):  # the client is gone already
            self._sock.shutdown(socket.SHUT_WR)

    def _lose(self) -> None:
        try:
            super()._lose()
        finally:
            # A borrower closes it: until then its number must not be another one's.
            if not self._lent:
                self._sock.close()

# SPDX-License-Identifier: GPL-2.0-or-later
"""Two descriptors as one connection: requests come in on one, answers go out on the other.

They are shared with whoever started us, so they are not made non-blocking: each is used
when poll(2) says that it does not block. A regular file never does, and cannot be watched.
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
from collections import deque
from typing import Final

log = logging.getLogger(__name__)

_READ_BYTES: Final = 1 << 16
_WRITE_BYTES: Final = select.PIPE_BUF  # what a pipe that is writable takes without blocking


class Streams(asyncio.Transport):
    """The transport of ``protocol`` on ``reading`` and ``writing``.

    A reader that has gone is told by the next write, not by the end of what is read: who
    sends no more may still wait for answers.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.Protocol,
        reading: int,
        writing: int,
    ) -> None:
        super().__init__({"pipe": writing})
        self._loop = loop
        self._protocol = protocol
        self._reading = reading
        self._writing = writing
        self._unsent: deque[memoryview] = deque()
        self._wants_input = True
        self._at_end = False
        self._closing = False
        self._stalled = False
        self._polls = select.poll()
        self._polls.register(writing, select.POLLOUT)
        protocol.connection_made(self)
        self._next = loop.call_soon(self._listen)

    # The way in.

    def _listen(self) -> None:
        if self._closing or self._at_end or not self._wants_input:
            return
        try:
            self._loop.add_reader(self._reading, self._read)
        except PermissionError:  # epoll_ctl(2): a regular file
            self._read()
            self._listen_soon()

    def _listen_soon(self) -> None:
        self._next.cancel()
        self._next = self._loop.call_soon(self._listen)

    def _read(self) -> None:
        try:
            data = os.read(self._reading, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            self._break(error)
            return
        if data:
            self._protocol.data_received(data)
            return
        self._at_end = True
        self._loop.remove_reader(self._reading)
        if not self._protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self._wants_input = False
        self._loop.remove_reader(self._reading)

    def resume_reading(self) -> None:
        if not self._wants_input:
            self._wants_input = True
            self._listen_soon()

    # The way out.

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._closing or not data:
            return
        self._unsent.append(memoryview(data))
        self._write()
        if self._unsent and not self._stalled:
            self._stalled = True
            self._protocol.pause_writing()

    def _write(self) -> None:
        """Write what can be written now, and come back for the rest."""
        try:
            while self._unsent and self._polls.poll(0):
                self._write_some()
        except BlockingIOError:
            pass
        except OSError as error:
            self._break(error)
            return
        if self._unsent:
            self._loop.add_writer(self._writing, self._write)
            return
        self._loop.remove_writer(self._writing)
        if self._stalled:
            self._stalled = False
            self._protocol.resume_writing()
        if self._closing:
            self._end()

    def _write_some(self) -> None:
        part = self._unsent[0]
        written = os.write(self._writing, part[:_WRITE_BYTES])
        if written < len(part):
            self._unsent[0] = part[written:]
        else:
            self._unsent.popleft()

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self._unsent))

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Both are 0: a write is over when all of it is."""

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        """The last answer is out. No need to linger: the reader of a pipe loses nothing."""
        self.close()

    # The end.

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        """Take no more, and go when everything is written."""
        if self._closing:
            return
        self._closing = True
        self.pause_reading()
        if not self._unsent:
            self._end()

    def abort(self) -> None:
        """Go now."""
        self._closing = True
        self._unsent.clear()
        self.pause_reading()
        self._end()

    def _break(self, error: OSError) -> None:
        if not isinstance(error, BrokenPipeError):
            log.error("%s", error.strerror)
        self.abort()

    def _end(self) -> None:
        self._loop.remove_writer(self._writing)
        self._loop.call_soon(self._lose)

    def _lose(self) -> None:
        """Tell the protocol, once."""
        protocol, self._protocol = self._protocol, asyncio.Protocol()
        protocol.connection_lost(None)

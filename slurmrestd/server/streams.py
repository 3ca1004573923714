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
from typing import Final

from slurmrestd.server.transport import READ_BYTES, DescriptorTransport

log = logging.getLogger(__name__)

_WRITE_BYTES: Final = select.PIPE_BUF  # what a pipe that is writable takes without blocking


class Streams(DescriptorTransport):
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
        super().__init__(loop, protocol, reading, writing, {"pipe": writing})
        self._polls = select.poll()
        self._polls.register(writing, select.POLLOUT)
        protocol.connection_made(self)
        self._next = loop.call_soon(self._listen)

    def _listen(self) -> None:
        try:
            super()._listen()
        except PermissionError:  # epoll_ctl(2): a regular file
            self._read()
            self._listen_soon()

    def _listen_soon(self) -> None:
        self._next.cancel()
        self._next = self._loop.call_soon(self._listen)

    def resume_reading(self) -> None:
        if not self._wants_input:
            self._wants_input = True
            self._listen_soon()

    def _receive(self) -> bytes:
        return os.read(self._reading, READ_BYTES)

    def _send(self, part: memoryview) -> int:
        if not self._polls.poll(0):
            raise BlockingIOError
        return os.write(self._writing, part[:_WRITE_BYTES])

    def _break(self, error: OSError) -> None:
        if not isinstance(error, BrokenPipeError):
            log.error("%s", error.strerror)
        self.abort()

    def _end_output(self) -> None:
        """The last answer is out. No need to linger: the reader of a pipe loses nothing."""
        self.close()

# SPDX-License-Identifier: GPL-2.0-or-later
"""What the transports of accepted sockets, and of two descriptors, have in common.

asyncio's own transport of a socket makes a task, a future and three turns of the loop before
the first byte is read. For a client that connects anew for each request, and many do, that
took nearly as long as the request itself.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from typing import Any, Final

log = logging.getLogger(__name__)

READ_BYTES: Final = 1 << 16
_NOBODY: Final = asyncio.Protocol()


class DescriptorTransport(asyncio.Transport, ABC):
    """The transport of ``protocol`` on ``reading`` and ``writing``, in the words of asyncio.

    What kind of descriptors they are, says whoever derives from it.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.Protocol,
        reading: int,
        writing: int,
        extra: dict[str, Any],
    ) -> None:
        super().__init__(extra)
        self._loop = loop
        self._protocol = protocol
        self._reading = reading
        self._writing = writing
        self._unsent: deque[memoryview] = deque()
        self._wants_input = True
        self._watches_input = False
        self._watches_output = False
        self._at_end = False
        self._closing = False
        self._ends_output = False
        self._ended = False
        self._tells = False  # the protocol what was read: it cannot be lost meanwhile

    @abstractmethod
    def _receive(self) -> bytes:
        """What there is, and nothing at the end. Raises OSError; BlockingIOError to wait."""

    @abstractmethod
    def _send(self, part: memoryview) -> int:
        """How much of it was taken. Raises OSError; BlockingIOError to wait."""

    @abstractmethod
    def _break(self, error: OSError) -> None:
        """The other end is gone: say so where that is odd, and abort."""

    @abstractmethod
    def _end_output(self) -> None:
        """Everything is written, and nothing more will be."""

    # The way in.

    def _listen(self) -> None:
        if not (self._closing or self._at_end or self._watches_input) and self._wants_input:
            self._loop.add_reader(self._reading, self._read)
            self._watches_input = True

    def _listen_no_more(self) -> None:
        if self._watches_input:
            self._watches_input = False
            self._loop.remove_reader(self._reading)

    def _read(self) -> None:
        try:
            data = self._receive()
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._break(error)
            return
        self._tells = True
        try:
            self._take(data)
        except Exception:
            log.exception("a connection failed")
            self.abort()
        self._tells = False
        if self._ended:
            self._lose()

    def _take(self, data: bytes) -> None:
        if data:
            self._protocol.data_received(data)
            return
        self._at_end = True
        self._listen_no_more()
        if not self._protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self._wants_input = False
        self._listen_no_more()

    def resume_reading(self) -> None:
        self._wants_input = True
        self._listen()

    # The way out.

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write, or have the protocol wait until all of it is written: its memory is not copied."""
        if self._closing or not data:
            return
        waits = bool(self._unsent)
        self._unsent.append(memoryview(data))
        if waits:
            return
        self._write()
        if self._unsent:
            self._protocol.pause_writing()

    def _write(self) -> None:
        """Write what can be written now, and come back for the rest."""
        try:
            while self._unsent:
                self._write_some()
        except (BlockingIOError, InterruptedError):
            self._watch_output()
            return
        except OSError as error:
            self._break(error)
            return
        if not self._watches_output:
            return
        self._watch_output_no_more()
        self._protocol.resume_writing()
        if self._closing:
            self._end()
        elif self._ends_output:
            self._end_output()

    def _write_some(self) -> None:
        part = self._unsent[0]
        written = self._send(part)
        if written < len(part):
            self._unsent[0] = part[written:]
        else:
            self._unsent.popleft()

    def _watch_output(self) -> None:
        if not self._watches_output:
            self._watches_output = True
            self._loop.add_writer(self._writing, self._write)

    def _watch_output_no_more(self) -> None:
        if self._watches_output:
            self._watches_output = False
            self._loop.remove_writer(self._writing)

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self._unsent))

    def write_eof(self) -> None:
        """Nothing more is written."""
        if self._closing or self._ends_output:
            return
        self._ends_output = True
        if not self._unsent:
            self._end_output()

    # The end.

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        """Take no more, and go when everything is written."""
        if self._closing:
            return
        self._closing = True
        self._listen_no_more()
        if not self._unsent:
            self._end()

    def abort(self) -> None:
        """Go now."""
        self._closing = True
        self._unsent.clear()
        self._listen_no_more()
        self._end()

    def _end(self) -> None:
        self._watch_output_no_more()
        self._ended = True
        if not self._tells:
            self._loop.call_soon(self._lose)

    def _lose(self) -> None:
        """Tell the protocol, once."""
        protocol, self._protocol = self._protocol, _NOBODY
        protocol.connection_lost(None)

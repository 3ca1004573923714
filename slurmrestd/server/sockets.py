# SPDX-License-Identifier: GPL-2.0-or-later
"""A socket that was accepted, as a connection."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress

from slurmrestd.server.transport import READ_BYTES, DescriptorTransport

log = logging.getLogger(__name__)


class SocketTransport(DescriptorTransport):
    """The transport of ``protocol`` on a socket that does not block, and is closed with it.

    What the client has sent already is taken at once. Raises OSError if it has left, before
    the protocol has a connection.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, protocol: asyncio.Protocol, sock: socket.socket
    ) -> None:
        descriptor = sock.fileno()
        super().__init__(loop, protocol, descriptor, descriptor, {"socket": sock})
        self._sock = sock
        protocol.connection_made(self)
        self._read()
        try:
            self._listen()
        except OSError as error:
            # The protocol has it already, and must be told.
            self._break(error)

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
            self._sock.close()

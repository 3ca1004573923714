# SPDX-License-Identifier: GPL-2.0-or-later
"""Inetd mode: one connection, on standard input and output, and then the end.

The connection and the application are those of the server; there is neither a master nor
a worker. One thread makes the calls to Slurm, as one client asks for one thing at a time.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from contextlib import suppress
from typing import Final

from slurmrestd.http.app import Application
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server import stdio
from slurmrestd.server.connection import Connection
from slurmrestd.server.host import Host
from slurmrestd.server.limits import Timeouts
from slurmrestd.server.pool import Pool
from slurmrestd.server.service import Service
from slurmrestd.server.stdio import Standard
from slurmrestd.server.streams import Streams
from slurmrestd.server.waiting import WaitingRoom

_SWEEP_SECONDS: Final = 1.0
_SETTLE_SECONDS: Final = 0.05
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_LONGEST_END: Final = 2  # bytes of it that may have come before the rest
_BARE_LF: Final = re.compile(rb"(?<!\r)\n")


class OneConnection(Host):
    """The host of the only connection there is."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        app: Application,
        timeouts: Timeouts,
        peer: Peer,
    ) -> None:
        super().__init__(loop, app, timeouts)
        self.over = asyncio.Event()
        self.exit_code = 0
        self._peer = peer

    def peer_of(self, transport: asyncio.BaseTransport) -> Peer:
        return self._peer

    def released(self) -> None:
        self.over.set()

    def refused(self) -> None:
        """As in the original, what is no HTTP is a failure; a request that fails is none."""
        self.exit_code = 1


class TypedConnection(Connection):
    """Takes lines that end as those of a text file do, as the manual page's example does.

    On a connection that somebody else may share, RFC 9112 is taken at its word.
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._before = b""  # what was read last of a head that arrives

    def _feed(self, data: bytes) -> None:
        if not self._arriving:
            data = data.lstrip(b"\r\n")
        if self._head is None:
            data = self._with_line_ends(data)
        super()._feed(data)

    def _with_line_ends(self, data: bytes) -> bytes:
        """``data`` with CRLF wherever a line of the head ends."""
        known = len(self._before)
        whole = self._before + data
        end = _END_OF_HEAD.search(whole)
        head = data if end is None else whole[known : end.end()]
        before = b"\r" if self._before.endswith(b"\r") else b" "
        self._before = whole[-_LONGEST_END:] if end is None else b""
        return _BARE_LF.sub(b"\r\n", before + head)[1:] + data[len(head) :]


def serve(service: Service, standard: Standard) -> int:
    """Serve until the client is gone, or SIGINT; returns the exit code.

    SIGTERM and SIGHUP do what they do to any program.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_serve(service, standard))
    finally:
        loop.close()


async def _serve(service: Service, standard: Standard) -> int:
    loop = asyncio.get_running_loop()
    operations = service.operations
    operations.begin()
    share = service.shares[0]
    rpc = Pool(loop, share.threads, "rpc", service.max_wait)
    encoding = Pool(loop, 1, "encoding")
    room = WaitingRoom(loop, rpc, share.waiting)
    app = Application(operations, service.authentication, rpc, encoding, room, pages=service.pages)
    host = OneConnection(loop, app, service.timeouts, _peer_of(standard))
    loop.add_signal_handler(signal.SIGINT, _interrupted, loop, host, room)
    await _connect(loop, host, standard)
    while not host.over.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(host.over.wait(), _SWEEP_SECONDS)
        host.sweep()
    while room.busy:
        await asyncio.sleep(_SETTLE_SECONDS)
    rpc.close()
    encoding.close()
    operations.end()
    return host.exit_code


def _peer_of(standard: Standard) -> Peer:
    if standard.sock is None:
        return stdio.peer_of_files()
    return stdio.peer_of_socket(standard.sock)


async def _connect(
    loop: asyncio.AbstractEventLoop, host: OneConnection, standard: Standard
) -> None:
    """Have a connection of ``host`` on what there is."""
    if standard.sock is None:
        Streams(loop, TypedConnection(host), stdio.INPUT, stdio.OUTPUT)
        return
    # The other end is to see the end: only one descriptor may keep the socket open.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stdio.OUTPUT)
    standard.sock.setblocking(False)
    await loop.connect_accepted_socket(lambda: Connection(host), standard.sock)


def _interrupted(loop: asyncio.AbstractEventLoop, host: OneConnection, room: WaitingRoom) -> None:
    """End when what is in work is answered; a second time, at once."""
    loop.remove_signal_handler(signal.SIGINT)
    room.end()
    host.drain()

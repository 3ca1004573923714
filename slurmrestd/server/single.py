# SPDX-License-Identifier: GPL-2.0-or-later
"""A process that serves one connection, and ends with it.

One thread makes the calls to Slurm, as one client asks for one thing at a time.
"""

from __future__ import annotations

import asyncio
import math
import re
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from slurmrestd.http.app import Application
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server import stdio
from slurmrestd.server.connection import Connection
from slurmrestd.server.host import Host
from slurmrestd.server.limits import GRACE, Timeouts
from slurmrestd.server.pool import Pool
from slurmrestd.server.service import Service
from slurmrestd.server.sockets import SocketTransport
from slurmrestd.server.streams import Streams
from slurmrestd.server.turnstile import GatedPool
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
        self._latest_end = math.inf

    def peer_of(self, transport: asyncio.BaseTransport) -> Peer:
        return self._peer

    def released(self) -> None:
        self.over.set()

    def drain(self) -> None:
        super().drain()
        self._latest_end = self.loop.time() + GRACE

    def is_late(self) -> bool:
        """Whether the end has begun too long ago."""
        return self.loop.time() > self._latest_end

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


def serve(
    service: Service,
    peer: Peer,
    sock: socket.socket | None,
    ends_cleanly: Sequence[signal.Signals],
    beat: Callable[[], object] = lambda: None,
) -> int:
    """Serve ``sock``, or standard input and output, until the client is gone.

    Returns the exit code. At the signals of ``ends_cleanly`` what is in work is answered
    before the end, and a second one does not wait. ``beat`` is called every second or so.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_Single(loop, service, peer).run(sock, ends_cleanly, beat))
    finally:
        loop.close()


class _Single:
    def __init__(self, loop: asyncio.AbstractEventLoop, service: Service, peer: Peer) -> None:
        share = service.shares[0]
        service.operations.begin()
        self._loop = loop
        self._operations = service.operations
        self._rpc = _pool(loop, service)
        self._encoding = Pool(loop, 1, "encoding")
        self._room = WaitingRoom(loop, self._rpc, share.waiting)
        app = Application(
            service.operations,
            service.authentication,
            self._rpc,
            self._encoding,
            self._room,
            pages=service.pages,
        )
        self._host = OneConnection(loop, app, service.timeouts, peer)

    async def run(
        self,
        sock: socket.socket | None,
        ends_cleanly: Sequence[signal.Signals],
        beat: Callable[[], object],
    ) -> int:
        # Not by add_signal_handler() of the loop, which loads inspect to look at what it is given.
        # Whoever forked us may have a loop that listens to signals, and have blocked them so far.
        signal.set_wakeup_fd(-1)
        for number in ends_cleanly:
            signal.signal(number, self._on_signal)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ends_cleanly)
        self._connect(sock)
        while not self._host.over.is_set() and not self._host.is_late():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._host.over.wait(), _SWEEP_SECONDS)
            self._host.sweep()
            beat()
        while self._room.busy and not self._host.is_late():
            await asyncio.sleep(_SETTLE_SECONDS)
            beat()
        for number in ends_cleanly:
            _do_the_default(number)
        self._rpc.close()
        self._encoding.close()
        self._operations.end()
        return self._host.exit_code

    def _connect(self, sock: socket.socket | None) -> None:
        if sock is None:
            Streams(self._loop, TypedConnection(self._host), stdio.INPUT, stdio.OUTPUT)
            return
        sock.setblocking(False)
        if sock.family != socket.AF_UNIX:
            # Ours have it from their listener, one that we were given may not.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        SocketTransport(self._loop, Connection(self._host), sock)

    def _on_signal(self, number: int, _: object) -> None:
        """Wake the loop up; at a second signal the default is done."""
        _do_the_default(number)
        self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        """End when what is in work is answered."""
        self._room.end()
        self._host.drain()


def _do_the_default(number: int) -> None:
    default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
    signal.signal(number, default)


def _pool(loop: asyncio.AbstractEventLoop, service: Service) -> Pool:
    if service.turnstile is None:
        return Pool(loop, 1, "rpc", service.max_wait)
    return GatedPool(service.turnstile, loop, 1, "rpc", service.max_wait)

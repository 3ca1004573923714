# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection: bytes to requests, requests to the application, one after another.

HTTP/1.x is parsed by gunicorn's C parser (gunicorn_h1c). gunicorn's own ASGI
protocol is not used: it loses pipelined requests, waits for a stalled client
without end, limits neither connections nor bodies, and hides the socket.
"""

from __future__ import annotations

import asyncio
import logging
import math
import select
import socket
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, cast

import gunicorn_h1c

from slurmrestd.http import refusals
from slurmrestd.http.app import send_refusal
from slurmrestd.http.pieces import Answer
from slurmrestd.http.refusals import Refusal, Refused
from slurmrestd.http.sharing import Accept
from slurmrestd.http.target import split_target
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server import framing, limits
from slurmrestd.server.exchange import ClientGone, Exchange, scope_of
from slurmrestd.server.framing import Head
from slurmrestd.server.host import Host
from slurmrestd.server.quick_send import end_now, send_now
from slurmrestd.server.sockets import SocketTransport

log = logging.getLogger(__name__)

_EAGERLY: Final[dict[str, Any]] = {"eager_start": True} if sys.version_info >= (3, 12) else {}
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_PARSE_ERRORS: Final[tuple[tuple[type[Exception], Refusal], ...]] = (
    (gunicorn_h1c.LimitRequestLine, refusals.LONG_TARGET),
    (gunicorn_h1c.LimitRequestHeaders, refusals.LARGE_HEADERS),
)


class Connection(asyncio.Protocol):
    """The server's end of one connection."""

    _transport: asyncio.Transport
    _socket: socket.socket | None
    peer: Peer

    def __init__(self, host: Host) -> None:
        self._host = host
        self._parser = gunicorn_h1c.H1CProtocol(
            on_headers_complete=self._on_headers,
            on_body=self._on_body,
            limit_request_line=limits.MAX_REQUEST_LINE,
            limit_request_fields=limits.MAX_HEADERS,
            limit_request_field_size=limits.MAX_HEAD,
            limit_remaining=0,
        )
        # Of the connection.
        self._lost = False
        self._sending = threading.Lock()  # held to lose it, or to send on another thread
        self._eof = False
        self._was_used = False
        self._lingering = 0
        self._deadline = math.inf
        self._idle_since = host.loop.time()
        self._answered = -math.inf
        self._gone: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._unsent = 0
        # Of the request that arrives, and of the one in work.
        self._arriving = False
        self._head_size = 0
        self._head: Head | None = None
        self._expects_continue = False
        self._chunks: list[bytes] = []
        self._received = 0
        self._behind = b""
        self._work: asyncio.Task[None] | Exchange | None = None

    # The transport's side.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.peer = self._host.peer_of(transport)
        self._host.connections.add(self)
        self._socket = transport.get_extra_info("socket")
        timeouts = self._host.timeouts
        self._set_deadline(timeouts.farewell if self._host.draining else timeouts.request)

    def data_received(self, data: bytes) -> None:
        self._host.app.catch_up()
        if self._lingering:
            self._drop(len(data))
        elif self._work is None:
            self._feed(data)
        else:
            self._behind += data
            # The request in work may have been answered meanwhile.
            self._host.app.catch_up()
            if len(self._behind) > limits.MAX_PIPELINED:
                self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The client sends no more, but may still read: a request in work is answered.

        Only one that waits for the controller is not: on TCP this is all that is seen of
        a client that left, and its job must not outlive it. The end of a file or a pipe
        does not say that.
        """
        self._eof = True
        self._host.app.catch_up()
        if self._socket is not None and self._gone is not None and not self._gone.done():
            self._gone.set_result(None)
        return self._work is not None and not self._has_left()

    def _has_left(self) -> bool:
        """Whether the client has closed both directions; on TCP only a write finds that out."""
        poll = select.poll()
        # Where answers go; a hang-up always counts.
        poll.register(self._socket or self._transport.get_extra_info("pipe"), 0)
        return bool(poll.poll(0))

    def connection_lost(self, error: Exception | None) -> None:
        # Until this returns the descriptor is ours, and no thread writes to it after that.
        with self._sending:
            self._lost = True
        self._host.app.catch_up()
        self._host.connections.discard(self)
        self._host.released()
        for waiter in (self._gone, self._drained):
            if waiter is not None and not waiter.done():
                waiter.set_result(None)
        if self._work is not None:
            self._work.cancel()
        # It holds methods of ours, and Python's collector does not see through it:
        # the two would keep each other for ever.
        del self._parser

    def pause_writing(self) -> None:
        self._drained = self._host.loop.create_future()
        self._unsent = self._transport.get_write_buffer_size()
        self._set_deadline(self._host.timeouts.write)

    def resume_writing(self) -> None:
        self._deadline = math.inf
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None

    # Time.

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self._host.loop.time() + seconds

    def _earn(self, size: int, most: float) -> None:
        """Bytes that moved put the deadline off for as long as they may take, up to ``most``.

        So one who lets a byte through now and then gains nothing by it.
        """
        latest = self._host.loop.time() + most
        self._deadline = min(latest, self._deadline + size / limits.MIN_RATE)

    def check_deadline(self, now: float) -> None:
        """Close a connection that has not moved for too long, or has nobody at its end."""
        if self._eof and self._work is not None and self._has_left():
            self._transport.abort()
            return
        if self._drained is not None:
            unsent = self._transport.get_write_buffer_size()
            self._earn(max(0, self._unsent - unsent), self._host.timeouts.write)
            self._unsent = unsent
        if now < self._deadline:
            return
        if self._drained is not None:
            log.info("%s: the client takes too little of its answer", self.peer)
            self._transport.abort()
        elif self._arriving and not self._lingering:
            self._refuse(refusals.STALLED)
        else:
            self._transport.close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is in work."""
        return self._work is not None

    def make_way(self, before: float) -> None:
        """Close it if nothing is in work or arrives, and nothing has since then."""
        moves = self._work is not None or self._arriving or self._lingering
        if not moves and self._idle_since <= before and not self._has_input():
            self._transport.close()

    def close_if_idle(self) -> None:
        """Close it, unless a request is in work, or may be on its way: that gets a moment."""
        if self._work is not None or self._lingering:
            return
        if self._was_used and not self._arriving and not self._has_input():
            self._transport.close()
        else:
            self._set_deadline(self._host.timeouts.farewell)

    def _has_input(self) -> bool:
        if self._socket is None:
            return False
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    # The way in.

    def _feed(self, data: bytes) -> None:
        """Give bytes to the parser; a complete request goes to the application."""
        if not self._arriving:
            # Some clients end a body with a line's end too many (RFC 9112 2.2).
            data = data.lstrip(b"\r\n")
            if not data:
                return
            self._arriving = True
            self._set_deadline(self._host.timeouts.request)
        try:
            self._parser.feed(data)
        except Refused as refused:
            self._refuse(refused.refusal)
            return
        except ValueError as error:
            self._refuse(_refusal_of(error))
            return
        if self._head is None:
            self._head_size += len(data)
            if self._head_size > limits.MAX_HEAD:
                self._refuse(refusals.LARGE_HEADERS)
        elif self._parser.is_complete:
            self._behind = self._parser.remaining()
            self._begin()
        elif self._expects_continue:
            self._expects_continue = False
            self._transport.write(_CONTINUE)

    def _on_headers(self) -> bool:
        """Called by the parser. Raises Refused; True means that no body follows."""
        parser = self._parser
        minor_version = parser.http_version[1]
        self._head = Head(
            parser.method.decode("latin-1"),
            split_target(parser.path.decode("latin-1")),
            minor_version,
            parser.asgi_headers,
            minor_version >= 1 and parser.should_keep_alive,
        )
        self._expects_continue = framing.check(self._head)
        return False

    def _on_body(self, chunk: bytes) -> None:
        self._received += len(chunk)
        if self._received > limits.MAX_BODY:
            raise Refused(refusals.TOO_LARGE)
        self._chunks.append(chunk)
        self._earn(len(chunk), self._host.timeouts.request)

    def _begin(self) -> None:
        exchange = self._arrived()
        try:
            begun = self._host.app.begin(exchange.request(self.peer), exchange)
        except Refused as refused:
            self.fail(exchange, refused)
            return
        if not begun:
            self._start(self._serve(exchange))
        elif not exchange.settled:
            self._work = exchange

    def _arrived(self) -> Exchange:
        """What has arrived, and is in work from now on."""
        assert self._head is not None
        self._was_used = True
        self._host.begun += 1
        chunks, self._chunks = self._chunks, []
        body = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        exchange = Exchange(self, self._head, body)
        if self._host.draining:
            exchange.keep_alive = False
        self._deadline = math.inf
        return exchange

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin at once where Python can, not at the next turn of the loop."""
        task = asyncio.Task(work, loop=self._host.loop, **_EAGERLY)
        if not task.done():
            self._work = task

    # The request in work: one that has no task.

    def send_now(self, data: bytes, *, last: bool) -> int:
        """Send what the client takes at once, on any thread; how many bytes it took.

        For the request in work, which alone may write. Where it is the ``last`` that is sent,
        and all of it is, the client is told so: it need not wait for the event loop to hang up.
        """
        if self._socket is None:
            return 0
        with self._sending:
            if self._lost or self._drained is not None:
                return 0
            # The transport will meet an error again.
            descriptor = self._socket.fileno()
            sent = send_now(descriptor, data)
            if last and sent == len(data):
                end_now(descriptor)
        self._answered = self._host.loop.time()
        return sent

    @property
    def is_eager(self) -> bool:
        """Whether the request that has arrived came as soon as the one before was answered."""
        return self._host.loop.time() - self._answered < limits.STAYS_SECONDS

    @property
    def hurries(self) -> bool:
        """Whether anything waits for the end of the request in work; on any thread."""
        return bool(self._behind) or self._eof or self._lost or self._host.draining

    def follow(self, accept: Accept) -> bool:
        """See slurmrestd.http.sharing; on the thread that has sent the whole answer.

        The event loop does not read meanwhile, and has what came if it is not for this thread.
        """
        transport = self._transport
        if not isinstance(transport, SocketTransport) or self._drained is not None:
            return False
        if self.hurries or not transport.borrow():
            return False
        data = transport.receive_within(limits.STAYS_SECONDS)
        if data and not self._lost and (following := self._next_of(data, accept)) is not None:
            self._work = following
            return True
        self._behind = data
        return False

    def leave(self) -> None:
        """Let the event loop read again; on the thread that has stayed."""
        if isinstance(self._transport, SocketTransport):
            self._transport.give_back()

    def _next_of(self, data: bytes, accept: Accept) -> Exchange | None:
        """The next request, if that is what the bytes are, and all that they are."""
        self._forget_request()
        try:
            self._parser.feed(data)
        except (Refused, ValueError):
            return None
        parser = self._parser
        if self._head is None or not parser.is_complete or parser.remaining():
            return None
        following = self._arrived()
        return following if accept(following.request(self.peer), following) else None

    def end(self, exchange: Exchange, unsent: bytes) -> None:
        """Send what is left of a whole answer, and go on when the client has taken it."""
        if self._transport.is_closing():
            return
        if unsent:
            self._transport.write(unsent)
        if self._drained is None:
            self._finish(exchange)
        else:
            self._start(self._finish_later(exchange))

    async def _finish_later(self, exchange: Exchange) -> None:
        with suppress(ClientGone, asyncio.CancelledError):
            await self.write([])
        self._finish(exchange)

    def send_pieces(self, exchange: Exchange, answer: Answer) -> None:
        """Send an answer that is not whole yet."""
        self._start(self._serve(exchange, self._host.app.send(answer, exchange.send)))

    def fail(self, exchange: Exchange, error: BaseException | None) -> None:
        """Tell the client that there is no answer."""
        self._start(self._serve(exchange, self._raise(exchange, error)))

    async def _raise(self, exchange: Exchange, error: BaseException | None) -> None:
        try:
            if not isinstance(error, Refused):
                raise error or RuntimeError("there is neither an answer nor an error")
            request = exchange.request(self.peer)
            await self._host.app.refuse(request, error.refusal, exchange.send)
        finally:
            # This frame is part of the error's traceback: see Application._received.
            del error

    # The request in work: one that has.

    async def _serve(
        self, exchange: Exchange, work: Coroutine[Any, Any, None] | None = None
    ) -> None:
        if work is None:
            scope = scope_of(exchange.head, self.peer)
            work = self._host.app(scope, exchange.receive, exchange.send)
        try:
            await work
        except asyncio.CancelledError:
            log.debug("%s: the client left", self.peer)
        except ClientGone as gone:
            log.info("%s: %s", self.peer, gone)
        except Exception:
            log.exception("%s: a request failed", self.peer)
            await self._apologise(exchange)
        finally:
            self._finish(exchange)

    async def _apologise(self, exchange: Exchange) -> None:
        if exchange.started or self._lost:
            return
        with suppress(ClientGone):
            await send_refusal(refusals.FAILURE, exchange.send)

    def _finish(self, exchange: Exchange) -> None:
        """Go on with the next request, or close."""
        self._work = None
        if self._lost:
            return
        if not exchange.complete:
            # The client must see that the answer is not whole.
            self._transport.abort()
        elif exchange.keep_alive and not self._host.draining:
            self._next_request()
        elif self._eof:
            self._transport.close()
        else:
            self._linger()

    def _forget_request(self) -> None:
        self._head = None
        self._expects_continue = False
        self._chunks = []
        self._received = 0
        self._head_size = 0
        self._arriving = False
        self._parser.reset()

    def _next_request(self) -> None:
        self._forget_request()
        self._idle_since = self._host.loop.time()
        self._deadline = self._idle_since + self._host.timeouts.idle
        behind, self._behind = self._behind, b""
        if behind:
            self._transport.resume_reading()
            self._feed(behind)
        if self._eof and self._work is None and not self._lost:
            self._transport.close()

    async def gone(self) -> None:
        """Wait until the connection is lost, or the client says no more."""
        if self._lost or (self._eof and self._socket is not None):
            return
        if self._gone is None:
            self._gone = self._host.loop.create_future()
        await asyncio.shield(self._gone)

    # The way out.

    async def write(self, parts: list[bytes | memoryview]) -> None:
        """Write ``parts``, and wait until all of them are sent; raises ClientGone."""
        if self._lost or self._transport.is_closing():
            raise ClientGone("the client left before its answer was complete")
        size = sum(map(len, parts))
        if size <= 65536:
            self._transport.write(b"".join(parts))
        else:
            for part in parts:
                self._transport.write(part)
        if self._drained is not None:
            await asyncio.shield(self._drained)
            if self._lost:
                raise ClientGone("the client left before its answer was complete")

    def _refuse(self, refusal: Refusal) -> None:
        """Answer a message that cannot be a request, and close."""
        log.info("%s: refused with %d: %s", self.peer, refusal.status, refusal.text)
        self._host.refused()
        head = self._head or Head("", split_target("/"), 1, [], False)
        exchange = Exchange(self, head, b"")
        self._start(self._serve_refusal(exchange, refusal))

    async def _serve_refusal(self, exchange: Exchange, refusal: Refusal) -> None:
        with suppress(ClientGone, asyncio.CancelledError):
            await send_refusal(refusal, exchange.send)
        self._finish(exchange)

    def _linger(self) -> None:
        """Close, but let the client read first.

        A socket that is closed with bytes unread resets the connection, and the
        answer is lost on its way; so what still comes is read and dropped.
        """
        self._lingering = limits.MAX_LINGERING
        self._set_deadline(self._host.timeouts.linger)
        self._head = None
        self._transport.write_eof()
        self._transport.resume_reading()

    def _drop(self, size: int) -> None:
        self._lingering -= size
        if self._lingering <= 0:
            self._lingering = 1
            self._transport.abort()


def _refusal_of(error: ValueError) -> Refusal:
    """The refusal of a message that the parser does not accept."""
    for kind, refusal in _PARSE_ERRORS:
        if isinstance(error, kind):
            return refusal
    return refusals.MALFORMED

# SPDX-License-Identifier: GPL-2.0-or-later
"""One request and its answer: the ASGI scope, ``receive`` and ``send``; and what does without."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from slurmrestd.http.app import fields_of
from slurmrestd.http.pieces import Answer
from slurmrestd.http.request import EXTENSION, HeaderFields, Request
from slurmrestd.http.sharing import Accept
from slurmrestd.http.status import reason
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server.framing import Fields, Head

if TYPE_CHECKING:
    from slurmrestd.server.connection import Connection

_STATUS_LINES: dict[int, bytes] = {}
_NO_BODY = frozenset({204, 304})
_OK = 200
_CLOSES = b"\r\nConnection: close\r\n\r\n"


class ClientGone(ConnectionResetError):
    """The client left, or takes nothing any more; nothing can be sent."""


def scope_of(head: Head, peer: Peer) -> dict[str, Any]:
    """The ASGI 3 scope of a request; our extension carries the peer."""
    target = head.target
    raw_path = target.path.encode("latin-1")
    own = peer.address
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": f"1.{head.minor_version}",
        "method": head.method,
        "scheme": "http",
        "path": target.path,
        "raw_path": raw_path,
        "query_string": target.query.encode("latin-1"),
        "root_path": "",
        "headers": head.headers,
        "server": (own, None) if isinstance(own, str) else own,
        "client": None,
        "extensions": {EXTENSION: {"peer": peer}},
    }


def request_of(head: Head, body: bytes, peer: Peer) -> Request:
    """The same for who needs no scope."""
    target = head.target
    return Request(
        head.method,
        target.path,
        query=target.query.encode("latin-1"),
        headers=HeaderFields(head.headers),
        body=body,
        peer=peer,
    )


class Exchange:
    """One request: its body goes in, its answer comes out.

    Either the ASGI way, or as the reply of a request that has no task.
    """

    def __init__(self, connection: Connection, head: Head, body: bytes) -> None:
        self.head = head
        self.keep_alive = head.keep_alive
        self.started = False
        self.complete = False
        self.settled = False
        self.left = False
        self._connection = connection
        self._body: bytes | None = body
        self._start: bytes | None = None
        self._unsent: bytes | None = None
        self._chunked = False
        self._omits_body = False

    def request(self, peer: Peer) -> Request:
        """What is asked for."""
        return request_of(self.head, self._body or b"", peer)

    @property
    def is_eager(self) -> bool:
        """See slurmrestd.http.sharing."""
        return self.keep_alive and self._connection.is_eager

    @property
    def urgent(self) -> bool:
        """Whether anything waits for ``settle``; on any thread."""
        return self._unsent != b"" or self._connection.hurries

    def cancel(self) -> None:
        """The client has left."""
        self.left = True

    def hasten(self, answer: Answer) -> None:
        """Send a whole answer as far as the client takes it at once; on a pool thread.

        The client need not wait until the event loop has its turn.
        """
        if answer.complete:
            whole = self._whole(answer)
            sent = self._connection.send_now(whole, last=not self.keep_alive)
            self._unsent = whole[sent:]

    def follow(self, accept: Accept) -> bool:
        """See slurmrestd.http.sharing: whether this is settled, and another one in work."""
        if self._unsent != b"" or not self.keep_alive:
            return False
        self.settled = self._connection.follow(accept)
        return self.settled

    def leave(self) -> None:
        """See slurmrestd.http.sharing."""
        self._connection.leave()

    def settle(self, answer: Answer | None, error: BaseException | None) -> None:
        """Go on with the answer, or with why there is none."""
        self.settled = True
        self._body = None
        if answer is None:
            self._connection.fail(self, error)
        elif answer.complete:
            unsent = self._whole(answer) if self._unsent is None else self._unsent
            self._connection.end(self, unsent)
            answer.close()
        else:
            self._connection.send_pieces(self, answer)

    def _whole(self, answer: Answer) -> bytes:
        if self.head.method == "HEAD" or answer.status != _OK or not answer.content_type:
            self._begin(answer.status, fields_of(answer))
            self.complete = True
            return b"".join(self._frame(answer.first, False))
        # The same, for nearly all.
        self.started = self.complete = True
        body = answer.first
        end = b"\r\n\r\n" if self.keep_alive else _CLOSES
        return b"".join((_head_of(answer.content_type), b"%d" % len(body), end, body))

    async def receive(self) -> dict[str, Any]:
        """The body, whole; after that, that the client is gone or says no more, once it is."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._connection.gone()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        """Write, and wait until the client has taken it all; raises ClientGone."""
        if message["type"] == "http.response.start":
            self._begin(message["status"], message["headers"])
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        await self._connection.write(self._frame(body, more))
        self.complete = not more

    def _begin(self, status: int, fields: Fields) -> None:
        if self.started:
            raise RuntimeError("the answer has begun already")
        self.started = True
        self._omits_body = self.head.method == "HEAD" or status in _NO_BODY
        names = {name for name, _ in fields}
        if (b"connection", b"close") in fields:
            self.keep_alive = False
        lines = [_status_line(status)]
        lines += [b"%s: %s\r\n" % (name.title(), value) for name, value in fields]
        lines.append(self._framing(names))
        if not self.keep_alive and b"connection" not in names:
            lines.append(b"Connection: close\r\n")
        lines.append(b"\r\n")
        self._start = b"".join(lines)

    def _framing(self, names: set[bytes]) -> bytes:
        """How the body's end is told: by its length, in chunks, or by the connection's end."""
        if self._omits_body or b"content-length" in names:
            return b""
        if self.head.minor_version >= 1:
            self._chunked = True
            return b"Transfer-Encoding: chunked\r\n"
        self.keep_alive = False
        return b""

    def _frame(self, body: bytes | memoryview, more: bool) -> list[bytes | memoryview]:
        """What goes on the wire for a part of the body, the head before the first one."""
        if not self.started:
            raise RuntimeError("the answer has not begun")
        head, self._start = self._start or b"", None
        if self._omits_body:
            return [head]
        if not self._chunked:
            return [head, body]
        if not body:
            return [head + b"0\r\n\r\n"] if not more else [head]
        tail = b"\r\n" if more else b"\r\n0\r\n\r\n"
        return [b"%s%x\r\n" % (head, len(body)), body, tail]


@lru_cache(maxsize=16)
def _head_of(content_type: str) -> bytes:
    """The head of a good answer of that type, up to its length."""
    name = content_type.encode("latin-1")
    return b"%sContent-Type: %s\r\nContent-Length: " % (_status_line(_OK), name)


def _status_line(status: int) -> bytes:
    line = _STATUS_LINES.get(status)
    if line is None:
        line = f"HTTP/1.1 {status} {reason(status)}\r\n".encode("latin-1")
        _STATUS_LINES[status] = line
    return line

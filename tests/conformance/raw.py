# SPDX-License-Identifier: GPL-2.0-or-later
"""HTTP/1.1 as bytes: requests go out as they are given, answers are read with forbearance.

Some refusals of the original end without the blank line after the headers, which every ordinary
client takes for a broken connection.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Address:
    """A unix socket, or a port of 127.0.0.1."""

    path: str = ""
    port: int = 0

    def connect(self, timeout: float) -> socket.socket:
        """A new connection."""
        if self.port:
            return socket.create_connection(("127.0.0.1", self.port), timeout)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection


@dataclass(frozen=True)
class Peer:
    """Who connects: what a server finds with SO_PEERCRED."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Reply:
    """What came back.  ``status`` is 0 where the connection ended before a whole status line."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    blank_line: bool = True
    complete: bool = True

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def media_type(self) -> str:
        """The content type without parameters; empty without one."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()


@contextmanager
def acting_as(peer: Peer | None) -> Iterator[None]:
    """Connections made meanwhile are another user's; needs root."""
    if peer is None:
        yield
        return
    groups = os.getgroups()
    os.setgroups([peer.gid])
    os.setegid(peer.gid)
    os.seteuid(peer.uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


class Connection:
    """One connection, for as many requests as the server takes."""

    def __init__(self, address: Address, *, peer: Peer | None = None, timeout: float = 60) -> None:
        with acting_as(peer):
            self._socket = address.connect(timeout)
        self._buffer = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close our end."""
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes; a server that has refused and closed already is no error."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return

    def end_sending(self) -> None:
        """Close the sending half."""
        self._socket.shutdown(socket.SHUT_WR)

    def has_more(self, within: float) -> bool:
        """Whether something comes, be it the end of the connection."""
        return bool(self._buffer) or bool(select.select([self._socket], [], [], within)[0])

    def closed_by_server(self, within: float = 2.0) -> bool:
        """Whether the server ends the connection without sending more."""
        if self._buffer:
            return False
        self._socket.settimeout(within)
        try:
            return not self._socket.recv(1)
        except TimeoutError:
            return False
        except ConnectionResetError:
            return True

    def receive(self) -> Reply:
        """Read one reply, after any 100 Continue."""
        while (reply := self._one_reply()).status == 100:
            pass
        return reply

    def _one_reply(self) -> Reply:
        blank_line = self._fill_until(b"\r\n\r\n")
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        if not status_line.startswith("HTTP/"):
            return Reply(0, body=head, blank_line=False, complete=False)
        status = int(status_line.split(" ")[1])
        headers = tuple(
            (name.strip(), value.strip())
            for name, separator, value in (line.partition(":") for line in lines)
            if separator
        )
        reply = Reply(status, headers, blank_line=blank_line)
        if not blank_line or status < 200 or status in (204, 304):
            return reply
        body, complete = self._body(reply)
        return Reply(status, headers, body, complete=complete)

    def _body(self, reply: Reply) -> tuple[bytes, bool]:
        if (reply.header("Transfer-Encoding") or "").lower() == "chunked":
            return self._chunked()
        length = reply.header("Content-Length")
        if length is not None:
            return self._take(int(length))
        while self._read():
            pass
        body, self._buffer = self._buffer, b""
        return body, True

    def _chunked(self) -> tuple[bytes, bool]:
        pieces: list[bytes] = []
        while self._fill_until(b"\r\n"):
            line, _, self._buffer = self._buffer.partition(b"\r\n")
            piece, complete = self._take(int(line.partition(b";")[0], 16))
            end, _ = self._take(2)
            if not complete or end != b"\r\n":
                break
            if not piece:
                return b"".join(pieces), True
            pieces.append(piece)
        return b"".join(pieces), False

    def _take(self, length: int) -> tuple[bytes, bool]:
        pieces = [self._buffer]
        have = len(self._buffer)
        self._buffer = b""
        while have < length and self._read():
            have += len(self._buffer)
            pieces.append(self._buffer)
            self._buffer = b""
        everything = b"".join(pieces)
        self._buffer = everything[length:]
        return everything[:length], have >= length

    def _fill_until(self, mark: bytes) -> bool:
        while mark not in self._buffer:
            if not self._read():
                return False
        return True

    def _read(self) -> bool:
        try:
            more = self._socket.recv(_CHUNK)
        except ConnectionResetError:
            return False
        self._buffer += more
        return bool(more)


def exchange(
    address: Address, data: bytes, *, peer: Peer | None = None, timeout: float = 60
) -> Reply:
    """One request on a connection of its own."""
    with Connection(address, peer=peer, timeout=timeout) as connection:
        connection.send(data)
        return connection.receive()

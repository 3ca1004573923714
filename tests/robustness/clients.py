# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients of a daemon under test, patient and impatient ones."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field
from typing import Any

from tests.conformance.raw import Address, Reply, exchange
from tests.fix_daemon import Daemon
from tests.robustness.processes import Workers

VERSION = "v0.0.42"
SECONDS = 60.0
_WINDOW = 1 << 20
_TAIL = 16


@dataclass(frozen=True)
class Drained:
    """An answer whose body was read and thrown away: its status, bytes, and last bytes."""

    status: int
    size: int
    tail: bytes


@dataclass(frozen=True)
class Server:
    """Our daemon, its workers, and one user's token."""

    daemon: Daemon
    token: str
    tcp: Address = field(default_factory=Address)

    @property
    def workers(self) -> Workers:
        """Its workers."""
        return Workers(self.daemon.pid)

    def log(self) -> str:
        """All that it has said."""
        return self.daemon.log.read_text(errors="replace")

    def request(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> bytes:
        """The bytes of a request that closes its connection afterwards."""
        return message(path, self.token, method, body, **headers)

    def get(self, path: str, *, timeout: float = SECONDS, **headers: str) -> Reply:
        """One GET, read to its end."""
        return exchange(self.daemon.address, self.request(path, **headers), timeout=timeout)

    def send(self, method: str, path: str, body: Any = None) -> Reply:
        """One request of another method."""
        return exchange(self.daemon.address, self.request(path, method, body), timeout=SECONDS)

    def ask(self, path: str, *, tcp: bool = False) -> socket.socket:
        """A connection on which a GET was sent, and nothing read yet."""
        connection = (self.tcp if tcp else self.daemon.address).connect(SECONDS)
        connection.sendall(self.request(path))
        return connection

    def drain(self, path: str) -> Drained:
        """One GET whose body is only counted; of HTTP/1.0, so that no chunks are counted."""
        with self.daemon.address.connect(SECONDS) as connection:
            connection.sendall(self.request(path).replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1))
            return read_to_end(connection)


def message(
    path: str, token: str | None, method: str = "GET", body: Any = None, **headers: str
) -> bytes:
    """The bytes of a request; ``path`` follows /slurm/VERSION/ unless it starts with a slash."""
    target = path if path.startswith("/") else f"/slurm/{VERSION}/{path}"
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
    if token is not None:
        lines.append(f"X-SLURM-USER-TOKEN: {token}")
    lines += [f"{name}: {value}" for name, value in {"Connection": "close", **headers}.items()]
    content = b"" if body is None else json.dumps(body).encode()
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


def read_to_end(connection: socket.socket) -> Drained:
    """Read until the server closes."""
    window = memoryview(bytearray(_WINDOW))
    head, size, tail = b"", 0, b""
    while got := connection.recv_into(window):
        if not size:
            head = bytes(window[: min(got, 8192)])
        size += got
        tail = (tail + bytes(window[max(0, got - _TAIL) : got]))[-_TAIL:]
    assert head.startswith(b"HTTP/1.1 "), head[:100]
    status = int(head.split(b" ", 2)[1])
    return Drained(status, size - head.index(b"\r\n\r\n") - 4, tail)


def errors_of(reply: Reply) -> list[int]:
    """The error numbers of an answer in JSON."""
    return [error["error_number"] for error in json.loads(reply.body)["errors"]]

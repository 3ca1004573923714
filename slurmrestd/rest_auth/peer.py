# SPDX-License-Identifier: GPL-2.0-or-later
"""The other end of a connection, as authentication and ``meta.client`` see it."""

from __future__ import annotations

import functools
import socket
import struct
from dataclasses import dataclass

_UCRED = struct.Struct("3i")  # struct ucred of unix(7): pid, uid, gid


@dataclass(frozen=True, slots=True)
class Peer:
    """A connection: ``uid``, ``gid`` and ``pid`` are None unless it is a unix socket.

    ``address`` is our own end of it, as the original names its connections: the
    path of a unix socket, or (numeric host, port). ``remote`` is the other end's
    address, empty for a unix socket, which has none.
    """

    address: str | tuple[str, int]
    descriptor: int
    remote: str = ""
    uid: int | None = None
    gid: int | None = None
    pid: int | None = None

    @property
    def is_unix(self) -> bool:
        return isinstance(self.address, str)

    def __str__(self) -> str:
        """For the log."""
        return f"[{self.remote or f'uid {self.uid} pid {self.pid}'}]"

    def source(self) -> str:
        """The connection's name for ``meta.client.source``; may ask the name service."""
        if isinstance(self.address, str):
            return f"unix:{self.address}(fd:{self.descriptor})"
        host, port = self.address
        return f"[{_host_name(host)}]:{port}(fd:{self.descriptor})"


def peer_of(connection: socket.socket) -> Peer:
    """Describe an accepted socket (unix, IPv4 or IPv6)."""
    own = connection.getsockname()
    if connection.family != socket.AF_UNIX:
        other = connection.getpeername()
        return Peer((own[0], own[1]), connection.fileno(), f"{other[0]}:{other[1]}")
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
    pid, uid, gid = _UCRED.unpack(raw)
    path = own if isinstance(own, str) else own.decode("utf-8", "surrogateescape")
    return Peer(path, connection.fileno(), "", uid, gid, pid)


@functools.lru_cache(maxsize=256)
def _host_name(host: str) -> str:
    """The host's name; "::" where it has none, as the original says it."""
    try:
        return socket.getnameinfo((host, 0), socket.NI_NAMEREQD)[0]
    except OSError:
        return "::"

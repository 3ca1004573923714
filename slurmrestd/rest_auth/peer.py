# SPDX-License-Identifier: GPL-2.0-or-later
"""The other end of a connection, as authentication and ``meta.client`` see it."""

from __future__ import annotations

import functools
import socket
import struct

from slurmrestd.frozen import Frozen

_UCRED = struct.Struct("3i")  # struct ucred of unix(7): pid, uid, gid

Address = tuple[str, int]


class File(Frozen):
    """A file in place of a connection: a pipe, a terminal, a regular file."""

    mode: int  # st_mode
    owner: int  # st_uid


class Peer(Frozen):
    """A connection: ``uid``, ``gid`` and ``pid`` are None unless it is a unix socket.

    ``address`` is our own end of it, as the original names its connections: the
    path of a unix socket, or (numeric host, port). ``remote`` is the other end's
    address, empty for a unix socket, which has none.

    A connection that was not accepted here, but was our standard input from the start,
    has a ``label``, and a ``file`` unless it is a socket.
    """

    address: str | Address
    descriptor: int
    remote: str = ""
    uid: int | None = None
    gid: int | None = None
    pid: int | None = None
    label: str = ""
    file: File | None = None

    @property
    def is_unix(self) -> bool:
        """Whether it is a unix socket that was accepted here."""
        return isinstance(self.address, str) and not self.label

    def __str__(self) -> str:
        """For the log."""
        return f"[{self.label or self.remote or f'uid {self.uid} pid {self.pid}'}]"

    @functools.cached_property
    def source(self) -> str:
        """The connection's name for ``meta.client.source``; may ask the name service."""
        if self.label:
            return self.label
        if isinstance(self.address, str):
            return f"unix:{self.address}(fd:{self.descriptor})"
        return f"{host_and_port(self.address)}(fd:{self.descriptor})"


def peer_of(connection: socket.socket) -> Peer:
    """Describe an accepted socket (unix, IPv4 or IPv6)."""
    own = connection.getsockname()
    if connection.family != socket.AF_UNIX:
        other = connection.getpeername()
        remote = f"{other[0]}:{other[1]}"
        # All of its fields, in their order: the quickest way to make one.
        return Peer((own[0], own[1]), connection.fileno(), remote, None, None, None, "", None)
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
    pid, uid, gid = _UCRED.unpack(raw)
    return Peer(path_of(connection), connection.fileno(), "", uid, gid, pid)


def path_of(connection: socket.socket) -> str:
    """The path of a unix socket, empty where it has none."""
    own = connection.getsockname()
    return own if isinstance(own, str) else own.decode("utf-8", "surrogateescape")


def host_and_port(address: Address) -> str:
    """An address with the host's name; may ask the name service."""
    return f"[{_host_name(address[0])}]:{address[1]}"


@functools.lru_cache(maxsize=256)
def _host_name(host: str) -> str:
    """The host's name; "::" where it has none, as the original says it."""
    try:
        return socket.getnameinfo((host, 0), socket.NI_NAMEREQD)[0]
    except OSError:
        return "::"

# SPDX-License-Identifier: GPL-2.0-or-later
"""Listening sockets: ``[host]:port``, ``:port``, ``unix:/path``, or inherited.

They are bound here and not by gunicorn, which would take the path of a unix socket
from a server that still listens on it.
"""

from __future__ import annotations

import errno
import os
import pathlib
import re
import socket
import stat
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from slurmrestd.frozen import Frozen
from slurmrestd.server.errors import CannotListen

BACKLOG: Final = 4096
SYSTEMD_FIRST: Final = 3  # SD_LISTEN_FDS_START, sd_listen_fds(3)

Address = tuple[str, int] | tuple[str, int, int, int]  # of IPv4 or IPv6

# What says that there is no IPv6 here, or no such address.
_NO_SUCH_FAMILY: Final = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}
_UNIX = "unix:"
_HOST_PORT = re.compile(r"(?:\[(?P<literal>[^\]]*)\]|(?P<host>[^:\[\]*]*)|::):(?P<port>[0-9]+)\Z")


class SocketFile(Frozen):
    """The file of a unix socket; the inode tells it from one that took its place."""

    path: str
    inode: int | None


class Listener(Frozen):
    """A bound, listening socket; ``file`` when we made a unix socket's path."""

    sock: socket.socket
    name: str
    file: SocketFile | None = None

    def __str__(self) -> str:
        return self.name

    def __getattr__(self, name: str) -> object:
        # gunicorn asks its listeners for the methods of a socket.
        return getattr(self.sock, name)

    def close(self) -> None:
        self.sock.close()

    def remove_file(self) -> None:
        """Remove the file of a unix socket that we made, if it is still ours."""
        if self.file is not None and _inode(self.file.path) == self.file.inode:
            pathlib.Path(self.file.path).unlink()


def parse(text: str) -> str | tuple[str, int]:
    """A unix socket's path, or (host, port) with an empty host for all; raises CannotListen."""
    if text.startswith(_UNIX):
        path = text[len(_UNIX) :]
        if not path:
            raise CannotListen(f"{text!r} names no path: give unix:/path/to/socket")
        return path
    parts = _HOST_PORT.match(text)
    if parts is None or int(parts["port"]) > 65535:
        raise CannotListen(f"cannot listen on {text!r}: give [host]:port or unix:/path/to/socket")
    return parts["literal"] or parts["host"] or "", int(parts["port"])


def listen(texts: Iterable[str]) -> list[Listener]:
    """A listener for each address of each text, duplicates once; raises CannotListen."""
    listeners: list[Listener] = []
    taken: set[object] = set()
    for text in texts:
        where = parse(text)
        if isinstance(where, str):
            listeners.append(_listen_unix(where))
            continue
        addresses = [found for found in _resolve(text, *where) if found[1] not in taken]
        taken.update(address for _, address in addresses)
        listeners += _listen_tcp(text, addresses)
    return listeners


def _resolve(text: str, host: str, port: int) -> list[tuple[int, Address]]:
    # Not AI_ADDRCONFIG: to it, a host with nothing but a loopback has no IPv6 at all.
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except socket.gaierror as error:
        raise CannotListen(f"cannot listen on {text!r}: {error.strerror}") from None
    return [(entry[0], cast(Address, entry[4])) for entry in found]


def _listen_tcp(text: str, addresses: Sequence[tuple[int, Address]]) -> list[Listener]:
    """A listener for each address, but for those of a family that this host does not have."""
    listeners: list[Listener] = []
    missing: OSError | None = None
    for family, address in addresses:
        try:
            listeners.append(_bind(family, address))
        except OSError as error:
            if error.errno not in _NO_SUCH_FAMILY:
                raise _refusal(text, error) from None
            missing = error
    if missing is not None and not listeners:
        raise _refusal(text, missing)
    return listeners


def _refusal(text: str, error: OSError) -> CannotListen:
    return CannotListen(f"cannot listen on {text!r}: {error.strerror}{_advice(error)}")


def _bind(family: int, address: Address) -> Listener:
    """Raises OSError."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # IPv4 has a listener of its own.
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return Listener(sock, f"[{address[0]}]:{sock.getsockname()[1]}")


def _advice(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "; stop the server that has it, or choose another port"
    if error.errno == errno.EACCES:
        return "; choose a port from 1024 on, or pass the socket through systemd"
    return ""


def _listen_unix(path: str) -> Listener:
    _remove_stale(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Whoever may reach the path may connect: authentication is by SO_PEERCRED or token.
    mask = os.umask(0)
    try:
        sock.bind(path)
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise CannotListen(f"cannot listen on unix:{path}: {error.strerror or error}") from None
    finally:
        os.umask(mask)
    return Listener(sock, f"unix:{path}", SocketFile(path, _inode(path)))


def _inode(path: str) -> int | None:
    try:
        return pathlib.Path(path).stat().st_ino
    except OSError:
        return None


def _remove_stale(path: str) -> None:
    """Remove a socket that nothing listens on; raises CannotListen for anything else."""
    try:
        mode = pathlib.Path(path).stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotListen(f"cannot listen on unix:{path}: {error.strerror}") from None
    if not stat.S_ISSOCK(mode):
        raise CannotListen(f"cannot listen on unix:{path}: it exists and is not a socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            pathlib.Path(path).unlink()
        except OSError as error:
            raise CannotListen(f"cannot listen on unix:{path}: {error.strerror}") from None
        else:
            raise CannotListen(f"cannot listen on unix:{path}: another server listens on it")


def passed(environ: Mapping[str, str], pid: int) -> range:
    """The descriptors that systemd, or whoever speaks as it does, passed to this process.

    sd_listen_fds(3): LISTEN_FDS descriptors from 3 on, meant for LISTEN_PID.
    """
    count = environ.get("LISTEN_FDS", "")
    if not count.isdigit() or environ.get("LISTEN_PID") != str(pid):
        return range(0)
    return range(SYSTEMD_FIRST, SYSTEMD_FIRST + int(count))


def inherit(descriptor: int) -> Listener:
    """The listening socket that was passed as a descriptor; raises CannotListen."""
    try:
        sock = socket.socket(fileno=descriptor)
        listening = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError as error:
        raise CannotListen(f"descriptor {descriptor} is no socket: {error.strerror}") from None
    if not listening or sock.type != socket.SOCK_STREAM:
        raise CannotListen(
            f"descriptor {descriptor} of LISTEN_FDS is no listening stream socket"
            " (with Accept=yes, pass one connection and give no listener)"
        )
    sock.set_inheritable(False)
    own = sock.getsockname()
    name = f"unix:{own}" if sock.family == socket.AF_UNIX else f"[{own[0]}]:{own[1]}"
    return Listener(sock, name)


def require_unix(found: Iterable[Listener]) -> None:
    """Raise CannotListen for what is no unix socket."""
    for listener in found:
        if listener.sock.family != socket.AF_UNIX:
            raise CannotListen(
                f"cannot listen on {listener} with become_user: only a unix socket says who"
                " the client is; give unix:/path/to/socket"
            )

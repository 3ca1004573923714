# SPDX-License-Identifier: GPL-2.0-or-later
"""What standard input and output are, where no listener is named (inetd mode).

A socket, as from inetd, xinetd or systemd with Accept=yes; a pipe, a file or a terminal;
or a socket that listens, as from inetd with "wait".
"""

from __future__ import annotations

import errno
import os
import socket
import stat
from typing import Final

from slurmrestd.frozen import Frozen
from slurmrestd.rest_auth.peer import File, Peer, host_and_port, path_of
from slurmrestd.server.errors import CannotListen

INPUT: Final = 0
OUTPUT: Final = 1
ERRORS: Final = 2


class Standard(Frozen):
    """Standard input and output. ``sock`` is both of them where they are a socket.

    ``logs_to_client`` is whether that is standard error too, as with inetd.
    """

    sock: socket.socket | None
    is_terminal: bool = False
    logs_to_client: bool = False


def examine() -> Standard | None:
    """What they are, None if a socket that listens; raises CannotListen for what is of no use."""
    found = _status(INPUT, "input")
    if not stat.S_ISSOCK(found.st_mode):
        _status(OUTPUT, "output")
        return Standard(None, os.isatty(INPUT))
    sock = socket.socket(fileno=INPUT)
    if sock.type != socket.SOCK_STREAM:
        raise CannotListen("standard input is a socket, but no stream: HTTP cannot be spoken on it")
    if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        sock.detach()
        return None
    if not _is_same(found, OUTPUT):
        raise CannotListen("standard input is a socket, and standard output is not the same one")
    return Standard(sock, logs_to_client=_is_same(found, ERRORS))


def take(descriptor: int) -> bool:
    """Make a connection that was passed as ``descriptor`` standard input and output.

    False where it is none, but a socket that listens.
    """
    with socket.socket(fileno=os.dup(descriptor)) as sock:
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return False
    os.dup2(descriptor, INPUT)
    os.dup2(descriptor, OUTPUT)
    os.close(descriptor)
    return True


def _status(descriptor: int, name: str) -> os.stat_result:
    try:
        return os.fstat(descriptor)
    except OSError:
        raise CannotListen(
            f"standard {name} is closed: give a listener, [host]:port or unix:/path/to/socket"
        ) from None


def _is_same(found: os.stat_result, descriptor: int) -> bool:
    try:
        return os.path.samestat(found, os.fstat(descriptor))
    except OSError as error:
        if error.errno == errno.EBADF:
            return False
        raise


def peer_of_socket(sock: socket.socket) -> Peer:
    """The peer of a socket that we were given.

    As in the original, local authentication does not apply to it: nothing is said here of
    who is at the other end.
    """
    if sock.family == socket.AF_UNIX:
        path = path_of(sock)
        name = f"unix:{path}" if path else _link(sock.fileno())
        return Peer(path, INPUT, label=f"{name}(fd:{INPUT})")
    own, other = sock.getsockname()[:2], sock.getpeername()[:2]
    label = f"{host_and_port(own)}(fd:{INPUT})->{host_and_port(other)}(fd:{OUTPUT})"
    return Peer(own, INPUT, f"{other[0]}:{other[1]}", label=label)


def peer_of_files() -> Peer:
    """The peer where standard input is no socket: its owner and mode are all there is."""
    found = os.fstat(INPUT)
    names = [_link(INPUT), _link(OUTPUT)]
    label = f"{names[0]}(fd:{INPUT})"
    if names[0] != names[1]:
        label += f"->{names[1]}(fd:{OUTPUT})"
    return Peer(names[0], INPUT, label=label, file=File(found.st_mode, found.st_uid))


def _link(descriptor: int) -> str:
    # pathlib would have to be loaded for this alone (see slurmrestd.later).
    return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115

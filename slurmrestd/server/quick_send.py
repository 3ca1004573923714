# SPDX-License-Identifier: GPL-2.0-or-later
"""Sending what a socket takes at once, and its end, without giving up the GIL for a little.

To give it up around a call that does not wait is to stand in line for it afterwards: under
load that takes longer than the call.
"""

from __future__ import annotations

import ctypes
import os
import socket
from typing import Final

LITTLE: Final = 64 << 10
"""Bytes up to which the GIL is kept: copying more may hold up others for too long."""

_AT_ONCE: Final = int(socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)

_send = ctypes.PyDLL(None).send
_send.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
_send.restype = ctypes.c_ssize_t

_shutdown = ctypes.PyDLL(None).shutdown
_shutdown.argtypes = (ctypes.c_int, ctypes.c_int)
_shutdown.restype = ctypes.c_int


def end_now(descriptor: int) -> None:
    """Tell the other end of a socket that nothing more comes; it may be gone already."""
    _shutdown(descriptor, socket.SHUT_WR)


def send_now(descriptor: int, data: bytes) -> int:
    """How many bytes a socket that does not block took; 0 also where it failed."""
    if len(data) <= LITTLE:
        return max(0, int(_send(descriptor, data, len(data), _AT_ONCE)))
    try:
        return os.write(descriptor, data)
    except OSError:
        return 0

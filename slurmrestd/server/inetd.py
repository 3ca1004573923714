# SPDX-License-Identifier: GPL-2.0-or-later
"""Inetd mode: one connection, on standard input and output, and then the end.

The connection and the application are those of the server; there is neither a master nor
a worker.
"""

from __future__ import annotations

import os
import signal
import socket
from typing import Final

from slurmrestd.privileges import drop
from slurmrestd.rest_auth.peer import Peer, peer_of
from slurmrestd.server import single, stdio
from slurmrestd.server.service import Service
from slurmrestd.server.stdio import Standard

# SIGTERM and SIGHUP do what they do to any program, as in the original.
_ENDS_CLEANLY: Final = (signal.SIGINT,)


def serve(service: Service, standard: Standard) -> int:
    """Serve until the client is gone, or SIGINT; returns the exit code.

    Where the process is to become its peer, it does so first; raises privileges.Refused.
    """
    sock = standard.sock
    if sock is None:
        return single.serve(service, stdio.peer_of_files(), None, _ENDS_CLEANLY)
    # The other end is to see the end: only one descriptor may keep the socket open.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stdio.OUTPUT)
    return single.serve(service, _peer_of(service, sock), sock, _ENDS_CLEANLY)


def _peer_of(service: Service, sock: socket.socket) -> Peer:
    if not service.becomes_user or sock.family != socket.AF_UNIX:
        return stdio.peer_of_socket(sock)
    peer = peer_of(sock)
    drop.become_peer(peer)
    return peer

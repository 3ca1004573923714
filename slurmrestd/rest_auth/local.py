# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/local: the kernel says who is at the other end.

slurmrestd(8): the client must run under the daemon's own user; root is let in
too and may name a user. Of a unix socket, credentials come from SO_PEERCRED (unix(7)).
Of a pipe, a terminal or a file in its place, the owner counts, and nobody else may have
had access to it.
"""

from __future__ import annotations

import functools
import os
import pwd
import stat

from slurmrestd.rest_auth import Credential, Denied, Headers
from slurmrestd.rest_auth.jwt import USER_NAME
from slurmrestd.rest_auth.peer import File, Peer

NOBODY = 99  # SLURM_AUTH_NOBODY of slurm.h


def authenticate(headers: Headers, peer: Peer) -> Credential | None:
    """The user at the other end; None where nothing is known of one; raises Denied."""
    if peer.file is not None:
        return _owner_of(peer, peer.file)
    if not peer.is_unix:
        return None
    if peer.uid is None or peer.uid < 0 or peer.gid is None or peer.gid < 0 or not peer.pid:
        raise Denied("the kernel does not say who is at the other end")
    if NOBODY in (peer.uid, peer.gid):
        raise Denied("the other end is nobody")
    own = os.getuid()
    if peer.uid == 0:
        name = headers.first(USER_NAME)
        return _credential(_name_of(own) if name is None else name, peer)
    if peer.uid == own:
        return _credential(_name_of(own), peer)
    raise Denied(f"uid {peer.uid} is not the user of this daemon ({own})")


def authenticate_socket(headers: Headers, peer: Peer) -> Credential | None:
    """The same, but no file will do: its owner did not connect."""
    if peer.file is not None:
        raise Denied("become_user needs a unix socket: a file has no user at its other end")
    return authenticate(headers, peer)


def _owner_of(peer: Peer, file: File) -> Credential | None:
    """Who owns what we read from. Measured on slurmrestd 24.11.5."""
    if not (stat.S_ISREG(file.mode) or stat.S_ISFIFO(file.mode) or stat.S_ISCHR(file.mode)):
        return None
    if file.mode & (stat.S_ISUID | stat.S_ISGID):
        raise Denied("standard input has a set-id bit")
    if file.mode & stat.S_IRWXO:
        raise Denied("standard input is open to others: take their permissions from it")
    own = os.getuid()
    if file.owner != own:
        raise Denied(f"standard input belongs to uid {file.owner}, not to our own ({own})")
    return _credential(_name_of(own), peer)


def _credential(user_name: str | None, peer: Peer) -> Credential:
    if user_name is None:
        raise Denied(f"uid {os.getuid()} has no name")
    return Credential(user_name, None, peer.uid, peer.gid)


@functools.lru_cache(maxsize=16)
def _name_of(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None

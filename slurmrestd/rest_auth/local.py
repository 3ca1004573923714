# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/local: the kernel says who is at the other end of a unix socket.

slurmrestd(8): the client must run under the daemon's own user; root is let in
too and may name a user. Credentials come from SO_PEERCRED (unix(7)).
"""

from __future__ import annotations

import functools
import os
import pwd

from slurmrestd.rest_auth import Credential, Denied, Headers
from slurmrestd.rest_auth.jwt import USER_NAME
from slurmrestd.rest_auth.peer import Peer

NOBODY = 99  # SLURM_AUTH_NOBODY of slurm.h


def authenticate(headers: Headers, peer: Peer) -> Credential | None:
    """The user at the other end; None on anything but a unix socket; raises Denied."""
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


def _credential(user_name: str | None, peer: Peer) -> Credential:
    if user_name is None:
        raise Denied(f"uid {peer.uid} has no name")
    return Credential(user_name, None, peer.uid, peer.gid)


@functools.lru_cache(maxsize=16)
def _name_of(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None

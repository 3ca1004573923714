# SPDX-License-Identifier: GPL-2.0-or-later
"""From the user who started the daemon to the one who serves."""

from __future__ import annotations

import os
import pwd

from slurmrestd.privileges import Refused, kernel
from slurmrestd.rest_auth.local import NOBODY
from slurmrestd.rest_auth.peer import Peer


def lock_down(user: int | None, group: int | None, security: frozenset[str]) -> None:
    """Become ``user`` and ``group``, without other groups; raises Refused.

    In the original's order, and before it reads slurm.conf, loads libslurm or
    binds a socket: a privileged port must be passed in by systemd.
    """
    if NOBODY in (os.getuid(), os.getgid()):
        raise Refused("slurmrestd must not run as nobody (99): give it a user of its own")
    kernel.no_new_privileges()
    if "disable_unshare_sysv" not in security:
        kernel.unshare(kernel.CLONE_SYSVSEM, "System V semaphores")
    if "disable_unshare_files" not in security:
        kernel.unshare(kernel.CLONE_FILES, "file descriptors")
    become(user, group)


def become(user: int | None, group: int | None) -> None:
    """setgroups, setgid, setuid: any other order fails or leaves something behind."""
    if user and not group:
        group = _group_of(user)
        if os.geteuid() == user == os.getuid() and os.getgid() == group:
            return  # -u names who we are already, as a unit file with User= may
    try:
        if group:
            os.setgroups([])
            os.setresgid(group, group, group)
        if user:
            os.setresuid(user, user, user)
    except OSError as error:
        raise Refused(f"cannot become user {user}, group {group}: {error.strerror}") from None


def _group_of(user: int) -> int:
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:
        raise Refused(f"user {user} has no primary group: name one with -g") from None


def become_peer(peer: Peer) -> None:
    """From root to the user at the other end of a unix socket, for good; raises Refused.

    In its group and in no other: setgroups, setgid, setuid. (The original sets the user
    first, and then may not set the group.)
    """
    uid, gid = peer.uid, peer.gid
    if uid is None or uid < 0 or gid is None or gid < 0:
        raise Refused("the kernel does not say who is at the other end")
    try:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise Refused(f"cannot become user {uid}, group {gid}: {error.strerror}") from None
    is_peer = (os.getresuid(), os.getresgid()) == ((uid,) * 3, (gid,) * 3)
    if not is_peer or os.getgroups() or (uid != 0 and _is_root_again()):
        raise Refused(f"user {uid}, group {gid} is not what has become of this process")


def _is_root_again() -> bool:
    try:
        os.seteuid(0)
    except PermissionError:
        return False
    return True

# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom the daemon may not run as: whoever could do more than the users it serves."""

from __future__ import annotations

import os
import pwd

from slurmrestd.privileges import Refused
from slurmrestd.rest_auth.local import NOBODY

_ADVICE = "start it as a user of its own, or with -u and -g"


def check_user(slurm_user: int, security: frozenset[str] = frozenset()) -> None:
    """Refuse root, SlurmUser, nobody and their groups; raises Refused.

    ``slurm_user`` is the uid of slurm.conf's SlurmUser. SLURMRESTD_SECURITY may leave this
    check out (disable_user_check), or want root (become_user), who becomes others.
    """
    if "become_user" in security:
        if os.getuid() != 0:
            raise Refused("SLURMRESTD_SECURITY=become_user needs root: start it so, without -u")
        return
    if "disable_user_check" in security:
        return
    users = {0: "root", slurm_user: "SlurmUser"}
    groups = {0: "root"}
    for uid, gid in _nobodies():
        users.setdefault(uid, "nobody")
        groups.setdefault(gid, "nobody")
    slurm_group = _primary_group(slurm_user)
    if slurm_group is not None:
        groups.setdefault(slurm_group, "SlurmUser")
    if os.getuid() in users:
        raise Refused(f"slurmrestd must not run as {users[os.getuid()]}: {_ADVICE}")
    for group in (os.getgid(), *os.getgroups()):
        if group in groups:
            raise Refused(f"slurmrestd must not run in the group of {groups[group]}: {_ADVICE}")


def _nobodies() -> list[tuple[int, int]]:
    """Slurm's nobody, and the one of this system."""
    nobodies = [(NOBODY, NOBODY)]
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return nobodies
    return [*nobodies, (entry.pw_uid, entry.pw_gid)]


def _primary_group(user: int) -> int | None:
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:
        return None

# SPDX-License-Identifier: GPL-2.0-or-later
"""The two system calls that Python 3.11 does not have: prctl(2) and unshare(2)."""

from __future__ import annotations

import ctypes
import os
from typing import Final

from slurmrestd.privileges import Refused

CLONE_FILES: Final = 0x00000400  # linux/sched.h
CLONE_SYSVSEM: Final = 0x00040000
_PR_SET_NO_NEW_PRIVS: Final = 38  # linux/prctl.h

_libc = ctypes.CDLL(None, use_errno=True)


def no_new_privileges() -> None:
    """No program that is run from now on gains anything by its set-id bits."""
    arguments = [ctypes.c_ulong(value) for value in (1, 0, 0, 0)]
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, *arguments) != 0:
        raise Refused(f"cannot give up new privileges: {os.strerror(ctypes.get_errno())}")


def unshare(flags: int, what: str) -> None:
    if _libc.unshare(flags) != 0:
        raise Refused(f"cannot unshare {what}: {os.strerror(ctypes.get_errno())}")

# SPDX-License-Identifier: GPL-2.0-or-later
"""The two system calls that Python 3.11 does not have: prctl(2) and unshare(2)."""

from __future__ import annotations

import ctypes
import os
from typing import Final

from slurmrestd.privileges import Refused

CLONE_FILES: Final = 0x00000400  # linux/sched.h
CLONE_SYSVSEM: Final = 0x00040000
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_PR_SET_NO_NEW_PRIVS: Final = 38

_libc = ctypes.CDLL(None, use_errno=True)


def no_new_privileges() -> None:
    """No program that is run from now on gains anything by its set-id bits."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "give up new privileges")


def end_with_parent(number: int) -> None:
    """Have the kernel send a signal when the parent ends, which may have been before."""
    _prctl(_PR_SET_PDEATHSIG, number, "learn of the parent's end")


def _prctl(option: int, value: int, what: str) -> None:
    arguments = [ctypes.c_ulong(argument) for argument in (value, 0, 0, 0)]
    if _libc.prctl(option, *arguments) != 0:
        raise Refused(f"cannot {what}: {os.strerror(ctypes.get_errno())}")


def unshare(flags: int, what: str) -> None:
    if _libc.unshare(flags) != 0:
        raise Refused(f"cannot unshare {what}: {os.strerror(ctypes.get_errno())}")

# SPDX-License-Identifier: GPL-2.0-or-later
"""What two processes share, as the kernel compares it: kcmp(2).

Run as a program, it starts another one that shares its System V semaphores' undo list.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from typing import Final

FILES: Final = 2  # KCMP_FILES and KCMP_SYSVSEM of linux/kcmp.h
SYSVSEM: Final = 6
_CLONE_SYSVSEM: Final = 0x00040000
_IPC_PRIVATE: Final = 0
_SEM_UNDO: Final = 0x1000
_CLONE, _KCMP = {"x86_64": (56, 312), "aarch64": (220, 272)}[platform.machine()]
_libc = ctypes.CDLL(None, use_errno=True)


def shares(one: int, other: int, what: int) -> bool:
    """Whether two processes, or threads, have the same files or the same undo list."""
    order = _libc.syscall(_KCMP, one, other, what, 0, 0)
    if order < 0:
        raise OSError(ctypes.get_errno(), "kcmp")
    return bool(order == 0)


class _Sembuf(ctypes.Structure):
    _fields_ = (
        ("sem_num", ctypes.c_ushort),
        ("sem_op", ctypes.c_short),
        ("sem_flg", ctypes.c_short),
    )


def _make_undo_list() -> None:
    """Without one there is nothing to share."""
    semaphores = _libc.semget(_IPC_PRIVATE, 1, 0o600)
    operation = _Sembuf(0, 1, _SEM_UNDO)
    if semaphores < 0 or _libc.semop(semaphores, ctypes.byref(operation), 1):
        raise OSError(ctypes.get_errno(), "semop")


def main() -> None:
    """Start the program that the arguments name, and print its process id."""
    _make_undo_list()
    child = _libc.syscall(_CLONE, signal.SIGCHLD | _CLONE_SYSVSEM, 0, 0, 0, 0)
    if child == 0:
        os.execvpe(sys.argv[1], sys.argv[1:], os.environ)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-2.0-or-later
"""The one exception for what Slurm refuses, and the one check of its return codes."""

from __future__ import annotations

from functools import lru_cache

from slurmrestd.slurm.ffi import ffi, lib, text
from slurmrestd.slurm.numbers import SLURM_ERROR, SLURM_SUCCESS


class SlurmError(Exception):
    """Slurm refused, or could not be reached.

    ``number`` is its errno, ``text`` its own words for that number, ``source`` what
    failed. ``returned`` is what the function itself gave back, which is often -1.
    """

    def __init__(self, number: int, source: str, *, returned: int | None = None) -> None:
        self.number = number
        self.source = source
        self.returned = number if returned is None else returned
        self.text = error_text(number)
        super().__init__(f"{source}: {self.text} ({number})")


@lru_cache(256)
def error_text(number: int) -> str:
    """libslurm's words for an error number, Slurm's own or the system's."""
    return text(lib.slurm_strerror(number))


def check(returned: int, source: str) -> None:
    """Raise SlurmError unless ``returned`` says success.

    A function that fails gives back either -1, and the reason in errno, or the
    reason itself. errno is this thread's, as cffi kept it after the call.
    """
    if returned == SLURM_SUCCESS:
        return
    number = ffi.errno if returned == SLURM_ERROR else returned
    raise SlurmError(number or returned, source, returned=returned)

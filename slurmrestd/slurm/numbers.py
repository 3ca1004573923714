# SPDX-License-Identifier: GPL-2.0-or-later
"""Slurm's constants by their names, for example ``from ...numbers import NO_VAL``.

They come from the compiler (_native/declarations), not from libslurm, which need
not be there.
"""

from __future__ import annotations

from slurmrestd._encoder import lib


def __getattr__(name: str) -> int:
    value = getattr(lib, name, None)
    if not isinstance(value, int):
        raise AttributeError(f"Slurm has no number named {name}", name=name, obj=__name__)
    globals()[name] = value  # asked for in requests, too
    return value

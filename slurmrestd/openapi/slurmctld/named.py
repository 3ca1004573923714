# SPDX-License-Identifier: GPL-2.0-or-later
"""A record by its name."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.ffi import ffi


def find(records: Any, count: int, name: bytes) -> Any | None:
    """The address of the first of ``count`` records whose ``name`` is this one, in any case."""
    wanted = name.lower()
    for index in range(count):
        text = records[index].name
        if text != ffi.NULL and ffi.string(text).lower() == wanted:
            return records + index
    return None

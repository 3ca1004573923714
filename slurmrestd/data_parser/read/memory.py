# SPDX-License-Identifier: GPL-2.0-or-later
"""Sizes of memory in megabytes: numbers, or texts with a unit."""

from __future__ import annotations

import re

from slurmrestd.data_parser.read.context import MemberReader, Reading, Value
from slurmrestd.data_parser.read.convert import INT64_MAX, c_string
from slurmrestd.data_parser.read.numbers import UINT64_MAX, IntReader
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_CONV_FAILED,
    ESLURM_INVALID_TASK_MEMORY,
    INFINITE64,
    MEM_PER_CPU,
    NO_VAL64,
)

_SIZE = re.compile(r"[ \t\n\v\f\r]*+([+-]?)0*+([0-9]*+)(?<=[0-9])(?:([kKmMgGtT])[bB]?)?\Z")
_MEGABYTES = {"": 1, "m": 1, "g": 1024, "t": 1024 * 1024}


def megabytes(text: str) -> int | None:
    """The megabytes that a text stands for, ``2048`` or ``2G`` or ``2gb``; None if none.

    Kilobytes are rounded up (sbatch(1), ``--mem``).
    """
    size = _SIZE.match(c_string(text))
    if size is None or len(size[2]) > 19:
        return None
    number = int(size[2] or "0")
    if number > INT64_MAX or (size[1] == "-" and number):
        return None
    unit = (size[3] or "").lower()
    if unit == "k":
        return -(-number // 1024)
    return number * _MEGABYTES[unit] & UINT64_MAX


def per_cpu(as_number: IntReader) -> MemberReader:
    """Memory for each CPU: the size and the bit that says so."""

    def read(reading: Reading, value: Value, path: str) -> int:
        size = _size(reading, value, path, as_number)
        return MEM_PER_CPU | size if 0 < size < MEM_PER_CPU else _special(size, MEM_PER_CPU)

    return read


def per_node(as_number: IntReader) -> MemberReader:
    """Memory for each node."""

    def read(reading: Reading, value: Value, path: str) -> int:
        return _special(_size(reading, value, path, as_number), 0)

    return read


def _special(size: int, zero: int) -> int:
    # Without a limit is written as 0 (slurm.h, pn_min_memory).
    if size == INFINITE64:
        return 0
    return size or zero


def _size(reading: Reading, value: Value, path: str, as_number: IntReader) -> int:
    """Megabytes, NO_VAL64 or INFINITE64."""
    if value is None:
        return NO_VAL64
    if isinstance(value, str):
        size = megabytes(value)
        if size is None or size == NO_VAL64:
            raise reading.refuse(path, ESLURM_DATA_CONV_FAILED, "This is no size of memory")
    else:
        size = as_number(reading, value, path)
    if MEM_PER_CPU <= size < NO_VAL64:
        raise reading.refuse(
            path, ESLURM_INVALID_TASK_MEMORY, f"A size of memory is less than {MEM_PER_CPU} MB"
        )
    return size

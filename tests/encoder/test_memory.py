# SPDX-License-Identifier: GPL-2.0-or-later
"""What the encoder allocates it frees."""

import gc
from pathlib import Path
from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import EncoderError, Program, encode, pointer_to, value_of
from .test_jobs import job_of
from .test_records import add, tables
from .test_resources import program_40, program_41, resources_of

LARGE = 1 << 18
ROUNDS = 400


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def use_everything_that_allocates(host: Host, keep: list[Any]) -> None:
    program = Program()
    program.put("v", "NAME", size=4, arg=program.lookup(0))
    number = ffi.new("uint32_t *", 1)
    with tables() as names:
        for i in range(40):
            add(names, i, b"x" * 2000)
        add(names, 1, b"y" * LARGE)
        lib.sr_table_otherwise(names, b"z" * LARGE, LARGE)
        lib.sr_table_otherwise(names, b"z" * LARGE, LARGE)
        encode(program, number, tables=names)
        lib.sr_table_clear(names)
        with pytest.raises(EncoderError):
            encode(program, number, tables=names)
    value_of("HOSTLIST", pointer_to(b"n1,n2", keep), host=host.native)
    names_of = b"p" * LARGE
    priorities = ffi.new("uint32_t[]", 1)
    job = job_of(keep, priority_array_names=names_of, priority_array=priorities)
    inner = Program()
    program = Program()
    arg = program.nested(inner)
    encode(program.put("v", "CALL", function="JOB_PRIORITIES", arg=arg), job)
    resources = resources_of(keep, [(1, 64, 128)], {0}, {0})
    encode(program_40(), resources, host=host.native)
    encode(program_41(), resources, host=host.native)


def test_memory_does_not_grow() -> None:
    host = Host()

    def rounds(count: int) -> int:
        for _ in range(count):
            use_everything_that_allocates(host, [])
        gc.collect()
        return resident_bytes()

    before = rounds(20)
    after = rounds(ROUNDS)
    # One thing of LARGE bytes lost in each round would be 100 MB.
    assert after - before < ROUNDS * LARGE // 10

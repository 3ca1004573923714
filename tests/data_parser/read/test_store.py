# SPDX-License-Identifier: GPL-2.0-or-later
"""C structs from what has been read, without libslurm."""

from __future__ import annotations

from typing import Any

import pytest

from slurmrestd._encoder import ffi
from slurmrestd.data_parser.model import Version
from slurmrestd.data_parser.read.context import Items, Reading, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG
from slurmrestd.slurm.numbers import NO_VAL


class Kept:
    """Memory that lives as long as this object; a list is its items."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.lists: list[list[Any]] = []

    def new(self, kind: str, initial: Any = None) -> Any:
        made = ffi.new(kind, initial)
        self.kept.append(made)
        return made

    def text(self, value: bytes | None) -> Any:
        return ffi.NULL if value is None else self.new("char[]", value)

    def list(self, items: list[Any]) -> Any:
        self.lists.append(items)
        return ffi.NULL


@pytest.fixture
def memory() -> Kept:
    return Kept()


def test_a_job_becomes_a_struct(memory: Kept) -> None:
    body = {
        "name": "x",
        "environment": ["A=1", "B=2"],
        "argv": ["a"],
        "tasks": 4,
        "begin_time": -5,
        "memory_per_cpu": 1,
    }
    job = store(ffi, read(JOB_DESC_MSG, body, Reading(Version.V42)), memory)

    assert ffi.string(job.name) == b"x"
    assert [ffi.string(job.environment[number]) for number in range(job.env_size)] == [
        b"A=1",
        b"B=2",
    ]
    assert job.environment[2] == ffi.NULL
    assert (job.argc, job.num_tasks, job.begin_time) == (1, 4, -5)
    assert job.pn_min_memory == 2**63 + 1
    assert (job.priority, job.user_id, job.account) == (NO_VAL, 99, ffi.NULL)


def test_a_null_in_an_array_of_texts_is_a_null(memory: Kept) -> None:
    body = {"jobs": ["1", None, "3"]}
    message = store(ffi, read(KILL_JOBS_MSG, body, Reading(Version.V42)), memory)

    assert message.jobs_cnt == 3
    assert message.jobs_array[1] == ffi.NULL
    assert ffi.string(message.jobs_array[2]) == b"3"


def test_a_member_of_a_member_is_set(memory: Kept) -> None:
    record = Record("slurm_selected_step_t", {"step_id.job_id": 7, "array_task_id": 3})
    step = store(ffi, record, memory)

    assert (step.step_id.job_id, step.array_task_id) == (7, 3)


def test_a_struct_in_a_struct_and_a_pointer_to_one_are_filled(memory: Kept) -> None:
    inner = Record("slurm_step_id_t", {"job_id": 5})
    assert (
        store(ffi, Record("slurm_selected_step_t", {"step_id": inner}), memory).step_id.job_id == 5
    )

    usage = Record("slurmdb_assoc_rec_t", {"id": 9})
    assert (
        store(ffi, Record("slurmdb_assoc_rec_t", {"assoc_next": usage}), memory).assoc_next.id == 9
    )


def test_a_list_is_made_of_pointers_and_texts(memory: Kept) -> None:
    items = Items([Record("slurm_step_id_t", {"job_id": 5}), b"x"])
    store(ffi, Record("slurmdb_assoc_cond_t", {"acct_list": items}), memory)

    [(step, text)] = memory.lists
    assert step.job_id == 5
    assert ffi.string(text) == b"x"


def test_a_number_that_does_not_fit_is_no_number(memory: Kept) -> None:
    with pytest.raises(OverflowError):
        store(ffi, Record("job_desc_msg_t", {"cpus_per_task": 70_000}), memory)

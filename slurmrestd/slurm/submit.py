# SPDX-License-Identifier: GPL-2.0-or-later
"""New batch jobs, heterogeneous ones too; for allocations see slurmrestd.slurm.allocation."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from slurmrestd.slurm import quick
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    NO_VAL,
    REQUEST_SUBMIT_BATCH_JOB,
    RESPONSE_SUBMIT_BATCH_JOB,
)
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import Message, ask, fetch


def new_job(owned: Owned) -> Any:
    """A ``job_desc_msg_t`` of ours in which nothing is set yet."""
    request = owned.new("job_desc_msg_t *")
    ffi.memmove(request, _unset(), ffi.sizeof("job_desc_msg_t"))
    return request


@cache
def _unset() -> Any:
    # Copied for each job: a call of libslurm gives up the GIL.
    unset = ffi.new("job_desc_msg_t *")
    lib.slurm_init_job_desc_msg(unset)
    return unset


def batch(job: Any) -> Message:
    """Submit a batch job by a ``job_desc_msg_t`` (``submit_response_msg_t``).

    Raises SlurmError. A job that was taken with a reservation has a number in
    ``error_code``.
    """
    if job.alloc_sid == NO_VAL:
        job.alloc_sid = os.getsid(0)
    return fetch(
        "submit_response_msg_t",
        quick.free_submit_response,
        "slurm_submit_batch_job()",
        lambda answer: ask(lib.slurm_submit_batch_job, job, answer),
        question=lambda: Question(
            REQUEST_SUBMIT_BATCH_JOB, RESPONSE_SUBMIT_BATCH_JOB, job, acts=True
        ),
    )


def het_batch(components: Sequence[Any]) -> Message:
    """Submit a heterogeneous batch job, one ``job_desc_msg_t`` for each component.

    ``submit_response_msg_t``; raises SlurmError.
    """
    with _borrowed(components) as jobs:
        return fetch(
            "submit_response_msg_t",
            lib.slurm_free_submit_response_response_msg,
            "slurm_submit_batch_het_job()",
            lambda answer: ask(lib.slurm_submit_batch_het_job, jobs, answer),
        )


@contextmanager
def _borrowed(pointers: Sequence[Any]) -> Iterator[Any]:
    """A list of what stays ours: one without a deleter."""
    made = lib.slurm_list_create(ffi.NULL)
    try:
        for pointer in pointers:
            lib.slurm_list_append(made, pointer)
        yield made
    finally:
        lib.slurm_list_destroy(made)

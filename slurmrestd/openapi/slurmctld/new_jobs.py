# SPDX-License-Identifier: GPL-2.0-or-later
"""What submitting a job and asking for an allocation have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurmrestd.data_parser.read import initial
from slurmrestd.data_parser.read.context import Record
from slurmrestd.data_parser.read.store import fill
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.openapi.call import INVALID_QUERY, Call
from slurmrestd.slurm import submit
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.names import error_text
from slurmrestd.slurm.numbers import (
    ESLURM_ACCOUNTING_POLICY,
    ESLURM_BURST_BUFFER_WAIT,
    ESLURM_JOB_HELD,
    ESLURM_LICENSES_UNAVAILABLE,
    ESLURM_NODE_NOT_AVAIL,
    ESLURM_NODES_BUSY,
    ESLURM_PARTITION_DOWN,
    ESLURM_PORTS_BUSY,
    ESLURM_QOS_THRES,
    ESLURM_REQUESTED_PART_CONFIG_UNAVAILABLE,
    ESLURM_RESERVATION_BUSY,
    ESLURM_RESERVATION_NOT_USABLE,
)

MAX_COMPONENTS = 128
"""Components of a heterogeneous job (MAX_HET_JOB_COMPONENTS)."""

TAKEN_ALL_THE_SAME = frozenset(
    {
        ESLURM_NODES_BUSY,
        ESLURM_RESERVATION_BUSY,
        ESLURM_JOB_HELD,
        ESLURM_NODE_NOT_AVAIL,
        ESLURM_QOS_THRES,
        ESLURM_ACCOUNTING_POLICY,
        ESLURM_RESERVATION_NOT_USABLE,
        ESLURM_REQUESTED_PART_CONFIG_UNAVAILABLE,
        ESLURM_BURST_BUFFER_WAIT,
        ESLURM_PARTITION_DOWN,
        ESLURM_LICENSES_UNAVAILABLE,
        ESLURM_PORTS_BUSY,
    }
)
"""Errors that say why a job waits, not that it was refused."""


def check_components(call: Call, jobs: Sequence[Record], key: str) -> None:
    """See that a heterogeneous job has neither none nor too many.  Raises Refused."""
    if not jobs:
        raise call.refuse(INVALID_QUERY, key, "A heterogeneous job needs components")
    if len(jobs) > MAX_COMPONENTS:
        raise call.refuse(
            INVALID_QUERY, key, f"{len(jobs)} components are more than {MAX_COMPONENTS}"
        )


def description(job: Record, owned: Owned) -> Any:
    """A ``job_desc_msg_t`` of what was read."""
    request = submit.new_job(owned)
    # A new job has what every description starts with: forty members.
    fill(ffi, request, job, owned, has=initial.values(JOB_DESC_MSG))
    return request


def judge(call: Call, number: int) -> None:
    """Say what came with a job that was taken; 0 is nothing."""
    if not number:
        return
    if number in TAKEN_ALL_THE_SAME:
        call.warn("error_code", error_text(number))
    else:
        call.issues.error(number, "error_code", error_text(number))

# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the accounting database keeps them."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi, lib

JOB_BYTES = 9500
"""About what a job with two steps takes in libslurm's memory, strings included."""


def set_default_range(condition: Any) -> None:
    """Fill in the range of time of a ``slurmdb_job_cond_t`` where it names none.

    That is since midnight until now; for states, now; for jobs by their ids, always.
    """
    lib.slurmdb_job_cond_def_start_end(condition)


def load(lease: Lease, condition: Any = ffi.NULL) -> RecordList:
    """The jobs that a ``slurmdb_job_cond_t`` selects (``slurmdb_job_rec_t``).

    Without one, those since midnight.  Raises SlurmError.
    """
    return lease.fetch(lib.slurmdb_jobs_get, condition, "slurmdb_jobs_get()", JOB_BYTES)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The floor: one RPC and the freeing of its answer, in a process of its own.

Called with the call as Python text, a token, a slurm.conf or "", and for finished jobs with
how many; prints the seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from bench import finished_jobs
from slurmrestd.rest_auth import Credential
from slurmrestd.slurm import jobs, library, nodes, shares
from slurmrestd.slurm.accounting import associations as accounting_associations
from slurmrestd.slurm.accounting import jobs as accounting_jobs
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.numbers import (
    JOBCOND_FLAG_DUP,
    JOBCOND_FLAG_NO_TRUNC,
    SHOW_ALL,
    SHOW_DETAIL,
    SHOW_MIXED,
    SLURMDB_JOB_FLAG_NOTSET,
)
from slurmrestd.slurm.rpc import Message


def _associations() -> Message:
    """What GET associations asks slurmdbd for, on a connection that is kept."""
    with Lease() as lease:
        return accounting_associations.load(lease, ffi.new("slurmdb_assoc_cond_t *"))


CALLS: dict[str, Callable[[], Message]] = {
    "jobs.load(0, SHOW_ALL | SHOW_DETAIL)": lambda: jobs.load(0, SHOW_ALL | SHOW_DETAIL),
    "nodes.load(0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED)": lambda: nodes.load(
        0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED
    ),
    "shares.load()": shares.load,
    "jobs.load_states()": jobs.load_states,
    "accounting.jobs.load()": lambda: _finished_jobs(int(sys.argv[4])),
    "accounting.associations.load()": _associations,
}


def _finished_jobs(wanted: int) -> Message:
    """What GET jobs asks slurmdbd for, on a connection that is kept."""
    condition = ffi.new("slurmdb_job_cond_t *")
    condition.flags = JOBCOND_FLAG_DUP | JOBCOND_FLAG_NO_TRUNC
    condition.db_flags = SLURMDB_JOB_FLAG_NOTSET
    condition.usage_start = finished_jobs.BEGIN
    condition.usage_end = finished_jobs.end_of(wanted)
    with Lease() as lease:
        return accounting_jobs.load(lease, condition)


def main() -> None:
    """Make the call twice and print what the second took."""
    call = CALLS[sys.argv[1]]
    library.start(sys.argv[3] or None, jwt=True)
    credential = Credential(user_name=None, token=sys.argv[2], uid=None, gid=None)
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        with acting_as(credential):
            call().close()
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()

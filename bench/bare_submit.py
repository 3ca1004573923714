# SPDX-License-Identifier: GPL-2.0-or-later
"""How many jobs a second the bare call of libslurm submits, without any server.

Called with a token, a slurm.conf or "", how many processes call at once, and for how many
seconds; prints the rate as JSON.  The job is that of the case ``submit``.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time

from bench.cases import SUBMIT_BODY
from slurmrestd.data_parser.model import LAST
from slurmrestd.data_parser.read.context import Reading
from slurmrestd.data_parser.read.store import fill
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.tables.job_description import JOB_SUBMIT_REQ
from slurmrestd.rest_auth import Credential
from slurmrestd.slurm import library, submit
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.rpc import ask


def _submit_for(seconds: float) -> float:
    """Jobs a second, one after the other."""
    owned = Owned()
    request = read(JOB_SUBMIT_REQ, json.loads(SUBMIT_BODY), Reading(LAST))
    job = submit.new_job(owned)
    fill(ffi, job, request["job"], owned)
    job.script = owned.text(request["script"])
    job.alloc_sid = os.getsid(0)
    answer = ffi.new("submit_response_msg_t **")
    credential = Credential(user_name=None, token=sys.argv[1], uid=None, gid=None)
    with acting_as(credential):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            check(ask(lib.slurm_submit_batch_job, job, answer), "slurm_submit_batch_job()")
            lib.slurm_free_submit_response_response_msg(answer[0])
            count += 1
        return count / (time.perf_counter() - start)


def main() -> None:
    """All processes at once."""
    processes, seconds = int(sys.argv[3]), float(sys.argv[4])
    library.start(sys.argv[2] or None, jwt=True)
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        rates = pool.map(_submit_for, [seconds] * processes, chunksize=1)
    print(json.dumps(sum(rates)))


if __name__ == "__main__":
    main()

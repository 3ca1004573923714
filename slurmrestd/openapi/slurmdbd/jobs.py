# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the accounting database keeps them, with their steps."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.accounting_job_queries import (
    JOB_CONDITION,
    OPENAPI_SLURMDBD_JOB_PARAM,
)
from slurmrestd.data_parser.tables.accounting_jobs import JOB as JOB_TABLE
from slurmrestd.data_parser.tables.accounting_jobs import OPENAPI_SLURMDBD_JOBS_RESP
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import found
from slurmrestd.slurm import library
from slurmrestd.slurm.accounting import jobs
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    JOBCOND_FLAG_DUP,
    JOBCOND_FLAG_NO_TRUNC,
    SLURMDB_JOB_FLAG_NOTSET,
)

DEFAULT_FLAGS = JOBCOND_FLAG_DUP | JOBCOND_FLAG_NO_TRUNC


def get_jobs(call: Call) -> Values:
    """The jobs that the query selects; without a query, those since midnight."""
    with call.accounting() as lease:
        query = call.valid_query()
        if not call.has_query:
            return _jobs(call, lease, ffi.NULL)
        memory = Owned()
        condition = _condition(query, memory)
        jobs.set_default_range(condition)
        return _jobs(call, lease, condition)


def get_job(call: Call) -> Values:
    """All that the database has of one job id: each run, the whole array or task, the part."""
    with call.accounting() as lease:
        step = call.parameters()["id"]
        memory = Owned()
        condition = _condition(Record("slurmdb_job_cond_t", {"step_list": Items([step])}), memory)
        return _jobs(call, lease, condition)


def _condition(query: Record, memory: Owned) -> Any:
    """What slurmdbd is asked: the query, and what it means where it says nothing."""
    query["flags"] = query.get("flags") or DEFAULT_FLAGS
    query["db_flags"] = query.get("db_flags") or SLURMDB_JOB_FLAG_NOTSET
    if not query.get("cluster_list"):
        query["cluster_list"] = Items([library.config().cluster_name.encode()])
    return store(ffi, query, memory)


def _jobs(call: Call, lease: Lease, condition: Any) -> Values:
    return {"jobs": call.records(JOB_TABLE, found(call, lambda: jobs.load(lease, condition)))}


JOBS = Operation(
    "GET",
    "/slurmdb/{data_parser}/jobs/",
    get_jobs,
    summary="Get jobs",
    description=(
        "Jobs of the accounting database that fit the query, also those that ended long ago: "
        "what sacct shows. Without a time, those since midnight."
    ),
    response=OPENAPI_SLURMDBD_JOBS_RESP,
    response_description="Jobs",
    query=JOB_CONDITION,
)
JOB = Operation(
    "GET",
    "/slurmdb/{data_parser}/job/{job_id}",
    get_job,
    summary="Get one job",
    description=(
        "All that the database has of one id, which may be used again over the years: each "
        "run of the job, all tasks of an array, all components of a heterogeneous job."
    ),
    response=OPENAPI_SLURMDBD_JOBS_RESP,
    response_description="The job, each time that it ran",
    parameters=OPENAPI_SLURMDBD_JOB_PARAM,
)

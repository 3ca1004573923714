# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the controller holds them: look at them, signal them."""

from __future__ import annotations

import signal
from typing import Any

from slurmrestd.data_parser.encode import Records
from slurmrestd.data_parser.model import V40, V41, V42
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.job_signals import OPENAPI_KILL_JOB_RESP
from slurmrestd.data_parser.tables.jobs import (
    JOB_INFO,
    JOB_STATE_RESP_JOB,
    OPENAPI_JOB_INFO_RESP,
    OPENAPI_JOB_STATE_RESP,
)
from slurmrestd.data_parser.tables.queries import (
    OPENAPI_JOB_INFO_DELETE_QUERY,
    OPENAPI_JOB_INFO_PARAM,
    OPENAPI_JOB_INFO_QUERY,
    OPENAPI_JOB_STATE_QUERY,
)
from slurmrestd.frozen import replace
from slurmrestd.openapi.call import Call, Refused
from slurmrestd.openapi.operation import Id, IdText, Operation, Values
from slurmrestd.slurm import jobs, names
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.numbers import (
    ESLURM_ALREADY_DONE,
    ESLURM_INVALID_JOB_ID,
    KILL_FULL_JOB,
    KILL_JOBS_VERBOSE,
    MAX_JOB_ID,
    NO_VAL,
    SHOW_ALL,
    SHOW_DETAIL,
    SLURM_NO_CHANGE_IN_DATA,
)

DEFAULT_SHOW = SHOW_ALL | SHOW_DETAIL


def get_jobs(call: Call) -> Values:
    """All jobs, or nothing but a warning if none changed since ``update_time``."""
    query = call.valid_query()
    since = query.get("update_time", 0)
    try:
        message = call.own(jobs.load(since, query.get("show_flags") or DEFAULT_SHOW))
    except SlurmError as error:
        if error.number != SLURM_NO_CHANGE_IN_DATA:
            call.refuse(error.number, error.source, "The jobs cannot be had")
        else:
            call.warn("update_time", f"No job has changed since {since}")
        return {}
    return _jobs(call, message.pointer)


def _jobs(call: Call, message: Any) -> Values:
    if not message.record_count:
        call.warn("jobs", "There are no jobs")
    return {
        "jobs": Records(JOB_INFO, message.job_array, message.record_count),
        "last_backfill": message.last_backfill,
        "last_update": message.last_update,
    }


def get_states(call: Call) -> Values:
    """The states of the jobs that are asked for, or of all."""
    wanted = call.valid_query().get("job_id_list") or []
    try:
        message = call.own(jobs.load_states(wanted)).pointer
    except SlurmError as error:
        call.refuse(error.returned, error.source, "The states of the jobs cannot be had")
        return {}
    records = Records(JOB_STATE_RESP_JOB, message.jobs, message.jobs_count, expand=True)
    return {"jobs": records}


def job_id(call: Call) -> Any:
    """The job that the path names.  Raises Refused."""
    step = call.parameters()["job_id"]
    number = step["step_id.job_id"]
    if not 0 < number < MAX_JOB_ID:
        raise call.refuse(ESLURM_INVALID_JOB_ID, "job_id", f"{number} is no job id")
    return step


def get_job(call: Call) -> Values:
    """One job; of an array, all its records."""
    step = job_id(call)
    query = call.query()
    number = step["step_id.job_id"]
    if step["het_job_offset"] != NO_VAL:
        number += step["het_job_offset"]
    if step["array_task_id"] != NO_VAL:
        call.warn("job_id", "Tasks of an array cannot be looked at alone: showing the whole array")
    if step["step_id.step_id"] != NO_VAL:
        call.warn("job_id", "Steps cannot be looked at alone: showing the whole job")
    try:
        message = call.own(jobs.load_one(number, query.get("show_flags") or DEFAULT_SHOW))
    except SlurmError as error:
        text = names.format_step(step)
        call.refuse(error.returned, error.source, f"The job {text} cannot be had")
        return {}
    return _jobs(call, message.pointer)


def delete_job(call: Call) -> Values:
    """Signal one job (SIGKILL, unless another is asked for)."""
    step = job_id(call)
    try:
        query = call.options()
    except Refused:
        return {}
    flags = query.get("flags") or KILL_FULL_JOB
    number = query.get("signal") or signal.SIGKILL
    try:
        message = call.own(jobs.kill([names.format_step(step)], number, flags))
    except SlurmError as error:
        if error.number == ESLURM_ALREADY_DONE:
            call.warn("signal", f"The job has had signal {number} before")
        else:
            call.refuse(error.number, error.source, "The job cannot be signalled")
        return {}
    if flags & KILL_JOBS_VERBOSE and not message.pointer.jobs_cnt:
        call.warn("signal", f"Signal {number} was sent to no job")
    return {"status": [_with_id(result) for result in jobs.kill_results(message)]}


def _with_id(result: dict[str, Any]) -> dict[str, Any]:
    """What came of a signal to a whole job differs by its number only, mostly."""
    number = result["real_job_id"]
    if result["id"] != b"%d" % number:
        return result
    return {**result, "id": IdText(result["id"]), "real_job_id": Id(number)}


JOBS = Operation(
    "GET",
    "/slurm/{data_parser}/jobs/",
    get_jobs,
    summary="Get all jobs",
    description=(
        "Every job that the controller still knows and the caller may see, with all its "
        "fields; jobs that ended long ago are in the accounting database (slurmdb/) only. A "
        "cheaper way to see whether jobs have ended is jobs/state."
    ),
    response=OPENAPI_JOB_INFO_RESP,
    response_description="Jobs",
    query=OPENAPI_JOB_INFO_QUERY,
)
STATES = Operation(
    "GET",
    "/slurm/{data_parser}/jobs/state/",
    get_states,
    summary="Get the states of jobs",
    description=(
        "Only ids and states, from a cache of the controller: the cheapest way to watch jobs. "
        "Jobs that the controller does not know are left out."
    ),
    response=OPENAPI_JOB_STATE_RESP,
    response_description="States of jobs",
    query=OPENAPI_JOB_STATE_QUERY,
)
JOB = Operation(
    "GET",
    "/slurm/{data_parser}/job/{job_id}",
    get_job,
    summary="Get one job",
    description=(
        "One job with all its fields; of a job array, a record for each part that the "
        "controller keeps apart."
    ),
    response=OPENAPI_JOB_INFO_RESP,
    response_description="The job, or the records of the array",
    parameters=OPENAPI_JOB_INFO_PARAM,
    query=OPENAPI_JOB_INFO_QUERY,
    light=True,
)
CANCEL = Operation(
    "DELETE",
    "/slurm/{data_parser}/job/{job_id}",
    delete_job,
    summary="Cancel or signal a job",
    description=(
        "Sends a signal to a job, to some tasks of an array, or to a step. Without a signal, "
        "the job is cancelled (SIGKILL)."
    ),
    response=OPENAPI_KILL_JOB_RESP,
    response_description="What came of the signal",
    parameters=OPENAPI_JOB_INFO_PARAM,
    query=OPENAPI_JOB_INFO_DELETE_QUERY,
    since=V42,
    light=True,
)
CANCEL_V41 = replace(CANCEL, response=OPENAPI_RESP, since=V40, until=V41)

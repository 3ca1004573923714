# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs that are there already: change one, signal many."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.model import V40
from slurmrestd.data_parser.read.context import Record, Unreadable, quote
from slurmrestd.data_parser.read.names import user_id
from slurmrestd.data_parser.read.store import fill
from slurmrestd.data_parser.tables.job_answers import OPENAPI_JOB_POST_RESPONSE
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG, OPENAPI_KILL_JOBS_RESP
from slurmrestd.data_parser.tables.queries import OPENAPI_JOB_INFO_PARAM
from slurmrestd.openapi.call import INTERNAL, INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmctld.jobs import job_id
from slurmrestd.openapi.slurmctld.new_jobs import description
from slurmrestd.slurm import jobs
from slurmrestd.slurm.errors import SlurmError, error_text
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import NO_VAL, SLURM_AUTH_NOBODY


def post_job(call: Call) -> Values:
    """Change a job by the fields that the body has."""
    step = job_id(call)
    try:
        return _update(call, step)
    except Refused:
        return {}


def _update(call: Call, step: Record) -> Values:
    try:
        job = call.read_body()
    except Unreadable:
        raise call.refuse(INVALID_QUERY, "job", "The changes cannot be read") from None
    job["job_id"] = step["step_id.job_id"]
    if step["het_job_offset"] != NO_VAL:
        job["het_job_offset"] = step["het_job_offset"]
    if step["array_task_id"] != NO_VAL:
        raise call.refuse(INVALID_QUERY, "job_id", "Change the array's job, not one of its tasks")
    if (step["step_id.step_id"], step["step_id.step_het_comp"]) != (NO_VAL, NO_VAL):
        call.warn("job_id", "Steps cannot be changed: the whole job is")
    owned = Owned()
    try:
        message = jobs.update(description(job, owned))
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "The job was not changed") from None
    if message is None:
        return {}
    with message:
        return _results(call, jobs.update_results(message))


def _results(call: Call, results: list[dict[str, Any]]) -> Values:
    for result in results:
        if result["rc"]:
            call.warn("results", f"A change came to nothing: {error_text(result['rc'])}")
    # From v0.0.41 on the original takes this array for one of pointers, finds none, and
    # shows an empty one.
    shown = results if call.version is V40 else []
    first = results[0] if results else {}
    return {"results": shown, "job_id": first.get("id"), "job_submit_user_msg": first.get("msg")}


def delete_jobs(call: Call) -> Values:
    """Signal the jobs that the body selects."""
    owned = Owned()
    try:
        message = jobs.kill_matching(_selection(call, owned))
    except Refused:
        return {}
    except SlurmError as error:
        call.issues.error(error.number, error.source, "The jobs were not signalled")
        return {}
    with message:
        return {"status": list(jobs.kill_results(message))}


def _selection(call: Call, owned: Owned) -> Any:
    wanted = call.body()
    name = wanted.get("user_name")
    if name is not None and wanted["user_id"] == SLURM_AUTH_NOBODY:
        text = name.decode("utf-8", "surrogateescape")
        uid = user_id(text)
        if uid is None:
            raise call.refuse(INTERNAL, "user_name", f"There is no user {quote(text)}")
        wanted["user_id"] = uid
    request = jobs.new_kill_request(owned)
    fill(ffi, request, wanted, owned)
    return request


UPDATE = Operation(
    "POST",
    "/slurm/{data_parser}/job/{job_id}",
    post_job,
    summary="Change a job",
    description=(
        "Only the fields that the body has are changed. Some can be changed only while the "
        "job waits, some only by an operator."
    ),
    response=OPENAPI_JOB_POST_RESPONSE,
    response_description="What came of the changes",
    parameters=OPENAPI_JOB_INFO_PARAM,
    body=JOB_DESC_MSG,
    body_description="Fields of the job to change",
    light=True,
)
SIGNAL_MANY = Operation(
    "DELETE",
    "/slurm/{data_parser}/jobs/",
    delete_jobs,
    summary="Cancel or signal jobs",
    description=(
        "Sends a signal to every job that fits all the fields of the body; without a signal, "
        "the jobs are cancelled. Users reach their own jobs, operators those of all."
    ),
    response=OPENAPI_KILL_JOBS_RESP,
    response_description="What came of the signal, for each job",
    body=KILL_JOBS_MSG,
    body_description="Which jobs, and what signal",
)

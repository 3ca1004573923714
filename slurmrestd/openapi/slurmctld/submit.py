# SPDX-License-Identifier: GPL-2.0-or-later
"""New jobs: one batch job, or the components of a heterogeneous one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slurmrestd.data_parser.read.context import Record
from slurmrestd.data_parser.tables.job_answers import OPENAPI_JOB_SUBMIT_RESPONSE
from slurmrestd.data_parser.tables.job_description import JOB_SUBMIT_REQ
from slurmrestd.openapi.call import INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Id, Operation, Values
from slurmrestd.openapi.slurmctld.new_jobs import check_components, description, judge
from slurmrestd.slurm import submit
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.names import error_text
from slurmrestd.slurm.numbers import ESLURM_JOB_SCRIPT_MISSING


def post_submit(call: Call) -> Values:
    """Submit what the body describes."""
    request = call.body()
    job, components = request.get("job"), request.get("jobs")
    script = request.get("script")
    if components is None and not script and (job is None or job.get("script") is None):
        raise _refused(call, "A job needs a script")
    if job is not None and components is not None:
        raise _refused(call, "Give either job or jobs, not both")
    if job is not None:
        return _submit_one(call, job, script)
    if components is not None:
        return _submit_components(call, components, script)
    raise _refused(call, "Give the job's description in job, or a heterogeneous one's in jobs")


def _refused(call: Call, text: str) -> Refused:
    return call.refuse(INVALID_QUERY, "job", text)


def _submit_one(call: Call, job: Record, script: bytes | None) -> Values:
    if script is not None:
        job["script"] = script
    _check_script(call, job, "The job has no script, or an empty one")
    owned = Owned()
    return _answer(call, lambda: submit.batch(description(job, owned)))


def _submit_components(call: Call, jobs: list[Record], script: bytes | None) -> Values:
    check_components(call, jobs, "jobs")
    if script is not None:
        jobs[0]["script"] = script
    _check_script(call, jobs[0], "The first component has no script, or an empty one")
    owned = Owned()
    return _answer(call, lambda: submit.het_batch([description(job, owned) for job in jobs]))


def _check_script(call: Call, job: Mapping[str, Any], text: str) -> None:
    if not job.get("script"):
        raise call.refuse(ESLURM_JOB_SCRIPT_MISSING, "script", text)


def _answer(call: Call, send: Any) -> Values:
    try:
        message = send()
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "The job was not taken") from None
    with message:
        answer = message.pointer
        values = {
            "job_id": Id(answer.job_id),
            "step_id": answer.step_id,
            "error_code": answer.error_code,
            "job_submit_user_msg": _text(answer.job_submit_user_msg),
        }
    if number := values["error_code"]:
        call.warn("error_code", f"The job was taken, but: {error_text(number)}")
        judge(call, number)
    return {**values, "result": values}


def _text(pointer: Any) -> bytes | None:
    return None if pointer == ffi.NULL else bytes(ffi.string(pointer))


SUBMIT = Operation(
    "POST",
    "/slurm/{data_parser}/job/submit",
    post_submit,
    summary="Submit a batch job",
    description=(
        "Puts a job with a script into the queue and answers at once with its id. The "
        "environment has to be given; a heterogeneous job has several descriptions."
    ),
    response=OPENAPI_JOB_SUBMIT_RESPONSE,
    response_description="The job's id",
    body=JOB_SUBMIT_REQ,
    body_description="Description of the job",
    light=True,
)

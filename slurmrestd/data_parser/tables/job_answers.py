# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes of a job that is submitted or changed."""

from __future__ import annotations

from slurmrestd.data_parser.model import V41, ArrayOf, Deprecated, Field, Leaf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import ERROR, INT32, SELECTED_STEP, STEP_ID, STRING, UINT32

JOB_ARRAY_RESPONSE_MSG_ENTRY = Struct(
    "JOB_ARRAY_RESPONSE_MSG_ENTRY",
    "JOB_ARRAY_RESPONSE_MSG_entry_t",
    (
        Field("job_id", UINT32, "step.step_id.job_id", "Id of the job"),
        Field("step_id", SELECTED_STEP, "step", "Job, array tasks or step that this is about"),
        Field("error", ERROR, "rc", "Error in words"),
        Field("error_code", INT32, "rc", "Number of the error; 0: none"),
        Field("why", STRING, "msg", "More about the error; may be empty"),
    ),
    description="What came of a change to one job, or to some tasks of an array",
)

JOB_ARRAY_RESPONSE_ARRAY = ArrayOf("JOB_ARRAY_RESPONSE_ARRAY", JOB_ARRAY_RESPONSE_MSG_ENTRY)

JOB_ARRAY_RESPONSE_MSG = Leaf(
    "JOB_ARRAY_RESPONSE_MSG",
    "job_array_resp_msg_t",
    JOB_ARRAY_RESPONSE_ARRAY,
    None,
    description="What came of a job update",
)

JOB_ARRAY_RESPONSE_MSG_PTR = Pointer("JOB_ARRAY_RESPONSE_MSG_PTR", JOB_ARRAY_RESPONSE_MSG)

JOB_SUBMIT_RESPONSE_MSG = Struct(
    "JOB_SUBMIT_RESPONSE_MSG",
    "submit_response_msg_t",
    (
        Field("job_id", UINT32, "job_id", "Id of the new job"),
        Field("step_id", STEP_ID, "step_id", "Step that comes with the new job, such as batch"),
        Field("error_code", UINT32, "error_code", "Number of the error; 0: none"),
        Field("error", ERROR, "error_code", "Error in words"),
        Field(
            "job_submit_user_msg",
            STRING,
            "job_submit_user_msg",
            "Message of the job_submit plugin to the user",
        ),
    ),
    description="Answer of the controller to a submission",
)

OPENAPI_JOB_POST_RESPONSE = Struct(
    "OPENAPI_JOB_POST_RESPONSE",
    "openapi_job_post_response_t",
    (
        Field(
            "results",
            JOB_ARRAY_RESPONSE_MSG_PTR,
            "results",
            "What came of the update, for each job or group of array tasks; null if all went well",
            nullable=True,
        ),
        Field(
            "job_id",
            STRING,
            "job_id",
            "Id of the first job of results",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        Field(
            "step_id",
            STRING,
            "step_id",
            "Step of the job; left empty by updates",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        Field(
            "job_submit_user_msg",
            STRING,
            "job_submit_user_msg",
            "Message of the job_submit plugin to the user; left empty by updates",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        *ENVELOPE,
    ),
    description="Answer to the change of a job",
)

OPENAPI_JOB_SUBMIT_RESPONSE = Struct(
    "OPENAPI_JOB_SUBMIT_RESPONSE",
    "openapi_job_submit_response_t",
    (
        Field(
            "result",
            JOB_SUBMIT_RESPONSE_MSG,
            "resp",
            "Answer of the controller in full",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        Field("job_id", UINT32, "resp.job_id", "Id of the new job"),
        Field(
            "step_id", STEP_ID, "resp.step_id", "Step that comes with the new job, such as batch"
        ),
        Field(
            "job_submit_user_msg",
            STRING,
            "resp.job_submit_user_msg",
            "Message of the job_submit plugin to the user",
        ),
        *ENVELOPE,
    ),
    description="Answer to the submission of a batch job",
)

OPENAPI_JOB_ALLOC_RESP = Struct(
    "OPENAPI_JOB_ALLOC_RESP",
    "openapi_job_alloc_response_t",
    (
        Field("job_id", UINT32, "job_id", "Id of the new job"),
        Field(
            "job_submit_user_msg",
            STRING,
            "job_submit_user_msg",
            "Message of the job_submit plugin to the user",
        ),
        *ENVELOPE,
    ),
    description="Answer to a request for an allocation",
)

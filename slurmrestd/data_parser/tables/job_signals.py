# SPDX-License-Identifier: GPL-2.0-or-later
"""Which jobs to signal, and what came of it."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Items, Leaf, Pointer, Struct
from slurmrestd.data_parser.read import jobs
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.job_states import JOB_STATE, WARN_FLAGS
from slurmrestd.data_parser.types import (
    ERROR,
    HOSTLIST_STRING,
    SELECTED_STEP_PTR,
    SIGNAL,
    STRING,
    UINT32,
    UINT32_NO_VAL,
    USER_ID,
)

KILL_JOBS_MSG_JOBS_ARRAY = Leaf(
    "KILL_JOBS_MSG_JOBS_ARRAY",
    "kill_jobs_msg_t",
    Items(STRING),
    None,
    whole=True,
    read=jobs.signalled,
    description="Ids of jobs, of array tasks and of steps",
)

KILL_JOBS_MSG = Struct(
    "KILL_JOBS_MSG",
    "kill_jobs_msg_t",
    (
        Field("account", STRING, "account", "Only jobs that are charged to this account"),
        Field("flags", WARN_FLAGS, "flags", "Whom the signal reaches and how"),
        Field("job_name", STRING, "job_name", "Only jobs of this name"),
        Field(
            "jobs",
            KILL_JOBS_MSG_JOBS_ARRAY,
            None,
            "Ids of the jobs to signal, such as 12, 12_3 or 12_[1-5]",
        ),
        Field("partition", STRING, "partition", "Only jobs in this partition"),
        Field("qos", STRING, "qos", "Only jobs that run under this QOS"),
        Field("reservation", STRING, "reservation", "Only jobs that use this reservation"),
        Field("signal", SIGNAL, "signal", "Signal to send, by name or number; default: SIGKILL"),
        Field("job_state", JOB_STATE, "state", "Only jobs in this state"),
        Field("user_id", USER_ID, "user_id", "Only jobs of this user, by name or number"),
        Field("user_name", STRING, "user_name", "Only jobs of this user, by name"),
        Field("wckey", STRING, "wckey", "Only jobs that are counted under this wckey"),
        Field("nodes", HOSTLIST_STRING, "nodelist", "Only jobs on one of these nodes"),
    ),
    description="Which jobs are to get a signal: those that all given fields fit",
)

KILL_JOBS_RESP_JOB = Struct(
    "KILL_JOBS_RESP_JOB",
    "kill_jobs_resp_job_t",
    (
        Field("error/string", ERROR, "error_code", "Error in words", required=True),
        Field("error/code", UINT32, "error_code", "Number of the error; 0: none", required=True),
        Field(
            "error/message",
            STRING,
            "error_msg",
            "More about the error; may be empty",
            required=True,
        ),
        Field(
            "step_id",
            SELECTED_STEP_PTR,
            "id",
            "Job or step that the signal was meant for",
            required=True,
        ),
        Field(
            "job_id",
            UINT32_NO_VAL,
            "real_job_id",
            "Id of the job that was found; unset: none was",
            required=True,
        ),
        Field(
            "federation/sibling",
            STRING,
            "sibling_name",
            "Cluster of the federation that the signal is for; empty: this one",
            required=True,
        ),
    ),
    description="What came of a signal to one job",
    branches={
        "error": "What failed for this job",
        "federation": "What the federation has to do with this job",
    },
)

KILL_JOBS_RESP_MSG = Leaf(
    "KILL_JOBS_RESP_MSG",
    "kill_jobs_resp_msg_t",
    Items(KILL_JOBS_RESP_JOB),
    None,
    description="Jobs and what came of the signal",
)

KILL_JOBS_RESP_MSG_PTR = Pointer("KILL_JOBS_RESP_MSG_PTR", KILL_JOBS_RESP_MSG)

OPENAPI_KILL_JOBS_RESP = Struct(
    "OPENAPI_KILL_JOBS_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "status",
            KILL_JOBS_RESP_MSG_PTR,
            "response",
            "What came of the signal, for each job",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer to a signal to many jobs",
)

OPENAPI_KILL_JOB_RESP = Struct(
    "OPENAPI_KILL_JOB_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "status",
            KILL_JOBS_RESP_MSG_PTR,
            "response",
            "What came of the signal, for each job",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer to a signal to one job",
)

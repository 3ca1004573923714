# SPDX-License-Identifier: GPL-2.0-or-later
"""Which jobs to signal, and what came of it."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Items, Leaf, Pointer, Struct
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
)

KILL_JOBS_MSG = Struct(
    "KILL_JOBS_MSG",
    "kill_jobs_msg_t",
    (
        Field("account", STRING, "account", "TODO"),
        Field("flags", WARN_FLAGS, "flags", "TODO"),
        Field("job_name", STRING, "job_name", "TODO"),
        Field("jobs", KILL_JOBS_MSG_JOBS_ARRAY, None, "TODO"),
        Field("partition", STRING, "partition", "TODO"),
        Field("qos", STRING, "qos", "TODO"),
        Field("reservation", STRING, "reservation", "TODO"),
        Field("signal", SIGNAL, "signal", "TODO"),
        Field("job_state", JOB_STATE, "state", "TODO"),
        Field("user_id", USER_ID, "user_id", "TODO"),
        Field("user_name", STRING, "user_name", "TODO"),
        Field("wckey", STRING, "wckey", "TODO"),
        Field("nodes", HOSTLIST_STRING, "nodelist", "TODO"),
    ),
)

KILL_JOBS_RESP_JOB = Struct(
    "KILL_JOBS_RESP_JOB",
    "kill_jobs_resp_job_t",
    (
        Field("error/string", ERROR, "error_code", "TODO", required=True),
        Field("error/code", UINT32, "error_code", "TODO", required=True),
        Field("error/message", STRING, "error_msg", "TODO", required=True),
        Field("step_id", SELECTED_STEP_PTR, "id", "TODO", required=True),
        Field("job_id", UINT32_NO_VAL, "real_job_id", "TODO", required=True),
        Field("federation/sibling", STRING, "sibling_name", "TODO", required=True),
    ),
)

KILL_JOBS_RESP_MSG = Leaf(
    "KILL_JOBS_RESP_MSG",
    "kill_jobs_resp_msg_t",
    Items(KILL_JOBS_RESP_JOB),
    None,
    description="Jobs and what came of the signal",
)

KILL_JOBS_RESP_MSG_PTR = Pointer("KILL_JOBS_RESP_MSG_PTR", KILL_JOBS_RESP_MSG)

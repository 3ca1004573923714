# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope: what every answer carries, and the shape of each."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V41,
    ArrayOf,
    Deprecated,
    Field,
    Items,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Struct,
)
from slurmrestd.data_parser.tables.diag import STATS_MSG_PTR
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_RESP_MSG_PTR
from slurmrestd.data_parser.tables.jobs import JOB_INFO, JOB_STATE_RESP_JOB
from slurmrestd.data_parser.tables.licenses import LICENSE
from slurmrestd.data_parser.tables.nodes import NODE
from slurmrestd.data_parser.tables.partitions import PARTITION_INFO
from slurmrestd.data_parser.tables.ping import CONTROLLER_PING_ARRAY
from slurmrestd.data_parser.tables.reservations import RESERVATION_INFO
from slurmrestd.data_parser.tables.shares import SHARES_RESP_MSG_PTR
from slurmrestd.data_parser.types import (
    ERROR,
    GROUP_ID,
    INT32,
    SELECTED_STEP,
    STEP_ID,
    STRING,
    STRING_ARRAY,
    TIMESTAMP_NO_VAL,
    UINT32,
    USER_ID,
)

OPENAPI_META = Struct(
    "OPENAPI_META",
    "openapi_resp_meta_t",
    (
        Field(
            "plugin/type",
            STRING,
            "plugin.type",
            "Plugin that served the request, such as openapi/slurmctld",
        ),
        Field("plugin/name", STRING, "plugin.name", "Name of this plugin in words"),
        Field(
            "plugin/data_parser",
            STRING,
            "plugin.data_parser",
            "Version that the answer follows, such as data_parser/v0.0.42",
        ),
        Field(
            "plugin/accounting_storage",
            STRING,
            "plugin.accounting_storage",
            "AccountingStorageType of the cluster, such as accounting_storage/slurmdbd",
        ),
        Field(
            "client/source", STRING, "client.source", "Address or socket that the request came from"
        ),
        Field(
            "client/user",
            USER_ID,
            "client.uid",
            "User at the other end of a local socket; nobody if not known",
        ),
        Field(
            "client/group",
            GROUP_ID,
            "client.gid",
            "Group at the other end of a local socket; nobody if not known",
        ),
        Field(
            "command",
            STRING_ARRAY,
            "command",
            "Arguments of the client if it is a command of Slurm, else empty",
        ),
        Field(
            "slurm/version/major",
            STRING,
            "slurm.version.major",
            "Major part of Slurm's version, such as 24",
        ),
        Field(
            "slurm/version/micro",
            STRING,
            "slurm.version.micro",
            "Micro part of Slurm's version, such as 5",
        ),
        Field(
            "slurm/version/minor",
            STRING,
            "slurm.version.minor",
            "Minor part of Slurm's version, such as 11",
        ),
        Field("slurm/release", STRING, "slurm.release", "Full version of Slurm, such as 24.11.5"),
        Field("slurm/cluster", STRING, "slurm.cluster", "Name of the cluster"),
    ),
    description="Who answered, for which cluster, and to whom",
    branches={
        "plugin": "Part of the daemon that answered",
        "client": "Who asked",
        "slurm": "Slurm as the daemon knows it",
        "slurm/version": "Version of Slurm in its parts",
    },
)

OPENAPI_META_PTR = Pointer("OPENAPI_META_PTR", OPENAPI_META, nullable=True)

OPENAPI_ERROR = Struct(
    "OPENAPI_ERROR",
    "openapi_resp_error_t",
    (
        Field("description", STRING, "description", "What went wrong with this request"),
        Field("error_number", INT32, "num", "Number of the error; 0: none"),
        Field("error", ERROR, "num", "Error in words"),
        Field("source", STRING, "source", "What failed, or the path of the value that is wrong"),
    ),
    description="Something that failed",
)

OPENAPI_ERROR_PTR = Pointer("OPENAPI_ERROR_PTR", OPENAPI_ERROR)

OPENAPI_ERRORS = ListOf("OPENAPI_ERRORS", OPENAPI_ERROR_PTR)

OPENAPI_WARNING = Struct(
    "OPENAPI_WARNING",
    "openapi_resp_warning_t",
    (
        Field("description", STRING, "description", "What was odd about this request"),
        Field("source", STRING, "source", "What warns, or the path of the value that is odd"),
    ),
    description="Something odd that did not stop the request",
)

OPENAPI_WARNING_PTR = Pointer("OPENAPI_WARNING_PTR", OPENAPI_WARNING)

OPENAPI_WARNINGS = ListOf("OPENAPI_WARNINGS", OPENAPI_WARNING_PTR)

ENVELOPE = (
    Field("meta", OPENAPI_META_PTR, "meta", "About the daemon, the cluster and the client"),
    Field("errors", OPENAPI_ERRORS, "errors", "What failed; empty: nothing did"),
    Field("warnings", OPENAPI_WARNINGS, "warnings", "What was odd but did not stop the request"),
)
"""The rows that every answer ends with."""

LAST_UPDATE = Field(
    "last_update",
    TIMESTAMP_NO_VAL,
    "last_update",
    "When the controller last changed these records (UNIX time)",
    required=True,
)

JOB_INFO_MSG = Leaf(
    "JOB_INFO_MSG",
    "job_info_msg_t",
    Items(JOB_INFO),
    None,
)

JOB_INFO_MSG_PTR = Pointer("JOB_INFO_MSG_PTR", JOB_INFO_MSG)

JOB_STATE_RESP_MSG = Leaf(
    "JOB_STATE_RESP_MSG",
    "job_state_response_msg_t",
    Items(JOB_STATE_RESP_JOB),
    None,
    description="List of jobs",
)

JOB_STATE_RESP_MSG_PTR = Pointer("JOB_STATE_RESP_MSG_PTR", JOB_STATE_RESP_MSG)

NODES = Leaf(
    "NODES",
    "node_info_msg_t",
    Items(NODE),
    None,
    whole=True,
)

NODES_PTR = Pointer("NODES_PTR", NODES)

PARTITION_INFO_MSG = Leaf(
    "PARTITION_INFO_MSG",
    "partition_info_msg_t",
    Items(PARTITION_INFO),
    None,
    whole=True,
    needs=Needs.TRES,
)

PARTITION_INFO_MSG_PTR = Pointer("PARTITION_INFO_MSG_PTR", PARTITION_INFO_MSG)

RESERVATION_INFO_MSG = Leaf(
    "RESERVATION_INFO_MSG",
    "reserve_info_msg_t",
    Items(RESERVATION_INFO),
    None,
    whole=True,
)

RESERVATION_INFO_MSG_PTR = Pointer("RESERVATION_INFO_MSG_PTR", RESERVATION_INFO_MSG)

LICENSES = Leaf(
    "LICENSES",
    "license_info_msg_t",
    Items(LICENSE),
    None,
)

LICENSES_PTR = Pointer("LICENSES_PTR", LICENSES)

OPENAPI_RESP = Struct(
    "OPENAPI_RESP",
    "openapi_resp_single_t",
    (*ENVELOPE,),
    description="Answer that only says whether the request was done",
)

OPENAPI_SHARES_RESP = Struct(
    "OPENAPI_SHARES_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "shares",
            SHARES_RESP_MSG_PTR,
            "response",
            "Fair shares of associations",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with fair shares",
)

OPENAPI_DIAG_RESP = Struct(
    "OPENAPI_DIAG_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "statistics",
            STATS_MSG_PTR,
            "response",
            "What the controller counts of itself and its schedulers",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with the statistics of the controller",
)

OPENAPI_PING_ARRAY_RESP = Struct(
    "OPENAPI_PING_ARRAY_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "pings",
            CONTROLLER_PING_ARRAY,
            "response",
            "One result for each controller",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with one result for each controller",
)

OPENAPI_LICENSES_RESP = Struct(
    "OPENAPI_LICENSES_RESP",
    "openapi_resp_license_info_msg_t",
    (
        Field(
            "licenses",
            LICENSES_PTR,
            "licenses",
            "Licenses that the controller knows",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with licenses",
)

OPENAPI_JOB_INFO_RESP = Struct(
    "OPENAPI_JOB_INFO_RESP",
    "openapi_resp_job_info_msg_t",
    (
        Field("jobs", JOB_INFO_MSG_PTR, "jobs", "Jobs that were asked for", required=True),
        Field(
            "last_backfill",
            TIMESTAMP_NO_VAL,
            "last_backfill",
            "When the backfill scheduler last ran (UNIX time); 0: never",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with jobs, and with when they were last looked at",
)

OPENAPI_JOB_STATE_RESP = Struct(
    "OPENAPI_JOB_STATE_RESP",
    "openapi_resp_job_state_t",
    (
        Field(
            "jobs",
            JOB_STATE_RESP_MSG_PTR,
            "jobs",
            "States of the jobs that were asked for; null after an error",
            nullable=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with the states of jobs",
)

OPENAPI_NODES_RESP = Struct(
    "OPENAPI_NODES_RESP",
    "openapi_resp_node_info_msg_t",
    (
        Field("nodes", NODES_PTR, "nodes", "Nodes that were asked for", required=True),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with nodes",
)

OPENAPI_PARTITION_RESP = Struct(
    "OPENAPI_PARTITION_RESP",
    "openapi_resp_partitions_info_msg_t",
    (
        Field(
            "partitions",
            PARTITION_INFO_MSG_PTR,
            "partitions",
            "Partitions that were asked for",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with partitions",
)

OPENAPI_RESERVATION_RESP = Struct(
    "OPENAPI_RESERVATION_RESP",
    "openapi_resp_reserve_info_msg_t",
    (
        Field(
            "reservations",
            RESERVATION_INFO_MSG_PTR,
            "reservations",
            "Reservations that were asked for",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with reservations",
)

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

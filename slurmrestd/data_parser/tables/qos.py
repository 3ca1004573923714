# SPDX-License-Identifier: GPL-2.0-or-later
"""Qualities of service (QOS)."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import (
    QOS_ID_STRING_CSV_LIST,
    QOS_NAME,
    QOS_NAME_CSV_LIST,
    QOS_PREEMPT_LIST,
    TRES_STR,
)
from slurmrestd.data_parser.model import V41, V42, Field, Flag, Flags, ListOf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import (
    BOOL,
    BOOL16,
    CSV_STRING_LIST,
    FLOAT64_NO_VAL,
    STRING,
    STRING_LIST,
    UINT32,
    UINT32_NO_VAL,
)

QOS_FLAGS = Flags(
    "QOS_FLAGS",
    "uint32_t",
    (
        Flag("NOT_SET", "QOS_FLAG_NOTSET", description="No flags are given"),
        Flag("ADD", "QOS_FLAG_ADD", description="The flags are added to those that are set"),
        Flag("REMOVE", "QOS_FLAG_REMOVE", description="The flags are taken from those set"),
        Flag(
            "PARTITION_MINIMUM_NODE",
            "QOS_FLAG_PART_MIN_NODE",
            description="Its jobs may have fewer nodes than the partition's least",
        ),
        Flag(
            "PARTITION_MAXIMUM_NODE",
            "QOS_FLAG_PART_MAX_NODE",
            description="Its jobs may have more nodes than the partition's most",
        ),
        Flag(
            "PARTITION_TIME_LIMIT",
            "QOS_FLAG_PART_TIME_LIMIT",
            description="Its jobs may run longer than the partition's time limit",
        ),
        Flag(
            "ENFORCE_USAGE_THRESHOLD",
            "QOS_FLAG_ENFORCE_USAGE_THRES",
            description="Jobs wait while their association is below the usage threshold",
        ),
        Flag(
            "NO_RESERVE",
            "QOS_FLAG_NO_RESERVE",
            description="Backfill reserves nothing for its jobs",
        ),
        Flag(
            "REQUIRED_RESERVATION",
            "QOS_FLAG_REQ_RESV",
            description="It can be used within a reservation only",
        ),
        Flag(
            "DENY_LIMIT",
            "QOS_FLAG_DENY_LIMIT",
            description="Jobs that can never fit its limits are refused when submitted",
        ),
        Flag(
            "OVERRIDE_PARTITION_QOS",
            "QOS_FLAG_OVER_PART_QOS",
            description="Its limits go before those of the partition's QOS",
        ),
        Flag(
            "NO_DECAY",
            "QOS_FLAG_NO_DECAY",
            description="Its usage does not fade with time",
        ),
        Flag(
            "USAGE_FACTOR_SAFE",
            "QOS_FLAG_USAGE_FACTOR_SAFE",
            description="A job starts only if its whole usage, with the factor, fits the limits",
        ),
        Flag(
            "RELATIVE",
            "QOS_FLAG_RELATIVE",
            description="Limits of the whole QOS are percentages of the cluster",
        ),
    ),
    description="How the limits of a QOS count, and what else is to be known of it",
)

QOS_PREEMPT_MODES = Flags(
    "QOS_PREEMPT_MODES",
    "uint16_t",
    (
        Flag(
            "DISABLED",
            "PREEMPT_MODE_OFF",
            "INFINITE16",
            "No mode of its own",
            equal=True,
        ),
        Flag("SUSPEND", "PREEMPT_MODE_SUSPEND", description="Jobs are suspended"),
        Flag("REQUEUE", "PREEMPT_MODE_REQUEUE", description="Jobs are queued again"),
        Flag("CANCEL", "PREEMPT_MODE_CANCEL", description="Jobs are cancelled"),
        Flag("GANG", "PREEMPT_MODE_GANG", description="Jobs take turns"),
    ),
    description="What becomes of jobs that are taken off their nodes",
)

QOS = Struct(
    "QOS",
    "slurmdb_qos_rec_t",
    (
        Field("description", STRING, "description", "What it is for"),
        Field("flags", QOS_FLAGS, "flags", "What it changes for its jobs"),
        Field("id", UINT32, "id", "Number of the QOS in the database"),
        Field(
            "limits/grace_time", UINT32, "grace_time", "Seconds that a preempted job may still run"
        ),
        Field(
            "limits/max/active_jobs/accruing",
            UINT32_NO_VAL,
            "grp_jobs_accrue",
            "Pending jobs of the QOS that may gain priority by age at a time",
        ),
        Field(
            "limits/max/active_jobs/count",
            UINT32_NO_VAL,
            "grp_jobs",
            "Jobs of the QOS that may run at a time",
        ),
        Field(
            "limits/max/jobs/count",
            UINT32_NO_VAL,
            "grp_submit_jobs",
            "Jobs of the QOS that may run or wait at a time",
            since=V42,
        ),
        Field(
            "limits/max/jobs/active_jobs/per/account",
            UINT32_NO_VAL,
            "max_jobs_pa",
            "Jobs of an account that may run at a time",
            since=V42,
        ),
        Field(
            "limits/max/jobs/active_jobs/per/user",
            UINT32_NO_VAL,
            "max_jobs_pu",
            "Jobs of a user that may run at a time",
            since=V42,
        ),
        Field(
            "limits/max/jobs/per/account",
            UINT32_NO_VAL,
            "max_submit_jobs_pa",
            "Jobs of an account that may run or wait at a time",
            since=V42,
        ),
        Field(
            "limits/max/jobs/per/user",
            UINT32_NO_VAL,
            "max_submit_jobs_pu",
            "Jobs of a user that may run or wait at a time",
            since=V42,
        ),
        Field(
            "limits/max/tres/total",
            TRES_STR,
            "grp_tres",
            "TRES that its running jobs may have together",
        ),
        Field(
            "limits/max/tres/minutes/total",
            TRES_STR,
            "grp_tres_mins",
            "TRES minutes that its jobs may ever use together",
            since=V42,
        ),
        Field(
            "limits/max/tres/minutes/per/qos",
            TRES_STR,
            "grp_tres_run_mins",
            "TRES minutes that its running jobs may have left together",
        ),
        Field(
            "limits/max/tres/minutes/per/job",
            TRES_STR,
            "max_tres_mins_pj",
            "TRES minutes that a job may use",
        ),
        Field(
            "limits/max/tres/minutes/per/account",
            TRES_STR,
            "max_tres_run_mins_pa",
            "TRES minutes that the running jobs of an account may have left",
        ),
        Field(
            "limits/max/tres/minutes/per/user",
            TRES_STR,
            "max_tres_run_mins_pu",
            "TRES minutes that the running jobs of a user may have left",
        ),
        Field(
            "limits/max/tres/per/account",
            TRES_STR,
            "max_tres_pa",
            "TRES that the jobs of an account may have",
        ),
        Field("limits/max/tres/per/job", TRES_STR, "max_tres_pj", "TRES that a job may have"),
        Field(
            "limits/max/tres/per/node",
            TRES_STR,
            "max_tres_pn",
            "TRES that a job may have on each node",
        ),
        Field(
            "limits/max/tres/per/user",
            TRES_STR,
            "max_tres_pu",
            "TRES that the jobs of a user may have",
        ),
        Field(
            "limits/max/wall_clock/per/qos",
            UINT32_NO_VAL,
            "grp_wall",
            "Minutes that its running jobs may have together",
        ),
        Field(
            "limits/max/wall_clock/per/job",
            UINT32_NO_VAL,
            "max_wall_pj",
            "Minutes that a job may run",
        ),
        Field(
            "limits/max/jobs/active_jobs/per/account",
            UINT32_NO_VAL,
            "max_jobs_pa",
            "Jobs of an account that may run at a time",
            until=V41,
        ),
        Field(
            "limits/max/jobs/active_jobs/per/user",
            UINT32_NO_VAL,
            "max_jobs_pu",
            "Jobs of a user that may run at a time",
            until=V41,
        ),
        Field(
            "limits/max/jobs/per/account",
            UINT32_NO_VAL,
            "max_submit_jobs_pa",
            "Jobs of an account that may run or wait at a time",
            until=V41,
        ),
        Field(
            "limits/max/jobs/per/user",
            UINT32_NO_VAL,
            "max_submit_jobs_pu",
            "Jobs of a user that may run or wait at a time",
            until=V41,
        ),
        Field(
            "limits/max/accruing/per/account",
            UINT32_NO_VAL,
            "max_jobs_accrue_pa",
            "Pending jobs of an account that may gain priority by age at a time",
        ),
        Field(
            "limits/max/accruing/per/user",
            UINT32_NO_VAL,
            "max_jobs_accrue_pu",
            "Pending jobs of a user that may gain priority by age at a time",
        ),
        Field(
            "limits/factor",
            FLOAT64_NO_VAL,
            "limit_factor",
            "What limits of associations are multiplied with for its jobs",
        ),
        Field(
            "limits/min/priority_threshold",
            UINT32_NO_VAL,
            "min_prio_thresh",
            "Priority that a job needs for resources to be reserved for it",
        ),
        Field(
            "limits/min/tres/per/job",
            TRES_STR,
            "min_tres_pj",
            "TRES that a job must ask for at least",
        ),
        Field("name", STRING, "name", "Name of the QOS"),
        Field("preempt/list", QOS_PREEMPT_LIST, None, "QOS whose jobs it may preempt"),
        Field(
            "preempt/mode",
            QOS_PREEMPT_MODES,
            "preempt_mode",
            "How its jobs are preempted; DISABLED: as slurm.conf says",
        ),
        Field(
            "preempt/exempt_time",
            UINT32_NO_VAL,
            "preempt_exempt_time",
            "Seconds that a job runs before it can be preempted",
        ),
        Field("priority", UINT32_NO_VAL, "priority", "What it adds to the priority of its jobs"),
        Field(
            "usage_factor",
            FLOAT64_NO_VAL,
            "usage_factor",
            "What the usage of its jobs is multiplied with",
        ),
        Field(
            "usage_threshold",
            FLOAT64_NO_VAL,
            "usage_thres",
            "Fair share that an association needs for its jobs to start",
        ),
    ),
    description="Quality of service (QOS): priority and limits that jobs ask for by name",
    branches={
        "limits": "Limits of jobs with the QOS",
        "limits/max": "The most that there may be",
        "limits/max/active_jobs": "Limits on jobs of the whole QOS",
        "limits/max/tres": "Limits on resources (TRES)",
        "limits/max/tres/minutes": "Limits on resources (TRES) times minutes",
        "limits/max/tres/minutes/per": "Limits of each part, times minutes",
        "limits/max/tres/per": "Limits of each part",
        "limits/max/wall_clock": "Limits on time",
        "limits/max/wall_clock/per": "Limits of each part on time",
        "limits/max/jobs": "Limits on the number of jobs",
        "limits/max/jobs/active_jobs": "Limits on jobs that run",
        "limits/max/jobs/active_jobs/per": "Limits of each part on jobs that run",
        "limits/max/jobs/per": "Limits of each part on jobs that run or wait",
        "limits/max/accruing": "Limits on jobs that gain priority with age",
        "limits/max/accruing/per": "Limits of each part on jobs that gain priority with age",
        "limits/min": "The least that there has to be",
        "limits/min/tres": "Least of resources (TRES)",
        "limits/min/tres/per": "Least of each part",
        "preempt": "Whose jobs may be taken off their nodes for those with this QOS, and how",
    },
)
QOS_PTR = Pointer("QOS_PTR", QOS)
QOS_LIST = ListOf("QOS_LIST", QOS_PTR)

OPENAPI_SLURMDBD_QOS_RESP = Struct(
    "OPENAPI_SLURMDBD_QOS_RESP",
    "openapi_resp_single_t",
    (
        Field("qos", QOS_LIST, "response", "Qualities of service", required=True),
        *ENVELOPE,
    ),
    description="List of QOS, in an answer or a request",
)

OPENAPI_SLURMDBD_QOS_REMOVED_RESP = Struct(
    "OPENAPI_SLURMDBD_QOS_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field("removed_qos", STRING_LIST, "response", "QOS that were deleted", required=True),
        *ENVELOPE,
    ),
    description="Answer that lists the QOS that were deleted",
)

QOS_CONDITION_FLAGS = Flags(
    "QOS_CONDITION_FLAGS",
    "uint16_t",
    (
        Flag(
            "Include deleted QOS",
            "QOS_COND_FLAG_WITH_DELETED",
            description="Show deleted QOS as well",
            since=V42,
        ),
    ),
)

QOS_CONDITION = Struct(
    "QOS_CONDITION",
    "slurmdb_qos_cond_t",
    (
        Field("description", CSV_STRING_LIST, "description_list", "Descriptions, with commas"),
        Field("", QOS_CONDITION_FLAGS, "flags", exploded=True, since=V42),
        Field("id", QOS_ID_STRING_CSV_LIST, "id_list", "Ids, separated by commas"),
        Field("format", CSV_STRING_LIST, "format_list", "Has no effect"),
        Field("name", QOS_NAME_CSV_LIST, "name_list", "Names, separated by commas"),
        Field("preempt_mode", QOS_PREEMPT_MODES, "preempt_mode", "How jobs are preempted"),
        Field("with_deleted", BOOL16, "flags", "Show deleted QOS as well", until=V41),
    ),
)
"""What GET documents for all QOS.  The original does not look at it, nor does ours."""

OPENAPI_SLURMDBD_QOS_PARAM = Struct(
    "OPENAPI_SLURMDBD_QOS_PARAM",
    "openapi_qos_param_t",
    (Field("qos", QOS_NAME, "name", "Name or id of the QOS", required=True),),
)

OPENAPI_SLURMDBD_QOS_QUERY = Struct(
    "OPENAPI_SLURMDBD_QOS_QUERY",
    "openapi_qos_query_t",
    (Field("with_deleted", BOOL, "with_deleted", "Show the QOS also if it is deleted"),),
)

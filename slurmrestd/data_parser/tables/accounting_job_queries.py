# SPDX-License-Identifier: GPL-2.0-or-later
"""What jobs of the accounting database can be asked for by."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Flag, Flags, Format, Leaf, ListOf, Struct
from slurmrestd.data_parser.read import accounting_jobs, times
from slurmrestd.data_parser.tables.job_states import JOB_STATE
from slurmrestd.data_parser.types import (
    CSV_STRING_LIST,
    INT32,
    READ_UINT64,
    SELECTED_STEP,
    SELECTED_STEP_LIST,
    TIMESTAMP,
    UINT32_NO_VAL,
    UINT64_NO_VAL,
)

USER_ID_STRING = Leaf("USER_ID_STRING", "char *", Format.STRING, read=accounting_jobs.user)
USER_ID_STRING_LIST = ListOf("USER_ID_STRING_LIST", USER_ID_STRING)
GROUP_ID_STRING = Leaf("GROUP_ID_STRING", "char *", Format.STRING, read=accounting_jobs.group)
GROUP_ID_STRING_LIST = ListOf("GROUP_ID_STRING_LIST", GROUP_ID_STRING)
JOB_STATE_ID_STRING = Leaf(
    "JOB_STATE_ID_STRING", "char *", JOB_STATE, read=accounting_jobs.state(JOB_STATE)
)
JOB_STATE_ID_STRING_LIST = ListOf("JOB_STATE_ID_STRING_LIST", JOB_STATE_ID_STRING)

JOB_CONDITION_NODES = Leaf(
    "JOB_CONDITION_NODES", "char *", Format.STRING, read=accounting_jobs.nodes
)
JOB_CONDITION_SUBMIT_TIME = Leaf(
    "JOB_CONDITION_SUBMIT_TIME",
    "slurmdb_job_cond_t",
    UINT64_NO_VAL,
    read=accounting_jobs.submitted(times.timestamp_or_unset(READ_UINT64)),
    whole=True,
)

JOB_CONDITION_DB_FLAGS = Flags(
    "JOB_CONDITION_DB_FLAGS",
    "uint32_t",
    (
        # Words that the original knows and does nothing at.
        Flag("none", 0, hidden=True),
        Flag("clear_scheduling", 0, hidden=True),
        Flag("scheduler_unset", "SLURMDB_JOB_FLAG_NOTSET", description="Whoever started them"),
        Flag("scheduled_on_submit", "SLURMDB_JOB_FLAG_SUBMIT", description="Started at once"),
        Flag(
            "scheduled_by_main",
            "SLURMDB_JOB_FLAG_SCHED",
            description="Started by the main scheduler",
        ),
        Flag(
            "scheduled_by_backfill",
            "SLURMDB_JOB_FLAG_BACKFILL",
            description="Started by the backfill scheduler",
        ),
        Flag(
            "job_started",
            "SLURMDB_JOB_FLAG_START_R",
            description="Whose start the controller has told of",
        ),
    ),
)
JOB_CONDITION_FLAGS = Flags(
    "JOB_CONDITION_FLAGS",
    "uint32_t",
    (
        Flag(
            "show_duplicates",
            "JOBCOND_FLAG_DUP",
            description="All runs of a job that was requeued, not only the last",
        ),
        Flag("skip_steps", "JOBCOND_FLAG_NO_STEP", description="Jobs without their steps"),
        Flag(
            "disable_truncate_usage_time",
            "JOBCOND_FLAG_NO_TRUNC",
            description="Times as they are, even if outside of the range that is asked for",
        ),
        Flag(
            "whole_hetjob",
            "JOBCOND_FLAG_WHOLE_HETJOB",
            description="All parts of a heterogeneous job of which one is asked for",
        ),
        Flag(
            "disable_whole_hetjob",
            "JOBCOND_FLAG_NO_WHOLE_HETJOB",
            description="Only the part of a heterogeneous job that is asked for",
        ),
        Flag(
            "disable_wait_for_result",
            "JOBCOND_FLAG_NO_WAIT",
            description="Do not let slurmdbd wait for the result",
        ),
        Flag(
            "usage_time_as_submit_time",
            "JOBCOND_FLAG_NO_DEFAULT_USAGE",
            description="The range of time is that of the submission",
        ),
        Flag(
            "show_batch_script", "JOBCOND_FLAG_SCRIPT", description="Batch scripts, for `step` only"
        ),
        Flag(
            "show_job_environment", "JOBCOND_FLAG_ENV", description="Environments, for `step` only"
        ),
    ),
)

JOB_CONDITION = Struct(
    "JOB_CONDITION",
    "slurmdb_job_cond_t",
    (
        Field("account", CSV_STRING_LIST, "acct_list", "Accounts, separated by commas"),
        Field(
            "association",
            CSV_STRING_LIST,
            "associd_list",
            "Ids of associations, separated by commas",
        ),
        Field("cluster", CSV_STRING_LIST, "cluster_list", "Clusters; default: this one"),
        Field(
            "constraints",
            CSV_STRING_LIST,
            "constraint_list",
            "Features that were asked for, separated by commas",
        ),
        Field("cpus_max", UINT32_NO_VAL, "cpus_max", "Most CPUs; only with cpus_min"),
        Field(
            "cpus_min", UINT32_NO_VAL, "cpus_min", "Fewest CPUs; without cpus_max this very number"
        ),
        Field("", JOB_CONDITION_DB_FLAGS, "db_flags", exploded=True),
        Field("exit_code", INT32, "exitcode", "Code that the job ended with; default: any"),
        Field("", JOB_CONDITION_FLAGS, "flags", exploded=True),
        Field("format", CSV_STRING_LIST, "format_list", "Ignored: an answer has all fields"),
        Field("groups", GROUP_ID_STRING_LIST, "groupid_list", "Group, by name or id"),
        Field("job_name", CSV_STRING_LIST, "jobname_list", "Names of jobs, separated by commas"),
        Field("nodes_max", UINT32_NO_VAL, "nodes_max", "Most nodes; only with nodes_min"),
        Field(
            "nodes_min",
            UINT32_NO_VAL,
            "nodes_min",
            "Fewest nodes; without nodes_max this very number",
        ),
        Field("partition", CSV_STRING_LIST, "partition_list", "Partitions, separated by commas"),
        Field("qos", CSV_STRING_LIST, "qos_list", "Ids of QOS, separated by commas"),
        Field("reason", CSV_STRING_LIST, "reason_list", "Numbers of reasons to wait"),
        Field("reservation", CSV_STRING_LIST, "resv_list", "Reservations, separated by commas"),
        Field(
            "reservation_id",
            CSV_STRING_LIST,
            "resvid_list",
            "Ids of reservations, separated by commas",
        ),
        Field(
            "state",
            JOB_STATE_ID_STRING_LIST,
            "state_list",
            "State that jobs had in the range of time, without one: have now",
        ),
        Field("step", SELECTED_STEP_LIST, "step_list", "Job or step, such as 12, 12_3 or 12.0"),
        Field("timelimit_max", UINT32_NO_VAL, "timelimit_max", "Largest time limit, in minutes"),
        Field("timelimit_min", UINT32_NO_VAL, "timelimit_min", "Least time limit, in minutes"),
        Field(
            "end_time", TIMESTAMP, "usage_end", "End of the range of time (UNIX time); default: now"
        ),
        Field(
            "start_time",
            TIMESTAMP,
            "usage_start",
            "Begin of the range of time (UNIX time); default: last midnight",
        ),
        Field(
            "submit_time",
            JOB_CONDITION_SUBMIT_TIME,
            None,
            "Since when jobs were submitted (UNIX time), in place of a range",
        ),
        Field("node", JOB_CONDITION_NODES, "used_nodes", "Nodes that jobs ran on, as a host list"),
        Field("users", USER_ID_STRING_LIST, "userid_list", "User, by name or id"),
        Field("wckey", CSV_STRING_LIST, "wckey_list", "WCKeys, separated by commas"),
    ),
)

OPENAPI_SLURMDBD_JOB_PARAM = Struct(
    "OPENAPI_SLURMDBD_JOB_PARAM",
    "openapi_job_param_t",
    (Field("job_id", SELECTED_STEP, "id", "Id of the job, such as 12, 12_3 or 12+1"),),
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The controller's statistics."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V40,
    V41,
    Field,
    Format,
    Items,
    Leaf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import (
    HOSTLIST_STRING,
    RPC_ID,
    TIMESTAMP_NO_VAL,
    UINT16,
    UINT32,
    UINT64,
    UINT64_NO_VAL,
    USER_ID,
)

SCHEDULE_EXIT_FIELDS = Struct(
    "SCHEDULE_EXIT_FIELDS",
    "sr_schedule_exit",
    (
        Field(
            "end_job_queue",
            UINT32,
            "end_job_queue",
            "Cycles that ended because every job had been looked at",
        ),
        Field(
            "default_queue_depth",
            UINT32,
            "default_queue_depth",
            "Cycles that ended because default_queue_depth jobs had been looked at",
        ),
        Field(
            "max_job_start",
            UINT32,
            "max_job_start",
            "Cycles that ended because sched_max_job_start jobs had been started",
        ),
        Field(
            "max_rpc_cnt",
            UINT32,
            "max_rpc_cnt",
            "Cycles that ended because max_rpc_cnt RPCs were being served",
        ),
        Field(
            "max_sched_time",
            UINT32,
            "max_sched_time",
            "Cycles that ended because they had lasted max_sched_time",
        ),
        Field(
            "licenses",
            UINT32,
            "licenses",
            "Cycles that ended at a job that lacked licenses, with bf_licenses set",
        ),
    ),
    description="How often the main scheduler ended a cycle for each reason",
)

BF_EXIT_FIELDS = Struct(
    "BF_EXIT_FIELDS",
    "sr_backfill_exit",
    (
        Field(
            "end_job_queue",
            UINT32,
            "end_job_queue",
            "Backfill cycles that ended because every job had been looked at",
        ),
        Field(
            "bf_max_job_start",
            UINT32,
            "bf_max_job_start",
            "Backfill cycles that ended because bf_max_job_start jobs had been started",
        ),
        Field(
            "bf_max_job_test",
            UINT32,
            "bf_max_job_test",
            "Backfill cycles that ended because bf_max_job_test jobs had been looked at",
        ),
        Field(
            "bf_max_time",
            UINT32,
            "bf_max_time",
            "Backfill cycles that ended because they had lasted bf_max_time",
        ),
        Field(
            "bf_node_space_size",
            UINT32,
            "bf_node_space_size",
            "Backfill cycles that ended because the table of bf_node_space_size records was full",
        ),
        Field(
            "state_changed",
            UINT32,
            "state_changed",
            "Backfill cycles that ended because jobs, nodes or partitions had changed meanwhile",
        ),
    ),
    description="How often the backfill scheduler ended a cycle for each reason",
)

# v0.0.40 documents more bits than there are.
RPC_COUNT = Leaf("UINT32", "uint32_t", Format.INT64, Write("UINT"))

STATS_MSG_RPC_TYPE = Struct(
    "STATS_MSG_RPC_TYPE",
    "sr_rpc_type",
    (
        Field("type_id", UINT16, "id", "Number of this kind of RPC", required=True, since=V41),
        Field("message_type", RPC_ID, "id", "Name of this kind of RPC", required=True),
        Field("type_id", UINT16, "id", "Number of this kind of RPC", required=True, until=V40),
        Field("count", UINT32, "count", "Number of RPCs served", required=True, since=V41),
        Field("count", RPC_COUNT, "count", "Number of RPCs served", required=True, until=V40),
        Field(
            "average_time",
            RPC_COUNT,
            "average_or_zero",
            "Mean time that one took, in microseconds",
            required=True,
            until=V40,
        ),
        Field(
            "queued",
            UINT16,
            "queued",
            "Number of RPCs that wait in the queue; 0 if RPCs are not queued",
            required=True,
            since=V41,
        ),
        Field(
            "dropped",
            UINT64,
            "dropped",
            "Number of RPCs turned away because the queue was full; 0 if RPCs are not queued",
            required=True,
            since=V41,
        ),
        Field(
            "cycle_last",
            UINT16,
            "cycle_last",
            "Number of RPCs served in the last turn of the queue; 0 if RPCs are not queued",
            required=True,
            since=V41,
        ),
        Field(
            "cycle_max",
            UINT16,
            "cycle_max",
            "Most RPCs served in one turn of the queue; 0 if RPCs are not queued",
            required=True,
            since=V41,
        ),
        Field(
            "total_time",
            UINT64,
            "time",
            "Time that all of them took, in microseconds",
            required=True,
        ),
        Field(
            "average_time",
            UINT64_NO_VAL,
            "average_time",
            "Mean time that one took, in microseconds",
            required=True,
            since=V41,
        ),
    ),
    description="What the controller counted of one kind of RPC",
)

# v0.0.40 shows a user whom the machine does not know by the number.
USER_NAME_OR_ID = Leaf("USER_ID", "uid_t", Format.STRING, Write("NAME", table="users_or_numbers"))

STATS_MSG_RPC_USER = Struct(
    "STATS_MSG_RPC_USER",
    "sr_rpc_user",
    (
        Field("user_id", UINT32, "id", "Id of the user", required=True, since=V41),
        Field("user", USER_ID, "id", "Name of the user", required=True, since=V41),
        Field("user", USER_NAME_OR_ID, "id", "Name of the user", required=True, until=V40),
        Field("user_id", UINT32, "id", "Id of the user", required=True, until=V40),
        Field("count", UINT32, "count", "Number of RPCs served", required=True, since=V41),
        Field("count", RPC_COUNT, "count", "Number of RPCs served", required=True, until=V40),
        Field(
            "average_time",
            RPC_COUNT,
            "average_or_zero",
            "Mean time that one took, in microseconds",
            required=True,
            until=V40,
        ),
        Field(
            "total_time",
            UINT64,
            "time",
            "Time that all of them took, in microseconds",
            required=True,
        ),
        Field(
            "average_time",
            UINT64_NO_VAL,
            "average_time",
            "Mean time that one took, in microseconds",
            required=True,
            since=V41,
        ),
    ),
    description="What the controller counted of one user's RPCs",
)

STATS_MSG_RPC_QUEUE = Struct(
    "STATS_MSG_RPC_QUEUE",
    "sr_rpc_queue",
    (
        Field("type_id", UINT16, "id", "Number of this kind of RPC", required=True),
        Field("message_type", RPC_ID, "id", "Name of this kind of RPC", required=True),
        Field("count", UINT32, "count", "Number of RPCs yet to be sent", required=True),
    ),
    description="Kind of RPC that waits to be sent, and how many of them",
)

STATS_MSG_RPC_DUMP = Struct(
    "STATS_MSG_RPC_DUMP",
    "sr_rpc_dump",
    (
        Field("type_id", UINT16, "id", "Number of this kind of RPC", required=True),
        Field("message_type", RPC_ID, "id", "Name of this kind of RPC", required=True),
        Field(
            "count",
            HOSTLIST_STRING,
            "hostlist",
            "Nodes that the RPC has yet to be sent to",
            required=True,
        ),
    ),
    description="Kind of RPC that waits to be sent, and to which nodes",
)

STATS_MSG_CYCLE_MEAN = Leaf(
    "STATS_MSG_CYCLE_MEAN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_CYCLE_MEAN"),
    whole=True,
)

STATS_MSG_CYCLE_MEAN_DEPTH = Leaf(
    "STATS_MSG_CYCLE_MEAN_DEPTH",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_CYCLE_MEAN_DEPTH"),
    whole=True,
)

STATS_MSG_CYCLE_PER_MIN = Leaf(
    "STATS_MSG_CYCLE_PER_MIN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_CYCLE_PER_MINUTE"),
    whole=True,
)

STATS_MSG_BF_CYCLE_MEAN = Leaf(
    "STATS_MSG_BF_CYCLE_MEAN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_BF_CYCLE_MEAN"),
    whole=True,
)

STATS_MSG_BF_DEPTH_MEAN = Leaf(
    "STATS_MSG_BF_DEPTH_MEAN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_BF_DEPTH_MEAN"),
    whole=True,
)

STATS_MSG_BF_DEPTH_MEAN_TRY = Leaf(
    "STATS_MSG_BF_DEPTH_MEAN_TRY",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_BF_DEPTH_MEAN_TRY"),
    whole=True,
)

STATS_MSG_BF_QUEUE_LEN_MEAN = Leaf(
    "STATS_MSG_BF_QUEUE_LEN_MEAN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_BF_QUEUE_LEN_MEAN"),
    whole=True,
)

STATS_MSG_BF_TABLE_SIZE_MEAN = Leaf(
    "STATS_MSG_BF_TABLE_SIZE_MEAN",
    "stats_info_response_msg_t",
    Format.INT64,
    Write("CALL", function="STATS_BF_TABLE_SIZE_MEAN"),
    whole=True,
)

STATS_MSG_BF_ACTIVE = Leaf(
    "STATS_MSG_BF_ACTIVE",
    "stats_info_response_msg_t",
    Format.BOOL,
    Write("CALL", function="STATS_BF_ACTIVE"),
    whole=True,
)

STATS_MSG_SCHEDULE_EXIT = Leaf(
    "STATS_MSG_SCHEDULE_EXIT",
    "stats_info_response_msg_t",
    SCHEDULE_EXIT_FIELDS,
    Write("CALL", function="STATS_SCHEDULE_EXIT", through=SCHEDULE_EXIT_FIELDS),
    whole=True,
)

STATS_MSG_BF_EXIT = Leaf(
    "STATS_MSG_BF_EXIT",
    "stats_info_response_msg_t",
    BF_EXIT_FIELDS,
    Write("CALL", function="STATS_BF_EXIT", through=BF_EXIT_FIELDS),
    whole=True,
)

STATS_MSG_RPCS_BY_TYPE = Leaf(
    "STATS_MSG_RPCS_BY_TYPE",
    "stats_info_response_msg_t",
    Items(STATS_MSG_RPC_TYPE),
    Write("CALL", function="STATS_RPCS_BY_TYPE", through=STATS_MSG_RPC_TYPE),
    whole=True,
)

STATS_MSG_RPCS_BY_USER = Leaf(
    "STATS_MSG_RPCS_BY_USER",
    "stats_info_response_msg_t",
    Items(STATS_MSG_RPC_USER),
    Write("CALL", function="STATS_RPCS_BY_USER", through=STATS_MSG_RPC_USER),
    whole=True,
)

STATS_MSG_RPCS_QUEUE = Leaf(
    "STATS_MSG_RPCS_QUEUE",
    "stats_info_response_msg_t",
    Items(STATS_MSG_RPC_QUEUE),
    Write("CALL", function="STATS_RPCS_QUEUE", through=STATS_MSG_RPC_QUEUE),
    whole=True,
)

STATS_MSG_RPCS_DUMP = Leaf(
    "STATS_MSG_RPCS_DUMP",
    "stats_info_response_msg_t",
    Items(STATS_MSG_RPC_DUMP),
    Write("CALL", function="STATS_RPCS_DUMP", through=STATS_MSG_RPC_DUMP),
    whole=True,
)

STATS_MSG = Struct(
    "STATS_MSG",
    "stats_info_response_msg_t",
    (
        Field("parts_packed", UINT32, "parts_packed", "Means nothing: always 1"),
        Field(
            "req_time",
            TIMESTAMP_NO_VAL,
            "req_time",
            "When the controller gathered these numbers (UNIX time)",
        ),
        Field(
            "req_time_start",
            TIMESTAMP_NO_VAL,
            "req_time_start",
            (
                "When the counters were last set to 0: on request, at start or at midnight UTC "
                "(UNIX time)"
            ),
        ),
        Field(
            "server_thread_count",
            UINT32,
            "server_thread_count",
            "Number of threads of the controller that serve RPCs now",
        ),
        Field(
            "agent_queue_size",
            UINT32,
            "agent_queue_size",
            "Number of RPCs that wait to be sent, mostly to nodes",
        ),
        Field(
            "agent_count",
            UINT32,
            "agent_count",
            "Number of agents at work; an agent sends one RPC to its nodes",
        ),
        Field(
            "agent_thread_count",
            UINT32,
            "agent_thread_count",
            "Number of threads that the agents use",
        ),
        Field(
            "dbd_agent_queue_size",
            UINT32,
            "dbd_agent_queue_size",
            "Number of records that wait to be sent to slurmdbd; a steady rise means trouble",
        ),
        Field(
            "gettimeofday_latency",
            UINT32,
            "gettimeofday_latency",
            (
                "Time that 1000 readings of the clock took when the controller started, in "
                "microseconds"
            ),
        ),
        Field(
            "schedule_cycle_max",
            UINT32,
            "schedule_cycle_max",
            "Longest cycle of the main scheduler, in microseconds",
        ),
        Field(
            "schedule_cycle_last",
            UINT32,
            "schedule_cycle_last",
            "Last cycle of the main scheduler, in microseconds",
        ),
        Field(
            "schedule_cycle_sum",
            UINT32,
            "schedule_cycle_sum",
            "All cycles of the main scheduler together, in microseconds",
            since=V41,
        ),
        Field(
            "schedule_cycle_total",
            UINT32,
            "schedule_cycle_counter",
            "Number of cycles of the main scheduler",
        ),
        Field(
            "schedule_cycle_mean",
            STATS_MSG_CYCLE_MEAN,
            None,
            "Mean length of a cycle of the main scheduler, in microseconds",
        ),
        Field(
            "schedule_cycle_mean_depth",
            STATS_MSG_CYCLE_MEAN_DEPTH,
            None,
            "Mean number of jobs that a cycle of the main scheduler looked at",
        ),
        Field(
            "schedule_cycle_per_minute",
            STATS_MSG_CYCLE_PER_MIN,
            None,
            "Cycles of the main scheduler per minute; 0 in the first minute",
        ),
        Field(
            "schedule_queue_length",
            UINT32,
            "schedule_queue_len",
            "Number of jobs that waited when the last cycle of the main scheduler began",
            until=V40,
        ),
        Field(
            "schedule_cycle_depth",
            UINT32,
            "schedule_cycle_depth",
            "How many jobs all cycles of the main scheduler looked at",
            since=V41,
        ),
        Field(
            "schedule_exit",
            STATS_MSG_SCHEDULE_EXIT,
            None,
            "Why cycles of the main scheduler ended, as a count for each cause",
        ),
        Field(
            "schedule_queue_length",
            UINT32,
            "schedule_queue_len",
            "Number of jobs that waited when the last cycle of the main scheduler began",
            since=V41,
        ),
        Field("jobs_submitted", UINT32, "jobs_submitted", "Jobs submitted after req_time_start"),
        Field(
            "jobs_started",
            UINT32,
            "jobs_started",
            "Jobs started after req_time_start, also by backfill",
        ),
        Field("jobs_completed", UINT32, "jobs_completed", "Jobs that ended after req_time_start"),
        Field("jobs_canceled", UINT32, "jobs_canceled", "Jobs canceled after req_time_start"),
        Field(
            "jobs_failed",
            UINT32,
            "jobs_failed",
            "Jobs that failed after req_time_start because of slurmd or Slurm itself",
        ),
        Field(
            "jobs_pending",
            UINT32,
            "jobs_pending",
            "Jobs that waited at job_states_ts; each task of an array counts",
        ),
        Field("jobs_running", UINT32, "jobs_running", "Jobs that ran at job_states_ts"),
        Field(
            "job_states_ts",
            TIMESTAMP_NO_VAL,
            "job_states_ts",
            "When jobs_pending and jobs_running were counted (UNIX time)",
        ),
        Field(
            "bf_backfilled_jobs",
            UINT32,
            "bf_backfilled_jobs",
            "Jobs started by backfill since the controller started",
        ),
        Field(
            "bf_last_backfilled_jobs",
            UINT32,
            "bf_last_backfilled_jobs",
            "Jobs started by backfill after req_time_start",
        ),
        Field(
            "bf_backfilled_het_jobs",
            UINT32,
            "bf_backfilled_het_jobs",
            "Parts of heterogeneous jobs started by backfill after req_time_start",
        ),
        Field("bf_cycle_counter", UINT32, "bf_cycle_counter", "Number of backfill cycles"),
        Field(
            "bf_cycle_mean",
            STATS_MSG_BF_CYCLE_MEAN,
            None,
            "Mean length of a backfill cycle, in microseconds",
        ),
        Field(
            "bf_depth_mean",
            STATS_MSG_BF_DEPTH_MEAN,
            None,
            "Mean number of jobs that a backfill cycle looked at",
        ),
        Field(
            "bf_depth_mean_try",
            STATS_MSG_BF_DEPTH_MEAN_TRY,
            None,
            "Mean number of jobs that a backfill cycle tried to place",
        ),
        Field(
            "bf_cycle_sum", UINT64, "bf_cycle_sum", "All backfill cycles together, in microseconds"
        ),
        Field("bf_cycle_last", UINT32, "bf_cycle_last", "Last backfill cycle, in microseconds"),
        Field(
            "bf_cycle_max",
            UINT32,
            "bf_cycle_max",
            "Longest backfill cycle, in microseconds",
            since=V41,
        ),
        Field(
            "bf_exit",
            STATS_MSG_BF_EXIT,
            None,
            "Why backfill cycles ended, as a count for each cause",
            since=V41,
        ),
        Field(
            "bf_last_depth",
            UINT32,
            "bf_last_depth",
            "How many jobs the last backfill cycle looked at",
        ),
        Field(
            "bf_last_depth_try",
            UINT32,
            "bf_last_depth_try",
            "How many jobs the last backfill cycle tried to place",
        ),
        Field(
            "bf_depth_sum",
            UINT32,
            "bf_depth_sum",
            "How many jobs all backfill cycles looked at",
        ),
        Field(
            "bf_depth_try_sum",
            UINT32,
            "bf_depth_try_sum",
            "How many jobs all backfill cycles tried to place",
        ),
        Field(
            "bf_queue_len",
            UINT32,
            "bf_queue_len",
            "Number of jobs that waited when the last backfill cycle began",
        ),
        Field(
            "bf_queue_len_mean",
            STATS_MSG_BF_QUEUE_LEN_MEAN,
            None,
            "Mean number of jobs that waited when a backfill cycle began",
        ),
        Field(
            "bf_queue_len_sum",
            UINT32,
            "bf_queue_len_sum",
            "Number of jobs that waited at the start of each backfill cycle, summed",
        ),
        Field(
            "bf_table_size",
            UINT32,
            "bf_table_size",
            "Number of records in the time table of the last backfill cycle",
        ),
        Field(
            "bf_table_size_sum",
            UINT32,
            "bf_table_size_sum",
            "Number of records in the time table of each backfill cycle, summed",
            since=V41,
        ),
        Field(
            "bf_table_size_mean",
            STATS_MSG_BF_QUEUE_LEN_MEAN,
            None,
            "The same number as bf_queue_len_mean, as Slurm writes it",
        ),
        Field(
            "bf_when_last_cycle",
            TIMESTAMP_NO_VAL,
            "bf_when_last_cycle",
            "When the last backfill cycle began (UNIX time)",
        ),
        Field(
            "bf_active",
            STATS_MSG_BF_ACTIVE,
            None,
            "Whether a backfill cycle was under way, so that its numbers are not final",
        ),
        Field(
            "bf_exit",
            STATS_MSG_BF_EXIT,
            None,
            "Why backfill cycles ended, as a count for each cause",
            until=V40,
        ),
        Field(
            "rpcs_by_message_type",
            STATS_MSG_RPCS_BY_TYPE,
            None,
            "RPCs that the controller served, by their kind",
        ),
        Field(
            "rpcs_by_user",
            STATS_MSG_RPCS_BY_USER,
            None,
            "RPCs that the controller served, by the user that sent them",
        ),
        Field(
            "pending_rpcs",
            STATS_MSG_RPCS_QUEUE,
            None,
            "RPCs that the controller has yet to send, by their kind",
            since=V41,
        ),
        Field(
            "pending_rpcs_by_hostlist",
            STATS_MSG_RPCS_DUMP,
            None,
            "First 25 RPCs that the controller has yet to send, with the nodes they go to",
            since=V41,
        ),
    ),
    description=(
        "What the controller counts of itself, mostly since the last reset of its statistics"
    ),
)

STATS_MSG_PTR = Pointer("STATS_MSG_PTR", STATS_MSG)

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

# SPDX-License-Identifier: GPL-2.0-or-later
"""The controller's statistics."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Field,
    Format,
    Items,
    Leaf,
    Pointer,
    Struct,
    V40,
    V41,
    Write,
)
from slurmrestd.data_parser.types import (
    BOOL,
    HOSTLIST_STRING,
    INT64,
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
        Field("end_job_queue", UINT32, "end_job_queue", "TODO"),
        Field("default_queue_depth", UINT32, "default_queue_depth", "TODO"),
        Field("max_job_start", UINT32, "max_job_start", "TODO"),
        Field("max_rpc_cnt", UINT32, "max_rpc_cnt", "TODO"),
        Field("max_sched_time", UINT32, "max_sched_time", "TODO"),
        Field("licenses", UINT32, "licenses", "TODO"),
    ),
)

BF_EXIT_FIELDS = Struct(
    "BF_EXIT_FIELDS",
    "sr_backfill_exit",
    (
        Field("end_job_queue", UINT32, "end_job_queue", "TODO"),
        Field("bf_max_job_start", UINT32, "bf_max_job_start", "TODO"),
        Field("bf_max_job_test", UINT32, "bf_max_job_test", "TODO"),
        Field("bf_max_time", UINT32, "bf_max_time", "TODO"),
        Field("bf_node_space_size", UINT32, "bf_node_space_size", "TODO"),
        Field("state_changed", UINT32, "state_changed", "TODO"),
    ),
)

STATS_MSG_RPC_TYPE = Struct(
    "STATS_MSG_RPC_TYPE",
    "sr_rpc_type",
    (
        Field("type_id", UINT16, "id", "TODO", required=True, since=V41),
        Field("message_type", RPC_ID, "id", "TODO", required=True),
        Field("type_id", UINT16, "id", "TODO", required=True, until=V40),
        Field("count", UINT32, "count", "TODO", required=True),
        Field("average_time", UINT32, "average_or_zero", "TODO", required=True, until=V40),
        Field("queued", UINT16, "queued", "TODO", required=True, since=V41),
        Field("dropped", UINT64, "dropped", "TODO", required=True, since=V41),
        Field("cycle_last", UINT16, "cycle_last", "TODO", required=True, since=V41),
        Field("cycle_max", UINT16, "cycle_max", "TODO", required=True, since=V41),
        Field("total_time", UINT64, "time", "TODO", required=True),
        Field("average_time", UINT64_NO_VAL, "average_time", "TODO", required=True, since=V41),
    ),
)

# v0.0.40 shows a user whom the machine does not know by the number.
USER_NAME_OR_ID = Leaf(
    "USER_ID", "uid_t", Format.STRING, Write("NAME", table="users_or_numbers")
)

STATS_MSG_RPC_USER = Struct(
    "STATS_MSG_RPC_USER",
    "sr_rpc_user",
    (
        Field("user_id", UINT32, "id", "TODO", required=True, since=V41),
        Field("user", USER_ID, "id", "TODO", required=True, since=V41),
        Field("user", USER_NAME_OR_ID, "id", "TODO", required=True, until=V40),
        Field("user_id", UINT32, "id", "TODO", required=True, until=V40),
        Field("count", UINT32, "count", "TODO", required=True),
        Field("average_time", UINT32, "average_or_zero", "TODO", required=True, until=V40),
        Field("total_time", UINT64, "time", "TODO", required=True),
        Field("average_time", UINT64_NO_VAL, "average_time", "TODO", required=True, since=V41),
    ),
)

STATS_MSG_RPC_QUEUE = Struct(
    "STATS_MSG_RPC_QUEUE",
    "sr_rpc_queue",
    (
        Field("type_id", UINT16, "id", "TODO", required=True),
        Field("message_type", RPC_ID, "id", "TODO", required=True),
        Field("count", UINT32, "count", "TODO", required=True),
    ),
)

STATS_MSG_RPC_DUMP = Struct(
    "STATS_MSG_RPC_DUMP",
    "sr_rpc_dump",
    (
        Field("type_id", UINT16, "id", "TODO", required=True),
        Field("message_type", RPC_ID, "id", "TODO", required=True),
        Field("count", HOSTLIST_STRING, "hostlist", "TODO", required=True),
    ),
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
        Field("parts_packed", UINT32, "parts_packed", "TODO"),
        Field("req_time", TIMESTAMP_NO_VAL, "req_time", "TODO"),
        Field("req_time_start", TIMESTAMP_NO_VAL, "req_time_start", "TODO"),
        Field("server_thread_count", UINT32, "server_thread_count", "TODO"),
        Field("agent_queue_size", UINT32, "agent_queue_size", "TODO"),
        Field("agent_count", UINT32, "agent_count", "TODO"),
        Field("agent_thread_count", UINT32, "agent_thread_count", "TODO"),
        Field("dbd_agent_queue_size", UINT32, "dbd_agent_queue_size", "TODO"),
        Field("gettimeofday_latency", UINT32, "gettimeofday_latency", "TODO"),
        Field("schedule_cycle_max", UINT32, "schedule_cycle_max", "TODO"),
        Field("schedule_cycle_last", UINT32, "schedule_cycle_last", "TODO"),
        Field("schedule_cycle_sum", UINT32, "schedule_cycle_sum", "TODO", since=V41),
        Field("schedule_cycle_total", UINT32, "schedule_cycle_counter", "TODO"),
        Field("schedule_cycle_mean", STATS_MSG_CYCLE_MEAN, None, "TODO"),
        Field("schedule_cycle_mean_depth", STATS_MSG_CYCLE_MEAN_DEPTH, None, "TODO"),
        Field("schedule_cycle_per_minute", STATS_MSG_CYCLE_PER_MIN, None, "TODO"),
        Field("schedule_queue_length", UINT32, "schedule_queue_len", "TODO", until=V40),
        Field("schedule_cycle_depth", UINT32, "schedule_cycle_depth", "TODO", since=V41),
        Field("schedule_exit", STATS_MSG_SCHEDULE_EXIT, None, "TODO"),
        Field("schedule_queue_length", UINT32, "schedule_queue_len", "TODO", since=V41),
        Field("jobs_submitted", UINT32, "jobs_submitted", "TODO"),
        Field("jobs_started", UINT32, "jobs_started", "TODO"),
        Field("jobs_completed", UINT32, "jobs_completed", "TODO"),
        Field("jobs_canceled", UINT32, "jobs_canceled", "TODO"),
        Field("jobs_failed", UINT32, "jobs_failed", "TODO"),
        Field("jobs_pending", UINT32, "jobs_pending", "TODO"),
        Field("jobs_running", UINT32, "jobs_running", "TODO"),
        Field("job_states_ts", TIMESTAMP_NO_VAL, "job_states_ts", "TODO"),
        Field("bf_backfilled_jobs", UINT32, "bf_backfilled_jobs", "TODO"),
        Field("bf_last_backfilled_jobs", UINT32, "bf_last_backfilled_jobs", "TODO"),
        Field("bf_backfilled_het_jobs", UINT32, "bf_backfilled_het_jobs", "TODO"),
        Field("bf_cycle_counter", UINT32, "bf_cycle_counter", "TODO"),
        Field("bf_cycle_mean", STATS_MSG_BF_CYCLE_MEAN, None, "TODO"),
        Field("bf_depth_mean", STATS_MSG_BF_DEPTH_MEAN, None, "TODO"),
        Field("bf_depth_mean_try", STATS_MSG_BF_DEPTH_MEAN_TRY, None, "TODO"),
        Field("bf_cycle_sum", UINT64, "bf_cycle_sum", "TODO"),
        Field("bf_cycle_last", UINT32, "bf_cycle_last", "TODO"),
        Field("bf_cycle_max", UINT32, "bf_cycle_max", "TODO", since=V41),
        Field("bf_exit", STATS_MSG_BF_EXIT, None, "TODO", since=V41),
        Field("bf_last_depth", UINT32, "bf_last_depth", "TODO"),
        Field("bf_last_depth_try", UINT32, "bf_last_depth_try", "TODO"),
        Field("bf_depth_sum", UINT32, "bf_depth_sum", "TODO"),
        Field("bf_depth_try_sum", UINT32, "bf_depth_try_sum", "TODO"),
        Field("bf_queue_len", UINT32, "bf_queue_len", "TODO"),
        Field("bf_queue_len_mean", STATS_MSG_BF_QUEUE_LEN_MEAN, None, "TODO"),
        Field("bf_queue_len_sum", UINT32, "bf_queue_len_sum", "TODO"),
        Field("bf_table_size", UINT32, "bf_table_size", "TODO"),
        Field("bf_table_size_sum", UINT32, "bf_table_size_sum", "TODO", since=V41),
        Field("bf_table_size_mean", STATS_MSG_BF_QUEUE_LEN_MEAN, None, "TODO"),
        Field("bf_when_last_cycle", TIMESTAMP_NO_VAL, "bf_when_last_cycle", "TODO"),
        Field("bf_active", STATS_MSG_BF_ACTIVE, None, "TODO"),
        Field("bf_exit", STATS_MSG_BF_EXIT, None, "TODO", until=V40),
        Field("rpcs_by_message_type", STATS_MSG_RPCS_BY_TYPE, None, "TODO"),
        Field("rpcs_by_user", STATS_MSG_RPCS_BY_USER, None, "TODO"),
        Field("pending_rpcs", STATS_MSG_RPCS_QUEUE, None, "TODO", since=V41),
        Field("pending_rpcs_by_hostlist", STATS_MSG_RPCS_DUMP, None, "TODO", since=V41),
    ),
)

STATS_MSG_PTR = Pointer("STATS_MSG_PTR", STATS_MSG)

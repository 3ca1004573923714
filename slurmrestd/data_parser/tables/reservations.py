# SPDX-License-Identifier: GPL-2.0-or-later
"""Reservations."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Deprecated,
    Field,
    Flag,
    Flags,
    Items,
    Leaf,
    Struct,
    V41,
    Write,
)
from slurmrestd.data_parser.types import STRING, TIMESTAMP_NO_VAL, UINT32, UINT32_NO_VAL

RESERVATION_FLAGS = Flags(
    "RESERVATION_FLAGS",
    "uint64_t",
    (
        Flag("MAINT", "RESERVE_FLAG_MAINT", description="TODO"),
        Flag("NO_MAINT", "RESERVE_FLAG_NO_MAINT", description="TODO"),
        Flag("DAILY", "RESERVE_FLAG_DAILY", description="TODO"),
        Flag("NO_DAILY", "RESERVE_FLAG_NO_DAILY", description="TODO"),
        Flag("WEEKLY", "RESERVE_FLAG_WEEKLY", description="TODO"),
        Flag("NO_WEEKLY", "RESERVE_FLAG_NO_WEEKLY", description="TODO"),
        Flag("IGNORE_JOBS", "RESERVE_FLAG_IGN_JOBS", description="TODO"),
        Flag("NO_IGNORE_JOBS", "RESERVE_FLAG_NO_IGN_JOB", description="TODO"),
        Flag("ANY_NODES", "RESERVE_FLAG_ANY_NODES", description="TODO"),
        Flag("STATIC", "RESERVE_FLAG_STATIC", description="TODO"),
        Flag("NO_STATIC", "RESERVE_FLAG_NO_STATIC", description="TODO"),
        Flag("PART_NODES", "RESERVE_FLAG_PART_NODES", description="TODO"),
        Flag("NO_PART_NODES", "RESERVE_FLAG_NO_PART_NODES", description="TODO"),
        Flag("OVERLAP", "RESERVE_FLAG_OVERLAP", description="TODO"),
        Flag("SPEC_NODES", "RESERVE_FLAG_SPEC_NODES", description="TODO"),
        Flag("TIME_FLOAT", "RESERVE_FLAG_TIME_FLOAT", description="TODO"),
        Flag("REPLACE", "RESERVE_FLAG_REPLACE", description="TODO"),
        Flag("ALL_NODES", "RESERVE_FLAG_ALL_NODES", description="TODO"),
        Flag("PURGE_COMP", "RESERVE_FLAG_PURGE_COMP", description="TODO"),
        Flag("WEEKDAY", "RESERVE_FLAG_WEEKDAY", description="TODO"),
        Flag("NO_WEEKDAY", "RESERVE_FLAG_NO_WEEKDAY", description="TODO"),
        Flag("WEEKEND", "RESERVE_FLAG_WEEKEND", description="TODO"),
        Flag("NO_WEEKEND", "RESERVE_FLAG_NO_WEEKEND", description="TODO"),
        Flag("FLEX", "RESERVE_FLAG_FLEX", description="TODO"),
        Flag("NO_FLEX", "RESERVE_FLAG_NO_FLEX", description="TODO"),
        Flag("DURATION_PLUS", "RESERVE_FLAG_DUR_PLUS", description="TODO"),
        Flag("DURATION_MINUS", "RESERVE_FLAG_DUR_MINUS", description="TODO"),
        Flag("NO_HOLD_JOBS_AFTER_END", "RESERVE_FLAG_NO_HOLD_JOBS", description="TODO"),
        Flag("NO_PURGE_COMP", "RESERVE_FLAG_NO_PURGE_COMP", description="TODO"),
        Flag("MAGNETIC", "RESERVE_FLAG_MAGNETIC", description="TODO"),
        Flag("SKIP", "RESERVE_FLAG_SKIP", description="TODO"),
        Flag("HOURLY", "RESERVE_FLAG_HOURLY", description="TODO"),
        Flag("NO_HOURLY", "RESERVE_FLAG_NO_HOURLY", description="TODO"),
        Flag("USER_DELETE", "RESERVE_FLAG_USER_DEL", description="TODO", since=V41),
        Flag("NO_USER_DELETE", "RESERVE_FLAG_NO_USER_DEL", description="TODO", since=V41),
        Flag("REOCCURRING", "RESERVE_REOCCURRING", description="TODO"),
    ),
)

RESERVATION_CORE_SPEC = Struct(
    "RESERVATION_CORE_SPEC",
    "resv_core_spec_t",
    (
        Field("node", STRING, "node_name", "TODO"),
        Field("core", STRING, "core_id", "TODO"),
    ),
)

RESERVATION_INFO_CORE_SPEC = Leaf(
    "RESERVATION_INFO_CORE_SPEC",
    "reserve_info_t",
    Items(RESERVATION_CORE_SPEC),
    Write("CALL", function="RESERVATION_CORES", through=RESERVATION_CORE_SPEC),
    whole=True,
)

RESERVATION_INFO = Struct(
    "RESERVATION_INFO",
    "reserve_info_t",
    (
        Field("accounts", STRING, "accounts", "TODO"),
        Field("burst_buffer", STRING, "burst_buffer", "TODO"),
        Field("core_count", UINT32, "core_cnt", "TODO"),
        Field("core_specializations", RESERVATION_INFO_CORE_SPEC, None, "TODO"),
        Field("end_time", TIMESTAMP_NO_VAL, "end_time", "TODO"),
        Field("features", STRING, "features", "TODO"),
        Field("flags", RESERVATION_FLAGS, "flags", "TODO"),
        Field("groups", STRING, "groups", "TODO"),
        Field("licenses", STRING, "licenses", "TODO"),
        Field("max_start_delay", UINT32, "max_start_delay", "TODO"),
        Field("name", STRING, "name", "TODO"),
        Field("node_count", UINT32, "node_cnt", "TODO"),
        Field("node_list", STRING, "node_list", "TODO"),
        Field("partition", STRING, "partition", "TODO"),
        Field("purge_completed/time", UINT32_NO_VAL, "purge_comp_time", "TODO"),
        Field("start_time", TIMESTAMP_NO_VAL, "start_time", "TODO"),
        Field("watts", UINT32_NO_VAL, None, "TODO", removed=True, deprecated=Deprecated("24.05")),
        Field("tres", STRING, "tres_str", "TODO"),
        Field("users", STRING, "users", "TODO"),
    ),
)

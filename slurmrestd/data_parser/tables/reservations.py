# SPDX-License-Identifier: GPL-2.0-or-later
"""Reservations."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V41,
    Deprecated,
    Field,
    Flag,
    Flags,
    Items,
    Leaf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE, LAST_UPDATE
from slurmrestd.data_parser.types import STRING, TIMESTAMP_NO_VAL, UINT32, UINT32_NO_VAL

RESERVATION_FLAGS = Flags(
    "RESERVATION_FLAGS",
    "uint64_t",
    (
        Flag(
            "MAINT",
            "RESERVE_FLAG_MAINT",
            description=(
                "For maintenance: may take what others have reserved, keeps its nodes, is "
                "accounted apart"
            ),
        ),
        Flag("NO_MAINT", "RESERVE_FLAG_NO_MAINT", description="Update only: takes MAINT away"),
        Flag("DAILY", "RESERVE_FLAG_DAILY", description="Comes again each day at the same hour"),
        Flag("NO_DAILY", "RESERVE_FLAG_NO_DAILY", description="Update only: takes DAILY away"),
        Flag(
            "WEEKLY",
            "RESERVE_FLAG_WEEKLY",
            description="Comes again each week on the same day and hour",
        ),
        Flag("NO_WEEKLY", "RESERVE_FLAG_NO_WEEKLY", description="Update only: takes WEEKLY away"),
        Flag(
            "IGNORE_JOBS",
            "RESERVE_FLAG_IGN_JOBS",
            description="Made without regard to jobs that run on its resources now",
        ),
        Flag(
            "NO_IGNORE_JOBS",
            "RESERVE_FLAG_NO_IGN_JOB",
            description="Update only: takes IGNORE_JOBS away",
        ),
        Flag(
            "ANY_NODES",
            "RESERVE_FLAG_ANY_NODES",
            description=(
                "Reserves licenses or burst buffers but no nodes; its jobs may run on any node"
            ),
        ),
        Flag(
            "STATIC",
            "RESERVE_FLAG_STATIC",
            description="The nodes stay as first chosen, even if one fails",
        ),
        Flag("NO_STATIC", "RESERVE_FLAG_NO_STATIC", description="Update only: takes STATIC away"),
        Flag(
            "PART_NODES",
            "RESERVE_FLAG_PART_NODES",
            description="Covers every node of its partition, also nodes that join it later",
        ),
        Flag(
            "NO_PART_NODES",
            "RESERVE_FLAG_NO_PART_NODES",
            description="Update only: takes PART_NODES away",
        ),
        Flag(
            "OVERLAP",
            "RESERVE_FLAG_OVERLAP",
            description="May take what other reservations already hold",
        ),
        Flag(
            "SPEC_NODES",
            "RESERVE_FLAG_SPEC_NODES",
            description="The nodes were asked for by name; set by Slurm",
        ),
        Flag(
            "TIME_FLOAT",
            "RESERVE_FLAG_TIME_FLOAT",
            description=(
                "The start moves along with the clock, so it stays the same time away from now"
            ),
        ),
        Flag(
            "REPLACE",
            "RESERVE_FLAG_REPLACE",
            description="Nodes that fail or get a job are exchanged for idle ones",
        ),
        Flag("ALL_NODES", "RESERVE_FLAG_ALL_NODES", description="Covers every node of the cluster"),
        Flag(
            "PURGE_COMP",
            "RESERVE_FLAG_PURGE_COMP",
            description="Ends early once it has had no job for purge_completed/time",
        ),
        Flag(
            "WEEKDAY",
            "RESERVE_FLAG_WEEKDAY",
            description="Comes again each day from Monday to Friday",
        ),
        Flag(
            "NO_WEEKDAY", "RESERVE_FLAG_NO_WEEKDAY", description="Update only: takes WEEKDAY away"
        ),
        Flag("WEEKEND", "RESERVE_FLAG_WEEKEND", description="Comes again each Saturday and Sunday"),
        Flag(
            "NO_WEEKEND", "RESERVE_FLAG_NO_WEEKEND", description="Update only: takes WEEKEND away"
        ),
        Flag(
            "FLEX",
            "RESERVE_FLAG_FLEX",
            description="Its jobs may start before it, go on after it and use nodes outside of it",
        ),
        Flag("NO_FLEX", "RESERVE_FLAG_NO_FLEX", description="Update only: takes FLEX away"),
        Flag(
            "DURATION_PLUS",
            "RESERVE_FLAG_DUR_PLUS",
            description="Update only: the duration given is added to the present one",
        ),
        Flag(
            "DURATION_MINUS",
            "RESERVE_FLAG_DUR_MINUS",
            description="Update only: the duration given is subtracted from the present one",
        ),
        Flag(
            "NO_HOLD_JOBS_AFTER_END",
            "RESERVE_FLAG_NO_HOLD_JOBS",
            description="Jobs that still wait when it ends lose the reservation and are not held",
        ),
        Flag(
            "NO_PURGE_COMP",
            "RESERVE_FLAG_NO_PURGE_COMP",
            description="Update only: takes PURGE_COMP away",
        ),
        Flag(
            "MAGNETIC",
            "RESERVE_FLAG_MAGNETIC",
            description="Draws in jobs that are allowed to use it without having asked for it",
        ),
        Flag(
            "SKIP",
            "RESERVE_FLAG_SKIP",
            description=(
                "Update only: leaves out the present or the next run of a repeated reservation"
            ),
        ),
        Flag("HOURLY", "RESERVE_FLAG_HOURLY", description="Comes again each hour"),
        Flag("NO_HOURLY", "RESERVE_FLAG_NO_HOURLY", description="Update only: takes HOURLY away"),
        Flag(
            "USER_DELETE",
            "RESERVE_FLAG_USER_DEL",
            description="Anyone who may use the reservation may also delete it",
            since=V41,
        ),
        Flag(
            "NO_USER_DELETE",
            "RESERVE_FLAG_NO_USER_DEL",
            description="Update only: takes USER_DELETE away",
            since=V41,
        ),
        Flag(
            "REOCCURRING",
            "RESERVE_REOCCURRING",
            description="Comes again: hourly, daily, weekly, on weekdays or on weekends",
        ),
    ),
    description="What kind of reservation it is",
)

RESERVATION_CORE_SPEC = Struct(
    "RESERVATION_CORE_SPEC",
    "resv_core_spec_t",
    (
        Field("node", STRING, "node_name", "Name of the node"),
        Field("core", STRING, "core_id", "Numbers of the cores reserved on the node, as ranges"),
    ),
    description="Cores that are reserved on one node",
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
        Field(
            "accounts",
            STRING,
            "accounts",
            (
                "Accounts that may use it, separated by commas; a leading - shuts one out; "
                "empty: no rule"
            ),
        ),
        Field(
            "burst_buffer",
            STRING,
            "burst_buffer",
            "Burst buffer space that is reserved; empty if none",
        ),
        Field("core_count", UINT32, "core_cnt", "How many cores are reserved"),
        Field(
            "core_specializations",
            RESERVATION_INFO_CORE_SPEC,
            None,
            "Cores that are reserved of each node, if not whole nodes are",
        ),
        Field("end_time", TIMESTAMP_NO_VAL, "end_time", "When it ends (UNIX time)"),
        Field(
            "features",
            STRING,
            "features",
            "Features its nodes have to have, joined by & or |; empty if any node will do",
        ),
        Field("flags", RESERVATION_FLAGS, "flags", "Kind of the reservation"),
        Field(
            "groups",
            STRING,
            "groups",
            "UNIX groups that may use it, separated by commas; empty: no rule",
        ),
        Field(
            "licenses",
            STRING,
            "licenses",
            "Licenses that are reserved, as name:count separated by commas",
        ),
        Field(
            "max_start_delay",
            UINT32,
            "max_start_delay",
            "How long other jobs may make its own jobs wait, in seconds; 0: not at all",
        ),
        Field("name", STRING, "name", "Name of the reservation"),
        Field("node_count", UINT32, "node_cnt", "How many nodes are reserved"),
        Field(
            "node_list", STRING, "node_list", "Nodes that are reserved, as a hostlist expression"
        ),
        Field(
            "partition",
            STRING,
            "partition",
            "Partition whose nodes are reserved; empty if it is bound to none",
        ),
        Field(
            "purge_completed/time",
            UINT32_NO_VAL,
            "purge_comp_time",
            "Seconds without a job after which PURGE_COMP ends it; default 300",
        ),
        Field("start_time", TIMESTAMP_NO_VAL, "start_time", "When it starts (UNIX time)"),
        Field(
            "watts",
            UINT32_NO_VAL,
            None,
            "Power that was reserved; gone from Slurm, always unset",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field(
            "tres",
            STRING,
            "tres_str",
            "Trackable resources (TRES) that are reserved, as name=count separated by commas",
        ),
        Field(
            "users",
            STRING,
            "users",
            (
                "Users that may use it, separated by commas; a leading - shuts one out; empty: "
                "no rule"
            ),
        ),
    ),
    description="Reservation as the controller knows it",
    branches={
        "purge_completed": "When the reservation is deleted before its end",
    },
)

RESERVATION_INFO_MSG = Leaf(
    "RESERVATION_INFO_MSG",
    "reserve_info_msg_t",
    Items(RESERVATION_INFO),
    None,
    whole=True,
)

RESERVATION_INFO_MSG_PTR = Pointer("RESERVATION_INFO_MSG_PTR", RESERVATION_INFO_MSG)

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

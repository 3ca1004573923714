# SPDX-License-Identifier: GPL-2.0-or-later
"""How slurmdbd fares: its statistics, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterator

from slurmrestd.data_parser.model import (
    V40,
    V41,
    ArrayOf,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.ping import CONTROLLER_PING_PRIMARY
from slurmrestd.data_parser.types import (
    BOOL,
    INT64,
    STRING,
    TIMESTAMP,
    UINT16,
    UINT32,
    UINT64,
    USER_ID,
)

PERIODS = ("hourly", "daily", "monthly")
"""The periods of rollups, in the order of the arrays of slurmdb_rollup_stats_t."""

# -- rollups ----------------------------------------------------------------------------

ROLLUP_TYPE = Leaf(
    "ROLLUP_TYPE",
    "char *",
    Flags(
        "ROLLUP_TYPE",
        "char *",
        (
            Flag("internal", 0, description="Hourly rollups", equal=True),
            Flag("user", 1, description="Daily rollups", equal=True),
            Flag("unknown", 2, description="Monthly rollups", equal=True),
        ),
        single=True,
    ),
    Write("STRING"),
)
ROLLUP = Struct(
    "ROLLUP",
    "sr_rollup",
    (
        Field("type", ROLLUP_TYPE, "type", "Which rollups they are"),
        Field("last_run", TIMESTAMP, "last_run", "When the last one ran (UNIX time)"),
        Field("last_cycle", INT64, "last_cycle", "How long the last one took, in microseconds"),
        Field("max_cycle", INT64, "max_cycle", "How long the longest took, in microseconds"),
        Field("total_time", INT64, "total_time", "How long all of them took, in microseconds"),
        Field("total_cycles", INT64, "total_cycles", "How many there were"),
        Field("mean_cycles", INT64, "mean_cycles", "How long one took on average"),
    ),
    description="Rollups of one period",
)
ROLLUP_STATS_40 = Leaf(
    "ROLLUP_STATS",
    "slurmdb_rollup_stats_t *",
    Items(ROLLUP),
    Write("CALL", function="ROLLUPS", through=ROLLUP),
    description="Rollups by period",
)


def _rollups() -> Iterator[Field]:
    """The rows of every period."""
    for number, period in enumerate(PERIODS):
        count, time = f"count[{number}]", f"timestamp[{number}]"
        yield Field(f"{period}/count", UINT16, count, "How many there were", required=True)
        run = "When the last one ran (UNIX time)"
        yield Field(f"{period}/last_run", TIMESTAMP, time, run, required=True)
        for key, member, which in (
            ("last", "time_last", "the last one"),
            ("max", "time_max", "the longest"),
            ("time", "time_total", "all of them"),
        ):
            yield Field(
                f"{period}/duration/{key}",
                INT64,
                f"{member}[{number}]",
                f"How long {which} took, in microseconds",
                required=True,
            )


ROLLUP_STATS = Struct(
    "ROLLUP_STATS",
    "slurmdb_rollup_stats_t",
    tuple(_rollups()),
    description="Rollups by period",
    branches={
        "hourly": "Hourly rollups",
        "hourly/duration": "How long hourly rollups took",
        "daily": "Daily rollups",
        "daily/duration": "How long daily rollups took",
        "monthly": "Monthly rollups",
        "monthly/duration": "How long monthly rollups took",
    },
)
ROLLUP_STATS_PTR = Pointer("ROLLUP_STATS_PTR", ROLLUP_STATS)

# -- RPCs -------------------------------------------------------------------------------

SLURMDB_RPC_ID = Leaf(
    "SLURMDB_RPC_ID",
    "uint32_t",
    Format.STRING,
    Write("NAME", table="slurmdbd_rpcs"),
    description="Kind of a remote procedure call to slurmdbd",
)


def _counts(of: str) -> tuple[Field, ...]:
    return (
        Field("count", UINT32, "cnt", f"How many RPCs {of} there were"),
        Field("time/average", UINT64, "time_ave", "How long one took on average, in microseconds"),
        Field("time/total", UINT64, "time", "How long all of them took, in microseconds"),
    )


STATS_RPC = Struct(
    "STATS_RPC",
    "slurmdb_rpc_obj_t",
    (Field("rpc", SLURMDB_RPC_ID, "id", "Kind of RPC"), *_counts("of the kind")),
    description="RPCs of one kind",
    branches={
        "time": "How long the RPCs took",
    },
)
STATS_RPC_PTR = Pointer("STATS_RPC_PTR", STATS_RPC)
STATS_RPC_LIST = ListOf("STATS_RPC_LIST", STATS_RPC_PTR)

STATS_USER = Struct(
    "STATS_USER",
    "slurmdb_rpc_obj_t",
    (Field("user", USER_ID, "id", "User who sent them"), *_counts("of the user")),
    description="RPCs of one user",
    branches={
        "time": "How long the RPCs took",
    },
)
STATS_USER_PTR = Pointer("STATS_USER_PTR", STATS_USER)
STATS_USER_LIST = ListOf("STATS_USER_LIST", STATS_USER_PTR)

STATS_REC = Struct(
    "STATS_REC",
    "slurmdb_stats_rec_t",
    (
        Field("time_start", TIMESTAMP, "time_start", "Since when it counts (UNIX time)"),
        Field("rollups", ROLLUP_STATS_40, "dbd_rollup_stats", "Rollups by period", until=V40),
        Field("rollups", ROLLUP_STATS_PTR, "dbd_rollup_stats", "Rollups by period", since=V41),
        Field("RPCs", STATS_RPC_LIST, "rpc_list", "RPCs by kind"),
        Field("users", STATS_USER_LIST, "user_list", "RPCs by user"),
    ),
    description="Statistics of slurmdbd",
)
STATS_REC_PTR = Pointer("STATS_REC_PTR", STATS_REC)

# -- ping -------------------------------------------------------------------------------

SLURMDBD_PING = Struct(
    "SLURMDBD_PING",
    "slurmdbd_ping_t",
    (
        Field("hostname", STRING, "hostname", "Host of the slurmdbd", required=True),
        Field("responding", BOOL, "pinged", "Whether it answered", required=True),
        Field(
            "latency",
            INT64,
            "latency",
            "How long the answer took, or how long it was waited for, in microseconds",
            required=True,
        ),
        Field(
            "primary",
            CONTROLLER_PING_PRIMARY,
            "offset",
            "Whether it is the primary one and not the backup",
            required=True,
        ),
    ),
    description="Whether one slurmdbd answered",
)
SLURMDBD_PING_ARRAY = ArrayOf("SLURMDBD_PING_ARRAY", SLURMDBD_PING)

# -- answers ----------------------------------------------------------------------------

OPENAPI_SLURMDBD_STATS_RESP = Struct(
    "OPENAPI_SLURMDBD_STATS_RESP",
    "openapi_resp_single_t",
    (
        Field("statistics", STATS_REC_PTR, "response", "Statistics of slurmdbd", required=True),
        *ENVELOPE,
    ),
    description="Answer with the statistics of slurmdbd",
)

OPENAPI_SLURMDBD_PING_RESP = Struct(
    "OPENAPI_SLURMDBD_PING_RESP",
    "openapi_resp_single_t",
    (
        Field("pings", SLURMDBD_PING_ARRAY, "response", "What each answered", required=True),
        *ENVELOPE,
    ),
    description="Answer with one result for each slurmdbd",
)

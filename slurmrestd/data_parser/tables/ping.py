# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the controllers answer."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V42,
    ArrayOf,
    Deprecated,
    Field,
    Format,
    Leaf,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import BOOL, STRING, UINT64

CONTROLLER_PING_RESULT = Leaf(
    "CONTROLLER_PING_RESULT",
    "bool",
    Format.STRING,
    Write("NAME", table="ping_results"),
)

CONTROLLER_PING_MODE = Leaf(
    "CONTROLLER_PING_MODE",
    "int",
    Format.STRING,
    Write("CALL", function="PING_MODE"),
)

CONTROLLER_PING_PRIMARY = Leaf(
    "CONTROLLER_PING_PRIMARY",
    "int",
    BOOL,
    Write("HOLD"),
    description="Whether this controller is the primary one",
)

CONTROLLER_PING = Struct(
    "CONTROLLER_PING",
    "controller_ping_t",
    (
        Field("hostname", STRING, "hostname", "Host of the controller"),
        Field(
            "pinged",
            CONTROLLER_PING_RESULT,
            "pinged",
            "UP if the controller answered, else DOWN",
            deprecated=Deprecated("24.11", since=V42),
        ),
        Field(
            "responding",
            BOOL,
            "pinged",
            "Whether the controller answered",
            required=True,
            since=V42,
        ),
        Field(
            "latency",
            UINT64,
            "latency",
            "How long the answer took, or how long it was waited for, in microseconds",
        ),
        Field(
            "mode",
            CONTROLLER_PING_MODE,
            "offset",
            (
                "Place of the controller in line: primary; backup if the only other one, else "
                "backup1 and so on"
            ),
            deprecated=Deprecated("24.11", since=V42),
        ),
        Field(
            "primary",
            CONTROLLER_PING_PRIMARY,
            "offset",
            "Whether this controller is the primary one",
            required=True,
            since=V42,
        ),
    ),
    description="Whether one controller answered",
)

CONTROLLER_PING_ARRAY = ArrayOf("CONTROLLER_PING_ARRAY", CONTROLLER_PING)

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

# SPDX-License-Identifier: GPL-2.0-or-later
"""Trackable resources (TRES)."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, ListOf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import INT32, INT64, STRING

TRES = Struct(
    "TRES",
    "slurmdb_tres_rec_t",
    (
        Field("type", STRING, "type", "Kind of the resource, such as cpu or gres", required=True),
        Field("name", STRING, "name", "Which of its kind, such as gpu; empty where there is one"),
        Field("id", INT32, "id", "Number of the resource in the database"),
        Field("count", INT64, "count", "How much of it; 0 where only the resource itself is meant"),
    ),
)
TRES_PTR = Pointer("TRES_PTR", TRES)
TRES_LIST = ListOf("TRES_LIST", TRES_PTR)

OPENAPI_TRES_RESP = Struct(
    "OPENAPI_TRES_RESP",
    "openapi_resp_single_t",
    (
        Field("TRES", TRES_LIST, "response", "Trackable resources", required=True),
        *ENVELOPE,
    ),
)

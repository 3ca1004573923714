# SPDX-License-Identifier: GPL-2.0-or-later
"""Trackable resources (TRES)."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import TRES_LIST
from slurmrestd.data_parser.model import Field, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE

OPENAPI_TRES_RESP = Struct(
    "OPENAPI_TRES_RESP",
    "openapi_resp_single_t",
    (
        Field("TRES", TRES_LIST, "response", "Trackable resources", required=True),
        *ENVELOPE,
    ),
    description="List of resources (TRES), in an answer or a request",
)

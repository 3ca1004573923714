# SPDX-License-Identifier: GPL-2.0-or-later
"""Trackable resources (TRES)."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import TRES as TRES_TABLE
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.tres import OPENAPI_TRES_RESP
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm.accounting.lookups import load_tres
from slurmrestd.slurm.numbers import ESLURM_NOT_SUPPORTED


def get_tres(call: Call) -> Values:
    """All TRES, those that are no more among them."""
    with call.accounting() as lease:
        found = call.own(load_tres(lease))
    return {"TRES": call.records(TRES_TABLE, found)}


def post_tres(call: Call) -> Values | None:
    """Nobody adds TRES by hand: slurm.conf does."""
    with call.accounting():
        raise call.refuse(ESLURM_NOT_SUPPORTED, "TRES", "TRES cannot be changed")


UPDATE_TRES = Operation(
    "POST",
    "/slurmdb/{data_parser}/tres/",
    post_tres,
    summary="Add TRES; not supported",
    description=(
        "Always fails: what Slurm counts is set in slurm.conf (AccountingStorageTRES), and "
        "nowhere else."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=OPENAPI_TRES_RESP,
    body_description="TRES to add",
)
TRES = Operation(
    "GET",
    "/slurmdb/{data_parser}/tres/",
    get_tres,
    summary="Get all TRES",
    description=(
        "Every kind of resource that Slurm counts, with the number that stands for it; those "
        "that are no longer counted too."
    ),
    response=OPENAPI_TRES_RESP,
    response_description="TRES",
)

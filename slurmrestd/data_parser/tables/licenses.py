# SPDX-License-Identifier: GPL-2.0-or-later
"""Licenses."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Items, Leaf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE, LAST_UPDATE
from slurmrestd.data_parser.types import BOOL, STRING, TIMESTAMP, UINT32

LICENSE = Struct(
    "LICENSE",
    "slurm_license_info_t",
    (
        Field(
            "LicenseName",
            STRING,
            "name",
            "Name of the license; that of a remote one ends in @ and its server",
        ),
        Field("Total", UINT32, "total", "Number of these licenses that this cluster may use"),
        Field("Used", UINT32, "in_use", "Number held by jobs now"),
        Field(
            "Free",
            UINT32,
            "available",
            "Number left: Total less Used and LastDeficit, never below 0",
        ),
        Field(
            "Remote",
            BOOL,
            "remote",
            "Whether the license is defined in slurmdbd instead of in slurm.conf",
        ),
        Field("Reserved", UINT32, "reserved", "Number set aside by reservations"),
        Field(
            "LastConsumed",
            UINT32,
            "last_consumed",
            "Number that the license server last reported as taken, by all clusters; remote only",
        ),
        Field(
            "LastDeficit",
            UINT32,
            "last_deficit",
            "Number taken beyond what Slurm accounts for, as last found; remote only",
        ),
        Field(
            "LastUpdate",
            TIMESTAMP,
            "last_update",
            "When the numbers of the license server were last set (UNIX time); remote only",
        ),
    ),
    description="License, and how many of it are in use",
)

LICENSES = Leaf(
    "LICENSES",
    "license_info_msg_t",
    Items(LICENSE),
    None,
)

LICENSES_PTR = Pointer("LICENSES_PTR", LICENSES)

OPENAPI_LICENSES_RESP = Struct(
    "OPENAPI_LICENSES_RESP",
    "openapi_resp_license_info_msg_t",
    (
        Field(
            "licenses",
            LICENSES_PTR,
            "licenses",
            "Licenses that the controller knows",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with licenses",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Licenses."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Struct
from slurmrestd.data_parser.types import BOOL, STRING, TIMESTAMP, UINT32

LICENSE = Struct(
    "LICENSE",
    "slurm_license_info_t",
    (
        Field("LicenseName", STRING, "name", "TODO"),
        Field("Total", UINT32, "total", "TODO"),
        Field("Used", UINT32, "in_use", "TODO"),
        Field("Free", UINT32, "available", "TODO"),
        Field("Remote", BOOL, "remote", "TODO"),
        Field("Reserved", UINT32, "reserved", "TODO"),
        Field("LastConsumed", UINT32, "last_consumed", "TODO"),
        Field("LastDeficit", UINT32, "last_deficit", "TODO"),
        Field("LastUpdate", TIMESTAMP, "last_update", "TODO"),
    ),
)

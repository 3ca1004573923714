# SPDX-License-Identifier: GPL-2.0-or-later
"""What was used: accounting records of associations and wckeys."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import TRES
from slurmrestd.data_parser.model import V42, Field, ListOf, Pointer, Struct
from slurmrestd.data_parser.types import TIMESTAMP, UINT32, UINT64

ACCOUNTING = Struct(
    "ACCOUNTING",
    "slurmdb_accounting_rec_t",
    (
        Field("allocated/seconds", UINT64, "alloc_secs", "Seconds that the TRES was allocated"),
        Field("id", UINT32, "id", "Number of the association or wckey that used it"),
        Field("id_alt", UINT32, "id_alt", "Another number of what used it; not in use", since=V42),
        Field("start", TIMESTAMP, "period_start", "When the period began (UNIX time)"),
        Field("TRES", TRES, "tres_rec", "What was used"),
    ),
    description="Use of a resource (TRES) in a span of time",
    branches={
        "allocated": "What was allocated to jobs",
    },
)
ACCOUNTING_PTR = Pointer("ACCOUNTING_PTR", ACCOUNTING)
ACCOUNTING_LIST = ListOf("ACCOUNTING_LIST", ACCOUNTING_PTR)

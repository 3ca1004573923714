# SPDX-License-Identifier: GPL-2.0-or-later
"""Trackable resources (TRES)."""

from __future__ import annotations

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi, lib


def load(lease: Lease) -> RecordList:
    """All of them (``slurmdb_tres_rec_t``).  Raises SlurmError."""
    condition = ffi.new("slurmdb_tres_cond_t *")
    lib.slurmdb_init_tres_cond(condition, False)
    condition.with_deleted = True
    return lease.fetch(lib.slurmdb_tres_get, condition, "slurmdb_tres_get()")

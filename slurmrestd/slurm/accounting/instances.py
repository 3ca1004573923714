# SPDX-License-Identifier: GPL-2.0-or-later
"""Instances: what nodes in the cloud were."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib


def load(lease: Lease, condition: Any) -> RecordList:
    """Instances (``slurmdb_instance_rec_t``).  Raises SlurmError."""
    return lease.fetch(lib.slurmdb_instances_get, condition, "slurmdb_instances_get()")

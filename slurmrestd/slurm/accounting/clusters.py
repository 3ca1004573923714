# SPDX-License-Identifier: GPL-2.0-or-later
"""Clusters."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import Owned


def new_condition(owned: Owned, *names: bytes) -> Any:
    """A ``slurmdb_cluster_cond_t`` for clusters by name, for all without any."""
    condition = owned.new("slurmdb_cluster_cond_t *")
    lib.slurmdb_init_cluster_cond(condition, False)
    if names:
        condition.cluster_list = owned.list([owned.text(name) for name in names])
    return condition


def load(lease: Lease, condition: Any) -> RecordList:
    """Clusters (``slurmdb_cluster_rec_t``).  Raises SlurmError."""
    return lease.fetch(lib.slurmdb_clusters_get, condition, "slurmdb_clusters_get()")


def add(lease: Lease, records: Any) -> None:
    """Add the clusters of a ``list_t *``.  Raises SlurmError."""
    lease.change(lib.slurmdb_clusters_add, records, source="slurmdb_clusters_add()")


def remove(lease: Lease, condition: Any) -> RecordList:
    """Remove clusters; the names of what was removed.  Raises SlurmError."""
    return lease.change_listed(
        lib.slurmdb_clusters_remove, condition, source="slurmdb_clusters_remove()"
    )

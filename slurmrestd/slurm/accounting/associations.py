# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations (``slurmdb_assoc_rec_t``).  All of these raise SlurmError."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.accounting.lookups import ASSOCIATION_BYTES
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned


def load(lease: Lease, condition: Any) -> RecordList:
    """Those of a ``slurmdb_assoc_cond_t``."""
    return lease.fetch(
        lib.slurmdb_associations_get, condition, "slurmdb_associations_get()", ASSOCIATION_BYTES
    )


def add(lease: Lease, record: Any) -> None:
    """Add one."""
    owned = Owned()
    records = owned.list([record])
    lease.change(lib.slurmdb_associations_add, records, source="slurmdb_associations_add()")


def modify(lease: Lease, condition: Any, record: Any) -> RecordList:
    """Change those of a condition; what was changed."""
    return lease.change_listed(
        lib.slurmdb_associations_modify, condition, record, source="slurmdb_associations_modify()"
    )


def remove(lease: Lease, condition: Any) -> RecordList:
    """Remove those of a condition; what was removed."""
    return lease.change_listed(
        lib.slurmdb_associations_remove, condition, source="slurmdb_associations_remove()"
    )


def condition_of(
    owned: Owned,
    *,
    accounts: Sequence[bytes | None] | None = None,
    clusters: Sequence[bytes | None] | None = None,
    partitions: Sequence[bytes | None] | None = None,
    users: Sequence[bytes | None] | None = None,
) -> Any:
    """A condition for those of these names; None stands for any."""
    condition = owned.new("slurmdb_assoc_cond_t *")
    condition.acct_list = names(owned, accounts)
    condition.cluster_list = names(owned, clusters)
    condition.partition_list = names(owned, partitions)
    condition.user_list = names(owned, users)
    return condition


def names(owned: Owned, values: Sequence[bytes | None] | None) -> Any:
    """A ``list_t *`` of texts, NULL for None."""
    return owned.list([owned.text(value) for value in values]) if values is not None else ffi.NULL

# SPDX-License-Identifier: GPL-2.0-or-later
"""Users (``slurmdb_user_rec_t``).  All of these raise SlurmError."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurmrestd.slurm.accounting.associations import condition_of as associations_of
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import Owned


def load(lease: Lease, condition: Any) -> RecordList:
    """Those of a ``slurmdb_user_cond_t``."""
    return lease.fetch(lib.slurmdb_users_get, condition, "slurmdb_users_get()")


def add(lease: Lease, record: Any) -> None:
    """Add one."""
    owned = Owned()
    records = owned.list([record])
    lease.change(lib.slurmdb_users_add, records, source="slurmdb_users_add()")


def modify(lease: Lease, condition: Any, record: Any) -> RecordList:
    """Change those of a condition; their names."""
    return lease.change_listed(
        lib.slurmdb_users_modify, condition, record, source="slurmdb_users_modify()"
    )


def remove(lease: Lease, condition: Any) -> RecordList:
    """Remove those of a condition; their names."""
    return lease.change_listed(lib.slurmdb_users_remove, condition, source="slurmdb_users_remove()")


def add_many(lease: Lease, condition: Any, record: Any) -> bytes:
    """Add the users of a ``slurmdb_add_assoc_cond_t`` with associations and wckeys.

    Gives back what was done, as sacctmgr(1) says it.
    """
    return lease.change_told(
        lib.slurmdb_users_add_cond, condition, record, source="slurmdb_users_add_cond()"
    )


def condition_of(owned: Owned, users: Sequence[bytes | None], *, with_deleted: bool = False) -> Any:
    """A condition for users by name."""
    condition = owned.new("slurmdb_user_cond_t *")
    condition.assoc_cond = associations_of(owned, users=users)
    condition.with_deleted = with_deleted
    return condition

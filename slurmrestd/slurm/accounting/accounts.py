# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts (``slurmdb_account_rec_t``) and their coordinators.  All of these raise SlurmError."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting import users
from slurmrestd.slurm.accounting.associations import condition_of as associations_of
from slurmrestd.slurm.accounting.associations import names
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import Owned


def load(lease: Lease, condition: Any) -> RecordList:
    """Those of a ``slurmdb_account_cond_t``."""
    return lease.fetch(lib.slurmdb_accounts_get, condition, "slurmdb_accounts_get()")


def add(lease: Lease, record: Any) -> None:
    """Add one."""
    owned = Owned()
    records = owned.list([record])
    lease.change(lib.slurmdb_accounts_add, records, source="slurmdb_accounts_add()")


def modify(lease: Lease, condition: Any, record: Any) -> RecordList:
    """Change those of a condition; their names."""
    return lease.change_listed(
        lib.slurmdb_accounts_modify, condition, record, source="slurmdb_accounts_modify()"
    )


def remove(lease: Lease, condition: Any) -> RecordList:
    """Remove those of a condition; their names."""
    return lease.change_listed(
        lib.slurmdb_accounts_remove, condition, source="slurmdb_accounts_remove()"
    )


def add_many(lease: Lease, condition: Any, record: Any) -> bytes:
    """Add the accounts of a ``slurmdb_add_assoc_cond_t`` with their associations.

    Gives back what was done, as sacctmgr(1) says it.
    """
    return lease.change_told(
        lib.slurmdb_accounts_add_cond, condition, record, source="slurmdb_accounts_add_cond()"
    )


def add_coordinator(lease: Lease, account: bytes | None, user: bytes | None) -> None:
    """Make a user a coordinator of an account."""
    owned = Owned()
    accounts, condition = names(owned, [account]), users.condition_of(owned, [user])
    lease.change(lib.slurmdb_coord_add, accounts, condition, source="slurmdb_coord_add()")


def remove_coordinator(lease: Lease, account: bytes | None, user: bytes | None) -> None:
    """Make a user no coordinator of an account any more."""
    owned = Owned()
    accounts, condition = names(owned, [account]), users.condition_of(owned, [user])
    lease.change_listed(
        lib.slurmdb_coord_remove, accounts, condition, source="slurmdb_coord_remove()"
    ).close()


def condition_of(owned: Owned, account: bytes | None, flags: int = 0) -> Any:
    """A condition for an account by name; ``flags`` are those of an account."""
    condition = owned.new("slurmdb_account_cond_t *")
    condition.assoc_cond = associations_of(owned, accounts=[account])
    condition.flags = flags
    return condition

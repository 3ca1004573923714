# SPDX-License-Identifier: GPL-2.0-or-later
"""Wckeys (``slurmdb_wckey_rec_t``).  All of these raise SlurmError."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurmrestd.slurm.accounting.associations import names
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import Owned


def load(lease: Lease, condition: Any) -> RecordList:
    """Those of a ``slurmdb_wckey_cond_t``."""
    return lease.fetch(lib.slurmdb_wckeys_get, condition, "slurmdb_wckeys_get()")


def add(lease: Lease, records: Sequence[Any]) -> None:
    """Add several."""
    owned = Owned()
    made = owned.list(records)
    lease.change(lib.slurmdb_wckeys_add, made, source="slurmdb_wckeys_add()")


def remove(lease: Lease, condition: Any) -> RecordList:
    """Remove those of a condition; what was removed."""
    return lease.change_listed(
        lib.slurmdb_wckeys_remove, condition, source="slurmdb_wckeys_remove()"
    )


def condition_of(owned: Owned, name: bytes) -> Any:
    """A condition for wckeys by name."""
    condition = owned.new("slurmdb_wckey_cond_t *")
    condition.name_list = names(owned, [name])
    return condition

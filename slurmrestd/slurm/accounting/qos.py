# SPDX-License-Identifier: GPL-2.0-or-later
"""Qualities of service (QOS)."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import QOS_COND_FLAG_WITH_DELETED


def load(
    lease: Lease,
    *,
    names: list[bytes] | None = None,
    ids: list[int] | None = None,
    with_deleted: bool = False,
) -> RecordList:
    """Those of ``names`` and ``ids``, all without either (``slurmdb_qos_rec_t``).

    Raises SlurmError.
    """
    owned = Owned()
    condition = _condition(owned, names, ids)
    condition.flags = QOS_COND_FLAG_WITH_DELETED if with_deleted else 0
    return lease.fetch(lib.slurmdb_qos_get, condition, "slurmdb_qos_get()")


def add(lease: Lease, record: Any) -> None:
    """Add a QOS.  Raises SlurmError."""
    records = Owned().list([record])
    lease.change(lib.slurmdb_qos_add, records, source="slurmdb_qos_add()")


def modify(lease: Lease, name: bytes | None, number: int, record: Any) -> RecordList:
    """Change a QOS by its name, its id (if not 0), or both; the names of what was changed.

    Raises SlurmError.
    """
    owned = Owned()
    condition = _condition(owned, None if name is None else [name], [number] if number else None)
    return lease.change_listed(
        lib.slurmdb_qos_modify, condition, record, source="slurmdb_qos_modify()"
    )


def remove(lease: Lease, name: bytes) -> RecordList:
    """Remove a QOS; the names of what was removed.  Raises SlurmError."""
    owned = Owned()
    return lease.change_listed(
        lib.slurmdb_qos_remove, _condition(owned, [name], None), source="slurmdb_qos_remove()"
    )


def _condition(owned: Owned, names: list[bytes] | None, ids: list[int] | None) -> Any:
    condition = owned.new("slurmdb_qos_cond_t *")
    if names is not None:
        condition.name_list = owned.list([owned.text(name) for name in names])
    if ids is not None:
        condition.id_list = owned.list([owned.text(str(number)) for number in ids])
    return condition

# SPDX-License-Identifier: GPL-2.0-or-later
"""The numbers of slurmdbd's that the records of an answer have, where that is easily seen.

A list that would name none of them need not be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from slurmrestd.data_parser.encode import Gathered
from slurmrestd.data_parser.model import Field, Needs, Struct, Version
from slurmrestd.data_parser.needs import needs_of
from slurmrestd.data_parser.program import offset_of
from slurmrestd.slurm.accounting.known import Kind
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import PRIVATE_BITSTR_HEADER_WORDS

FEW: Final = 32
"""How many records are looked at for QOS: for more, a list is asked for in less time."""

QOS: Final = "slurmdb_qos_rec_t"

Shown = tuple[Struct, RecordList, Gathered]

_TOLD_BY: Final = {Kind.TRES: "TRES_STR", Kind.QOS: "QOS_PREEMPT_LIST"}


def tres_shown(shown: Sequence[Shown], version: Version) -> Callable[[Any], bool] | None:
    """What tells whether an ``sr_index`` has all TRES that records name.

    None where that cannot be told: it can where each record has them in members of its own.
    """
    places = [(_offsets(struct, version), rows) for struct, _, rows in shown]
    if any(offsets is None for offsets, _ in places):
        return None
    return lambda index: all(
        lib.sr_knows_tres(index, rows.base, rows.count, offsets, len(offsets))
        for offsets, rows in places
    )


@cache
def _offsets(struct: Struct, version: Version) -> Any:
    """Where the TRES strings are in a record, as ``uint64_t[]``; None where it has others."""
    rows = _rows(struct, version, Kind.TRES)
    if rows is None:
        return None
    return ffi.new("uint64_t[]", [offset_of(struct.ctype, row.member or "") for row in rows])


def qos_shown(shown: Sequence[Shown], version: Version) -> frozenset[int] | None:
    """The numbers of QOS that records have; None where that cannot be told.

    It can where there are few records, each with its numbers in members of its own.
    """
    if sum(len(found) for _, found, _ in shown) > FEW:
        return None
    numbers: set[int] = set()
    for struct, found, _ in shown:
        rows = _rows(struct, version, Kind.QOS)
        if rows is None:
            return None
        for record in found.records(struct.ctype) if rows else ():
            numbers.update(_bits(record.preempt_bitstr))
    return frozenset(numbers)


def list_with(numbers: Iterable[int], shown: Sequence[Shown]) -> RecordList | None:
    """One of the lists that are shown, if all QOS that the numbers stand for are in it."""
    for struct, found, _ in shown:
        if struct.ctype == QOS:
            own = {int(record.id) for record in found.records(struct.ctype)}
            if own.issuperset(numbers):
                return found
    return None


def _bits(bits: Any) -> Iterator[int]:
    if bits == ffi.NULL:
        return
    words = ffi.cast("uint64_t *", bits)
    for bit in range(words[1]):
        if words[PRIVATE_BITSTR_HEADER_WORDS + bit // 64] >> bit % 64 & 1:
            yield bit


@cache
def _rows(struct: Struct, version: Version, kind: Kind) -> tuple[Field, ...] | None:
    """The rows that numbers of a kind are in; None where one has no member of its own."""
    need = Needs[kind.name]
    rows = tuple(
        row
        for row in struct.rows(version)
        if not row.removed and needs_of(row.type, version) & need
    )
    if any(row.type.name != _TOLD_BY[kind] or "." in (row.member or "") for row in rows):
        return None
    return rows

# SPDX-License-Identifier: GPL-2.0-or-later
"""The numbers of slurmdbd's that the records of an answer have, where that is easily seen.

A list that would name none of them need not be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from slurmrestd.data_parser.model import Field, Needs, Struct, Version
from slurmrestd.data_parser.needs import needs_of
from slurmrestd.slurm.accounting.known import Kind
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.numbers import PRIVATE_BITSTR_HEADER_WORDS

FEW: Final = 32
"""How many records are looked at: for more, a list is asked for in less time."""

QOS: Final = "slurmdb_qos_rec_t"

Shown = tuple[Struct, RecordList]

_TRES_ID: Final = re.compile(rb"(?:^|,)([0-9]+)")
"""At the beginning of an entry of ``1=4,1001=2``; the encoder may take fewer for one."""


def numbers_shown(kind: Kind, shown: Sequence[Shown], version: Version) -> frozenset[int] | None:
    """The numbers of a kind that records have; None where that cannot be told.

    It can where there are few records, each with its numbers in members of its own.
    """
    if kind not in _TELLERS or sum(len(found) for _, found in shown) > FEW:
        return None
    _, tell = _TELLERS[kind]
    numbers: set[int] = set()
    for struct, found in shown:
        rows = _rows(struct, version, kind)
        if rows is None:
            return None
        for record in found.records(struct.ctype) if rows else ():
            numbers.update(tell(record, rows))
    return frozenset(numbers)


def list_with(numbers: Iterable[int], kind: Kind, shown: Sequence[Shown]) -> RecordList | None:
    """One of the lists that are shown, if its own records are all that the numbers stand for."""
    for struct, found in shown:
        if kind is Kind.QOS and struct.ctype == QOS:
            own = {int(record.id) for record in found.records(struct.ctype)}
            if own.issuperset(numbers):
                return found
    return None


def _tres(record: Any, rows: Sequence[Field]) -> Iterable[int]:
    found: set[int] = set()
    for row in rows:
        text = getattr(record, row.member or "")
        if text != ffi.NULL:
            found.update(map(int, _TRES_ID.findall(ffi.string(text))))
    return found


def _preempted(record: Any, _: Sequence[Field]) -> Iterable[int]:
    return _bits(record.preempt_bitstr)


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
    told_by, _ = _TELLERS[kind]
    need = Needs[kind.name]
    rows = tuple(
        row
        for row in struct.rows(version)
        if not row.removed and needs_of(row.type, version) & need
    )
    if any(row.type.name != told_by or "." in (row.member or "") for row in rows):
        return None
    return rows


_TELLERS: Final[dict[Kind, tuple[str, Callable[[Any, Sequence[Field]], Iterable[int]]]]] = {
    Kind.TRES: ("TRES_STR", _tres),
    Kind.QOS: ("QOS_PREEMPT_LIST", _preempted),
}

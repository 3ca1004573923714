# SPDX-License-Identifier: GPL-2.0-or-later
"""Which TRES and QOS an answer needs the names of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from slurmrestd.data_parser.model import Struct, Version
from slurmrestd.data_parser.tables.associations import ASSOC
from slurmrestd.data_parser.tables.clusters import CLUSTER_REC
from slurmrestd.data_parser.tables.qos import QOS
from slurmrestd.openapi.numbers_shown import FEW, Shown, list_with, numbers_shown
from slurmrestd.slurm.accounting.known import Kind
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.numbers import PRIVATE_BITSTR_MAGIC

LAST = max(Version)


class Records:
    """Stands for a list that slurmdbd answered with."""

    def __init__(self, struct: Struct, *records: dict[str, Any]) -> None:
        self._keep: list[Any] = []
        self._records = [self._made(struct, members) for members in records]

    def _made(self, struct: Struct, members: dict[str, Any]) -> Any:
        record = ffi.new(f"{struct.ctype} *")
        self._keep.append(record)
        for member, value in members.items():
            setattr(record, member, self._native(value))
        return record

    def _native(self, value: Any) -> Any:
        if isinstance(value, bytes):
            self._keep.append(ffi.new("char[]", value))
            return self._keep[-1]
        return self._bits(value) if isinstance(value, set) else value

    def _bits(self, numbers: set[int]) -> Any:
        size = 130
        words = [sum(1 << n % 64 for n in numbers if n // 64 == word) for word in range(3)]
        bits = ffi.new("uint64_t[]", [PRIVATE_BITSTR_MAGIC, size, *words])
        self._keep.append(bits)
        return ffi.cast("bitstr_t *", bits)

    def __len__(self) -> int:
        return len(self._records)

    def records(self, kind: str) -> Iterator[Any]:
        assert all(ffi.typeof(record) is ffi.typeof(f"{kind} *") for record in self._records)
        return iter(self._records)


def shown(struct: Struct, *records: dict[str, Any]) -> list[Shown]:
    return [(struct, cast(RecordList, Records(struct, *records)))]


def test_tres_are_those_of_every_text() -> None:
    """Those that begin with a comma as well."""
    records = shown(QOS, {"grp_tres": b"1=4,1001=2"}, {}, {"min_tres_pj": b",2=5"})
    assert numbers_shown(Kind.TRES, records, LAST) == frozenset({1, 2, 1001})


def test_of_a_cluster_they_are_told_too() -> None:
    records = shown(CLUSTER_REC, {"tres_str": b"1=4,2=8"})
    assert numbers_shown(Kind.TRES, records, LAST) == frozenset({1, 2})


def test_where_there_are_none_no_list_is_needed() -> None:
    records = shown(QOS, {"name": b"normal", "grp_tres": b""})
    assert numbers_shown(Kind.TRES, records, LAST) == frozenset()
    assert numbers_shown(Kind.QOS, records, LAST) == frozenset()


def test_a_number_in_a_text_that_is_no_entry_may_be_asked_for() -> None:
    """The encoder never shows more than what is told here."""
    records = shown(QOS, {"grp_tres": b"3x=1,x4=2,5"})
    assert numbers_shown(Kind.TRES, records, LAST) == frozenset({3, 5})


def test_qos_that_are_preempted_are_told_bit_by_bit() -> None:
    records = shown(QOS, {"preempt_bitstr": {2, 63, 64, 129}}, {"preempt_bitstr": {5}})
    assert numbers_shown(Kind.QOS, records, LAST) == frozenset({2, 5, 63, 64, 129})


def test_a_list_names_them_if_it_has_all_of_them() -> None:
    records = shown(QOS, {"id": 2}, {"id": 5})
    assert list_with({2, 5}, Kind.QOS, records) is records[0][1]
    assert list_with({2, 6}, Kind.QOS, records) is None
    assert list_with({2}, Kind.TRES, records) is None


def test_it_cannot_be_told_where_numbers_lie_deeper_or_records_are_many() -> None:
    assert numbers_shown(Kind.QOS, shown(ASSOC, {}), LAST) is None
    assert numbers_shown(Kind.ASSOC, shown(QOS, {}), LAST) is None
    assert numbers_shown(Kind.TRES, shown(QOS, *[{}] * FEW), LAST) == frozenset()
    assert numbers_shown(Kind.TRES, shown(QOS, *[{}] * (FEW + 1)), LAST) is None

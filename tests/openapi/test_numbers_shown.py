# SPDX-License-Identifier: GPL-2.0-or-later
"""Which TRES and QOS an answer needs the names of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from slurmrestd.data_parser.encode import Gathered
from slurmrestd.data_parser.model import Struct, Version
from slurmrestd.data_parser.tables.accounting_jobs import JOB
from slurmrestd.data_parser.tables.associations import ASSOC
from slurmrestd.data_parser.tables.clusters import CLUSTER_REC
from slurmrestd.data_parser.tables.qos import QOS
from slurmrestd.openapi.numbers_shown import FEW, Shown, list_with, qos_shown, tres_shown
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import PRIVATE_BITSTR_MAGIC

LAST = max(Version)


class Records:
    """Stands for a list that slurmdbd answered with."""

    def __init__(self, struct: Struct, *records: dict[str, Any]) -> None:
        self._keep: list[Any] = []
        self._records = [self._made(struct, members) for members in records]
        self.base = ffi.new("void *[]", self._records)
        self.count = len(records)

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
    made = Records(struct, *records)
    return [(struct, cast(RecordList, made), cast(Gathered, made))]


def index(*ids: int) -> Any:
    """An ``sr_index`` that has TRES of these ids."""
    rows = [ffi.new("slurmdb_tres_rec_t *", {"id": number}) for number in ids]
    made = ffi.gc(ffi.new("sr_index *"), lambda made, _=rows: lib.sr_index_clear(made))
    offset = ffi.offsetof("slurmdb_tres_rec_t", "id")
    assert lib.sr_index_make(made, ffi.new("void *[]", rows), len(rows), offset) == lib.SR_DONE
    return made


@pytest.mark.parametrize(
    ("ids", "suffices"),
    [((1, 2, 1001), True), ((7, 1, 1001, 2, 3), True), ((1, 2), False), ((2, 1001), False)],
)
def test_all_tres_of_every_text_have_to_be_there(ids: tuple[int, ...], suffices: bool) -> None:
    """Those of texts that begin with a comma as well."""
    records = shown(QOS, {"grp_tres": b"1=4,1001=2"}, {}, {"min_tres_pj": b",2=5"})
    found = tres_shown(records, LAST)
    assert found is not None
    assert found(index(*ids)) is suffices


def test_of_a_cluster_they_are_told_too() -> None:
    found = tres_shown(shown(CLUSTER_REC, {"tres_str": b"1=4,2=8"}), LAST)
    assert found is not None
    assert not found(index(1))
    assert found(index(1, 2))


def test_where_there_are_none_no_list_is_needed() -> None:
    """A text that is no list of TRES is none for the encoder either."""
    for text in (b"", b"x4=2,5", b"5", b",", b"-1=3"):
        records = shown(QOS, {"name": b"normal", "grp_tres": text})
        found = tres_shown(records, LAST)
        assert found is not None
        assert found(index())
        assert qos_shown(records, LAST) == frozenset()


def test_of_jobs_it_cannot_be_told() -> None:
    """Their steps have TRES of their own."""
    assert tres_shown(shown(JOB, {}), LAST) is None


def test_qos_that_are_preempted_are_told_bit_by_bit() -> None:
    records = shown(QOS, {"preempt_bitstr": {2, 63, 64, 129}}, {"preempt_bitstr": {5}})
    assert qos_shown(records, LAST) == frozenset({2, 5, 63, 64, 129})


def test_a_list_names_them_if_it_has_all_of_them() -> None:
    records = shown(QOS, {"id": 2}, {"id": 5})
    assert list_with({2, 5}, records) is records[0][1]
    assert list_with({2, 6}, records) is None


def test_it_cannot_be_told_where_numbers_lie_deeper_or_records_are_many() -> None:
    assert qos_shown(shown(ASSOC, {}), LAST) is None
    assert qos_shown(shown(QOS, *[{}] * FEW), LAST) == frozenset()
    assert qos_shown(shown(QOS, *[{}] * (FEW + 1)), LAST) is None

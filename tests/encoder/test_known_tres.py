# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether an index has all TRES that records name."""

from __future__ import annotations

import pytest

from slurmrestd._encoder import ffi, lib
from tests.encoder.lookups import lookups

MEMBERS = ("grp_tres", "min_tres_pj")


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        ((), ()),
        ((None, b""), ()),
        ((b"1=4,1001=2", b",2=5"), (1, 2, 1001)),
        ((b"2=1,", None), (2,)),
        ((b"3x=1", b"x4=2,5"), (3,)),  # the second stops at an entry without an id
        ((b"4294967295=1", b"5"), ()),  # no id, as an int has none such; no count
    ],
)
def test_each_one_has_to_be_there(texts: tuple[bytes | None, ...], ids: tuple[int, ...]) -> None:
    """And nothing else has to: without any of them it is not."""
    keep = [ffi.NULL if text is None else ffi.new("char[]", text) for text in texts]
    records = []
    for first in range(0, len(keep), 2):
        pair = dict(zip(MEMBERS, keep[first : first + 2], strict=True))
        records.append(ffi.new("slurmdb_qos_rec_t *", pair))
    rows = ffi.new("void *[]", records)
    offsets = ffi.new("uint64_t[]", [ffi.offsetof("slurmdb_qos_rec_t", m) for m in MEMBERS])

    def knows(*known: int) -> bool:
        with lookups(tres={number: {} for number in known}) as native:
            index = ffi.addressof(native, "tres")
            return bool(lib.sr_knows_tres(index, rows, len(records), offsets, len(offsets)))

    assert knows(*ids)
    assert knows(*ids, 7, 8)
    for number in ids:
        assert not knows(*(other for other in ids if other != number))

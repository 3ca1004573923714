# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd's numbers stand for, as a test has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slurmrestd._encoder import ffi, lib

Texts = dict[str, bytes]


@contextmanager
def lookups(
    tres: dict[int, Texts] | None = None,
    qos: dict[int, Texts] | None = None,
    assocs: list[tuple[int, Texts]] | None = None,
) -> Iterator[Any]:
    """An ``sr_lookups *`` of records by their ids; a member is a text."""
    keep: list[Any] = []
    native = ffi.new("sr_lookups *")
    records = {
        "tres": [_record("slurmdb_tres_rec_t", *pair, keep) for pair in (tres or {}).items()],
        "qos": [_record("slurmdb_qos_rec_t", *pair, keep) for pair in (qos or {}).items()],
        "assocs": [_record("slurmdb_assoc_rec_t", *pair, keep) for pair in assocs or []],
    }
    kinds = {"tres": "slurmdb_tres_rec_t", "qos": "slurmdb_qos_rec_t"}
    try:
        for name, made in records.items():
            offset = ffi.offsetof(kinds.get(name, "slurmdb_assoc_rec_t"), "id")
            rows = ffi.new("void *[]", made)
            index = ffi.addressof(native, name)
            assert lib.sr_index_make(index, rows, len(made), offset) == lib.SR_DONE
        yield native
    finally:
        for name in records:
            lib.sr_index_clear(ffi.addressof(native, name))


def _record(kind: str, number: int, texts: Texts, keep: list[Any]) -> Any:
    record = ffi.new(f"{kind} *", {"id": number})
    keep.append(record)
    for member, text in texts.items():
        keep.append(ffi.new("char[]", text))
        setattr(record, member, keep[-1])
    return record

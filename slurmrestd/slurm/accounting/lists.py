# SPDX-License-Identifier: GPL-2.0-or-later
"""The lists that slurmdbd answers with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.rpc import Message


class RecordList(Message):
    """A ``list_t *`` that owns what it holds.  ``source`` is where it comes from."""

    def __init__(self, pointer: Any, source: str, record_bytes: int = 0) -> None:
        super().__init__(pointer, lib.slurm_list_destroy, int(pointer.count) * record_bytes)
        self.source = source

    def __len__(self) -> int:
        return int(self.pointer.count)

    def released(self) -> Any:
        """The list, to be freed when nobody refers to it any more.  This one is closed by it."""
        pointer, self._pointer = self.pointer, None
        return ffi.gc(pointer, lib.slurm_list_destroy)

    def records(self, kind: str) -> Iterator[Any]:
        """The items, as pointers to ``kind``."""
        return items_of(self.pointer, kind)

    def texts(self) -> list[bytes]:
        """The items of a list of texts."""
        return [ffi.string(item) for item in self.records("char")]


def items_of(items: Any, kind: str) -> Iterator[Any]:
    """What a ``list_t *`` holds, as pointers to ``kind``; NULL holds nothing."""
    pointer = f"{kind} *"
    node = ffi.NULL if items == ffi.NULL else items.head
    while node != ffi.NULL:
        yield ffi.cast(pointer, node.data)
        node = node.next

# SPDX-License-Identifier: GPL-2.0-or-later
"""All TRES, kept with a connection to name what the answers to its owner have.

A TRES never changes its number, its type or its name, and none is ever taken away; so what
was known stays true, and only an id that is not known asks for a look.
"""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm.accounting.lists import RecordList, items_of
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import ESLURM_REST_EMPTY_RESULT


class KeptTres:
    """Never changes, and is freed when nobody refers to it any more.

    An answer that is still being written may outlive the connection.
    """

    def __init__(self, found: RecordList) -> None:
        """Take what a list holds.  Raises SlurmError where it holds nothing, MemoryError."""
        self._records = found.released()
        rows = list(items_of(self._records, "slurmdb_tres_rec_t"))
        if not rows:
            raise SlurmError(ESLURM_REST_EMPTY_RESULT, found.source)
        self._index = ffi.gc(ffi.new("sr_index *"), lib.sr_index_clear)
        offset = ffi.offsetof("slurmdb_tres_rec_t", "id")
        if lib.sr_index_make(self._index, ffi.new("void *[]", rows), len(rows), offset):
            raise MemoryError

    @property
    def index(self) -> Any:
        """An ``sr_index``, good as long as this is referred to; nobody else may clear it."""
        return self._index[0]

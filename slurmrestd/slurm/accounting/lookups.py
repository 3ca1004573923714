# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd's numbers stand for: TRES, QOS and associations.

Each list is asked for once in a request, when it is needed first, and belongs to the
request: names may change, and what may be seen of them is the caller's.  Only TRES are kept
with the caller's connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from slurmrestd.slurm.accounting.kept_tres import KeptTres
from slurmrestd.slurm.accounting.known import Association, Kind, Qos, Tres
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import (
    ASSOC_COND_FLAG_WITH_DELETED,
    ESLURM_REST_EMPTY_RESULT,
    QOS_COND_FLAG_WITH_DELETED,
)

ASSOCIATION_BYTES = 600
"""About what an association takes, strings and heap included."""


def load_tres(lease: Lease) -> RecordList:
    """All TRES (``slurmdb_tres_rec_t``), deleted ones too.  Raises SlurmError."""
    condition = ffi.new("slurmdb_tres_cond_t *")
    lib.slurmdb_init_tres_cond(condition, False)
    condition.with_deleted = True
    return lease.fetch(lib.slurmdb_tres_get, condition, "slurmdb_tres_get()")


def load_qos(lease: Lease) -> RecordList:
    """All QOS (``slurmdb_qos_rec_t``), deleted ones too.  Raises SlurmError."""
    condition = ffi.new("slurmdb_qos_cond_t *", {"flags": QOS_COND_FLAG_WITH_DELETED})
    return lease.fetch(lib.slurmdb_qos_get, condition, "slurmdb_qos_get()")


def load_associations(lease: Lease) -> RecordList:
    """All associations (``slurmdb_assoc_rec_t``), deleted ones too.  Raises SlurmError."""
    condition = ffi.new("slurmdb_assoc_cond_t *", {"flags": ASSOC_COND_FLAG_WITH_DELETED})
    return lease.fetch(
        lib.slurmdb_associations_get, condition, "slurmdb_associations_get()", ASSOCIATION_BYTES
    )


_NOTHING = ffi.new("sr_index *")


class LookUps:
    """The lists of one request.  ``close`` it when its answer is written.

    They are asked for on the lease that it was made with, as long as that is open.
    """

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._lists: dict[Kind, RecordList] = {}
        self._native: Any = None
        self._indexed: list[Kind] = []
        self._tres: KeptTres | None = None

    # -- for reading --------------------------------------------------------------------

    @cached_property
    def tres(self) -> tuple[Tres, ...]:
        """All TRES.  Raises SlurmError."""
        return tuple(
            Tres(record.id, _bytes(record.type), _bytes(record.name))
            for record in self._list(Kind.TRES).records("slurmdb_tres_rec_t")
        )

    @cached_property
    def qos(self) -> tuple[Qos, ...]:
        """All QOS.  Raises SlurmError."""
        return tuple(
            Qos(record.id, _bytes(record.name))
            for record in self._list(Kind.QOS).records("slurmdb_qos_rec_t")
        )

    @cached_property
    def associations(self) -> tuple[Association, ...]:
        """All associations.  Raises SlurmError."""
        return tuple(self._associations())

    def _associations(self) -> Iterator[Association]:
        for record in self._list(Kind.ASSOC).records("slurmdb_assoc_rec_t"):
            yield Association(
                record.id,
                _text_or_none(record.acct),
                _text_or_none(record.cluster),
                _text_or_none(record.partition),
                _text_or_none(record.user),
            )

    # -- for writing --------------------------------------------------------------------

    @property
    def native(self) -> Any:
        """An ``sr_lookups *`` that knows what was loaded; None before anything was."""
        return self._native

    def load(self, kind: Kind) -> None:
        """Have a list at hand for the encoder.  Raises SlurmError, MemoryError.

        A list without anything in it is an error as well: that of a caller who may see none.
        """
        self.use(kind, self._list(kind))

    def use(self, kind: Kind, found: RecordList) -> None:
        """The same with records that are there, and live as long as these look-ups."""
        native = self._made()
        rows = list(found.records("void"))
        if not rows:
            raise SlurmError(ESLURM_REST_EMPTY_RESULT, found.source)
        offset = ffi.offsetof(_RECORDS[kind], "id")
        index = ffi.addressof(native, kind.value)
        self._indexed.append(kind)
        if lib.sr_index_make(index, ffi.new("void *[]", rows), len(rows), offset):
            raise MemoryError

    def load_tres(self, suffices: Callable[[Any], bool]) -> None:
        """Have TRES at hand whose ``sr_index`` suffices.  Raises SlurmError, MemoryError.

        They are asked for only if the connection was not used for it, or one is new.
        """
        connection = self._lease.connection
        if connection.tres is None or not suffices(ffi.addressof(connection.tres.index)):
            if suffices(_NOTHING):
                return
            found = KeptTres(load_tres(self._lease))
            # The lease may have had to connect anew.
            connection = self._lease.connection
            connection.tres = found
        self._tres = connection.tres
        self._made().tres = self._tres.index

    def _made(self) -> Any:
        if self._native is None:
            self._native = ffi.new("sr_lookups *")
        return self._native

    # -- both ---------------------------------------------------------------------------

    def _list(self, kind: Kind) -> RecordList:
        if kind not in self._lists:
            self._lists[kind] = _LOADS[kind](self._lease)
        return self._lists[kind]

    def close(self) -> None:
        """Free the lists; idempotent."""
        while self._indexed:
            lib.sr_index_clear(ffi.addressof(self._native, self._indexed.pop().value))
        self._native = self._tres = None
        while self._lists:
            self._lists.popitem()[1].close()


_LOADS = {
    Kind.TRES: load_tres,
    Kind.QOS: load_qos,
    Kind.ASSOC: load_associations,
}
_RECORDS = {
    Kind.TRES: "slurmdb_tres_rec_t",
    Kind.QOS: "slurmdb_qos_rec_t",
    Kind.ASSOC: "slurmdb_assoc_rec_t",
}


def _text_or_none(pointer: Any) -> bytes | None:
    return None if pointer == ffi.NULL else ffi.string(pointer)


def _bytes(pointer: Any) -> bytes:
    return _text_or_none(pointer) or b""

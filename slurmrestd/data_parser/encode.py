# SPDX-License-Identifier: GPL-2.0-or-later
"""The encoder from Python: records and structs of libslurm to JSON bytes, window by window.

A window is memory that is used again for the next piece, and by the next answer: fresh
memory costs more than the encoding.  Every call releases the GIL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from slurmrestd._encoder import ffi, lib
from slurmrestd.data_parser.model import Struct
from slurmrestd.data_parser.names import Names
from slurmrestd.data_parser.program import Form, offset_of, program, size_of
from slurmrestd.frozen import Frozen
from slurmrestd.slurm.accounting.known import Kind

WINDOW_BYTES = 1 << 20
"""What a window holds before it is handed on.  Half of it was slower, twice no faster."""

FIRST_BYTES = 64 << 10
"""What a new window starts with: most answers are small."""

KEEP_BYTES = 2 * WINDOW_BYTES
KEEP_WINDOWS = 8
"""Idle windows that a process keeps; larger ones, and more, are given back."""


class EncodingError(Exception):
    """The encoder could not go on: no memory, or libslurm failed under it."""

    def __init__(self, number: int) -> None:
        super().__init__(os.strerror(number) if 0 < number < 200 else f"error {number}")
        self.number = number


class Records(Frozen, eq=False):
    """Structs to be written as an array.

    ``base`` points to the first of ``count`` structs in a row, or to pointers to them
    (``pointers``).  A record whose member ``skip_unless`` is NULL is passed over.
    ``expand`` writes the tasks of an array job one by one (jobs/state).  ``parent`` is the
    message that the records came in, for types that look there.
    """

    struct: Struct
    base: Any
    count: int
    pointers: bool = False
    skip_unless: str = ""
    expand: bool = False
    parent: Any = ffi.NULL


class One(Frozen, eq=False):
    """One struct to be written as an object."""

    struct: Struct
    base: Any


class Gathered:
    """What a ``list_t *`` holds, as pointers in a row for ``Records``.  ``close`` it.

    NULL is an empty list.  Raises MemoryError.
    """

    def __init__(self, host: Any, items: Any) -> None:
        self._items = ffi.new("void ***")
        count = ffi.new("uint64_t *")
        if items and lib.sr_gather(host, ffi.cast("void *", items), self._items, count):
            raise MemoryError
        self.count = int(count[0])

    @property
    def base(self) -> Any:
        """The first pointer; NULL where there is none, and once closed."""
        return self._items[0]

    def close(self) -> None:
        """Free the row, not what it points to; idempotent."""
        lib.sr_release(self._items)


_UNKNOWN = {int(lib.SR_UNKNOWN_QOS): Kind.QOS, int(lib.SR_UNKNOWN_ASSOC): Kind.ASSOC}

_idle: list[tuple[Any, Names]] = []


class Encoder:
    """A window and the names that its answer has met.  Used by one thread at a time.

    ``lookups`` is an ``sr_lookups *``, for tables whose types need it.
    """

    def __init__(self, form: Form, host: Any, lookups: Any = ffi.NULL) -> None:
        self._form = form
        self._encoder, self._names = _take(host, form)
        self._encoder.lookups = lookups
        self._texts: list[bytes] = []
        self._records: Any = None
        self._keep: Any = None

    def begin(self, records: Records, depth: int) -> None:
        """Start an array whose items stand on lines of ``depth``."""
        compiled = program(records.struct, self._form, depth)
        skip = records.skip_unless
        value = {
            "program": compiled.native,
            "base": ffi.cast("void *", records.base),
            "parent": ffi.cast("void *", records.parent),
            "count": records.count,
            "stride": 0 if records.pointers else size_of(records.struct.ctype),
            "skip_offset": offset_of(records.struct.ctype, skip) if skip else 0xFFFF_FFFF_FFFF_FFFF,
            "depth": depth,
            "expand": records.expand,
        }
        self._records = ffi.new("sr_records *", value)
        self._keep = (compiled, records)

    def fill(self) -> bool:
        """Write records until the window is full (True: there are more) or all are written."""
        self._write_texts()
        while True:
            status = lib.sr_write_records(self._encoder, self._records, WINDOW_BYTES)
            if status == lib.SR_DONE:
                return False
            if status == lib.SR_FULL:
                return True
            self._help(status)

    @property
    def wrote(self) -> bool:
        """Whether any record of the array has been written."""
        return bool(self._records.written)

    def struct(self, one: One, depth: int) -> None:
        """Write one struct into the window; its object begins on a line of ``depth``."""
        self._write_texts()
        compiled = program(one.struct, self._form, depth)
        base = ffi.cast("void *", one.base)
        while (status := lib.sr_write_struct(self._encoder, compiled.native, base)) != lib.SR_DONE:
            self._help(status)

    def _help(self, status: int) -> None:
        if status == lib.SR_UNKNOWN_NAME:
            self._names.learn(self._encoder.missing_table, self._encoder.missing_id)
            return
        if status == lib.SR_NO_MEMORY:
            raise MemoryError
        raise EncodingError(self._encoder.error_number)

    @property
    def is_full(self) -> bool:
        """Whether the window holds what it should."""
        self._write_texts()
        return bool(self._encoder.len >= WINDOW_BYTES)

    def unknown(self) -> Iterator[tuple[Kind, int]]:
        """The numbers that stood for nothing, one for each time."""
        for index in range(self._encoder.unknown_count):
            met = self._encoder.unknown[index]
            yield _UNKNOWN[met.kind], met.id

    def append(self, text: bytes) -> None:
        """Put bytes that are of the answer's form already into the window."""
        # Not at once: each call gives up the GIL, and several texts stand in a row.
        self._texts.append(text)

    def _write_texts(self) -> None:
        if self._texts:
            text = b"".join(self._texts)
            self._texts.clear()
            if lib.sr_write_text(self._encoder, text, len(text)):
                raise MemoryError

    def window(self) -> memoryview:
        """What the window holds; valid until the next call that writes."""
        self._write_texts()
        encoder = self._encoder
        view = memoryview(ffi.buffer(encoder.data, encoder.len))
        encoder.len = 0
        return view

    def close(self) -> None:
        """Give back the window and the names; idempotent."""
        encoder, self._encoder = self._encoder, None
        self._records = self._keep = None
        if encoder is not None:
            self._names.forget()
            _give_back(encoder, self._names)


def forget_windows() -> None:
    """Free the idle windows: nobody asks for anything just now."""
    while _idle:
        try:
            encoder, names = _idle.pop()
        except IndexError:  # another thread has taken the last one
            return
        names.close()
        lib.sr_encoder_free(encoder)


def _take(host: Any, form: Form) -> tuple[Any, Names]:
    try:
        encoder, names = _idle.pop()
    except IndexError:
        return _new(host, form)
    if names.complex != form.complex:
        names.close()
        names = Names(form.complex)
    encoder.tables, encoder.host = names.tables, host
    encoder.pretty, encoder.complex, encoder.yaml = form.pretty, form.complex, form.yaml
    encoder.len = encoder.unknown_count = 0
    return encoder, names


def _new(host: Any, form: Form) -> tuple[Any, Names]:
    names = Names(form.complex)
    encoder = lib.sr_encoder_new(FIRST_BYTES, names.tables, host, form.pretty, form.complex)
    if encoder == ffi.NULL:
        raise MemoryError
    encoder.yaml = form.yaml
    return encoder, names


def _give_back(encoder: Any, names: Names) -> None:
    bytes_ = encoder.capacity + encoder.unknown_capacity * ffi.sizeof("sr_unknown")
    if bytes_ <= KEEP_BYTES and len(_idle) < KEEP_WINDOWS:
        encoder.tables = encoder.lookups = ffi.NULL
        _idle.append((encoder, names))
    else:
        names.close()
        lib.sr_encoder_free(encoder)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The memory of requests: ours, or Slurm's.

Slurm frees with ``xfree``, which is not ``free``. What a ``slurm_free_*`` function or
the deleter of a list will free must come from Slurm's heap (:func:`calloc`,
:func:`strdup`). Everything else is :class:`Owned` and must never reach them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib

_WHERE = b"slurmrestd"


class Owned:
    """Memory of Python's that lives as long as this object does.

    For requests that Slurm reads and does not free.
    """

    def __init__(self) -> None:
        self._kept: deque[Any] = deque()

    def new(self, kind: str, initial: Any = None) -> Any:
        """A zeroed object, like ffi.new, kept alive."""
        made = ffi.new(kind, initial)
        self._kept.append(made)
        return made

    def text(self, value: str | bytes | None) -> Any:
        """A ``char *``, NULL for None. Raises ValueError for text with a NUL in it."""
        return ffi.NULL if value is None else self.new("char[]", encode(value))

    def list(self, items: Sequence[Any]) -> Any:
        """A ``list_t *`` of pointers, which the list does not own."""
        made = ffi.gc(lib.slurm_list_create(ffi.NULL), lib.slurm_list_destroy)
        for item in items:
            lib.slurm_list_append(made, item)
        self._kept.append(made)
        return made

    def texts(self, values: Iterable[str | bytes]) -> Any:
        """A ``char **`` that ends with NULL."""
        return self.new("char *[]", [*(self.text(value) for value in values), ffi.NULL])


def encode(value: str | bytes) -> bytes:
    """The bytes of a C string. Raises ValueError for text with a NUL in it."""
    raw = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    if b"\0" in raw:
        raise ValueError("text for Slurm must not contain a NUL")
    return raw


def calloc(kind: str, count: int = 1) -> Any:
    """Zeroed memory of Slurm's heap for ``count`` objects of ``kind``, as ``kind *``."""
    size = ffi.sizeof(kind)
    made = lib.slurm_xcalloc(count, size, True, True, _WHERE, 0, _WHERE)
    if made == ffi.NULL:
        raise MemoryError
    return ffi.cast(f"{kind} *", made)


def strdup(value: str | bytes | None) -> Any:
    """A copy of a text in Slurm's heap, NULL for None."""
    return ffi.NULL if value is None else lib.slurm_xstrdup(encode(value))


def free(pointer: Any) -> None:
    """Free memory of Slurm's heap; NULL is nothing to free."""
    lib.slurm_xfree_ptr(pointer)


def trim() -> None:
    """Give what is free back to the system: glibc does so only with the ends of its arenas."""
    lib.malloc_trim(0)


def take_text(pointer: Any) -> str:
    """The text at a ``char *`` of Slurm's heap, which is freed; "" for NULL."""
    if pointer == ffi.NULL:
        return ""
    try:
        raw: bytes = ffi.string(pointer)
    finally:
        free(pointer)
    return raw.decode("utf-8", "surrogateescape")

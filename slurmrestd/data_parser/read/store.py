# SPDX-License-Identifier: GPL-2.0-or-later
"""C structs from what has been read.

Nothing here knows libslurm: cffi and the memory come from whoever makes the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, compress, repeat
from operator import is_not
from types import MappingProxyType
from typing import Any, Final, Protocol

from slurmrestd.data_parser.read.context import Items, Record

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Memory(Protocol):
    """What a request is made of; it lives at least as long as the request.

    ``slurmrestd.slurm.memory.Owned`` is one, but for lists.
    """

    def new(self, kind: str, initial: Any = None) -> Any:
        """Zeroed memory, like ``ffi.new``."""

    def text(self, value: bytes | None) -> Any:
        """A ``char *``; None is NULL."""

    def list(self, items: list[Any]) -> Any:
        """A ``list_t *`` of pointers, which the list does not own."""


def store(ffi: Any, record: Record, memory: Memory) -> Any:
    """A new C struct with the members of a record; the pointer to it."""
    made = memory.new(f"{record.ctype} *")
    fill(ffi, made, record, memory)
    return made


def fill(
    ffi: Any, struct: Any, record: Record, memory: Memory, has: Mapping[str, Any] = _NOTHING
) -> None:
    """Set the members of a C struct that a record has.

    ``has`` is what the struct was made with, and what the record was: what is still the same
    is not set again.
    Raises OverflowError for a number that its member cannot hold; the readers make none.
    """
    for member, value in _changes(record, has):
        kind = type(value)
        if kind is int and "." not in member:
            setattr(struct, member, value)
        elif kind is bytes and "." not in member:
            setattr(struct, member, memory.text(value))
        elif isinstance(value, Record) and _is_struct(ffi, struct, member):
            fill(ffi, getattr(struct, member), value, memory)
        else:
            _set(struct, member, _pointer(ffi, value, memory))


def _changes(record: Record, has: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a record has beside ``has``, of which it is a copy that has grown.

    Of some fifty members a few are new, in each job that is submitted: no loop of Python's.
    """
    differs = map(is_not, record.values(), has.values())
    return compress(record.items(), chain(differs, repeat(True)))


def _set(struct: Any, member: str, value: Any) -> None:
    if "." in member:
        *path, member = member.split(".")
        for step in path:
            struct = getattr(struct, step)
    setattr(struct, member, value)


def _is_struct(ffi: Any, struct: Any, member: str) -> bool:
    """Whether a member is a struct itself, and no pointer to one."""
    kind = ffi.typeof(struct)
    if kind.kind == "pointer":
        kind = kind.item
    return bool(dict(kind.fields)[member].type.kind == "struct")


def _pointer(ffi: Any, value: Any, memory: Memory) -> Any:
    """What a member is set to: a pointer for what has parts, the number itself for a double."""
    if value is None:
        return ffi.NULL
    if isinstance(value, bytes):
        return memory.text(value)
    if isinstance(value, Record):
        return store(ffi, value, memory)
    if isinstance(value, Items):
        return memory.list([_pointer(ffi, item, memory) for item in value])
    if isinstance(value, list):
        texts = [memory.text(item) for item in value]
        return memory.new("char *[]", [*texts, ffi.NULL])
    return value

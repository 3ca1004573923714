# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables compiled into programs of the encoder (``_native/encoder/interface.h``).

A program belongs to a struct, a version and a form.  The rows are first made into a
tree by the first appearance of each path segment, since ``a/b``, ``c``, ``a/d`` is one
object ``a`` and not two; then the tree is laid flat.  All that is known before the data
is seen (braces, commas, keys, line breaks, values of removed fields) is text that stands
in front of the next instruction.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from slurmrestd._encoder import ffi, lib
from slurmrestd.data_parser.layout import JsonLayout, Layout, YamlLayout
from slurmrestd.data_parser.model import (
    V41,
    ArrayOf,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Same,
    Struct,
    Type,
    Version,
    Write,
    in_version,
)
from slurmrestd.frozen import Frozen

TABLES = (
    "users",
    "groups",
    "errors",
    "signals",
    "reasons",
    "rpcs",
    "ping_results",
    "users_or_numbers",
    "users_or_null",
    "cpu_frequencies",
    "distributions",
    "slurmdbd_rpcs",
)
"""Look-up tables by number: ``Write.table`` names one, the encoder is given all."""

NO_VAL_OPERATIONS = frozenset(
    {"NO_VAL", "NO_VAL_SIGNED", "FLOAT64_NO_VAL", "MEM_PER_CPU", "MEM_PER_NODE", "PLANNED"}
)


class TableError(Exception):
    """A table that says something that cannot be: found at start, never in a request."""


class Form(Frozen, eq=False):
    """The form of an answer: JSON or YAML, pretty (the default) or compact, ``+complex``.

    YAML is always in blocks; the pretty form folds long lines.
    """

    version: Version
    pretty: bool
    complex: bool = False
    yaml: bool = False

    @property
    def layout(self) -> Layout:
        """The texts around values."""
        return _layout(self.yaml, self.pretty)

    @property
    def top(self) -> int:
        """The depth of an answer's own keys."""
        return 0 if self.yaml else 1


@cache
def _layout(yaml: bool, pretty: bool) -> Layout:
    return YamlLayout() if yaml else JsonLayout(pretty)


class Program:
    """A compiled program: ``native`` for the encoder, and what keeps its memory alive."""

    def __init__(self, native: Any, keep: list[Any]) -> None:
        self.native = native
        self.keep = keep


@cache
def program(struct: Struct, form: Form, depth: int) -> Program:
    """The program of ``struct`` whose object begins on a line of ``depth``."""
    return _Compiler(form).struct(struct, depth)


def size_of(ctype: str) -> int:
    """The size in bytes of a C type that a table names."""
    return int(ffi.sizeof(ctype))


def offset_of(ctype: str, member: str) -> int:
    """The offset of ``member`` (``a.b``, ``a[1]``) in the struct ``ctype``."""
    steps = [int(s) if s.isdigit() else s for s in re.findall(r"\w+", member)]
    try:
        return int(ffi.offsetof(ctype, *steps))
    except KeyError as error:
        raise TableError(f"{ctype} has no member {member}") from error


@cache
def constant(expression: str | int) -> int:
    """The number of a constant of Slurm's headers; ``|`` and ``~`` may join several."""
    if isinstance(expression, int):
        return expression
    value = 0
    for term in expression.split("|"):
        name = term.removeprefix("~")
        if not hasattr(lib, name):
            raise TableError(f"no constant {name} is declared")
        number = int(getattr(lib, name))
        value |= ~number if term.startswith("~") else number
    return value & 0xFFFF_FFFF_FFFF_FFFF


@cache
def tree(struct: Struct, version: Version) -> dict[str, Any]:
    """The rows of ``struct`` by path segment, in order of first appearance."""
    root: dict[str, Any] = {}
    for row in struct.rows(version):
        *branches, last = row.key.split("/")
        here = root
        for segment in branches:
            here = here.setdefault(segment, {})
        if last in here:
            raise TableError(f"{struct.name} has two rows for {row.key} in {version}")
        here[last] = row
    return root


def shape(kind: Type) -> Format | Items | Type:
    """The format, the items or the struct that a type's shape ends in."""
    while True:
        if isinstance(kind, Leaf):
            if isinstance(kind.shape, Format | Items):
                return kind.shape
            kind = kind.shape
        elif isinstance(kind, Same | Pointer):
            kind = kind.target
        elif isinstance(kind, ListOf | ArrayOf):
            return Items(kind.item)
        elif isinstance(kind, Flags):
            return Format.ARRAY
        else:
            return kind


def empty(kind: Type) -> Format:
    """The shape of which nothing is written for nothing of this type."""
    found = shape(kind)
    if isinstance(found, Format):
        return found
    return Format.ARRAY if isinstance(found, Items) else Format.OBJECT


class _Compiler:
    """Compiles one program; what nests in it are programs of their own."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._layout = form.layout
        self._text = bytearray()
        self._insns: list[dict[str, Any]] = []
        self._keep: list[Any] = []

    def struct(self, struct: Struct, depth: int) -> Program:
        rows = tree(struct, self._form.version)
        self._object(struct, 0, rows, depth)
        insns = ffi.new("sr_insn[]", self._insns)
        native = ffi.new("sr_program *")
        native.insns, native.count = insns, len(self._insns)
        native.size = size_of(struct.ctype)
        native.prefix = self._flat(self._layout.begin_object(is_empty=not rows))
        native.suffix = self._flat(bytes(self._text))
        return Program(native, [*self._keep, insns])

    # -- layout of the text -------------------------------------------------------------

    def _object(self, struct: Struct, base: int, branch: dict[str, Any], depth: int) -> None:
        is_first = True
        for key, child in branch.items():
            self._text += self._layout.key(key, depth + 1, is_first=is_first)
            is_first = False
            if isinstance(child, dict):
                self._text += self._layout.begin_object()
                self._object(struct, base, child, depth + 1)
            else:
                self._value(struct, base, child, depth + 1)
        self._text += self._layout.end_object(depth)

    # -- values -------------------------------------------------------------------------

    def _value(self, struct: Struct, base: int, row: Field, depth: int) -> None:
        kind = row.type
        while isinstance(kind, Same):
            kind = kind.target
        if row.removed:
            self._text += self._removed(kind)
            return
        offset = base + (offset_of(struct.ctype, row.member) if row.member else 0)
        if isinstance(kind, Leaf):
            self._leaf(struct, row, kind, offset, depth)
        elif isinstance(kind, Flags):
            self._emit("FLAGS", offset, depth, size=size_of(kind.ctype), arg=self._flags(kind))
        elif isinstance(kind, Struct):
            rows = tree(kind, self._form.version)
            self._text += self._layout.begin_object(is_empty=not rows)
            self._object(kind, offset, rows, depth)
        elif isinstance(kind, Pointer):
            self._pointer(row, kind, offset, depth)
        elif isinstance(kind, ArrayOf):
            self._array(kind, offset, depth)
        elif isinstance(kind, ListOf):
            self._list(kind, offset, depth)
        else:
            raise TableError(f"{struct.name}: {row.key} cannot be written")

    def _nothing(self, kind: Type, *, null: bool) -> bytes:
        if null or self._form.complex:
            return self._layout.null
        return self._layout.nothing(empty(kind))

    def _removed(self, kind: Type) -> bytes:
        """What v0.0.40 shows of a field that is gone does not know of ``+complex``."""
        if self._form.complex and self._form.version >= V41:
            return self._layout.null
        return self._layout.nothing(empty(kind))

    def _leaf(self, struct: Struct, row: Field, kind: Leaf, offset: int, depth: int) -> None:
        write = kind.write
        if write is None:
            raise TableError(f"{struct.name}: {row.key} of type {kind.name} is only read")
        if write.operation == "EMPTY" or (write.only_plain and self._form.complex):
            nothing = self._layout.nothing(empty(kind))
            self._text += self._layout.null if self._form.complex else nothing
            return
        if kind.whole is bool(row.member):
            raise TableError(f"{struct.name}: {row.key} names a member, or lacks one")
        size = 0 if kind.whole else size_of(kind.ctype)
        self._check_size(struct, row, kind, size)
        function = int(getattr(lib, f"SR_FN_{write.function}")) if write.function else 0
        arg = self._argument(kind, write, depth)
        self._emit(write.operation, offset, depth, size=size, arg=arg, function=function)

    def _check_size(self, struct: Struct, row: Field, kind: Leaf, size: int) -> None:
        if kind.whole or row.member is None:
            return
        steps = re.findall(r"\w+", row.member)
        ctype = ffi.typeof(struct.ctype)
        for step in steps:
            ctype = ctype.item if step.isdigit() else dict(ctype.fields)[step].type
        if ffi.sizeof(ctype) != size:
            raise TableError(
                f"{struct.name}: {row.key} is read as {kind.ctype} ({size} bytes), but "
                f"{struct.ctype}.{row.member} has {ffi.sizeof(ctype)}"
            )

    def _argument(self, kind: Leaf, write: Write, depth: int) -> Any:
        if write.operation in NO_VAL_OPERATIONS:
            is_float = "FLOAT" in write.operation
            return self._no_val(depth, Format.DOUBLE if is_float else Format.INT64)
        if write.table:
            return self._kept("sr_lookup *", {"table": TABLES.index(write.table)})
        if write.operation == "FLAGS":
            if not isinstance(kind.shape, Flags):
                raise TableError(f"{kind.name} has no flags")
            return self._flags(kind.shape)
        if write.through is not None:
            is_list = isinstance(shape(kind), Items)
            deeper = self._layout.items(depth) if is_list else depth
            nothing = self._layout.nothing(empty(kind))
            return self._nested(write.through, deeper, null_text=nothing)
        return ffi.NULL

    def _pointer(self, row: Field, kind: Pointer, offset: int, depth: int) -> None:
        # From v0.0.41 on, NULL is null unless the field is required.
        null = kind.nullable or (self._form.version >= V41 and not row.required)
        text = self._nothing(kind, null=null)
        self._emit("POINTER", offset, depth, arg=self._nested(kind.target, depth, null_text=text))

    def _array(self, kind: ArrayOf, offset: int, depth: int) -> None:
        arg = self._nested(kind.item, self._layout.items(depth))
        self._emit("ARRAY", offset, depth, arg=arg)

    def _list(self, kind: ListOf, offset: int, depth: int) -> None:
        item = kind.item.target if isinstance(kind.item, Pointer) else kind.item
        if isinstance(item, Struct):
            arg = self._nested(item, self._layout.items(depth))
            self._emit("LIST", offset, depth, arg=arg)
        elif isinstance(item, Leaf) and item.write and item.write.operation == "STRING":
            self._emit("LIST_OF_STRINGS", offset, depth)
        else:
            raise TableError(f"a list of {item.name} cannot be written")

    # -- arguments ----------------------------------------------------------------------

    def _emit(
        self,
        operation: str,
        offset: int,
        depth: int,
        *,
        size: int = 0,
        arg: Any = ffi.NULL,
        function: int = 0,
    ) -> None:
        self._insns.append(
            {
                "op": int(getattr(lib, f"SR_{operation}")),
                "size": size,
                "function": function,
                "depth": depth,
                "offset": offset,
                "prefix": self._flat(bytes(self._text)),
                "arg": arg,
            }
        )
        self._text.clear()

    def _flat(self, text: bytes) -> Any:
        data = ffi.new("char[]", text)
        self._keep.append(data)
        return {"data": data, "len": len(text)}

    def _kept(self, ctype: str, value: Any) -> Any:
        made = ffi.new(ctype, value)
        self._keep.append(made)
        return made

    def _nested(self, target: Type, depth: int, null_text: bytes = b"") -> Any:
        if not isinstance(target, Struct):
            raise TableError(f"{target.name} is no struct")
        inner = _Compiler(self._form).struct(target, depth)
        self._keep.append(inner)
        value = {
            "program": inner.native,
            "null_text": self._flat(null_text),
            "stride": size_of(target.ctype),
        }
        return self._kept("sr_nested *", value)

    def _no_val(self, depth: int, number: Format) -> Any:
        layout = self._layout
        if self._form.complex:
            texts = (layout.null, layout.infinity, layout.number(number), b"")
        else:
            rest = layout.nothing(number) + layout.end_object(depth)
            texts = (
                self._up_to_number(depth, is_set=False, infinite=False) + rest,
                self._up_to_number(depth, is_set=False, infinite=True) + rest,
                self._up_to_number(depth, is_set=True, infinite=False) + layout.number(number),
                layout.end_object(depth),
            )
        keys = ("unset", "infinite", "before", "after")
        return self._kept("sr_no_val *", dict(zip(keys, map(self._flat, texts), strict=True)))

    def _up_to_number(self, depth: int, *, is_set: bool, infinite: bool) -> bytes:
        layout, inner = self._layout, depth + 1
        return (
            layout.begin_object()
            + layout.key("set", inner, is_first=True)
            + layout.boolean(is_set)
            + layout.key("infinite", inner, is_first=False)
            + layout.boolean(infinite)
            + layout.key("number", inner, is_first=False)
        )

    def _flags(self, kind: Flags) -> Any:
        visible = [self._flag(flag) for flag in _written(kind, self._form.version)]
        flags = self._kept("sr_flag[]", visible)
        return self._kept("sr_flags *", {"flags": flags, "count": len(visible)})

    def _flag(self, flag: Flag) -> dict[str, Any]:
        return {
            "mask": constant(flag.mask),
            "value": constant(flag.value),
            "kind": lib.SR_FLAG_EQUAL if flag.equal else lib.SR_FLAG_BIT,
            "text": self._flat(self._layout.word(flag.name)),
        }


def _written(kind: Flags, version: Version) -> list[Flag]:
    return [f for f in in_version(kind.flags, version) if not f.hidden and not f.removed]

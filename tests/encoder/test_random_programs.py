# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs and structs by chance: valid JSON of the right values, in every form.

A struct here is bytes, with its members one behind the other and thus anywhere.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import UNLIMITED, UNSET, Program, encode, number, text_of
from .reference import document
from .test_numbers import FORMS, signed
from .test_records import add, tables

TEXTS = st.binary(max_size=30).map(lambda data: data.replace(b"\0", b""))
HOSTS = st.text("abn019", min_size=1, max_size=5)
SIZES = st.sampled_from(sorted(FORMS))
BITS = st.integers(0, 15) | st.integers(0, 2**64 - 1)
FLAGS = st.tuples(st.sampled_from(["BIT", "EQUAL"]), st.text("AB", max_size=3), BITS, BITS)
DEEPEST = 2


@dataclass
class Member:
    """One member: how it is written, what memory it has, and what it should become."""

    operation: str
    memory: Any
    value: Any
    size: int = 0
    flags: Any = ()
    inner: list[Any] | None = None


@dataclass
class Making:
    """What one draw shares: memory to keep, lists, and the form."""

    keep: list[Any]
    host: Host
    complex: bool
    yaml: bool = False

    def address(self, pointer: Any) -> bytes:
        self.keep.append(pointer)
        return struct.pack("=Q", int(ffi.cast("uintptr_t", pointer)))

    def text(self, data: bytes | None) -> bytes:
        return bytes(8) if data is None else self.address(ffi.new("char[]", data))


@st.composite
def strings(draw: st.DrawFn, making: Making) -> Member:
    data = draw(st.none() | TEXTS)
    empty = None if making.complex else ""
    return Member("STRING", making.text(data), empty if data is None else text_of(data))


@st.composite
def csv(draw: st.DrawFn, making: Making) -> Member:
    data = draw(st.none() | TEXTS)
    value = [text_of(item) for item in (data or b"").split(b",") if item]
    return Member("CSV", making.text(data), value)


@st.composite
def host_lists(draw: st.DrawFn, making: Making) -> Member:
    names = draw(st.lists(HOSTS, max_size=4))
    return Member("HOSTLIST", making.text(",".join(names).encode()), names)


@st.composite
def string_arrays(draw: st.DrawFn, making: Making) -> Member:
    items = draw(st.lists(TEXTS, max_size=4))
    texts = [ffi.new("char[]", item) for item in items]
    making.keep += texts
    operation = draw(st.sampled_from(["STRINGS", "LIST_OF_STRINGS"]))
    if operation == "STRINGS":
        pointer = ffi.new("char *[]", [*texts, ffi.NULL])
    else:
        pointer = making.host.list_of(texts)
    return Member(operation, making.address(pointer), [text_of(item) for item in items])


@st.composite
def integers(draw: st.DrawFn, making: Making) -> Member:
    size, operation = draw(SIZES), draw(st.sampled_from(["UINT", "INT", "NAME", "BOOL"]))
    raw = draw(st.integers(0, 2 ** (8 * size) - 1))
    memory = struct.pack("=" + FORMS[size], raw)
    value: Any = signed(raw)
    if operation == "INT":
        (value,) = struct.unpack("=" + FORMS[size].lower(), memory)
    elif operation == "NAME":
        value = f"name {raw % 2}" if raw < 4 else "another"
    elif operation == "BOOL":
        value = bool(raw)
    return Member(operation, memory, value, size)


def absent(making: Making, *, infinite: bool, nought: float = 0) -> Any:
    if making.complex:
        return "Infinity" if infinite else None
    return (UNLIMITED if infinite else UNSET) | {"number": nought}


@st.composite
def no_vals(draw: st.DrawFn, making: Making) -> Member:
    size = draw(SIZES)
    highest = 2 ** (8 * size) - 1
    raw = draw(st.integers(0, highest) | st.sampled_from([highest, highest - 1]))
    if raw >= highest - 1:
        value = absent(making, infinite=raw == highest)
    else:
        value = signed(raw) if making.complex else number(signed(raw))
    return Member("NO_VAL", struct.pack("=" + FORMS[size], raw), value, size)


@st.composite
def floats(draw: st.DrawFn, making: Making) -> Member:
    raw = draw(st.floats())
    plain = draw(st.booleans())
    memory = struct.pack("=d", raw)
    low = int(raw) % 2**32 if math.isfinite(raw) and abs(raw) < 2**63 else 0
    value: Any
    if plain:
        value = None if math.isnan(raw) and not making.yaml else raw
        return Member("FLOAT64", memory, value)
    if math.isinf(raw) or low == 0xFFFF_FFFF:
        value = absent(making, infinite=True, nought=0.0)
    elif math.isnan(raw) or low == 0xFFFF_FFFE:
        value = absent(making, infinite=False, nought=0.0)
    else:
        value = raw if making.complex else number(raw)
    return Member("FLOAT64_NO_VAL", memory, value)


@st.composite
def flag_sets(draw: st.DrawFn, making: Making) -> Member:
    size = draw(SIZES)
    raw = draw(st.integers(0, 2 ** (8 * size) - 1))
    flags = draw(st.lists(FLAGS, max_size=6))
    names, owned = [], 0
    for kind, name, value, mask in flags:
        wanted = mask & value
        if kind == "EQUAL":
            found = raw & mask == wanted
            owned |= mask if found else 0
        else:
            found = not owned & mask and raw & wanted == wanted
        if found:
            names.append(name)
    return Member("FLAGS", struct.pack("=" + FORMS[size], raw), names, size, tuple(flags))


LEAVES = (
    strings,
    csv,
    host_lists,
    string_arrays,
    integers,
    no_vals,
    floats,
    flag_sets,
)


@st.composite
def leaves(draw: st.DrawFn, making: Making) -> Member:
    return draw(draw(st.sampled_from(LEAVES))(making))


@st.composite
def nested(draw: st.DrawFn, making: Making, depth: int) -> Member:
    inner = draw(members(making, depth + 1))
    memory = b"".join(member.memory for member in inner)
    value = {f"k{i}": member.value for i, member in enumerate(inner)}
    operation = draw(st.sampled_from(["STRUCT", "POINTER", "LIST", "ARRAY"]))
    if operation == "STRUCT":
        return Member(operation, memory, value, inner=inner)
    if operation == "POINTER" and draw(st.booleans()):
        return Member(operation, bytes(8), None if making.complex else {}, inner=inner)
    copies = draw(st.integers(0, 3))
    if operation == "POINTER":
        return Member(operation, making.address(copy_of(memory)), value, inner=inner)
    if operation == "LIST":
        items = [copy_of(memory) for _ in range(copies)]
        making.keep += items
        memory = making.address(making.host.list_of(items))
        return Member(operation, memory, [value] * copies, inner=inner)
    if not any(memory):
        copies = 0
    pointer = copy_of(memory * copies + bytes(len(memory)))
    return Member(operation, making.address(pointer), [value] * copies, inner=inner)


def copy_of(memory: bytes) -> Any:
    made = ffi.new("char[]", max(len(memory), 1))
    ffi.memmove(made, memory, len(memory))
    return made


@st.composite
def members(draw: st.DrawFn, making: Making, depth: int = 0) -> list[Member]:
    one = leaves(making)
    if depth < DEEPEST:
        one = one | nested(making, depth)
    return draw(st.lists(one, max_size=4))


def build(program: Program, fields: list[Member]) -> Program:
    offset = 0
    for i, field in enumerate(fields):
        arg: Any = ffi.NULL
        if field.inner is not None:
            inner = program.inner(items=field.operation in ("LIST", "ARRAY"))
            stride = sum(len(member.memory) for member in field.inner)
            arg = program.nested(build(inner, field.inner), stride=stride)
        elif field.operation == "FLAGS":
            arg = program.flags(*field.flags)
        elif field.operation == "NAME":
            arg = program.lookup(0)
        elif field.operation in ("NO_VAL", "FLOAT64_NO_VAL"):
            arg = program.no_val(is_float=field.operation == "FLOAT64_NO_VAL")
        program.put(f"k{i}", field.operation, offset, size=field.size, arg=arg)
        offset += len(field.memory)
    return program


@given(st.data(), st.booleans(), st.booleans())
def test_any_program_writes_what_its_struct_holds(
    data: st.DataObject,
    pretty: bool,
    complex: bool,  # noqa: A002
) -> None:
    making = Making([], Host(), complex)
    fields = data.draw(members(making))
    base = copy_of(b"".join(field.memory for field in fields))
    text = written(build(Program(pretty=pretty, complex=complex), fields), base, making)
    assert json.loads(text) == {f"k{i}": field.value for i, field in enumerate(fields)}
    assert making.host.open == {}
    value = json.loads(text, parse_float=Float)
    indent, separators = (2, None) if pretty else (None, (",", ":"))
    again = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)
    assert again.replace(f'"{MARK}', "").replace(f'{MARK}"', "") == text


@given(st.data(), st.booleans(), st.booleans())
def test_any_program_of_yaml_writes_what_libyaml_would(
    data: st.DataObject,
    pretty: bool,
    complex: bool,  # noqa: A002
) -> None:
    making = Making([], Host(), complex, yaml=True)
    fields = data.draw(members(making))
    base = copy_of(b"".join(field.memory for field in fields))
    program = build(Program(pretty=pretty, complex=complex, yaml=True), fields)
    text = written(program, base, making)
    assert making.host.open == {}
    value = {f"k{i}": field.value for i, field in enumerate(fields)}
    assert f"%YAML 1.1\n--- {text}\n...\n".encode() == document(value, pretty=pretty)


def written(program: Program, base: Any, making: Making) -> str:
    """The text, the same from a small window and from a large one."""
    with tables() as names:
        for i in range(4):
            add(names, i, b"name %d" % (i % 2))
        add_otherwise(names)
        options = {"tables": names, "host": making.host.native}
        text = encode(program, base, **options).decode()
        assert encode(program, base, window=1 << 16, **options).decode() == text
    return text


MARK = "\ue000"


def Float(text: str) -> str:  # noqa: N802
    """A float that keeps its text through json.dumps, which marks it as a string."""
    return MARK + text + MARK


def add_otherwise(names: Any) -> None:
    assert lib.sr_table_otherwise(names, b"another", 7) == 0

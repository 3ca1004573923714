# SPDX-License-Identifier: GPL-2.0-or-later
"""What is written as a list, in both forms, and what nests."""

import json
from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import (
    EncoderError,
    Program,
    decode,
    encode,
    member,
    pointer_to,
    value_of,
)

ALL = 0xFFFF_FFFF_FFFF_FFFF


# ---- bits ----


def flags_of(value: int, *flags: tuple[str, str, int, int], operation: str = "FLAGS") -> Any:
    program = Program()
    program.put("v", operation, size=4, arg=program.flags(*flags))
    return decode(program, member("I", value))["v"]


def test_bits_are_named_in_the_order_of_the_table() -> None:
    flags = (("BIT", "B", 2, ALL), ("BIT", "A", 1, ALL), ("BIT", "BOTH", 3, ALL))
    assert flags_of(0, *flags) == []
    assert flags_of(1, *flags) == ["A"]
    assert flags_of(3, *flags) == ["B", "A", "BOTH"]


def test_a_flag_without_bits_is_always_there() -> None:
    assert flags_of(0, ("BIT", "NONE", 0, ALL)) == ["NONE"]


def test_equality_owns_the_bits_of_its_mask() -> None:
    flags = (
        ("EQUAL", "IDLE", 2, 0xF),
        ("EQUAL", "ALLOCATED", 3, 0xF),
        ("BIT", "LOW", 2, 0xF),
        ("BIT", "DRAIN", 0x200, 0xFFF0),
        ("BIT", "WIDE", 0x200, ALL),
    )
    assert flags_of(2, *flags) == ["IDLE"]
    assert flags_of(0x203, *flags) == ["ALLOCATED", "DRAIN"]
    # Nothing was equal, so every bit counts.
    assert flags_of(0x206, *flags) == ["LOW", "DRAIN", "WIDE"]


@pytest.mark.parametrize(("size", "form"), [(1, "B"), (2, "H"), (4, "I"), (8, "Q")])
def test_flags_of_every_width(size: int, form: str) -> None:
    program = Program()
    top = 1 << (8 * size - 1)
    program.put("v", "FLAGS", size=size, arg=program.flags(("BIT", "TOP", top, ALL)))
    assert decode(program, member(form, top))["v"] == ["TOP"]
    assert decode(program, member(form, top - 1))["v"] == []


def test_one_word_or_none() -> None:
    flags = (("EQUAL", "UP", 1, ALL), ("EQUAL", "DOWN", 0, ALL))
    assert flags_of(1, *flags, operation="FLAG_WORD") == "UP"
    assert flags_of(0, *flags, operation="FLAG_WORD") == "DOWN"
    assert flags_of(7, *flags, operation="FLAG_WORD") == ""


# ---- strings ----


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (None, []),
        (b"", []),
        (b",,", []),
        (b"a", ["a"]),
        (b",a,,b\n,", ["a", "b\n"]),
        ("ö,\udcff".encode(errors="surrogateescape"), ["ö", "\ufffd"]),
    ],
)
def test_a_string_with_commas(text: bytes | None, items: list[str]) -> None:
    keep: list[Any] = []
    assert value_of("CSV", pointer_to(text, keep)) == items


def test_an_array_of_strings_ends_with_null() -> None:
    texts = [ffi.new("char[]", text) for text in (b"A=1", b"", b"B=2")]
    array = ffi.new("char *[]", [*texts, ffi.NULL])
    assert value_of("STRINGS", ffi.new("char ***", array)) == ["A=1", "", "B=2"]
    assert value_of("STRINGS", ffi.new("char ***")) == []


def test_a_host_list_is_taken_apart() -> None:
    host = Host()
    keep: list[Any] = []
    for text, names in ((b"n1,n2", ["n1", "n2"]), (b"", []), (None, [])):
        assert value_of("HOSTLIST", pointer_to(text, keep), host=host.native) == names
    assert host.open == {}


def test_a_host_list_that_is_none_is_null() -> None:
    host = Host()
    keep: list[Any] = []
    for given in (host.native, ffi.NULL):
        assert value_of("HOSTLIST", pointer_to(b"nope", keep), host=given) is None
    assert host.open == {}


def test_a_list_of_strings() -> None:
    host = Host()
    texts = [ffi.new("char[]", text) for text in (b"one", b"two")]
    for items, expected in ((texts, ["one", "two"]), ([], [])):
        memory = ffi.new("void **", host.list_of(items))
        assert value_of("LIST_OF_STRINGS", memory, host=host.native) == expected
    assert value_of("LIST_OF_STRINGS", ffi.new("void **"), host=host.native) == []
    assert host.open == {}


# ---- what nests ----


def pair(inner: Program) -> Program:
    """A program for two 32-bit numbers."""
    return inner.put("a", "UINT", 0, size=4).put("b", "UINT", 4, size=4)


def test_a_struct_within_the_struct() -> None:
    program = Program()
    program.put("v", "STRUCT", 4, arg=program.nested(pair(program.inner())))
    assert decode(program, ffi.new("uint32_t[]", [9, 1, 2])) == {"v": {"a": 1, "b": 2}}


def test_a_pointer_and_its_null() -> None:
    program = Program()
    program.put("v", "POINTER", arg=program.nested(pair(program.inner()), null=b'"none"'))
    numbers = ffi.new("uint32_t[]", [1, 2])
    assert decode(program, ffi.new("void **", numbers)) == {"v": {"a": 1, "b": 2}}
    assert decode(program, ffi.new("void **")) == {"v": "none"}


def test_a_list_of_structs() -> None:
    host = Host()
    program = Program()
    program.put("v", "LIST", arg=program.nested(pair(program.inner(items=True))))
    items = [ffi.new("uint32_t[]", [n, n + 1]) for n in (1, 3)]
    memory = ffi.new("void **", host.list_of(items))
    found = decode(program, memory, host=host.native)
    assert found == {"v": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}
    assert decode(program, ffi.new("void **"), host=host.native) == {"v": []}
    with pytest.raises(EncoderError):
        decode(program, memory)
    assert host.open == {}


def test_an_array_ends_with_a_struct_of_zeros() -> None:
    program = Program()
    program.put("v", "ARRAY", arg=program.nested(pair(program.inner(items=True)), stride=8))
    numbers = ffi.new("uint32_t[]", [0, 1, 2, 0, 0, 0])
    found = decode(program, ffi.new("void **", numbers))
    assert found == {"v": [{"a": 0, "b": 1}, {"a": 2, "b": 0}]}
    assert decode(program, ffi.new("void **")) == {"v": []}


def test_programs_do_not_nest_without_end() -> None:
    program = Program()
    nested = program.nested(Program())
    program.put("v", "STRUCT", arg=nested)
    nested.program = program.native
    with pytest.raises(EncoderError) as caught:
        encode(program, member("I", 0))
    assert caught.value.status == lib.SR_BROKEN


def test_an_operation_that_is_none_is_an_error() -> None:
    for operation, function in (("OPERATIONS", "NONE"), ("CALL", "NONE")):
        with pytest.raises(EncoderError) as caught:
            value_of(operation, member("Q", 0), function=function)
        assert caught.value.status == lib.SR_BROKEN


# ---- the pretty form ----


@pytest.mark.parametrize("full", [True, False])
def test_the_pretty_form_indents_by_two_spaces(full: bool) -> None:
    host = Host()
    keep: list[Any] = []
    program = Program(pretty=True)
    bits = program.flags(("BIT", "A", 1, ALL), ("BIT", "B", 2, ALL))
    program.put("flags", "FLAGS", 0, size=4, arg=bits)
    program.put("number", "NO_VAL", 4, size=4, arg=program.no_val())
    program.put("csv", "CSV", 8)
    program.put("hosts", "HOSTLIST", 16)
    inner = pair(program.inner(items=True))
    program.put("array", "ARRAY", 24, arg=program.nested(inner, stride=8))
    inner = pair(program.inner())
    program.put("pointer", "POINTER", 32, arg=program.nested(inner))
    memory = ffi.new("uint64_t[]", 5)
    if full:
        numbers = ffi.new("uint32_t[]", [1, 2, 3, 4, 0, 0])
        memory[0] = 3 | 5 << 32
        pointers = [pointer_to(b"x,y", keep)[0], pointer_to(b"n1,n2", keep)[0], numbers, numbers]
        for i, pointer in enumerate(pointers, 1):
            memory[i] = int(ffi.cast("uintptr_t", pointer))
    text = encode(program, memory, host=host.native).decode()
    assert text == json.dumps(json.loads(text), indent=2)
    assert ("[]" in text) is not full

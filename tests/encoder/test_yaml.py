# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML: every byte is as libyaml would have it, which is what the original calls."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi, lib

from .programs import (
    UNLIMITED,
    Program,
    encode,
    encoder,
    exactly,
    member,
    number,
    pointer_to,
    take,
    text_of,
)
from .reference import document

ODD = " -?:,[]{}#&*!|>'\"%@`\\\n\t\r.~=<a1\x7f\x85\xa0ä\u2028\u2029\ufeff日😀\0"
TEXTS = st.text(alphabet=ODD, max_size=12) | st.text(alphabet=" :#'\"\nab", max_size=300)
LINES = st.text(alphabet="    abcdefgh", min_size=60, max_size=400)


def written(data: bytes, *, pretty: bool, key: str = "k", depth: int = 0) -> bytes:
    """A document of a mapping within ``depth`` others, with the text under one key."""
    with encoder(pretty=pretty) as made:
        made.yaml = True
        outer = "".join(f"\n{'  ' * level}!!str o: !!map" for level in range(depth))
        head = f"%YAML 1.1\n--- !!map{outer}\n{'  ' * depth}!!str {key}: ".encode()
        assert lib.sr_write_text(made, exactly(head), len(head)) == lib.SR_DONE
        assert lib.sr_write_string(made, exactly(data), len(data)) == lib.SR_DONE
        return take(made) + b"\n...\n"


def expected(text: str, *, pretty: bool, key: str = "k", depth: int = 0) -> bytes:
    value: object = {key: text}
    for _ in range(depth):
        value = {"o": value}
    return document(value, pretty=pretty)


@given(TEXTS | LINES, st.booleans(), st.integers(0, 5), st.integers(1, 60))
@example("", True, 0, 1)
@example(" ", True, 0, 1)
@example("- x", True, 0, 1)
@example("a\n", True, 0, 1)
@example("a\n\nb", True, 2, 1)
@example("\n", True, 0, 1)
@example("it's " * 40, True, 1, 1)
@example("---", True, 0, 1)
@example("... ", True, 0, 1)
def test_any_text_is_written_as_libyaml_does(
    text: str, pretty: bool, depth: int, key_length: int
) -> None:
    key = "k" * key_length
    found = written(text.encode(), pretty=pretty, key=key, depth=depth)
    assert found == expected(text, pretty=pretty, key=key, depth=depth)


@given(st.text(max_size=60), st.booleans())
def test_any_character_is_written_as_libyaml_does(text: str, pretty: bool) -> None:
    found = written(text.encode("utf-8", "replace"), pretty=pretty)
    assert found == expected(text.encode("utf-8", "replace").decode(), pretty=pretty)


@given(st.binary(max_size=80), st.booleans())
def test_what_is_no_utf8_is_replaced(data: bytes, pretty: bool) -> None:
    """Where the original, which has libyaml look at it first, sends no answer at all."""
    assert written(data, pretty=pretty) == expected(text_of(data), pretty=pretty)


@given(st.floats())
def test_a_number_has_six_decimals(value: float) -> None:
    with encoder() as made:
        made.yaml = True
        assert lib.sr_write_double(made, value) == lib.SR_DONE
        assert b"--- " + take(made) == document(value, pretty=False).splitlines()[1]


def test_a_text_of_megabytes_makes_the_window_larger() -> None:
    for text in ("x" * 3_000_000, "x " * 1_000_000 + "x", "\xff" * 1_000_000, "'\n" * 500_000):
        assert written(text.encode(), pretty=True) == expected(text, pretty=True)


@pytest.mark.parametrize("operation", ["NO_VAL", "FLOAT64_NO_VAL"])
def test_a_number_that_may_be_unset(operation: str) -> None:
    is_float = operation != "NO_VAL"
    kind, infinity, value = ("d", float("inf"), 2.5) if is_float else ("Q", 2**64 - 1, 25)
    for complex_ in (False, True):
        program = Program(yaml=True, complex=complex_)
        program.put("v", operation, size=8, arg=program.no_val(is_float=is_float))
        set_ = value if complex_ else number(value)
        infinite = "Infinity" if complex_ else UNLIMITED | {"number": type(value)(0)}
        assert encode(program, member(kind, value)) == _bare({"v": set_})
        assert encode(program, member(kind, infinity)) == _bare({"v": infinite})


def test_a_null_is_tagged() -> None:
    program = Program(yaml=True, complex=True).put("v", "STRING")
    assert encode(program, pointer_to(None, []), complex=True) == b"!!map\n!!str v: !!null null"


def test_an_empty_text_has_no_blank_behind_its_tag() -> None:
    program = Program(yaml=True).put("v", "STRING").put("w", "STRING")
    assert encode(program, ffi.new("char *[2]")) == b"!!map\n!!str v: !!str\n!!str w: !!str"


def _bare(value: object) -> bytes:
    """A value as it stands in a document."""
    return document(value, pretty=False).partition(b"--- ")[2].removesuffix(b"\n...\n")

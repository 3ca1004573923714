# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML: written and read as the original does, and no body costs much."""

from __future__ import annotations

import json
import math
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd import serializer
from slurmrestd.serializer import Unreadable, yaml
from tests.encoder.reference import document
from tests.serializer.original import converted

JSON, YAML = "application/json", "application/yaml"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LONG = st.text("ab :#'\"\n", max_size=300)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | TEXTS | LONG,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | LONG, inner, max_size=4),
    max_leaves=20,
)

SCALARS = (
    *("1", "-5", "0x10", "010", "abc", "1.7", "''", "99999999999999999999", "1e3", "' 5'", "5x"),
    *("true", "yes", "no", "on", "off", "maybe", "t", "n", "null", "~", "'5 '", "1_000", "0b11"),
    *(".inf", "inf", "Infinity", "-inf", "nan", ".nan", "1.5", "1e400", "0x1p3", "1.5x", ".5"),
    *("5.", "' 1.5'", "0.0", "-0", "00", "'Yes'", "' true'", '"5\\n"', "1:30", "2001-01-01"),
    *("TRUE", "NULL", "=", "<<", "12345678901234567890", "-99999999999999999999", "+5", ""),
)
TAGS = ("", "!!int ", "!!float ", "!!bool ", "!!null ", "!!str ", "!foo ", "! ", "!!binary ")

DOCUMENTS = (
    *("a: 1", "- 1\n- [a, b]\n- {c: d}", "a", "null", "12", "[]", "{}", "# only a comment", "---"),
    *("--- a\n--- b", "a: 1\n...\ngarbage: [", "...\na: 1", "--- \n...\n---\na: 1", "a: 1\na: 2"),
    *("1: 1\n? x\n: y\nnull: z\n'': w", "a: |\n  x\n  y\nb: >\n  x\n  y", '{"a": [true, null]}'),
    *("a: !!map {b: 1}\nc: !!seq [1]", "a: !!seq {b: 1}", "a: !!str [1]", "a: !!map x", "!!map"),
    *("&x a: &y 1", "a: &x 1\nb: *x", "a: *b", "[*b]", "*a : b", "<<: {a: 1}", "? a\n? b\n"),
    *("{a, b: c}", "[a: b, c]", "[a, , b]", "a:\n  - b\n  -\n  - c:", "a: b: c", "a: 'x", "{"),
    *("\ta: 1", "a:\t1", "a: @x", "a: `x", "a: %x", "%FOO bar\n---\na: 1", "%YAML 1.2\n---\na: 1"),
    *("%TAG !e! tag:yaml.org,2002:\n---\na: !e!int 5", "a: !x!int 5"),
    *("a: !<tag:yaml.org,2002:int> 7", "a: !<x> 7"),
    *("%TAG !! tag:foo,2000:\n---\na: !!int x", 'a: "x\\ud800"', 'a: "\\x41\\u00e9\\U0001F600"'),
    *("a: \u00e9", "\ufeffa: 1", "a: \x07", "a: x\0y", "a: 1\n\0\0", 'a: "x\\0y"', '"a\\0b": 1'),
    *('"a\\0b": 1\n"a\\0c": 2', "!!int 1: 2", "!!int x: 2", "a: 1\n!!str a: 2", "~: 1"),
    *("- a\nb: c", "a: !!int", "a: ? b"),
    *("!!null", "!!int 5", "!!bool true", "{a: 1} x", "[a] b", "a: 1\n}", "a: b\n c: d", "|\n x"),
    *(depth * "[" + depth * "]" for depth in (1, 31, 32, 33, 64, 1000)),
    *(depth * "{a: " + "x" + depth * "}" for depth in (31, 32, 33)),
    *(depth * "- " + "x" for depth in (31, 32, 33)),
)  # fmt: skip
BYTES = (b"a: \xff", b"a: '\xe2\x82'", b"\xff\xfea\0:\0 \0b\0", b"\xfe\xff\0a", b"\x80")


def read(body: bytes) -> Any:
    return serializer.read(body, YAML)


class TestWriting:
    @given(VALUES, st.booleans())
    def test_any_value_is_written_as_libyaml_does(self, value: Any, pretty: bool) -> None:
        if isinstance(value, dict | list):
            assert yaml.dumps(value, pretty=pretty) == document(value, pretty=pretty)

    @pytest.mark.parametrize("pretty", [True, False])
    def test_the_original_writes_the_same(self, pretty: bool) -> None:
        values = [
            {"a": [1, 2.5, -0.0, 1e300, 1e-9, None, True, False, "x", "", {}, []]},
            {"lists": [[1, [2]], {"a": [{"b": 1}]}], "": 1, "- k": 2, "k" * 130: {"x": "y " * 60}},
            {"long": "word " * 40 + "end", "quoted": ": it's " * 20, "breaks": "a\n\nb\n" * 3},
            {"special": "tab\t and \u00e9 and \u65e5 \U0001f600 " * 5, "lead": "  x", "tail": "x "},
            {"d": {"e": {"f": {"g": "far in " * 30, "h": ["item " * 30, "- x", "a: b", "#"]}}}},
            [],
            {},
            ["x"],
        ]
        texts = [json.dumps(value).encode() for value in values]
        for value, text in zip(values, converted(texts, JSON, YAML, pretty=pretty), strict=True):
            assert yaml.dumps(value, pretty=pretty) == text

    def test_what_is_written_already_stays(self) -> None:
        """A byte that YAML never holds marks a place."""
        text = yaml.dumps({"a": yaml.Verbatim(b"\0"), "b": "\0"})
        assert text == b'%YAML 1.1\n--- !!map\n!!str a: \0\n!!str b: !!str "\\0"\n...\n'

    def test_what_has_no_form_is_an_error(self) -> None:
        with pytest.raises(TypeError):
            yaml.dumps({"a": object()})


class TestReading:
    @pytest.mark.parametrize("media_type", ["application/yaml", "application/x-yaml", "text/yaml"])
    def test_by_each_of_its_names(self, media_type: str) -> None:
        assert serializer.read(b"a: [1, !!int 2]", media_type) == {"a": ["1", 2]}

    def test_all_is_read_as_the_original_reads_it(self) -> None:
        """A tag decides what a scalar is; without one it is a text."""
        bodies = [f"a: {tag}{scalar}\n".encode() for tag in TAGS for scalar in SCALARS]
        bodies += [body.encode() for body in DOCUMENTS]
        bodies += BYTES
        for body, text in zip(bodies, converted(bodies, YAML, JSON), strict=True):
            if text is None:
                with pytest.raises(Unreadable):
                    read(body)
            else:
                assert _like_json(read(body)) == _like_json(json.loads(text)), body

    @given(VALUES)
    def test_what_is_written_is_read(self, value: Any) -> None:
        found = read(yaml.dumps({"v": value}))
        assert _like_json(found) == _like_json(_as_c({"v": value}))

    @pytest.mark.parametrize("body", [b"[a]: b", b"? {a: b}\n: c", b"{[a]: b, c: d}"])
    def test_a_key_that_is_no_text_is_refused(self, body: bytes) -> None:
        """The original takes the key for the value, and drops all else without a word."""
        with pytest.raises(Unreadable):
            read(body)

    def test_an_error_does_not_hold_the_body(self) -> None:
        with pytest.raises(Unreadable) as caught:
            read(b"a: 'secret")
        assert "secret" not in str(caught.value)
        assert caught.value.__context__ is None


class TestCost:
    """No body costs more than a bounded time and memory."""

    BODIES = (
        b"- " * 20_000_000,
        b"[" * 20_000_000,
        b"[" + b"[],{}," * 3_000_000,
        b"a: b\n" * 10_000_000,
        b"- &a x\n" * 3_000_000,
        b"? " * 10_000_000,
        b"{" * 10_000_000 + b"}" * 10_000_000,
        b"'" + b"a\n" * 10_000_000 + b"'",
        b'"' + b"\\u0041" * 5_000_000 + b'"',
        b"a" * 30_000_000,
        b"#\n" * 15_000_000,
        b"%TAG !a! b\n" * 2_000_000 + b"---\na",
        b"!" + b"a" * 30_000_000,
        b"a:\n" + b" " * 20_000_000 + b"b",
        b"- |\n" + b" x\n" * 10_000_000,
    )

    @pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
    def test_a_hostile_body_is_over_soon(self, body: bytes) -> None:
        started = time.process_time()
        with suppress(Unreadable):
            read(body)
        assert time.process_time() - started < 20

    def test_aliases_are_never_followed(self) -> None:
        bomb = "a0: &a0 [x]\n" + "".join(
            f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(30)
        )
        with pytest.raises(Unreadable, match="alias"):
            read(bomb.encode())

    def test_memory_is_bounded_by_nodes(self) -> None:
        tracemalloc.start()
        try:
            with pytest.raises(Unreadable, match="nodes"):
                read(b"[" + b"[],{}," * 3_000_000)
            assert tracemalloc.get_traced_memory()[1] < 200 << 20
        finally:
            tracemalloc.stop()


def _like_json(value: Any) -> Any:
    """A value that compares: not a number equals itself, true is not 1, the order counts."""
    if isinstance(value, dict):
        return [(key, _like_json(child)) for key, child in value.items()]
    if isinstance(value, list):
        return list(map(_like_json, value))
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return type(value).__name__, value


def _as_c(value: Any) -> Any:
    """What is left of a value in C's strings and printf's decimals."""
    if isinstance(value, dict):
        return {key.partition("\0")[0]: _as_c(child) for key, child in value.items()}
    if isinstance(value, list):
        return list(map(_as_c, value))
    if isinstance(value, str):
        return value.partition("\0")[0]
    return float(f"{value:f}") if isinstance(value, float) else value

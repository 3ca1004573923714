# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON bodies: all that the original takes, and nothing that it refuses.

Each case was tried on slurmrestd 24.11.5.
"""

from __future__ import annotations

import math
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from slurmrestd import serializer
from slurmrestd.serializer import Unreadable, lenient
from slurmrestd.serializer.json import MAX_CONTAINERS, MAX_HELD


def read(body: bytes) -> object:
    return serializer.read(body, "application/json")


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"job":{"name":"a"}}', {"job": {"name": "a"}}),
        (b"{'job':{}}", {"job": {}}),
        (b'{"job":{},}', {"job": {}}),
        (b"[1,]", [1]),
        (b'{"a":1,"b":2,"a":3}', {"a": 3, "b": 2}),
        (b'/* c */{"job":/**/{}}//', {"job": {}}),
        (b'//c\n{"job":{}}', {"job": {}}),
        (b'{"a":Infinity,"b":-infinity}', {"a": math.inf, "b": -math.inf}),
        (b'{"a":TRUE,"b":Null,"c":fAlse}', {"a": True, "b": None, "c": False}),
        (b'{"a":01,"b":1.,"c":1e,"d":-0,"e":1e+}', {"a": 1, "b": 1.0, "c": 1.0, "d": 0, "e": 1.0}),
        (b'{"job":1/*x*/}', {"job": 1}),
        (b'{"job":{}} and the rest', {"job": {}}),
        (b'{"job":{}}\x00', {"job": {}}),
        (b'{"job":{}}\xff', {"job": {}}),
        (b'"x"', "x"),
        (b"5 ", 5),
        (b"-5,", -5),
        (b"true ", True),
        (b"[]", []),
        (b"{}", {}),
    ],
)
def test_what_the_original_takes_is_taken(body: bytes, value: object) -> None:
    assert read(body) == value


@pytest.mark.parametrize(
    "body",
    [
        b"   ", b"null", b"null ", b"5", b"5.0", b"true", b"NaN", b'"x', b'{"job":',
        b'{"job":+1}', b'{"job":.5}', b'{"job":-}', b'{"job":0x10}', b'{"job":inf}',
        b"{job:{}}", b'{"a"}', b"{,}", b"[,]", b"[1,,]", b"[1 2]", b'{"a":1 "b":2}',
        b'{"job":"\\x41"}', b'{"job":"\\q"}', b'{"job":"\\u00"}', b'{"job":\x00}',
        b'\x00{"job":{}}', b'\xef\xbb\xbf{"job":{}}', b'\x0b{"job":{}}', b'{"job":tru}',
        b"/* no end {}", b"[1}",
    ],
)  # fmt: skip
def test_what_the_original_refuses_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


def test_not_a_number_is_one() -> None:
    value = read(b'{"a":nan}')
    assert isinstance(value, dict)
    assert math.isnan(value["a"])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'"a\nb\tc"', "a\nb\tc"),
        (b'"\xc3\xa9"', "é"),
        (b'"\xff\xfe"', "\udcff\udcfe"),
        (b'"\\u0000"', "\0"),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b'"\\ud800"', "\N{REPLACEMENT CHARACTER}"),
        (b'"\\ud800\\u0041"', "\N{REPLACEMENT CHARACTER}A"),
        (b'"\\ude00\\ud83d"', "\N{REPLACEMENT CHARACTER}" * 2),
        (b"'it\\\"s'", 'it"s'),
    ],
)
def test_text_keeps_its_bytes(body: bytes, text: str) -> None:
    assert read(body) == text


@pytest.mark.parametrize("start", [b"", b"/**/"], ids=["strict", "lenient"])
def test_a_key_ends_at_its_first_zero(start: bytes) -> None:
    assert read(start + b'{"a\\u0000b":["\\u0000"],"\\u0000":2}') == {"a": ["\0"], "": 2}


@pytest.mark.parametrize("body", [b'"a\0b"', b"'a\0b'", b'{"a\0":1}', b'["\0'])
def test_a_text_holds_no_zero_byte(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@pytest.mark.parametrize("reader", [read, lenient.read])
def test_integers_are_held_within_64_bits(reader: Callable[[bytes], object]) -> None:
    body = b"[9223372036854775807,9223372036854775808,-9223372036854775809,%s]" % (b"9" * 5000)
    most, least = 2**63 - 1, -(2**63)
    assert reader(body) == [most, most, least, most]


@pytest.mark.parametrize("reader", [read, lenient.read])
def test_beside_long_integers_all_is_as_ever(reader: Callable[[bytes], object]) -> None:
    body = b'{"a":1,"a":[2.5,-0,1e3,"12345678901234567890"],"b":"\\ud83d\\ude00\\u0000"}'
    assert reader(body) == {
        "a": [2.5, 0, 1000.0, "12345678901234567890"],
        "b": "\N{GRINNING FACE}\0",
    }


@pytest.mark.parametrize("start", [b"", b"/**/"], ids=["strict", "lenient"])
def test_more_than_32_levels_are_refused(start: bytes) -> None:
    assert isinstance(read(start + b"[" * 32 + b"]" * 32), list)
    assert isinstance(read(start + b"[" * 31 + b"1" + b"]" * 31), list)
    with pytest.raises(Unreadable):
        read(start + b"[" * 32 + b"1" + b"]" * 32)
    with pytest.raises(Unreadable):
        read(start + b'{"a":' * 32 + b"1" + b"}" * 32)
    with pytest.raises(Unreadable):
        read(start + b"[" * 33 + b"]" * 33)
    with pytest.raises(Unreadable):
        read(start + b'{"a":' * 33 + b"1" + b"}" * 33)


@pytest.mark.parametrize("body", [b"[" * 10**6, b"/*" * 10**6, b"'\\n" * 10**6, b"1," * 10**6])
def test_a_hostile_body_costs_no_more_than_its_length(body: bytes) -> None:
    start = time.perf_counter()
    with suppress(Unreadable):
        read(body)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"[]," * MAX_CONTAINERS + b"0]",
        b"[" + b"0," * (MAX_HELD + 1) + b"9999999999999999999999]",
        b"[" + b"0," * lenient.MAX_STEPS + b"]",
        b"'" + b"\\n" * (lenient.MAX_STEPS + 1) + b"'",
    ],
    ids=["containers", "long numbers", "comma at the end", "escapes"],
)
def test_a_body_has_a_bounded_number_of_values(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@pytest.mark.parametrize("space", [b"//\n", b"/**/", b"\t\n"])
def test_blanks_and_comments_take_no_memory(space: bytes) -> None:
    body = space * 1_000_000 + b"{}"
    tracemalloc.start()
    try:
        assert lenient.read(body) == {}
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_a_refusal_does_not_repeat_the_body() -> None:
    with pytest.raises(Unreadable) as error:
        read(b'{"token":"secret')
    assert "secret" not in str(error.value)

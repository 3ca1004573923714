# SPDX-License-Identifier: GPL-2.0-or-later
"""One JSON type for another: texts are numbers where scanf(3) says so."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd.data_parser.read import convert

LIBC = ctypes.CDLL(None)
NUMBERS = st.text(alphabet="0123456789+-.eExXpPaf \n", max_size=12)


def scanned(text: str, form: bytes, into: Any) -> Any:
    """What sscanf makes of a whole text, or None."""
    rest = ctypes.c_char()
    whole = LIBC.sscanf(text.encode(), form + b"%c", ctypes.byref(into), ctypes.byref(rest)) == 1
    return into.value if whole else None


@given(NUMBERS)
def test_a_text_is_an_integer_if_scanf_takes_it_whole(text: str) -> None:
    form = b"%lx" if text[:2] in ("0x", "0X") else b"%ld"
    assert convert.text_to_int(text) == scanned(text, form, ctypes.c_int64())


@given(NUMBERS.filter(lambda text: text[:1].isdigit()))
def test_a_text_is_a_number_if_scanf_takes_it_whole(text: str) -> None:
    assert convert.text_to_float(text) == scanned(text, b"%lf", ctypes.c_double())


@given(st.floats())
def test_a_number_is_rounded_as_lrint_rounds_it(number: float) -> None:
    LIBC.lrint.restype = ctypes.c_int64
    LIBC.lrint.argtypes = [ctypes.c_double]
    assert convert.to_int(number) == LIBC.lrint(number)


@given(st.floats(allow_nan=False))
def test_a_number_is_a_text_of_six_decimals(number: float) -> None:
    assert convert.to_text(number) == f"{number:.6f}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("99999999999999999999", 2**63 - 1),
        ("-99999999999999999999", -(2**63)),
        ("0xFFFFFFFFFFFFFFFF", -1),
        ("0xFFFFFFFFFFFFFFFFF", -1),
        ("9" * 100_000, 2**63 - 1),
    ],
)
def test_an_integer_of_more_than_64_bits_is_held_at_the_limit(text: str, number: int) -> None:
    assert convert.to_int(text) == number


@pytest.mark.parametrize("value", [True, [], {}, "", "x", "5 "])
def test_what_is_no_number_has_no_integer(value: object) -> None:
    assert convert.to_int(value) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("~anything", None),
        ("NULL", None),
        ("12", 12),
        ("0x10", 16),
        ("-12", -12.0),
        (" 12", 12),
        ("1.5", 1.5),
        ("Infinity", math.inf),
        ("YES", True),
        ("off", False),
        ("no more", "no more"),
        ("on\0off", True),
    ],
)
def test_what_a_text_is_shows_in_it(text: str, found: object) -> None:
    assert convert.detect(text) == found
    assert type(convert.detect(text)) is type(found)


@pytest.mark.parametrize(
    ("value", "found"),
    [(None, False), (0, False), (2, True), (0.0, False), ("0", False), ("", False), ("x", True)],
)
def test_every_scalar_is_true_or_false(value: object, found: bool) -> None:
    assert convert.to_bool(value) is found


def test_a_text_without_an_end_of_digits_takes_no_time() -> None:
    text = "0" * 1_000_000 + "x"
    assert convert.to_int(text) is None
    assert convert.to_float(text) is None


def test_only_ascii_has_a_case() -> None:
    assert convert.fold("ÄKELVIN\N{KELVIN SIGN}") == "Äkelvin\N{KELVIN SIGN}"

# SPDX-License-Identifier: GPL-2.0-or-later
"""Strings: what JSON needs escaped is, what is no UTF-8 is replaced, all else stays."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slurmrestd._encoder import lib

from .programs import encoder, exactly, pointer_to, take, text_of, value_of


def written(data: bytes) -> bytes:
    with encoder() as made:
        assert lib.sr_write_string(made, exactly(data), len(data)) == lib.SR_DONE
        return take(made)


@given(st.binary(max_size=200))
@example(b"\xed\xa0\x80")  # a surrogate
@example(b"\xf4\x90\x80\x80")  # beyond U+10FFFF
@example(b"\xe0\x80\xaf")  # too long a form
@example(b"\xf0\x9f\x98")  # cut
def test_any_bytes_become_valid_json_of_the_same_text(data: bytes) -> None:
    assert json.loads(written(data)) == text_of(data)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=100))
def test_any_text_is_written_as_json_has_it(text: str) -> None:
    assert written(text.encode()) == json.dumps(text, ensure_ascii=False).encode()


@given(st.integers(0, 40), st.sampled_from([b'"', b"\\", b"\n", b"\x1f", "ö".encode(), b"\xff"]))
def test_a_special_character_is_found_at_every_place(place: int, special: bytes) -> None:
    data = b"a" * place + special + b"b" * (40 - place)
    assert json.loads(written(data)) == text_of(data)


@pytest.mark.parametrize("length", range(70))
def test_plain_text_of_every_length_is_copied(length: int) -> None:
    data = bytes(b"abcdefghijklmnopqrstuvwxyz/~\x7f"[i % 29] for i in range(length))
    assert written(data) == b'"' + data + b'"'


def test_control_characters_have_their_short_forms() -> None:
    assert written(b"\b\f\n\r\t\0\x1f") == b'"\\b\\f\\n\\r\\t\\u0000\\u001f"'


def test_a_string_of_megabytes_makes_the_window_larger() -> None:
    data = b"x\n" * 1_000_000
    assert json.loads(written(data)) == data.decode()


def test_a_null_string_is_empty_and_null_in_complex_mode() -> None:
    member = pointer_to(None, [])
    assert value_of("STRING", member) == ""
    assert value_of("STRING", member, complex=True) is None

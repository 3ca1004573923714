# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies by chance: a value or a refusal, in bounded time, and what is valid is what it says."""

from __future__ import annotations

import json
import math
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slurmrestd import serializer
from tests.fuzz import EXAMPLES

MEDIA_TYPES = ("application/json", "application/yaml", "application/x-www-form-urlencoded")
SCRAPS = st.sampled_from(
    [
        *(b"{", b"}", b"[", b"]", b":", b",", b'"', b"'", b"\\", b"\\u", b"\\ud800", b"//", b"/*"),
        *(b"*/", b"#", b"\n", b"\r", b"\t", b" ", b"\0", b"\xff", b"\xef\xbb\xbf", b"NaN", b"1e"),
        *(b"null", b"true", b"-", b"0x", b"9" * 25, b"!!str", b"&a", b"*a", b"|", b">", b"---"),
        *(b"<<", b"%", b"%0", b"%00", b"=", b"&", b"+", b"a", b"job", b"? ", b"- ", b"!!binary"),
    ]
)
PIECES = st.lists(SCRAPS | st.binary(max_size=6), max_size=40).map(b"".join)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NUMBERS = st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@given(body=PIECES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_anything_is_read_or_refused(media_type: str, body: bytes) -> None:
    try:
        value = serializer.read(body, media_type)
    except serializer.Unreadable:
        return
    assert_plain(value)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@given(data=st.data())
@settings(max_examples=EXAMPLES // 3, deadline=None)
def test_a_valid_body_with_a_fault_is_read_or_refused(media_type: str, data: Any) -> None:
    """A fault deep in something that is right otherwise."""
    body = bytearray(json.dumps(data.draw(VALUES)).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 2))] = data.draw(SCRAPS)
    test_anything_is_read_or_refused.hypothesis.inner_test(media_type, bytes(body))


@given(value=st.dictionaries(TEXTS, VALUES, max_size=4) | st.lists(VALUES, max_size=4))
@settings(max_examples=EXAMPLES, deadline=None)
def test_valid_json_is_what_it_says(value: object) -> None:
    assert serializer.read(json.dumps(value).encode(), "application/json") == value


@given(pairs=st.dictionaries(TEXTS.filter(bool), TEXTS.filter(bool), max_size=5))
@settings(max_examples=EXAMPLES, deadline=None)
def test_form_data_has_every_name(pairs: dict[str, str]) -> None:
    found = serializer.read(urlencode(pairs).encode(), "application/x-www-form-urlencoded")
    assert isinstance(found, dict)
    assert set(found) == set(pairs)


def assert_plain(value: object) -> None:
    """See that there is nothing in it but what a reader of tables knows."""
    level = [value]
    while level:
        for one in level:
            assert one is None or isinstance(one, dict | list | str | int | float), type(one)
            if isinstance(one, dict):
                assert all(isinstance(key, str) for key in one)
            if isinstance(one, float):
                assert isinstance(math.isfinite(one), bool)
        level = [
            item
            for one in level
            if isinstance(one, dict | list)
            for item in (one.values() if isinstance(one, dict) else one)
        ]

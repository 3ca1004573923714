# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts of a form are what a serializer would make of the same names and values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slurmrestd.data_parser.layout import JsonLayout, YamlLayout
from slurmrestd.data_parser.model import Format
from slurmrestd.data_parser.small import _NOTHING
from tests.data_parser.test_tables import FLAGS, STRUCTS
from tests.encoder.reference import document

KEYS = sorted({key for struct in STRUCTS for row in struct.fields for key in row.key.split("/")})
WORDS = sorted({flag.name for flags in FLAGS for flag in flags.flags})


def in_yaml(value: Any) -> bytes:
    """A value as it stands in a document."""
    return document(value, pretty=True).partition(b"--- ")[2].removesuffix(b"\n...\n")


@pytest.mark.parametrize("word", WORDS)
def test_no_word_of_a_flag_needs_quotes(word: str) -> None:
    assert YamlLayout().word(word) == in_yaml(word)
    assert JsonLayout(pretty=True).word(word) == json.dumps(word).encode()


@pytest.mark.parametrize("key", [key for key in KEYS if key])
def test_no_key_needs_quotes(key: str) -> None:
    layout = YamlLayout()
    text = layout.begin_object() + layout.key(key, 0, is_first=True) + layout.null
    assert text == in_yaml({key: None})


@pytest.mark.parametrize("shape", Format)
def test_nothing_is_the_empty_value(shape: Format) -> None:
    value = _NOTHING[shape]
    assert YamlLayout().nothing(shape) == in_yaml(value)
    assert JsonLayout(pretty=False).nothing(shape) == json.dumps(value).encode()


def test_an_object_with_a_list_in_it() -> None:
    for layout, expected in (
        (YamlLayout(), in_yaml({"a": {"b": [], "c": True}})),
        (JsonLayout(pretty=False), b'{"a":{"b":[],"c":true}}'),
        (JsonLayout(pretty=True), json.dumps({"a": {"b": [], "c": True}}, indent=2).encode()),
    ):
        top = 0 if isinstance(layout, YamlLayout) else 1
        inner = top + 1
        made = (
            layout.begin_object()
            + layout.key("a", top, is_first=True)
            + layout.begin_object()
            + layout.key("b", inner, is_first=True)
            + layout.begin_list
            + layout.end_list(inner, is_empty=True)
            + layout.key("c", inner, is_first=False)
            + layout.boolean(True)
            + layout.end_object(top)
            + layout.end_object(top - 1)
        )
        assert made == expected

# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts and lists of texts.

A text is bytes for C: it ends at a NUL, and bytes that were no UTF-8 in the body (they
are lone surrogates in Python, PEP 383) are the same bytes again.
"""

from __future__ import annotations

import re
from typing import Any

from slurmrestd.data_parser.read.context import Items, Reading, Unreadable, Value
from slurmrestd.data_parser.read.convert import c_string, to_text, type_name
from slurmrestd.slurm.numbers import ESLURM_DATA_CONV_FAILED, ESLURM_DATA_EXPECTED_LIST

_SURROGATE = re.compile("[\ud800-\udfff]")
_COMMAS = re.compile(",+")
_LISTED = (list, dict)


def encode(text: str) -> bytes:
    """A text as C has it."""
    text = c_string(text)
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Surrogates that stand for no byte: U+FFFD, as in JSON.
        raw = _SURROGATE.sub(_replace, text)
        return raw.encode("utf-8", "surrogateescape")


def _replace(surrogate: re.Match[str]) -> str:
    is_byte = 0xDC80 <= ord(surrogate[0]) <= 0xDCFF
    return surrogate[0] if is_byte else "\N{REPLACEMENT CHARACTER}"


def text(_reading: Reading, value: Value, _path: str) -> bytes | None:
    """A text; null is NULL."""
    if isinstance(value, str):
        return encode(value)
    if value is None:
        return None
    found = to_text(value)
    if found is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return encode(found)


def _entry(reading: Reading, value: Value, path: str) -> bytes:
    found = to_text(value)
    if found is None:
        raise reading.refuse(
            path, ESLURM_DATA_CONV_FAILED, f"An entry of this list cannot be {type_name(value)}"
        )
    return encode(found)


def _pair(reading: Reading, key: str, value: Value, path: str) -> bytes:
    return encode(key) + b"=" + _entry(reading, value, path)


def _entries(reading: Reading, value: Any, path: str) -> list[bytes]:
    """The entries of an array, or of an object as ``key=value``."""
    reading.check_items(value, path)
    if isinstance(value, dict):
        return [_pair(reading, key, found, path) for key, found in value.items()]
    return [_entry(reading, found, path) for found in value]


def csv(reading: Reading, value: Value, path: str) -> bytes | None:
    """A text of entries with commas between them; NULL if there are none."""
    if isinstance(value, _LISTED):
        return b",".join(_entries(reading, value, path)) if value else None
    return encode(to_text(value) or "")


def csv_list(reading: Reading, value: Value, path: str) -> Items:
    """A list of texts; a text is parted at its commas.

    An entry that cannot be read is an error, and the entries before it stay.
    """
    if not isinstance(value, _LISTED):
        found = to_text(value) or ""
        return Items(encode(part) for part in _COMMAS.split(found) if part)
    reading.check_items(value, path)
    items = Items()
    pairs = value.items() if isinstance(value, dict) else ((None, found) for found in value)
    for key, found in pairs:
        try:
            items.append(
                _entry(reading, found, path) if key is None else _pair(reading, key, found, path)
            )
        except Unreadable:
            break
    return items


def array(reading: Reading, value: Value, path: str) -> list[bytes]:
    """An array of texts; an object is an array of ``key=value``."""
    if not isinstance(value, _LISTED):
        reading.error(
            path, ESLURM_DATA_EXPECTED_LIST, f"A list is needed here, not {type_name(value)}"
        )
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return _entries(reading, value, path)


def array_as_nested(reading: Reading, value: Value, path: str) -> list[bytes]:
    """:func:`array` where another type is read by it: the type is checked as well."""
    if not (value is None or isinstance(value, list)) and reading.checks_types:
        reading.warn(path, f"Documented as an array, but given as {type_name(value)}")
    return array(reading, value, path)

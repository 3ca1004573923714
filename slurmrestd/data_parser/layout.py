# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts that stand around values: those of JSON, and those of YAML.

A program of the encoder consists of such texts, so that what a form looks like is said
here, and once more in ``_native/encoder`` for what depends on the data.  A *depth* is
how far in a line stands.  A value has the depth of the line that it begins on.
"""

from __future__ import annotations

import json
from typing import Protocol

from slurmrestd.data_parser.model import Format
from slurmrestd.frozen import Frozen

# How nothing is written for each shape, so that generated clients find the type they expect.
_JSON_NOTHING = {
    Format.INT32: b"0",
    Format.INT64: b"0",
    Format.NUMBER: b"0.0",
    Format.DOUBLE: b"0.0",
    Format.STRING: b'""',
    Format.BOOL: b"false",
    Format.OBJECT: b"{}",
    Format.ARRAY: b"[]",
}
_YAML_NOTHING = {
    Format.INT32: b"!!int 0",
    Format.INT64: b"!!int 0",
    Format.NUMBER: b"!!float 0.000000",
    Format.DOUBLE: b"!!float 0.000000",
    Format.STRING: b"!!str",
    Format.BOOL: b"!!bool false",
    Format.OBJECT: b"!!map {}",
    Format.ARRAY: b"!!seq []",
}


class Layout(Protocol):
    """What a form puts around values."""

    null: bytes
    infinity: bytes
    begin_list: bytes

    def nothing(self, shape: Format) -> bytes:
        """The empty value of a shape."""

    def boolean(self, value: bool) -> bytes:
        """A boolean."""

    def number(self, shape: Format) -> bytes:
        """What stands before a number."""

    def word(self, name: str) -> bytes:
        """A text of ours: a letter and then letters, digits, underscores."""

    def begin_object(self, *, is_empty: bool = False) -> bytes:
        """The start of an object."""

    def key(self, key: str, depth: int, *, is_first: bool) -> bytes:
        """A key on a line of ``depth``, up to its value."""

    def end_object(self, depth: int) -> bytes:
        """The end of an object that is not empty."""

    def end_list(self, depth: int, *, is_empty: bool) -> bytes:
        """The end of a list."""

    def items(self, depth: int) -> int:
        """The depth of the items of a list of ``depth``."""


class JsonLayout(Frozen):
    """JSON: each key and item on a line of its own if pretty, else all in one line."""

    pretty: bool
    null = b"null"
    infinity = b'"Infinity"'
    begin_list = b"["

    def nothing(self, shape: Format) -> bytes:
        return _JSON_NOTHING[shape]

    def boolean(self, value: bool) -> bytes:
        return b"true" if value else b"false"

    def number(self, shape: Format) -> bytes:
        return b""

    def word(self, name: str) -> bytes:
        return json.dumps(name).encode()

    def begin_object(self, *, is_empty: bool = False) -> bytes:
        return b"{"

    def key(self, key: str, depth: int, *, is_first: bool) -> bytes:
        comma = b"" if is_first else b","
        return comma + self._line(depth) + json.dumps(key).encode() + self._colon

    def end_object(self, depth: int) -> bytes:
        return self._line(depth) + b"}"

    def end_list(self, depth: int, *, is_empty: bool) -> bytes:
        return b"]" if is_empty else self._line(depth) + b"]"

    def items(self, depth: int) -> int:
        return depth + 1

    @property
    def _colon(self) -> bytes:
        return b": " if self.pretty else b":"

    def _line(self, depth: int) -> bytes:
        return b"\n" + b"  " * depth if self.pretty else b""


class YamlLayout:
    """YAML in blocks, with the tags that the original gives to everything, keys too.

    Items of a list stand as far in as its key.
    """

    null = b"!!null null"
    infinity = b"!!str Infinity"
    begin_list = b"!!seq"

    def nothing(self, shape: Format) -> bytes:
        return _YAML_NOTHING[shape]

    def boolean(self, value: bool) -> bytes:
        return b"!!bool true" if value else b"!!bool false"

    def number(self, shape: Format) -> bytes:
        return b"!!float " if shape in (Format.NUMBER, Format.DOUBLE) else b"!!int "

    def word(self, name: str) -> bytes:
        return b"!!str " + name.encode()

    def begin_object(self, *, is_empty: bool = False) -> bytes:
        return b"!!map {}" if is_empty else b"!!map"

    def key(self, key: str, depth: int, *, is_first: bool) -> bytes:
        return b"\n" + b"  " * depth + b"!!str " + key.encode() + b": "

    def end_object(self, depth: int) -> bytes:
        return b""

    def end_list(self, depth: int, *, is_empty: bool) -> bytes:
        return b" []" if is_empty else b""

    def items(self, depth: int) -> int:
        return depth

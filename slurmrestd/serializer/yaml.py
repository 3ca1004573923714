# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML: bodies that are read, and objects that are written, as the original does both.

What is written has a tag on every node and stands in blocks; the encoder's own YAML
(``_native/encoder/yaml.c``) writes the scalars.  What is read is the first document, by
libyaml: a scalar is a text unless a tag says otherwise, aliases are refused, and so is
what goes deeper or has more nodes than any request needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from slurmrestd._encoder import ffi, lib
from slurmrestd.data_parser.read import convert
from slurmrestd.frozen import Frozen
from slurmrestd.serializer.errors import Unreadable

MAX_DEPTH: Final = 32  # collections within each other, the original's limit

MAX_NODES: Final = 500_000
"""Nodes of a body: each takes microseconds, in which no other thread runs Python."""

END: Final = b"\n...\n"
"""What ends a document."""

INTEGER: Final = b"!!int "
"""What stands before a whole number."""

_SIMPLE_KEY: Final = 123  # bytes; libyaml's 128 with the tag
_BREAKS: Final = frozenset("\n\r\x85\u2028\u2029")
_TAG: Final = "tag:yaml.org,2002:"

# -- the way out ------------------------------------------------------------------------


class Verbatim(Frozen):
    """A value that ``dumps`` writes as it is, tag and all."""

    text: bytes


def dumps(value: Any, *, pretty: bool = True) -> bytes:
    """A document of dicts, lists, str, int, float, bool and None; ``pretty`` folds long lines.

    Raises MemoryError.
    """
    encoder = lib.sr_encoder_new(4096, ffi.NULL, ffi.NULL, pretty, False)
    if encoder == ffi.NULL:
        raise MemoryError
    try:
        encoder.yaml = True
        writer = _Writer(encoder, pretty=pretty)
        writer.text(b"%YAML 1.1\n--- ")
        writer.node(value, 0, 0)
        writer.text(END)
        return bytes(ffi.buffer(encoder.data, encoder.len))
    finally:
        lib.sr_encoder_free(encoder)


class _Writer:
    """Writes nodes one after the other."""

    def __init__(self, encoder: Any, *, pretty: bool) -> None:
        self._encoder = encoder
        self._pretty = pretty

    def node(self, value: Any, keys: int, items: int) -> None:
        """A value whose keys, or items, stand on lines of this depth."""
        if isinstance(value, dict):
            self._mapping(value, keys)
        elif isinstance(value, list | tuple):
            self._sequence(value, items)
        elif isinstance(value, str):
            self._string(value)
        elif isinstance(value, float):
            _done(lib.sr_write_double(self._encoder, value))
        elif isinstance(value, Verbatim):
            self.text(value.text)
        else:
            self.text(_word(value))

    def text(self, text: bytes) -> None:
        """Bytes that are YAML already."""
        _done(lib.sr_write_text(self._encoder, text, len(text)))

    def _mapping(self, value: dict[str, Any], depth: int) -> None:
        self.text(b"!!map" if value else b"!!map {}")
        for key, child in value.items():
            self._line(depth)
            self._key(key, depth)
            self.node(child, depth + 1, depth)

    def _sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> None:
        self.text(b"!!seq" if value else b"!!seq []")
        for child in value:
            self._line(depth)
            self.text(b"- ")
            self.node(child, depth + 1, depth + 1)

    def _line(self, depth: int) -> None:
        self.text(b"\n" + b"  " * depth)

    def _key(self, key: str, depth: int) -> None:
        if len(key.encode()) > _SIMPLE_KEY or not _BREAKS.isdisjoint(key):
            self.text(b"? ")
            self._string(key)
            self._line(depth)
            self.text(b": ")
            return
        # A key in front of its colon is never folded.
        self._encoder.pretty = False
        if key:
            self._string(key)
        else:
            self.text(b"!!str ''")
        self._encoder.pretty = self._pretty
        self.text(b": ")

    def _string(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        _done(lib.sr_write_string(self._encoder, data, len(data)))


def _word(value: object) -> bytes:
    if value is None:
        return b"!!null null"
    if isinstance(value, bool):
        return b"!!bool true" if value else b"!!bool false"
    if isinstance(value, int):
        return INTEGER + b"%d" % value
    raise TypeError(f"{type(value).__name__} cannot be written as YAML")


def _done(status: int) -> None:
    if status:
        raise MemoryError


# -- the way in -------------------------------------------------------------------------


def read(body: bytes) -> object:
    """The value of a YAML body's first document; raises Unreadable."""
    # Late: most processes never read any.
    import yaml  # noqa: PLC0415

    # The original reads a C string: nothing after a NUL exists.
    text = body.partition(b"\0")[0]
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CLoader)
    try:
        return _Reader(yaml, events).document()
    except yaml.YAMLError:
        # Nothing more in here: the error holds a part of the body.
        pass
    raise Unreadable("no YAML")


class _Reader:
    """Events to values, with no more levels than are allowed."""

    def __init__(self, yaml: Any, events: Iterator[Any]) -> None:
        self._yaml = yaml
        self._events = events
        self._nodes = 0

    def document(self) -> object:
        """The first document; None where there is none."""
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent):
                value = self._value(self._next(), 0)
                self._next()
                return value
        return None

    def _next(self) -> Any:
        event = next(self._events)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Unreadable(f"more than {MAX_NODES} nodes")
        if isinstance(event, self._yaml.AliasEvent):
            raise Unreadable("an alias")
        return event

    def _value(self, event: Any, depth: int) -> object:
        if isinstance(event, self._yaml.ScalarEvent):
            return _scalar(event.tag, event.value)
        if depth == MAX_DEPTH:
            raise Unreadable(f"more than {MAX_DEPTH} levels")
        if isinstance(event, self._yaml.MappingStartEvent):
            return self._mapping(depth + 1)
        return self._sequence(depth + 1)

    def _mapping(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := self._next(), self._yaml.MappingEndEvent):
            if not isinstance(event, self._yaml.ScalarEvent):
                raise Unreadable("a key that is no text")
            found[convert.c_string(event.value)] = self._value(self._next(), depth)
        return found

    def _sequence(self, depth: int) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._next(), self._yaml.SequenceEndEvent):
            found.append(self._value(event, depth))
        return found


def _scalar(tag: str | None, text: str) -> object:
    """What a scalar is: a text, unless its tag is one of those that the original heeds."""
    text = convert.c_string(text)
    kind = tag.removeprefix(_TAG) if tag is not None and tag.startswith(_TAG) else "str"
    if kind == "bool":
        return convert.to_bool(text)
    if kind == "null" and convert.detect(text) is None:
        return None
    value: object = text
    if kind == "int":
        value = convert.text_to_int(text)
    elif kind == "float":
        value = convert.text_to_float(text)
    if value is None or kind in ("null", "map", "seq"):
        raise Unreadable(f"a scalar that is not what its tag says: {kind}")
    return value

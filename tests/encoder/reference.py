# SPDX-License-Identifier: GPL-2.0-or-later
"""What libyaml itself makes of a value, as the original has it written; and the way back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

_TAG = "tag:yaml.org,2002:"
_NO_FOLDING = 1 << 30


def document(value: Any, *, pretty: bool) -> bytes:
    """A document of dicts, lists, texts, numbers, booleans and None, tags and all."""
    events = [
        StreamStartEvent(encoding="utf-8"),
        DocumentStartEvent(explicit=True, version=(1, 1)),
        *_events(value),
        DocumentEndEvent(explicit=True),
        StreamEndEvent(),
    ]
    width = 80 if pretty else _NO_FOLDING
    text: bytes | str = yaml.emit(events, Dumper=yaml.CDumper, width=width, indent=2)
    return text if isinstance(text, bytes) else text.encode()


def content(text: bytes) -> Any:
    """The value of a document in which every node has its tag, and no key comes twice."""
    events = iter(yaml.parse(text, Loader=yaml.CLoader))
    head = [type(next(events)) for _ in range(2)]
    assert head == [StreamStartEvent, DocumentStartEvent]
    value = _value(next(events), events)
    assert [type(event) for event in events] == [DocumentEndEvent, StreamEndEvent]
    return value


def _value(event: Event, events: Iterator[Event]) -> Any:
    if isinstance(event, MappingStartEvent):
        assert event.tag == _TAG + "map"
        found = {}
        while not isinstance(key := next(events), MappingEndEvent):
            name = _value(key, events)
            assert name not in found
            found[name] = _value(next(events), events)
        return found
    if isinstance(event, SequenceStartEvent):
        assert event.tag == _TAG + "seq"
        items = []
        while not isinstance(item := next(events), SequenceEndEvent):
            items.append(_value(item, events))
        return items
    assert isinstance(event, ScalarEvent)
    assert event.tag is not None
    return _READERS[event.tag.removeprefix(_TAG)](event.value)


_READERS: dict[str, Callable[[str], Any]] = {
    "null": {"null": None}.__getitem__,
    "bool": {"true": True, "false": False}.__getitem__,
    "int": int,
    "float": float,
    "str": str,
}


def _events(value: Any) -> Iterator[Event]:
    if isinstance(value, dict):
        yield MappingStartEvent(None, _TAG + "map", implicit=False, flow_style=False)
        for key, child in value.items():
            yield from _events(key)
            yield from _events(child)
        yield MappingEndEvent()
    elif isinstance(value, list):
        yield SequenceStartEvent(None, _TAG + "seq", implicit=False, flow_style=False)
        for child in value:
            yield from _events(child)
        yield SequenceEndEvent()
    else:
        kind, text = _scalar(value)
        yield ScalarEvent(None, _TAG + kind, (False, False), text)


def _scalar(value: Any) -> tuple[str, str]:
    if value is None:
        return "null", "null"
    if isinstance(value, bool):
        return "bool", str(value).lower()
    if isinstance(value, int):
        return "int", str(value)
    if isinstance(value, float):
        # printf(3) shows the sign of what is no number.
        sign = "-" if math.isnan(value) and math.copysign(1, value) < 0 else ""
        return "float", f"{sign}{value:f}"
    return "str", value

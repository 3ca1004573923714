# SPDX-License-Identifier: GPL-2.0-or-later
"""Where two answers differ: status, media type, keys and their order, values and their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.conformance.answer import DIED, SILENT, Answer
from tests.conformance.volatile import ANSWERS_OF_BOTH, Rows

_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Difference:
    """Something at a path of the answer: ``status``, ``style``, or ``/jobs[0]/name``."""

    path: str
    original: Any
    ours: Any

    @property
    def place(self) -> str:
        """The path with every index as ``[]``.

        >>> Difference("/jobs[31]/name", 1, 2).place
        '/jobs[]/name'
        """
        return _INDEX.sub("[]", self.path)

    def __str__(self) -> str:
        return f"{self.path}: original {_short(self.original)}, ours {_short(self.ours)}"


@dataclass(frozen=True)
class Absent:
    """Stands for a value that is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = Absent()


def differences(original: Answer, ours: Answer) -> list[Difference]:
    """Everything that differs and is not volatile."""
    found = []
    if original.status != ours.status:
        found.append(Difference("status", original.status, ours.status))
    if {DIED, SILENT}.intersection((original.status, ours.status)):
        return found
    if original.media_type != ours.media_type:
        found.append(Difference("media type", original.media_type, ours.media_type))
    if original.style != ours.style:
        found.append(Difference("style", original.style, ours.style))
    if isinstance(original.content, str) and isinstance(ours.content, str):
        return found  # refusals in plain text: the wording is ours
    return found + list(values_differ("", original.content, ours.content, ANSWERS_OF_BOTH))


def report(found: list[Difference], most: int = 12) -> str:
    """The first differences, one line for each place."""
    places: dict[str, list[Difference]] = {}
    for difference in found:
        places.setdefault(difference.place, []).append(difference)
    lines = []
    for at_place in list(places.values())[:most]:
        others = f" (and {len(at_place) - 1} like it)" if len(at_place) > 1 else ""
        lines.append(f"{at_place[0]}{others}")
    if len(places) > most:
        lines.append(f"... and {len(places) - most} other places")
    return "\n".join(lines)


def values_differ(path: str, original: Any, ours: Any, volatile: Rows) -> Iterator[Difference]:
    """Where two values differ in depth; ``path`` is where they stand."""
    if type(original) is not type(ours):
        yield Difference(path or "content", original, ours)
    elif isinstance(original, dict):
        yield from _objects(path, original, ours, volatile)
    elif isinstance(original, list):
        yield from _lists(path, original, ours, volatile)
    elif original != ours:
        difference = Difference(path, original, ours)
        if not volatile.alike(difference.place, original, ours):
            yield difference


def _objects(
    path: str, original: dict[str, Any], ours: dict[str, Any], volatile: Rows
) -> Iterator[Difference]:
    keys, our_keys = list(original), list(ours)
    if keys != our_keys and set(keys) == set(our_keys):
        yield Difference(f"{path}/ (order of keys)", keys, our_keys)
    for key, value in original.items():
        yield from values_differ(f"{path}/{key}", value, ours.get(key, ABSENT), volatile)
    for key in our_keys:
        if key not in original:
            yield Difference(f"{path}/{key}", ABSENT, ours[key])


def _lists(path: str, original: list[Any], ours: list[Any], volatile: Rows) -> Iterator[Difference]:
    if len(original) != len(ours):
        yield Difference(f"{path} (length)", len(original), len(ours))
        if len(original) > 20:
            return
    place = _INDEX.sub("[]", path)
    original, ours = volatile.in_order(place, original), volatile.in_order(place, ours)
    for index in range(max(len(original), len(ours))):
        one = original[index] if index < len(original) else ABSENT
        other = ours[index] if index < len(ours) else ABSENT
        yield from values_differ(f"{path}[{index}]", one, other, volatile)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:100]} ... {text[-50:]}"

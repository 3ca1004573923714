# SPDX-License-Identifier: GPL-2.0-or-later
"""What no row of a table knows: named in the warnings, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from slurmrestd.data_parser.read.context import Reading
from slurmrestd.data_parser.read.convert import BLANKS, fold, type_name


@dataclass(slots=True)
class Known:
    """The keys of a table: paths of keys, and words that are keys at any depth."""

    paths: set[tuple[str, ...]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def warn_of_others(self, reading: Reading, value: dict[str, Any], path: str) -> None:
        """Name every value in an object that no row has read; objects are looked into."""
        if all((key,) in self.paths for key in value):
            return
        for way, found in self._others(value):
            keys = way.keys()
            reading.warn(
                path + "".join(map(_segments, keys)),
                f"There is no field {keys[-1]!r}: {type_name(found)} is ignored",
            )

    def _others(self, value: dict[str, Any]) -> Iterator[tuple[_Way, Any]]:
        # Its own stack: a body may be deeper than Python calls may be.
        depth = max(map(len, self.paths), default=0)
        stack: list[tuple[_Way | None, Iterator[tuple[str, Any]]]] = [(None, iter(value.items()))]
        while stack:
            above, items = stack[-1]
            for key, found in items:
                way = _Way(above, key)
                if self._knows(way, depth):
                    continue
                if isinstance(found, dict):
                    stack.append((way, iter(found.items())))
                    break
                yield way, found
            else:
                stack.pop()

    def _knows(self, way: _Way, depth: int) -> bool:
        if self.words and fold(way.key) in self.words:
            return True
        return way.depth <= depth and way.keys() in self.paths


class _Way:
    """The keys down to a value, linked upwards: a long way costs no more than a short one."""

    __slots__ = ("above", "depth", "key")

    def __init__(self, above: _Way | None, key: str) -> None:
        self.above = above
        self.key = key
        self.depth: int = above.depth + 1 if above else 1

    def keys(self) -> tuple[str, ...]:
        keys = []
        way: _Way | None = self
        while way:
            keys.append(way.key)
            way = way.above
        return tuple(reversed(keys))


def _segments(key: str) -> str:
    """A key as a path shows it: a slash in it parts, blanks around it go."""
    parts = key.removeprefix("#").split("/")
    return "".join(f"{part.strip(BLANKS)}/" for part in parts if part)

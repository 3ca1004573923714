# SPDX-License-Identifier: GPL-2.0-or-later
"""What no row of a table knows: named in the warnings, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from slurmrestd.data_parser.read.context import Reading, quote
from slurmrestd.data_parser.read.convert import BLANKS, fold, type_name

Tree = dict[str, "Tree | None"]
"""Keys and what may stand below them; None where a field is, with all that it holds."""

_NOTHING: Final[Tree] = {}


class Known:
    """The keys of a table: paths of keys as a tree, and words that are keys at any depth."""

    def __init__(self) -> None:
        self._tree: Tree = {}
        self._words: set[str] = set()
        self._fields: set[str] = set()

    def add(self, keys: tuple[str, ...]) -> None:
        """Know a path of keys, and whatever lies below it."""
        *above, last = keys
        branch: Tree = self._tree
        for key in above:
            below = branch.setdefault(key, {})
            if below is None:
                return
            branch = below
        branch[last] = None
        if not above:
            self._fields.add(last)

    def add_word(self, folded: str) -> None:
        """Know a word as a key at any depth, in no case."""
        self._words.add(folded)

    def warn_of_others(self, reading: Reading, value: dict[str, Any], path: str) -> None:
        """Name every value in an object that no row has read; objects are looked into."""
        if self._fields.issuperset(value):
            return
        for way, found in self._others(value):
            keys = way.keys()
            reading.warn(
                path + "".join(map(_segments, keys)),
                f"There is no field {quote(keys[-1])}: {type_name(found)} is ignored",
            )

    def _others(self, value: dict[str, Any]) -> Iterator[tuple[_Way, Any]]:
        # Its own stack: a body may be deeper than Python calls may be.
        stack: list[tuple[_Way | None, Tree, Iterator[tuple[str, Any]]]]
        stack = [(None, self._tree, iter(value.items()))]
        while stack:
            above, tree, items = stack[-1]
            for key, found in items:
                below = tree.get(key, _NOTHING)
                if below is None or (self._words and fold(key) in self._words):
                    continue
                if isinstance(found, dict):
                    stack.append((_Way(above, key), below, iter(found.items())))
                    break
                yield _Way(above, key), found
            else:
                stack.pop()


class _Way:
    """The keys down to a value, linked upwards: a long way costs no more than a short one."""

    __slots__ = ("above", "key")

    def __init__(self, above: _Way | None, key: str) -> None:
        self.above = above
        self.key = key

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

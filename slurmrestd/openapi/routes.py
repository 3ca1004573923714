# SPDX-License-Identifier: GPL-2.0-or-later
"""From method and path to operation, version and path parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from slurmrestd.data_parser.model import Version
from slurmrestd.data_parser.read.convert import detect, to_text
from slurmrestd.frozen import Frozen
from slurmrestd.openapi.operation import Operation, Plugin

_PLAIN = re.compile(r"[A-Za-z0-9~\-._%/]*")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
"""What stays as it is: most jobs are asked for by such a one."""
_ANY_NUMBER = "1"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%00|%[Ff]{2}")


class BadPath(ValueError):
    """A path that cannot be read as one: a stray character or half an escape."""


class DataParser(Frozen, eq=False):
    """A version as it was loaded (``-d``).

    ``given`` is what followed the version there, flags and all; ``flags`` are those that
    the version has.
    """

    version: Version
    flags: frozenset[str] = frozenset()
    given: str = ""

    @property
    def fast(self) -> bool:
        """Whether what is odd about a request goes without a warning."""
        return "fast" in self.flags

    @property
    def complex(self) -> bool:
        """Whether a number that is unset or infinite is shown as null or as a word."""
        return "complex" in self.flags

    @property
    def name(self) -> str:
        """As in ``meta.plugin.data_parser``."""
        return f"data_parser/{self.version}{self.given}"


class Match(Frozen):
    """What a request is for."""

    operation: Operation
    plugin: Plugin
    parser: DataParser
    parameters: dict[str, str]


class _Route(Frozen):
    segments: tuple[str, ...]
    operation: Operation
    plugin: Plugin
    parser: DataParser

    def match(self, segments: list[str]) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for wanted, given in zip(self.segments, segments, strict=True):
            if wanted.startswith("{"):
                # The original reads a segment as JSON would: 0x10 is 16, and 007 is 7.
                plain = _NUMBER.fullmatch(given)
                found[wanted[1:-1]] = given if plain else to_text(detect(given)) or ""
            elif wanted != given:
                return None
        return found


REMEMBERED = 1024
"""How many paths are known again: clients ask for the same ones all day."""

REMEMBERED_LENGTH = 128
"""The longest of them."""


class Routes:
    """Every operation of the loaded plugins in every loaded version."""

    def __init__(self, plugins: Iterable[Plugin], parsers: Iterable[DataParser]) -> None:
        self._by_shape: dict[tuple[str, int, tuple[str, ...]], list[_Route]] = {}
        self.plugins = tuple(plugins)
        self.parsers = tuple(parsers)
        self._remembered = lru_cache(REMEMBERED)(self._find)
        for plugin in self.plugins:
            for operation in plugin.operations:
                for parser in self.parsers:
                    self._add(plugin, operation, parser)

    def _add(self, plugin: Plugin, operation: Operation, parser: DataParser) -> None:
        if not operation.since <= parser.version <= operation.until:
            return
        path = operation.path.replace("{data_parser}", str(parser.version))
        segments = tuple(s for s in path.split("/") if s)
        assert not any(segment.startswith("{") for segment in segments[:3]), path
        route = _Route(segments, operation, plugin, parser)
        self._by_shape.setdefault(_shape(operation.method, segments), []).append(route)

    def __iter__(self) -> Iterator[_Route]:
        for routes in self._by_shape.values():
            yield from routes

    def match(self, method: str, path: str) -> Match | None:
        """The operation at ``path`` (still percent-encoded, no query), or None.

        Empty segments do not count, so ``//jobs//`` is ``jobs``.  Raises BadPath.
        """
        if len(path) > REMEMBERED_LENGTH:
            return self._find(method, path)
        front, _, last = path.rpartition("/")
        if _NUMBER.fullmatch(last):
            return self._match_number(method, path, front, last)
        return self._remembered(method, path)

    def _match_number(self, method: str, path: str, front: str, number: str) -> Match | None:
        """The same for the many jobs at one path: it is remembered once for all of them."""
        found = self._remembered(method, f"{front}/{_ANY_NUMBER}")
        name = [*found.parameters][-1:] if found is not None else []
        # A dot before it would be part of it.
        if found is None or not name or found.parameters[name[0]] != _ANY_NUMBER:
            return self._find(method, path)
        parameters = {**found.parameters, name[0]: number}
        return Match(found.operation, found.plugin, found.parser, parameters)

    def _find(self, method: str, path: str) -> Match | None:
        segments = split(path)
        for route in self._by_shape.get(_shape(method, segments), ()):
            found = route.match(segments)
            if found is not None:
                return Match(route.operation, route.plugin, route.parser, found)
        return None


def _shape(method: str, segments: Sequence[str]) -> tuple[str, int, tuple[str, ...]]:
    """What few routes have in common: no parameter is among the first three segments."""
    return method, len(segments), tuple(segments[:3])


def split(path: str) -> list[str]:
    """The decoded segments of a path.  Raises BadPath."""
    if not _PLAIN.fullmatch(path) or _BAD_ESCAPE.search(path):
        raise BadPath(path)
    segments = [s for s in path.split("/") if s]
    if "%" in path:
        # Late: it takes more than to answer a ping, and few paths need it.
        from urllib.parse import unquote_to_bytes  # noqa: PLC0415

        segments = [unquote_to_bytes(s).decode("utf-8", "surrogateescape") for s in segments]
    return _without_dots(segments) if "." in segments or ".." in segments else segments


def _without_dots(segments: list[str]) -> list[str]:
    # The original reads ``/./ping`` as ``/.ping``, and a dot at the end as nothing.
    kept: list[str] = []
    before = ""
    for segment in segments:
        joined = before + segment
        before = "." if joined == "." else ""
        if joined == "..":
            raise BadPath("..")
        if not before:
            kept.append(joined)
    return kept

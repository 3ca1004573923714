# SPDX-License-Identifier: GPL-2.0-or-later
"""What two documents do not have in common, descriptions aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

_TEXTS = frozenset({"description", "summary"})

_STATES = "the original documents the answer of jobs that it never gives here; ours what is given"
_ROLLUPS = "the original documents a key that its answers do not have, and lacks two that they have"
_NULLS = "the original does not say that null is an answer here, and generated clients fail at it"
CHOSEN = {
    "info/contact": "who sells and supports the original is nobody to ask about this program",
    "info/termsOfService": "the original's disclaimer is not ours to give",
    "info/license/*": "the licence of this program is another one",
    "paths//slurm/v0.0.4?/jobs/state//get/responses/*/schema/*": _STATES,
    "components/schemas/v0.0.4?_*job_state_resp*": _STATES,
    "components/schemas/v0.0.40_rollup_stats/items/properties/last[ _]run": _ROLLUPS,
    "components/schemas/v0.0.40_rollup_stats/items/properties/last_cycle": _ROLLUPS,
    "*/properties/job_resources/nullable": _NULLS,
    "*/properties/job_resources/$ref": _NULLS,
    "*/properties/job_resources/allOf": _NULLS,
    "*/properties/results/nullable": _NULLS,
    "*/properties/results/$ref": _NULLS,
    "*/properties/results/allOf": _NULLS,
}
"""Places that differ on purpose, and why.  A row that no run needs fails it."""

Lines = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A place where two documents do not say the same."""

    place: str
    original: Any
    ours: Any

    def __str__(self) -> str:
        return f"{self.place}: {_short(self.original)} | ours: {_short(self.ours)}"


def differences(original: Any, ours: Any) -> list[Difference]:
    """All structural differences, the order of keys included."""
    return list(_compare(original, ours, ""))


def unexplained(found: Iterable[Difference], used: set[str]) -> list[Difference]:
    """Those that no row explains; the rows that explain others are noted in ``used``."""
    left = []
    for difference in found:
        rows = [row for row in CHOSEN if fnmatchcase(difference.place, row)]
        used.update(rows)
        if not rows:
            left.append(difference)
    return left


def _compare(original: Any, ours: Any, place: str) -> Iterator[Difference]:
    if isinstance(original, dict) and isinstance(ours, dict):
        yield from _objects(original, ours, place)
    elif isinstance(original, list) and isinstance(ours, list):
        if len(original) != len(ours):
            yield Difference(f"{place} (length)", original, ours)
        for number, (one, other) in enumerate(zip(original, ours, strict=False)):
            yield from _compare(one, other, f"{place}[{_named(one, number)}]")
    elif type(original) is not type(ours) or original != ours:
        yield Difference(place, original, ours)


def _objects(original: Lines, ours: Lines, place: str) -> Iterator[Difference]:
    theirs, mine = _keys(original, place), _keys(ours, place)
    for key in theirs:
        if key not in mine:
            yield Difference(f"{place}/{key}".lstrip("/"), original[key], "(missing)")
    for key in mine:
        if key not in theirs:
            yield Difference(f"{place}/{key}".lstrip("/"), "(missing)", ours[key])
    common = [key for key in theirs if key in mine]
    if _ordered(place) and common != [key for key in mine if key in theirs]:
        yield Difference(f"{place} (order)", theirs, mine)
    for key in common:
        yield from _compare(original[key], ours[key], f"{place}/{key}".lstrip("/"))


def _keys(node: Lines, place: str) -> list[str]:
    """The keys that count: a property may be called ``description``."""
    texts = frozenset() if _ordered(place) else _TEXTS
    return [key for key in node if key not in texts]


def _ordered(place: str) -> bool:
    """Whether the keys of an object are names that clients see in their order."""
    last = place.rpartition("/")[2]
    return last in ("paths", "schemas", "securitySchemes", "responses", "content") or (
        last == "properties" and not place.endswith("properties/properties")
    )


def _named(item: Any, number: int) -> str:
    return str(item.get("name", number)) if isinstance(item, dict) else str(number)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}..."

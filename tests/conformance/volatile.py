# SPDX-License-Identifier: GPL-2.0-or-later
"""What changes from one call to the next, by name: all that a comparison looks away from.

A value that changes now and then needs no row: where the original's own answer before and after
ours differ, the pair is asked again.  Rows are for what never holds still.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Volatile:
    """Values at a place (a path with ``[]`` for any index) that are alike without being equal."""

    place: str
    alike: Callable[[Any, Any], bool]
    why: str


def near(seconds: int) -> Callable[[Any, Any], bool]:
    """Times that were taken within some seconds of each other."""
    return lambda original, ours: abs(original - ours) <= seconds


def soon_after(margin: int) -> Callable[[Any, Any], bool]:
    """A counter that has moved a little: ours is asked after the original."""
    return lambda original, ours: original <= ours <= original + margin


def at_most(most: int) -> Callable[[Any, Any], bool]:
    """Numbers of no meaning below a bound."""
    return lambda original, ours: 0 <= ours <= most


def both_match(pattern: str) -> Callable[[Any, Any], bool]:
    """Texts of the same form."""
    compiled = re.compile(pattern)
    return lambda original, ours: bool(compiled.fullmatch(original) and compiled.fullmatch(ours))


def anything(original: Any, ours: Any) -> bool:
    """Any value of the same type."""
    return True


def _text(original: Any, ours: Any) -> bool:
    return bool(ours) or not original


def _source(original: Any, ours: Any) -> bool:
    return bool(ours) and not original.startswith("#") and not ours.startswith("#")


_WORDING = "the wording is ours"
_NAME = "the original names its C function, ours what failed; JSON paths must be the same"
_NOW = "the moment of asking"
_RPC = "our own requests count"

VOLATILE = (
    Volatile("/errors[]/description", _text, _WORDING),
    Volatile("/warnings[]/description", _text, _WORDING),
    Volatile("/errors[]/source", _source, _NAME),
    Volatile("/warnings[]/source", _source, _NAME),
    Volatile(
        "/meta/client/source",
        both_match(r"unix:/\S+\.sock\(fd:\d+\)|\[\S+\]:\d+"),
        "each daemon has its own socket and descriptors",
    ),
    Volatile("/pings[]/latency", at_most(5_000_000), "microseconds of this very ping"),
    Volatile("/last_update/number", near(3), _NOW),
    Volatile("/statistics/req_time/number", near(3), _NOW),
    Volatile("/statistics/rpcs_by_message_type[]/count", soon_after(50), _RPC),
    Volatile("/statistics/rpcs_by_message_type[]/total_time", soon_after(10_000_000), _RPC),
    Volatile("/statistics/rpcs_by_message_type[]/average_time", at_most(1_000_000), _RPC),
    Volatile("/statistics/rpcs_by_message_type[]/average_time/number", at_most(1_000_000), _RPC),
    Volatile("/statistics/rpcs_by_user[]/count", soon_after(50), _RPC),
    Volatile("/statistics/rpcs_by_user[]/total_time", soon_after(10_000_000), _RPC),
    Volatile("/statistics/rpcs_by_user[]/average_time", at_most(1_000_000), _RPC),
    Volatile("/statistics/rpcs_by_user[]/average_time/number", at_most(1_000_000), _RPC),
)

# Two jobs that were submitted one after the other, or two nodes changed so.
_AFTER_ANOTHER = "one was submitted or changed after the other"
HELD = tuple(
    Volatile(f"held[]/{name}", near(5), _AFTER_ANOTHER)
    for name in (
        "accrue_time/number",
        "eligible_time/number",
        "end_time/number",
        "last_busy/number",
        "last_sched_evaluation/number",
        "preemptable_time/number",
        "reason_changed_at/number",
        "resume_after/number",
        "start_time/number",
        "submit_time/number",
        "priority/number",
    )
)


UNORDERED = re.compile(r"/(associations|wckeys)\[\]/accounting")
"""Lists that slurmdbd does not sort: its database has another order from one query to the next."""


class Rows:
    """Volatile values by their place."""

    def __init__(self, rows: tuple[Volatile, ...]) -> None:
        self._by_place = {row.place: row for row in rows}

    def in_order(self, place: str, items: list[Any]) -> list[Any]:
        """The items of a list, in an order of their own where the list has none."""
        if not UNORDERED.fullmatch(place):
            return items
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))

    def alike(self, place: str, original: Any, ours: Any) -> bool:
        """Whether two unequal values of the same type are alike enough where they stand."""
        row = self._by_place.get(place)
        return row is not None and row.alike(original, ours)


ANSWERS_OF_BOTH = Rows(VOLATILE)
HELD_BY_BOTH = Rows(HELD)

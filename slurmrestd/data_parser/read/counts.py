# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts of nodes (sbatch(1), ``--nodes``): ``4``, ``2-8``, ``1k``, ``1,3,5-9``, ``1-15:4``."""

from __future__ import annotations

from collections.abc import Iterable

from slurmrestd.data_parser.read.convert import BLANKS
from slurmrestd.data_parser.read.numbers import INT32_MAX
from slurmrestd.data_parser.read.scan import strtol
from slurmrestd.frozen import Frozen
from slurmrestd.slurm.numbers import MAX_JOB_SIZE_BITMAP

LONGEST = 8 * MAX_JOB_SIZE_BITMAP
"""No list of sizes is longer than this; the original would read on."""

_FACTORS = (("k", 1024), ("m", 1024 * 1024))


class NodeCount(Frozen):
    """The least and the most nodes, and all the sizes that will do if they are named."""

    least: int
    most: int
    sizes: str | None = None


def node_count(text: str) -> NodeCount | None:
    """The count that a text stands for; None if it is none."""
    if "," in text or ":" in text:
        return _sizes(text)
    low, dash, high = text.partition("-")
    count = _range(low, high) if dash else _one(text)
    if count is None or (count.most != 0 and count.most < count.least):
        return None
    return count


def _range(low: str, high: str) -> NodeCount | None:
    least, most = _number(low), _number(high)
    if least is None or most is None:
        return None
    # No least count is one node.
    return NodeCount(1 if least < 0 else least, most)


def _one(text: str) -> NodeCount | None:
    number = _number(text)
    return None if number is None or number < 0 else NodeCount(number, number)


def _number(text: str) -> int | None:
    """A count with its k or m; -1 for no count or too large a one; None for something else."""
    number, rest = strtol(text)
    if rest == text:
        return -1 if not text.strip(BLANKS) else None
    for unit, factor in _FACTORS:
        if rest[:1] in (unit, unit.upper()):
            number, rest = _signed(number * factor), rest[1:]
    if rest.strip(BLANKS):
        return None
    return number if 0 <= number <= INT32_MAX else -1


def _signed(number: int) -> int:
    return (number + 2**63) % 2**64 - 2**63


# -- sizes ------------------------------------------------------------------------------


def _sizes(text: str) -> NodeCount | None:
    largest = _largest(text) if len(text) <= LONGEST else None
    if largest is None:
        return None
    ranges = _stepped(text, largest) if ":" in text else _listed(text, largest)
    if ranges is None:
        return None
    sizes = _merged(ranges)
    if not sizes:
        return NodeCount(-1, -1)
    return NodeCount(sizes[0][0], sizes[-1][1], ",".join(map(_format, sizes)))


def _largest(text: str) -> int | None:
    """The largest number in a text of numbers, each less than MAX_JOB_SIZE_BITMAP."""
    largest = 0
    for token in text.replace("-", ",").replace(":", ",").split(","):
        if token:
            number, rest = strtol(token)
            if rest or number >= MAX_JOB_SIZE_BITMAP:
                return None
            largest = max(largest, number)
    return largest


def _stepped(text: str, largest: int) -> list[tuple[int, int]] | None:
    """``1-15:4``: every fourth size from 1 on, the end not included."""
    first, rest = strtol(text)
    if not rest.startswith("-"):
        return None
    last, rest = strtol(rest[1:])
    if not rest.startswith(":"):
        return None
    step, rest = strtol(rest[1:])
    if rest or last < first or step <= 0 or max(first, last) > largest:
        return None
    return [(size, size) for size in range(first, last, step)]


def _listed(text: str, largest: int) -> list[tuple[int, int]] | None:
    """``1,3,5-9``; what stands between two commas is a 0."""
    if text.startswith(","):
        return []
    ranges = []
    for part in text.split(","):
        *before, end = ("".join(filter(_is_digit, number)) for number in part.split("-"))
        last = int(end or "0")
        ranges.append((int(before[-1] or "0") if before else last, last))
    return ranges


def _is_digit(letter: str) -> bool:
    return "0" <= letter <= "9"


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, without overlaps; one that ends before it starts is none."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(r for r in ranges if r[0] <= r[1]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _format(sizes: tuple[int, int]) -> str:
    return str(sizes[0]) if sizes[0] == sizes[1] else f"{sizes[0]}-{sizes[1]}"

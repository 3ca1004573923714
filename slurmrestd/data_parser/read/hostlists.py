# SPDX-License-Identifier: GPL-2.0-or-later
"""Host lists, ``n[1-3,7],login`` (scontrol(1), ``show hostlist``), and their shortest form.

Nothing is expanded that is not counted first: libslurm ends the process at some sizes, and
takes its time at others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slurmrestd.data_parser.read import strings
from slurmrestd.data_parser.read.context import KEEP, Change, Reading, Unreadable, Value, quote
from slurmrestd.data_parser.read.convert import UINT64_MAX, c_string, to_text, type_name
from slurmrestd.data_parser.read.scan import strtoul
from slurmrestd.data_parser.read.strings import encode
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_CONV_FAILED,
    ESLURM_REST_FAIL_PARSING,
    MAX_SLURM_NODES,
)

MAX_STEPS = 64 * 1024
"""How many names and ranges a list may have, expanded prefixes and suffixes included.

Slurm knows no more nodes than that (MAX_SLURM_NODES); the original would go on.
"""

MAX_HOSTS = 4 * MAX_SLURM_NODES
"""How many hosts a list may stand for: the controller looks at each, and at nothing else."""

MAX_PREFIXES = 64 * 1024
"""How many prefixes one pair of brackets may make (``rack[0-999]n[1-4]``)."""

_SEPARATORS = re.compile(r"[\t, \n]*+")
_NO_SEPARATORS = re.compile(r"[^\t, \n]*+")
MAX_BRACKETS = 16
"""How many brackets one name may have."""

_NAME = re.compile(r"(.*?)([0-9]*)\Z", re.DOTALL)


class NoHostlist(Exception):
    """The text is no host list."""


class TooLong(NoHostlist):
    """The text is a host list that nobody has nodes for."""


class _Range:
    """Hosts in a row: a prefix and numbers of a width; or one host without a number."""

    __slots__ = ("high", "low", "prefix", "single", "width")

    def __init__(
        self, prefix: str, low: int, high: int, width: int, *, single: bool = False
    ) -> None:
        self.prefix = prefix
        self.low = low
        self.high = high
        self.width = width
        self.single = single

    def numbers(self) -> str:
        """The numbers as they stand between brackets."""
        if self.single:
            return ""
        low = f"{self.low:0{self.width}d}"
        return low if self.low >= self.high else f"{low}-{self.high:0{self.width}d}"

    def shares_brackets(self, other: _Range) -> bool:
        return self.prefix == other.prefix and not self.single and not other.single


class Hostlist:
    """Ranges of hosts, in the order in which they were given."""

    def __init__(self, text: str = "") -> None:
        self._ranges: list[_Range] = []
        self._hosts = 0
        self._steps = 0
        self.push(text)

    def push(self, text: str) -> int:
        """Add the hosts of a text; how many they are.  Raises NoHostlist."""
        before = self._hosts
        for token in _tokens(c_string(text)):
            if "[" in token:
                self._push_bracketed(token)
            else:
                self._push_name(token)
        return self._hosts - before

    def _push_name(self, name: str) -> None:
        found = _NAME.match(name)
        if found is None or not found[2]:
            self._push(_Range(name, 0, 0, 0, single=True))
            return
        number, _ = strtoul(found[2])
        self._push(_Range(found[1], number, number, len(found[2])))

    def _push_bracketed(self, token: str) -> None:
        prefix, _, rest = token.rpartition("[")
        numbers, closed, suffix = rest.partition("]")
        if not closed:
            raise NoHostlist
        # A comma can only follow the bracket of a token that was not parted there.
        suffix = "" if suffix.startswith(",") else suffix
        self._push_ranges(prefix, suffix, list(_number_ranges(numbers)))

    def _push_ranges(self, prefix: str, suffix: str, ranges: list[_Range]) -> None:
        """Add ranges behind a prefix, which may have brackets itself."""
        if prefix.count("[") > MAX_BRACKETS:
            raise TooLong
        start, opened, rest = prefix.rpartition("[")
        numbers, closed, end = rest.rpartition("]")
        if not (opened and closed):
            self._push_plain(prefix, suffix, ranges)
            return
        for middle in _expanded(list(_number_ranges(numbers))):
            self._step()
            whole = f"{start}{middle}{end}"
            if "[" not in start:
                self._push_plain(whole, suffix, ranges)
                continue
            try:
                self._push_ranges(whole, suffix, ranges)
            except TooLong:
                raise
            except NoHostlist:
                # The original forgets what is wrong with all but the last two brackets.
                continue

    def _push_plain(self, prefix: str, suffix: str, ranges: list[_Range]) -> None:
        for part in ranges:
            if not suffix:
                self._push(_Range(prefix, part.low, part.high, part.width))
                continue
            for number in range(part.low, part.high + 1):
                name = f"{prefix}{number:0{part.width}d}{suffix}"
                self._push(_Range(name, 0, 0, 0, single=True))

    def _push(self, added: _Range) -> None:
        self._step()
        self._hosts += 1 if added.single else added.high - added.low + 1
        if self._hosts > MAX_HOSTS:
            raise TooLong
        last = self._ranges[-1] if self._ranges else None
        if last and _continues(last, added):
            last.high = added.high
            return
        self._ranges.append(added)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooLong

    def __str__(self) -> str:
        return ",".join(self._parts())

    def _parts(self) -> Iterator[str]:
        at = 0
        while at < len(self._ranges):
            first, start = self._ranges[at], at
            at += 1
            while at < len(self._ranges) and self._ranges[at].shares_brackets(self._ranges[at - 1]):
                at += 1
            numbers = ",".join(part.numbers() for part in self._ranges[start:at])
            many = at - start > 1 or first.high > first.low
            yield f"{first.prefix}[{numbers}]" if many else f"{first.prefix}{numbers}"


def _tokens(text: str) -> Iterator[str]:
    """The parts of a list; what stands in brackets is not parted."""
    at = 0
    while True:
        start = _past(_SEPARATORS, text, at)
        if start >= len(text):
            return
        at = _token_end(text, start)
        yield text[start:at]


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _token_end(text: str, start: int) -> int:
    at = parse = start
    while True:
        at = _past(_NO_SEPARATORS, text, at)
        while True:
            opened = text.find("[", parse, at)
            closed = text.find("]", parse) if opened >= 0 else -1
            if closed < opened or closed < 0:
                return at
            if closed >= at:
                break
            parse = closed + 1
        at = closed


def _number_ranges(text: str) -> Iterator[_Range]:
    """The ranges between two brackets.  Raises NoHostlist."""
    if text.count(",") > MAX_STEPS:
        raise TooLong
    return map(_number_range, text.split(","))


def _number_range(text: str) -> _Range:
    low, dash, high = text.partition("-")
    if "x" in text or high.startswith("-"):
        raise NoHostlist
    first, rest = strtoul(low)
    if rest == low or (dash and high and not _is_number(high)) or (not (dash and high) and rest):
        raise NoHostlist
    last = strtoul(high)[0] if high else first
    if last < first or last - first + 1 > MAX_SLURM_NODES:
        raise NoHostlist
    return _Range("", first, last, len(low))


def _is_number(text: str) -> bool:
    rest = strtoul(text)[1]
    return rest != text and not rest


def _expanded(ranges: list[_Range]) -> Iterator[str]:
    """The numbers of ranges, one by one.  Raises NoHostlist before too many."""
    count = 0
    for part in ranges:
        count += part.high - part.low + 1
        if count > MAX_PREFIXES:
            raise NoHostlist
        for number in range(part.low, part.high + 1):
            yield f"{number:0{part.width}d}"


def _continues(last: _Range, added: _Range) -> bool:
    """Whether the hosts go on where the last range ends, in digits of the same width."""
    return (
        last.high == (added.low - 1) & UINT64_MAX
        and last.prefix == added.prefix
        and last.single == added.single
        and _same_width(last, added)
    )


def _same_width(first: _Range, second: _Range) -> bool:
    """Whether one width suits both ranges, which then have it."""
    if first.width == second.width:
        return True
    own = _padding(first.low, first.width), _padding(first.low, second.width)
    other = _padding(second.low, second.width), _padding(second.low, first.width)
    if own[0] != own[1] and other[0] != other[1]:
        return False
    if own[0] != own[1]:
        second.width = first.width
    else:
        first.width = second.width
    return True


def _padding(number: int, width: int) -> int:
    return max(width - len(str(number)), 0)


# -- readers ----------------------------------------------------------------------------


def hostlist(reading: Reading, value: Value, path: str) -> bytes | Change:
    """The shortest form of a host list, from a text or a list of them; nothing stays as it is."""
    if value is None or (isinstance(value, str) and not c_string(value)):
        return KEEP
    if not isinstance(value, str | list):
        raise _refuse(reading, path, f"A host list cannot be {type_name(value)}")
    hosts = Hostlist()
    for item in value if isinstance(value, list) else [value]:
        _push(reading, hosts, item, path, needed=isinstance(value, list))
    return encode(str(hosts))


def csv(reading: Reading, value: Value, path: str) -> bytes | None:
    """Host lists with commas between them as they are, unless they are too long.

    The controller expands them, without a bound: n[0-9999][0-9999][0-9999] takes all the
    memory of its host, and 64 K numbers in one pair of brackets end it.
    """
    names = strings.csv(reading, value, path)
    try:
        Hostlist((names or b"").decode("utf-8", "surrogateescape"))
    except TooLong as error:
        raise reading.refuse(
            path, ESLURM_REST_FAIL_PARSING, "This is longer than the nodes of any cluster"
        ) from error
    except NoHostlist:
        # The controller says so.
        pass
    return names


def _push(reading: Reading, hosts: Hostlist, item: Value, path: str, *, needed: bool) -> None:
    text = to_text(item)
    if text is None:
        raise _refuse(reading, path, f"A host list cannot be {type_name(item)}")
    try:
        count = hosts.push(text)
    except NoHostlist as error:
        raise _refuse(reading, path, f"{quote(text)} is no host list") from error
    if needed and not count:
        raise _refuse(reading, path, "An item of a host list cannot be empty")


def _refuse(reading: Reading, path: str, description: str) -> Unreadable:
    return reading.refuse(path, ESLURM_DATA_CONV_FAILED, description)

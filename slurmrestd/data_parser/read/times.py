# SPDX-License-Identifier: GPL-2.0-or-later
"""Points in time: seconds since 1970, or the texts of ``--begin`` (sbatch(1)).

A time_t has a sign: unset and infinite are -2 and -1, which are NO_VAL64 and INFINITE64
without one.  Local time is that of the process, as it is for libslurm.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from slurmrestd.data_parser.model import V42
from slurmrestd.data_parser.read.context import MemberReader, Reading, Value, quote
from slurmrestd.data_parser.read.convert import (
    BLANKS,
    INT64_MAX,
    c_string,
    clamp,
    detect,
    fold,
    round_to_int64,
)
from slurmrestd.data_parser.read.numbers import IntReader
from slurmrestd.data_parser.read.scan import strtol
from slurmrestd.slurm.numbers import ESLURM_DATA_CONV_FAILED

UNSET = -2
LONGEST = 1024
"""No time is longer than this; the original would read on."""
DAY = 24 * 60 * 60

_CLOCK_WORDS = {"midnight": 0, "noon": 12, "elevenses": 11, "fika": 15, "teatime": 16}
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": DAY, "week": 7 * DAY}


def timestamp(as_number: IntReader) -> MemberReader:
    """A time that must be set."""

    def read(reading: Reading, value: Value, path: str) -> int:
        found = _timestamp(reading, value, path, as_number)
        if found == UNSET:
            raise reading.refuse(path, ESLURM_DATA_CONV_FAILED, "A time must be given here")
        return found

    return read


def timestamp_or_unset(as_number: IntReader) -> MemberReader:
    """A time that may be unset or infinite."""

    def read(reading: Reading, value: Value, path: str) -> int:
        return _timestamp(reading, value, path, as_number)

    return read


def _timestamp(reading: Reading, value: Value, path: str, as_number: IntReader) -> int:
    # Only v0.0.42 takes a number in a text for a number: for the others it is a date.
    if reading.version >= V42:
        value = detect(value)
    if value is None:
        return UNSET
    if type(value) is int:
        return clamp(value)
    if isinstance(value, float):
        return round_to_int64(value) if math.isfinite(value) else UNSET
    if isinstance(value, str):
        found = parse(c_string(value))
        if not found:
            raise reading.refuse(path, ESLURM_DATA_CONV_FAILED, f"{quote(value)} is no time")
        return found
    number = as_number(reading, value, path)
    return number if number <= INT64_MAX else number - 2**64


# -- texts ------------------------------------------------------------------------------


class _NoTime(Exception):
    """The text is no time."""


class _Moment:
    """What a text has said so far: a day, a time of day, or neither; ``year`` may be open."""

    def __init__(self) -> None:
        self.year = self.month = self.day = -1
        self.hour = self.minute = -1
        self.second = 0

    def set_day(self, when: time.struct_time) -> None:
        self.year, self.month, self.day = when.tm_year, when.tm_mon, when.tm_mday

    def set_clock(self, hour: int, minute: int = 0, second: int = 0) -> None:
        self.hour, self.minute, self.second = hour, minute, second


def parse(text: str, clock: Callable[[], float] = time.time) -> int:
    """Seconds since 1970 for a text; 0 if it is no time."""
    if len(text) > LONGEST:
        return 0
    try:
        if fold(text[:3]) == "uts":
            return _seconds(text[3:])
        return _Parser(text, int(clock())).parse()
    except (_NoTime, OverflowError, ValueError, OSError):
        return 0


def _seconds(text: str) -> int:
    number, rest = strtol(text)
    if rest or not 1_000_000 <= number < INT64_MAX:
        raise _NoTime
    return number


class _Parser:
    """One text, read from left to right; what stands later counts."""

    def __init__(self, text: str, now: int) -> None:
        self._text = text.partition("\n")[0]
        self._at = 0
        self._now = now
        self._today = time.localtime(now)
        self._moment = _Moment()

    def parse(self) -> int:
        while self._at < len(self._text):
            if self._peek() in " \t-T":
                self._at += 1
            elif not self._word():
                self._number()
        return self._finish()

    def _peek(self, offset: int = 0) -> str:
        """A letter ahead; past the end there are NULs."""
        at = self._at + offset
        return self._text[at] if at < len(self._text) else "\0"

    def _takes(self, word: str) -> bool:
        """Past a word, if it is what comes next; in no case."""
        if fold(self._text[self._at : self._at + len(word)]) != word:
            return False
        self._at += len(word)
        return True

    def _digit(self) -> int:
        """Past one digit."""
        digit = ord(self._peek()) - ord("0")
        if not 0 <= digit <= 9:
            raise _NoTime
        self._at += 1
        return digit

    def _digits(self, most: int) -> int:
        """Past one digit, or as many as ``most``."""
        number = self._digit()
        for _ in range(most - 1):
            if not "0" <= self._peek() <= "9":
                break
            number = number * 10 + self._digit()
        return number

    def _exactly(self, count: int) -> int:
        number = 0
        for _ in range(count):
            number = number * 10 + self._digit()
        return number

    # -- words --------------------------------------------------------------------------

    def _word(self) -> bool:
        if self._takes("today"):
            self._moment.set_day(self._today)
        elif self._takes("tomorrow"):
            self._moment.set_day(time.localtime(self._now + DAY))
        elif word := next((word for word in _CLOCK_WORDS if self._takes(word)), None):
            self._moment.set_clock(_CLOCK_WORDS[word])
        elif self._takes("now"):
            self._relative()
        else:
            return False
        return True

    def _relative(self) -> None:
        """Past what follows "now": nothing, or a sign and a length of time."""
        delta = 0
        while self._peek() in " \t":
            self._at += 1
        if self._at < len(self._text):
            sign = self._peek()
            if sign not in "+-":
                raise _NoTime
            self._at += 1
            delta = self._length() if sign == "+" else -self._length()
        when = time.localtime(self._now + delta)
        self._moment.set_day(when)
        self._moment.set_clock(when.tm_hour, when.tm_min, when.tm_sec)

    def _length(self) -> int:
        """Past a number and its unit, with blanks anywhere; seconds if there is no unit."""
        count: int | None = None
        while self._at < len(self._text):
            if self._peek() in BLANKS:
                self._at += 1
            elif unit := next((u for u in _UNITS if self._takes(u)), None):
                self._at += fold(self._peek()) == "s"
                count = None if count is None else count * _UNITS[unit]
                break
            else:
                count = (count or 0) * 10 + self._digit()
                if count > INT64_MAX:
                    raise _NoTime
        if count is None:
            raise _NoTime
        return count

    # -- numbers ------------------------------------------------------------------------

    def _number(self) -> None:
        if not "0" <= self._peek() <= "9":
            raise _NoTime
        if ":" in (self._peek(1), self._peek(2)):
            self._clock()
        elif self._peek(4) == "-" and self._peek(7) == "-":
            self._long_date()
        else:
            self._short_date()

    def _clock(self) -> None:
        """``HH:MM[:SS] [AM|PM]``"""
        hour = self._digits(2)
        if hour > 23 or not self._takes(":"):
            raise _NoTime
        minute = self._exactly(2)
        second = self._exactly(2) if self._takes(":") else 0
        if minute > 59 or second > 59:
            raise _NoTime
        while self._peek() in BLANKS:
            self._at += 1
        self._moment.set_clock(self._half_day(hour), minute, second)

    def _half_day(self, hour: int) -> int:
        afternoon = self._takes("pm")
        if not afternoon and not self._takes("am"):
            return hour
        if hour > 12:
            raise _NoTime
        return hour % 12 + (12 if afternoon else 0)

    def _long_date(self) -> None:
        """``YYYY-MM-DD``"""
        year = self._exactly(4)
        self._at += 1
        month = self._digits(2)
        self._at += 1
        self._set_date(year, month, self._digits(2))

    def _short_date(self) -> None:
        """``MMDD[YY]``, ``MM/DD[/YY]`` or ``MM.DD[.YY]``"""
        month = self._digits(2)
        self._at += self._peek() in "./"
        day = self._digits(2)
        self._at += self._peek() in "./"
        year = self._exactly(2) if "0" <= self._peek() <= "9" else 0
        self._set_date(2000 + year if year else self._moment.year, month, day)

    def _set_date(self, year: int, month: int, day: int) -> None:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            raise _NoTime
        self._moment.year, self._moment.month, self._moment.day = year, month, day

    # -- the result ---------------------------------------------------------------------

    def _finish(self) -> int:
        moment = self._moment
        if moment.hour == -1 and moment.month == -1:
            return 0
        if moment.hour == -1:
            moment.set_clock(0, 0, moment.second)
        elif moment.month == -1:
            self._next_such_hour()
        if moment.year == -1:
            self._next_such_day()
        parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        return int(time.mktime((*parts, 0, 0, -1)))

    def _next_such_hour(self) -> None:
        today, moment = self._today, self._moment
        later = (moment.hour, moment.minute) > (today.tm_hour, today.tm_min)
        moment.set_day(today if later else time.localtime(self._now + DAY))

    def _next_such_day(self) -> None:
        today, moment = self._today, self._moment
        asked = (moment.month, moment.day, moment.hour, moment.minute)
        later = asked > (today.tm_mon, today.tm_mday, today.tm_hour, today.tm_min)
        moment.year = today.tm_year + (0 if later else 1)

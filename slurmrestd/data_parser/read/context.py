# SPDX-License-Identifier: GPL-2.0-or-later
"""One request's reading: what it knows, what it has met, and what its result is made of."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any, Final

from slurmrestd.data_parser.model import Version
from slurmrestd.frozen import Frozen
from slurmrestd.slurm.accounting.known import LookUps
from slurmrestd.slurm.numbers import (
    CPU_FREQ_ONDEMAND,
    CPU_FREQ_PERFORMANCE,
    CPU_FREQ_USERSPACE,
    ESLURM_REST_FAIL_PARSING,
    NO_VAL,
)

ROOT: Final = "#/"
"""The path of the body or query itself.  A path ends with a slash: ``#/jobs[0]/name/``."""

MAX_ISSUES: Final = 10_000
"""How many errors, and how many warnings, one answer names: more end the reading."""

MAX_STRUCTS: Final = 64 * 1024
"""How many C structs one body may make: 40 MB of ``{}`` would make a terabyte of jobs."""

MAX_ITEMS: Final = 1_000_000
"""How many items one list may have: each costs some microseconds and a hundred bytes."""

MAX_QUOTED: Final = 64
"""How much of a client's text a description repeats."""

Value = Any
"""What a serializer makes of JSON: dict, list, str, int, float, bool or None."""


class Unreadable(Exception):
    """A value that cannot be read; ``errno`` is what the operation ends with."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno


class Issue(Frozen):
    """An error or a warning; ``number`` is None for a warning, and 0 is possible.

    ``source`` is the JSON path, or the name of what failed; with ``+fast`` there is none.
    """

    description: str
    source: str | None
    number: int | None = None


class Settings(Frozen):
    """What slurm.conf(5) says about values: CpuFreqGovernors and CpuFreqDef, as bits."""

    cpu_freq_governors: int = CPU_FREQ_ONDEMAND | CPU_FREQ_PERFORMANCE | CPU_FREQ_USERSPACE
    cpu_freq_default: int = NO_VAL


DEFAULTS: Final = Settings()


class Reading:
    """One request's reading.

    ``fast`` skips the checks that only warn and all paths; ``complex`` skips the check of
    the JSON type, since numbers have other forms with it.  ``look_ups`` is what slurmdbd
    knows, for the types that need it.
    """

    def __init__(
        self,
        version: Version,
        *,
        fast: bool = False,
        complex: bool = False,  # noqa: A002 - the flag's name
        settings: Settings = DEFAULTS,
        look_ups: LookUps | None = None,
    ) -> None:
        self.version = version
        self.fast = fast
        self.complex = complex
        self.settings = settings
        self.look_ups = look_ups
        self.errors: list[Issue] = []
        self.warnings: list[Issue] = []
        self.structs = 0
        self.checks_types = not (fast or complex)

    def count_struct(self, path: str) -> None:
        """Count a C struct that is to be made.  Raises Unreadable."""
        self.structs += 1
        if self.structs > MAX_STRUCTS:
            raise self.refuse(path, ESLURM_REST_FAIL_PARSING, "There are too many objects")

    def check_items(self, items: Sized, path: str) -> None:
        """Refuse a list that is too long.  Raises Unreadable."""
        if len(items) > MAX_ITEMS:
            raise self.refuse(path, ESLURM_REST_FAIL_PARSING, "There are too many items")

    def error(self, path: str, number: int, description: str) -> None:
        """Note an error; reading goes on."""
        self.error_of(self.source(path), number, description)

    def error_of(self, source: str | None, number: int, description: str) -> None:
        """Note an error whose source is no path."""
        _add(self.errors, Issue(description, source, number))

    def refuse(self, path: str, number: int, description: str) -> Unreadable:
        """Note an error and make the exception that ends the reading with it."""
        self.error(path, number, description)
        return Unreadable(number)

    def warn(self, path: str, description: str) -> None:
        """Note a warning."""
        self.warn_of(self.source(path), description)

    def warn_of(self, source: str | None, description: str) -> None:
        """Note a warning whose source is no path."""
        _add(self.warnings, Issue(description, source))

    def source(self, path: str) -> str | None:
        """The path as the answer shows it."""
        return None if self.fast else path


def _add(issues: list[Issue], issue: Issue) -> None:
    if len(issues) >= MAX_ISSUES:
        raise Unreadable(ESLURM_REST_FAIL_PARSING)
    issues.append(issue)


def quote(text: str) -> str:
    """A client's text as a description shows it: the beginning, and nothing that is not ASCII."""
    return ascii(text[:MAX_QUOTED])


class Record(dict[str, Any]):
    """Members of a C struct and their values, and the name of the struct.

    int and bool are numbers, bytes a text, None a NULL, list[bytes] an array of texts, a
    Record a struct or a pointer to one, :class:`Items` a ``list_t``.
    """

    __slots__ = ("ctype",)

    def __init__(self, ctype: str, values: dict[str, Any] | None = None) -> None:
        super().__init__(values or ())
        self.ctype = ctype


class Items(list[Any]):
    """The items of a ``list_t``: Records, or bytes for texts."""


class Change:
    """What a reader gives that needs the present value of its member."""

    __slots__ = ("apply",)

    def __init__(self, apply: Callable[[int], int]) -> None:
        self.apply = apply


KEEP: Final = Change(lambda present: present)
"""What a reader gives when the member stays as it is."""

MemberReader = Callable[[Reading, Value, str], Any]
"""(reading, value, path) -> the member's value, a Change, or KEEP.  Raises Unreadable."""

StructReader = Callable[[Reading, Record, Value, str], None]
"""(reading, record, value, path): sets what it likes in the record.  Raises Unreadable."""


def index(path: str, number: int) -> str:
    """The path of an item: ``#/jobs/`` and 0 make ``#/jobs[0]/``."""
    return f"{path[:-1]}[{number}]/"

# SPDX-License-Identifier: GPL-2.0-or-later
"""What a query for jobs of the accounting database selects them by.

Its lists are lists of texts, of numbers too: slurmdbd makes SQL of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from slurmrestd.data_parser.read import flags, hostlists, names, strings
from slurmrestd.data_parser.read.context import (
    MemberReader,
    Reading,
    Record,
    StructReader,
    Value,
)
from slurmrestd.data_parser.read.times import UNSET
from slurmrestd.slurm.numbers import ESLURM_REST_FAIL_PARSING, JOBCOND_FLAG_NO_DEFAULT_USAGE

if TYPE_CHECKING:
    from slurmrestd.data_parser.model import Flags, Version


def _as_text(read: Callable[[Reading, Value, str], int]) -> MemberReader:
    return lambda reading, value, path: b"%d" % read(reading, value, path)


user = _as_text(names.user)
"""A user id as a text, from a number or a name."""

group = _as_text(names.group)
"""A group id as a text, from a number or a name.  The original ends on a name."""


def state(kind: Flags) -> MemberReader:
    """The reader of the states of a job, as a number in a text."""

    @cache
    def words(version: Version) -> flags.FlagsReader:
        return flags.reader(kind, version)

    def read(reading: Reading, value: Value, path: str) -> bytes:
        return b"%d" % words(reading.version)(reading, value, path, 0)

    return read


def submitted(time: MemberReader) -> StructReader:
    """The reader of the time since when jobs were submitted; nothing changes nothing."""

    def read(reading: Reading, record: Record, value: Value, path: str) -> None:
        found = time(reading, value, path)
        if found == UNSET:
            return
        record["usage_start"] = found
        record["flags"] = record.get("flags", 0) | JOBCOND_FLAG_NO_DEFAULT_USAGE

    return read


def nodes(reading: Reading, value: Value, path: str) -> bytes | None:
    """A host list as it is, unless it is longer than slurmdbd should expand."""
    text = strings.text(reading, value, path)
    try:
        hostlists.Hostlist((text or b"").decode("utf-8", "surrogateescape"))
    except hostlists.TooLong as error:
        raise reading.refuse(
            path, ESLURM_REST_FAIL_PARSING, "This is longer than the nodes of any cluster"
        ) from error
    except hostlists.NoHostlist:
        # slurmdbd says so.
        pass
    return text

# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of reading say often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slurmrestd.data_parser.model import Field, Leaf, Struct, Type, Version
from slurmrestd.data_parser.read.context import ROOT, Reading, Record, Unreadable
from slurmrestd.data_parser.read.structs import read

PATH = "#/field/"


@dataclass
class Read:
    """What came of reading: the record or the errno, and what the client is told."""

    record: Record
    errno: int
    errors: list[tuple[int | None, str | None]]
    warnings: list[str | None]


def read_body(
    struct: Struct,
    body: object,
    version: Version = Version.V42,
    *,
    fast: bool = False,
    complex_: bool = False,
) -> Read:
    """Read a body by a table."""
    reading = Reading(version, fast=fast, complex=complex_)
    record, errno = Record(struct.ctype), 0
    try:
        record = read(struct, body, reading, ROOT)
    except Unreadable as refusal:
        errno = refusal.errno
    return Read(
        record,
        errno,
        [(issue.number, issue.source) for issue in reading.errors],
        [issue.source for issue in reading.warnings],
    )


def read_field(kind: Type, value: object, version: Version = Version.V42) -> Read:
    """Read an object with one field of a type, whose member is named ``member``."""
    whole = isinstance(kind, Leaf) and kind.whole
    field = Field("field", kind, None if whole else "member")
    return read_body(Struct("ONE", "one_t", (field,)), {"field": value}, version)


def member(kind: Type, value: object, version: Version = Version.V42) -> Any:
    """What a type makes of a value that it can read."""
    found = read_field(kind, value, version)
    assert found.errno == 0, found.errors
    return found.record.get("member")

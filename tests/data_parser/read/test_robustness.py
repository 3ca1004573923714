# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a body holds, it is read or refused, and what was read fits its C struct."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slurmrestd._encoder import ffi
from slurmrestd.data_parser.model import Field, Flags, ListOf, Pointer, Struct, Type, Version
from slurmrestd.data_parser.read.context import ROOT, Reading, Record, Unreadable
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.tables.job_description import (
    JOB_ALLOC_REQ,
    JOB_DESC_MSG,
    JOB_SUBMIT_REQ,
)
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG
from slurmrestd.data_parser.tables.nodes import UPDATE_NODE_MSG
from slurmrestd.data_parser.tables.queries import (
    OPENAPI_JOB_INFO_DELETE_QUERY,
    OPENAPI_JOB_INFO_PARAM,
    OPENAPI_JOB_INFO_QUERY,
    OPENAPI_JOB_STATE_QUERY,
    OPENAPI_NODE_PARAM,
    OPENAPI_NODES_QUERY,
)
from tests.data_parser.read.test_store import Kept

BODIES = (
    JOB_SUBMIT_REQ,
    JOB_ALLOC_REQ,
    JOB_DESC_MSG,
    KILL_JOBS_MSG,
    UPDATE_NODE_MSG,
    OPENAPI_JOB_INFO_DELETE_QUERY,
    OPENAPI_JOB_INFO_PARAM,
    OPENAPI_JOB_INFO_QUERY,
    OPENAPI_JOB_STATE_QUERY,
    OPENAPI_NODE_PARAM,
    OPENAPI_NODES_QUERY,
)
WORDS = (
    *("", " ", "0", "-1", "1.5", "0x7f", "1e400", "nan", "inf", "null", "~", "yes", "off"),
    *("1-15:4", "1,3-5,", "4k", "2G", "plane=4", "block:*:*,pack", "low-high:performance"),
    *("now+1day", "12:30pm", "2030-02-31T25:00", "uts1700000000", "SIGKILL", "root"),
    *("12_3.batch+4", "n[1-3,5-]x,y", "n[1-99999999999]", "a\0b", "\udcff\ud800"),
)
TEXTS = st.sampled_from(WORDS) | st.text(max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([2**n + d for n in (8, 16, 31, 32, 63, 64) for d in (-3, -2, -1, 0)])
    | st.floats()
    | TEXTS
)
NUMBERS = st.fixed_dictionaries(
    {}, optional={"set": SCALARS, "infinite": SCALARS, "number": SCALARS, "else": SCALARS}
)
ANYTHING = st.recursive(
    SCALARS | NUMBERS,
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(TEXTS, deeper, max_size=3),
    max_leaves=6,
)


def values(kind: Type) -> st.SearchStrategy[Any]:
    """Values that a type could take, and others."""
    if isinstance(kind, Flags):
        words = st.sampled_from([flag.name for flag in kind.flags]) | TEXTS
        return st.lists(words, max_size=4) | words | ANYTHING
    if isinstance(kind, Pointer):
        return values(kind.target)
    if isinstance(kind, ListOf):
        return st.lists(values(kind.item), max_size=2) | ANYTHING
    if isinstance(kind, Struct):
        return bodies(kind)
    return ANYTHING


@st.composite
def bodies(draw: st.DrawFn, table: Struct) -> Any:
    """Objects with some of a table's keys, and with others."""
    rows = draw(st.lists(st.sampled_from(table.fields), max_size=6))
    body: dict[str, Any] = draw(st.dictionaries(TEXTS, SCALARS, max_size=1))
    for row in rows:
        _put(body, row, draw(values(row.type)))
    return body


def _put(body: dict[str, Any], row: Field, value: Any) -> None:
    *above, last = row.key.split("/")
    for key in above:
        below = body.setdefault(key, {})
        if not isinstance(below, dict):
            return
        body = below
    body[last] = value


@pytest.mark.parametrize("table", BODIES, ids=lambda table: table.name)
@given(data=st.data(), version=st.sampled_from(Version), fast=st.booleans(), other=st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_body_is_read_or_refused(
    table: Struct, data: st.DataObject, version: Version, fast: bool, other: bool
) -> None:
    body = data.draw(bodies(table) | ANYTHING)
    reading = Reading(version, fast=fast, complex=other)
    try:
        record = read(table, body, reading)
    except Unreadable:
        return
    finally:
        assert all(
            issue.source is None or issue.source.startswith((ROOT, "K")) for issue in reading.errors
        )
        assert all(issue.description.isascii() for issue in reading.errors + reading.warnings)
    for struct in _structs(record):
        store(ffi, struct, Kept())


def _structs(record: Record) -> list[Record]:
    """The records that are structs of Slurm's own."""
    if not record.ctype.startswith("openapi_"):
        return [record]
    inner = [record[name] for name in ("job",) if name in record]
    return [*inner, *record.get("jobs", ()), *record.get("hetjob", ())]


LARGE = 40_000_000
"""What a body may hold, in bytes."""


@pytest.mark.parametrize(
    ("key", "piece", "end"),
    [
        ("comment", "x", ""),
        ("nodes", "1,", ""),
        ("cpu_frequency", "-", ""),
        ("distribution", ":", ""),
        ("begin_time", " ", "now"),
        ("memory_per_cpu", "0", "x"),
        ("time_limit", "9", ""),
        ("kill_warning_signal", " ", ""),
        ("user_id", "1", "x"),
        ("group_id", "a", ""),
    ],
)
@pytest.mark.parametrize("version", Version)
def test_a_large_text_is_read_or_refused_in_a_moment(
    key: str, piece: str, end: str, version: Version
) -> None:
    _read_or_refuse({key: piece * (LARGE // len(piece)) + end}, version)


@pytest.mark.parametrize("version", Version)
def test_a_large_body_is_read_or_refused_in_a_moment(version: Version) -> None:
    many = {str(number): number for number in range(300_000)}
    large: list[dict[str, Any]] = [
        {"environment": ["x"] * 1_000_000},
        {"environment": many},
        {"flags": ["NOPE"] * 1_000_000},
        {"nope": {key: {} for key in many}},
        {"nope": many},
    ]
    for body in large:
        _read_or_refuse(body, version)


def _read_or_refuse(body: object, version: Version) -> None:
    with contextlib.suppress(Unreadable):
        read(JOB_DESC_MSG, body, Reading(version))

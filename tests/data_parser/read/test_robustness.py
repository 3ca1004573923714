# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a body holds, it is read or refused, and what was read fits its C struct."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slurmrestd._encoder import ffi
from slurmrestd.data_parser.model import Struct, Version
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
from tests.data_parser.read.strategies import ANYTHING, bodies
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

# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests made of the tables' own types, for every operation, in every version."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import strategies as st

from slurmrestd.data_parser.model import Struct, Version
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG
from slurmrestd.data_parser.tables.nodes import UPDATE_NODE_MSG
from slurmrestd.openapi.operation import Operation
from slurmrestd.openapi.slurmctld.plugin import PLUGIN
from tests.data_parser.read.strategies import ANYTHING, TEXTS, bodies
from tests.hostile.conftest import CLOSED
from tests.hostile.horror import PLAIN
from tests.hostile.target import CANARY, Request, Target
from tests.hostile.throwing import throw_at

RIGHT: dict[str, tuple[str, Struct, dict[str, Any]]] = {
    "job/submit": ("job", JOB_DESC_MSG, PLAIN),
    "job/allocate": ("job", JOB_DESC_MSG, PLAIN),
    "job": ("", JOB_DESC_MSG, {"comment": CANARY}),
    "jobs": ("", KILL_JOBS_MSG, {"user_name": "alice", "signal": "CONT"}),
    "nodes": ("", UPDATE_NODE_MSG, {"name": ["e[0001-0003]"]}),
    "node": ("", UPDATE_NODE_MSG, {"comment": CANARY}),
}
"""For each target, or what it starts with: the key, the table and the rest of a plain body."""

UNQUOTED = st.sampled_from(["", "", "", "%[]+;"])
SEGMENTS = TEXTS | st.sampled_from(
    ["1", "2_3", "4+1", "e0001", "e[0001-0009]", "normal", "n[0-9999][0-9999]", "é", "%", "."]
)


def _every() -> Iterator[Any]:
    for operation, version in itertools.product(PLUGIN.operations, Version):
        if operation.since <= version <= operation.until:
            name = f"{operation.method} {_target(operation)} {version}"
            yield pytest.param(operation, version, id=name)


def _target(operation: Operation) -> str:
    return operation.path.removeprefix("/slurm/{data_parser}/")


@st.composite
def requests(draw: st.DrawFn, operation: Operation) -> Request:
    """Requests for an operation: its path, and a body or a query."""
    target = _target(operation)
    for row in operation.parameters.fields if operation.parameters else ():
        segment = quote(_text(draw(SEGMENTS)), safe=draw(UNQUOTED))
        target = target.replace(f"{{{row.key}}}", segment or "0")
    if operation.body is None:
        return Request(operation.method, f"{target}?{draw(queries(operation.query))}")
    content = draw(nearly_right(target) | bodies(operation.body) | ANYTHING)
    if isinstance(content, dict):
        content["canary"] = CANARY
        if operation.waits:
            _keep_out(content)
    return Request(operation.method, target, json.dumps(content).encode(), waits=operation.waits)


@st.composite
def nearly_right(draw: st.DrawFn, target: str) -> dict[str, Any]:
    """A body that would be taken but for one field, so that what is wrong goes a long way."""
    key, table, plain = RIGHT.get(target) or RIGHT[target.partition("/")[0]]
    content = {**plain, **draw(bodies(table, most=1))}
    return {key: content} if key else content


def _keep_out(content: dict[str, Any]) -> None:
    """Have jobs ask for nodes where none are given, so that they do not wait for them."""
    components = content.get("hetjob")
    for job in [content.get("job"), *(components if isinstance(components, list) else ())]:
        if isinstance(job, dict):
            job["partition"] = CLOSED


@st.composite
def queries(draw: st.DrawFn, table: Struct | None) -> str:
    """Queries with some of a table's keys, or what only looks like a query."""
    if draw(st.integers(0, 4)) == 0:
        return quote(draw(st.text(max_size=20)).encode("utf-8", "replace"), safe="&=;%+[],:/?@!")
    content = draw(bodies(table)) if table else draw(st.dictionaries(TEXTS, TEXTS, max_size=3))
    pairs = [(_text(key), _values(value)) for key, value in content.items()]
    return urlencode([*pairs, (b"canary", CANARY)], doseq=True)


def _values(value: Any) -> Any:
    return [_text(item) for item in value] if isinstance(value, list) else _text(value)


def _text(value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.mark.parametrize(("operation", "version"), [*_every()])
def test_every_request_has_an_answer(
    operation: Operation, version: Version, target: Target
) -> None:
    if target.original:
        # It does not survive this, and there is nothing to compare.
        return
    throw_at(target, requests(operation), version)

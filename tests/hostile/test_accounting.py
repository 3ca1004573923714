# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever is sent to slurmdbd's side has an answer with a reason, and hurts nothing.

An ordinary user sends it: what it asks to be written is refused by slurmdbd in the end.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import strategies as st

from slurmrestd.data_parser.model import Version
from slurmrestd.openapi.operation import Operation
from slurmrestd.openapi.slurmdbd.plugin import PLUGIN
from tests.conformance.writing import SHOWN
from tests.data_parser.read.strategies import ANYTHING, bodies
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.hostile import accounting
from tests.hostile.horror import Horror
from tests.hostile.target import CANARY, Request, Target
from tests.hostile.test_generated import SEGMENTS, UNQUOTED, queries
from tests.hostile.test_horrors import check, each
from tests.hostile.throwing import throw_at
from tests.robustness.waiting import eventually

_PARAMETER = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def accountant(cluster: Cluster, start_daemon: StartDaemon, our_program: str) -> Iterator[Target]:
    """Ours, or with --against-itself the original; the database is as it was afterwards."""
    before = _database(cluster)
    with start_daemon(our_program, JWT) as daemon:
        original = our_program == cluster.original
        target = Target(daemon, cluster.token("alice"), original=original)
        if original:
            yield target
            return
        at_rest = target.workers.rest()
        yield target
        assert eventually(lambda: target.workers.rest() <= at_rest, within=20)
        assert CANARY not in target.log()
        assert "Traceback" not in target.log()
    assert _database(cluster) == before


def _database(cluster: Cluster) -> list[str]:
    return [cluster.run("sacctmgr", "-nP", "show", *words) for words in SHOWN.values()]


def _every() -> Iterator[Any]:
    for operation, version in itertools.product(PLUGIN.operations, Version):
        if operation.since <= version <= operation.until:
            path = operation.path.removeprefix("/slurmdb/{data_parser}/")
            yield pytest.param(operation, version, id=f"{operation.method} {path} {version}")


@st.composite
def requests(draw: st.DrawFn, operation: Operation) -> Request:
    """Requests for an operation: its path, and a body or a query."""
    target = operation.path.replace("{data_parser}", "<version>")
    for name in _PARAMETER.findall(target):
        segment = quote(str(draw(SEGMENTS)).encode("utf-8", "replace"), safe=draw(UNQUOTED))
        target = target.replace(name, segment or "0")
    if operation.body is None:
        return Request(operation.method, f"{target}?{draw(queries(operation.query))}")
    content = draw(bodies(operation.body) | ANYTHING)
    if isinstance(content, dict):
        content["canary"] = CANARY
    return Request(operation.method, target, json.dumps(content).encode())


@pytest.mark.parametrize(("operation", "version"), [*_every()])
def test_every_request_has_an_answer(
    operation: Operation, version: Version, accountant: Target
) -> None:
    if accountant.original:
        return
    throw_at(accountant, requests(operation), version)


@pytest.mark.parametrize(
    "horror", each(accounting.LISTS, accounting.FIELDS, accounting.NOBODY, accounting.TARGETS)
)
def test_horrors(accountant: Target, horror: Horror) -> None:
    check(accountant, horror)

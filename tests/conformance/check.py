# SPDX-License-Identifier: GPL-2.0-or-later
"""What every test of a case does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from _pytest.mark import ParameterSet

from tests.conformance.answer import DIED, SILENT, Answer
from tests.conformance.case import Case
from tests.conformance.compare import report
from tests.conformance.pair import Outcome, Pair
from tests.conformance.raw import Peer
from tests.conformance.schema import Schema


def each(*tables: Iterable[Case]) -> list[ParameterSet]:
    """Parameters ``case`` and ``version``; a test's id names operation, case and version."""
    cases = [case for table in tables for case in table]
    ids = Counter(case.id("") for case in cases)
    assert not (twice := [case for case, count in ids.items() if count > 1]), twice
    return [
        pytest.param(case, version, id=case.id(version))
        for case in cases
        for version in case.versions
    ]


def check(pair: Pair, schema: Schema, case: Case, version: str, peer: Peer | None = None) -> Answer:
    """Ask both and fail with what differs; returns our answer."""
    outcome = pair.compare(case, version, peer)
    judge(case, version, outcome, schema)
    return outcome.ours


def judge(case: Case, version: str, outcome: Outcome, schema: Schema) -> None:
    """Fail if anything differs, or if ours breaks the schema where the original does not."""
    if said := _verdict(case, version, outcome, schema):
        pytest.fail(said, pytrace=False)


def judge_all(
    cases: Iterable[Case], version: str, ask: Callable[[Case, str], Outcome], schema: Schema
) -> None:
    """Fail with everything that differs in any of several cases."""
    said = [_verdict(case, version, ask(case, version), schema) for case in cases]
    if any(said):
        pytest.fail("\n".join(filter(None, said)), pytrace=False)


def _verdict(case: Case, version: str, outcome: Outcome, schema: Schema) -> str:
    said = [report(outcome.found)] if outcome.found else []
    if outcome.original.status not in (DIED, SILENT):
        broken = schema.violations(case.operation, version, outcome.ours.content)
        if broken:
            broken -= schema.violations(case.operation, version, outcome.original.content)
        said += [f"{it.place} breaks {it.rule!r} of the schema" for it in broken]
    return "\n".join([case.id(version), *said]) if said else ""

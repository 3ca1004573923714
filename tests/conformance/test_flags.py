# SPDX-License-Identifier: GPL-2.0-or-later
"""+fast and +complex change what is read and written as they do in the original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.cases import (
    accounting_accounts,
    accounting_associations,
    accounting_clusters,
    accounting_jobs,
    accounting_qos,
    accounting_users,
    accounting_wckeys,
    job_bodies,
    job_fields,
    reads,
    records,
    shares,
)
from tests.conformance.check import check, each, judge
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter
from tests.fix_daemon import JWT, StartDaemon

FLAGS = ("+fast", "+complex")
FORMS = ("array", "begin_time", "flags", "environment", "nice", "priority", "time_limit", "rlimits")
"""Fields of which every value is sent: of the others the first is enough."""

ACCOUNTING = (
    accounting_accounts,
    accounting_associations,
    accounting_clusters,
    accounting_jobs,
    accounting_qos,
    accounting_users,
    accounting_wckeys,
)


PLAIN = ("plain", "as ", "of the sandbox", "n1", "gpu", "course")
QUERIES = ("update_time", "flags")
"""How the names of reads begin that are asked again; queries, where the answer is short."""


def _read() -> Iterator[Case]:
    for case in (*reads.CASES, *records.CASES, *shares.CASES):
        queries = case.operation == "GET partitions" and case.name.startswith(QUERIES)
        if queries or case.name.startswith(PLAIN):
            yield case
    for module in ACCOUNTING:
        yield from (case for case in module.CASES if "plain" in case.name)


def _submitted() -> Iterator[Case]:
    seen: set[str] = set()
    for case in job_fields.CASES:
        field = case.name.removeprefix("field ").partition(":")[0]
        if field not in seen or field in FORMS:
            yield case
        seen.add(field)
    for case in job_bodies.CASES:
        if case.name.startswith(("document", "heterogeneous")):
            yield case


@dataclass(frozen=True)
class Flagged:
    """Both with a flag on every version."""

    flag: str
    pair: Pair

    def case(self, case: Case) -> Case:
        """A case under a name of its own."""
        return replace(case, name=f"{case.name} ({self.flag})")


@pytest.fixture(scope="module", params=FLAGS)
def flagged(
    request: pytest.FixtureRequest, pair: Pair, start_daemon: StartDaemon
) -> Iterator[Flagged]:
    """Daemons that are started with a flag."""
    flag = str(request.param)
    plugins = ("-d", ",".join(version + flag for version in VERSIONS))
    with (
        start_daemon(pair.original.program, JWT, *plugins) as original,
        start_daemon(pair.ours.program, JWT, *plugins) as ours,
    ):
        yield Flagged(flag, replace(pair, original=original, ours=ours))


@pytest.mark.parametrize(("case", "version"), each(_read()))
def test_read(case: Case, version: str, flagged: Flagged, schema: Schema) -> None:
    """Numbers and names that are unset are written the same."""
    check(flagged.pair, schema, flagged.case(case), version)


@pytest.mark.parametrize(("case", "version"), each(_submitted()))
def test_submit(
    case: Case, version: str, flagged: Flagged, submitter: Submitter, schema: Schema
) -> None:
    """What is checked and what is passed over is the same, and so is the job."""
    case = flagged.case(case)
    outcome = replace(submitter, pair=flagged.pair).compare(case, version)
    judge(case, version, outcome, schema)

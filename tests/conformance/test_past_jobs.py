# SPDX-License-Identifier: GPL-2.0-or-later
"""Every value that the database can hold of a job and its steps is shown in the same way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.case import Case
from tests.conformance.cases.past_jobs import CASES
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.past_jobs import JOBS, past_jobs
from tests.conformance.schema import Schema
from tests.fix_cluster import Cluster


@pytest.fixture(scope="module", autouse=True)
def _jobs(cluster: Cluster) -> Iterator[None]:
    with past_jobs(cluster):
        yield


@pytest.mark.parametrize(("case", "version"), each(CASES))
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    answer = check(pair, schema, case, version)
    assert len(answer.content["jobs"]) >= len(JOBS) * 3 // 4 or case.name != "all"

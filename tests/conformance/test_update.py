# SPDX-License-Identifier: GPL-2.0-or-later
"""What is changed is the same, and so is what the controller holds afterwards."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import job_selections, job_updates
from tests.conformance.check import check, each, judge
from tests.conformance.pair import Pair
from tests.conformance.preparations import PREPARATIONS
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter


@pytest.mark.parametrize(("case", "version"), each(job_updates.CASES, job_selections.CASES))
def test_job(case: Case, version: str, pair: Pair, submitter: Submitter, schema: Schema) -> None:
    """A change of a job, or a signal to selected ones, on a job of each side's own."""
    if case.prepare:
        outcome = submitter.compare_on(case, version, PREPARATIONS[case.prepare])
        judge(case, version, outcome, schema)
    else:
        check(pair, schema, case, version)

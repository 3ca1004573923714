# SPDX-License-Identifier: GPL-2.0-or-later
"""What a signal answers is the same, and so is what it does."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import job_deletes
from tests.conformance.check import check, each, judge
from tests.conformance.pair import Pair
from tests.conformance.preparations import PREPARATIONS
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter


@pytest.mark.parametrize(("case", "version"), each(job_deletes.CASES))
def test_signal(case: Case, version: str, pair: Pair, submitter: Submitter, schema: Schema) -> None:
    """A signal is answered the same, and has the same effect."""
    if case.prepare:
        outcome = submitter.compare_on(case, version, PREPARATIONS[case.prepare])
        judge(case, version, outcome, schema)
    else:
        check(pair, schema, case, version)

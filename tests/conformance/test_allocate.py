# SPDX-License-Identifier: GPL-2.0-or-later
"""Allocations are granted and refused the same."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import allocate
from tests.conformance.check import each, judge
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter


@pytest.mark.parametrize(("case", "version"), each(allocate.CASES))
def test_same_answer(case: Case, version: str, submitter: Submitter, schema: Schema) -> None:
    """The jobs are not compared: the original's is ended as soon as it starts, if it waited at all.

    It cannot read what the controller tells it, when its authentication is JWT, and so does not
    answer; the controller then takes it for gone.
    """
    judge(case, version, submitter.compare_answers(case, version), schema)

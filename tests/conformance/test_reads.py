# SPDX-License-Identifier: GPL-2.0-or-later
"""What is read is the same, and as the original's schema says."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import reads, records, shares
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema


@pytest.mark.parametrize(("case", "version"), each(reads.CASES, records.CASES, shares.CASES))
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)

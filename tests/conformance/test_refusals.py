# SPDX-License-Identifier: GPL-2.0-or-later
"""What is refused, and how, is the same."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import refusals
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema


@pytest.mark.parametrize(("case", "version"), each(refusals.CASES))
def test_refusal(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """The same requests are refused, with the same status."""
    check(pair, schema, case, version)


@pytest.mark.parametrize(("case", "version"), each(refusals.RAW_CASES))
def test_framing(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """The same bytes are HTTP to both."""
    check(pair, schema, case, version)

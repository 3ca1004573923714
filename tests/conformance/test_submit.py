# SPDX-License-Identifier: GPL-2.0-or-later
"""What is submitted is the same, and so is the job that the controller holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import job_fields
from tests.conformance.check import each, judge
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.conformance.submission import Graveyard, Submitter


@pytest.fixture(scope="module")
def submitter(pair: Pair) -> Iterator[Submitter]:
    """Submits to both."""
    shown = pair.cluster.run("scontrol", "show", "config")
    state = next(line for line in shown.splitlines() if line.startswith("StateSaveLocation"))
    graveyard = Graveyard(pair.cluster)
    yield Submitter(pair, graveyard, Path(state.partition("=")[2].strip()))
    graveyard.flush()


@pytest.mark.parametrize(("case", "version"), each(job_fields.CASES))
def test_field(case: Case, version: str, submitter: Submitter, schema: Schema) -> None:
    """Each field alone makes the same job."""
    judge(case, version, submitter.compare(case, version, scontrol=version == "v0.0.42"), schema)

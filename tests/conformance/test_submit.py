# SPDX-License-Identifier: GPL-2.0-or-later
"""What is submitted is the same, and so is the job that the controller holds."""

from __future__ import annotations

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.cases import job_bodies, job_fields, job_probes
from tests.conformance.check import each, judge, judge_all
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter


@pytest.mark.parametrize(("case", "version"), each(job_fields.CASES))
def test_field(case: Case, version: str, submitter: Submitter, schema: Schema) -> None:
    """Each field alone makes the same job."""
    judge(case, version, submitter.compare(case, version, scontrol=version == "v0.0.42"), schema)


@pytest.mark.parametrize(("case", "version"), each(job_bodies.CASES))
def test_body(case: Case, version: str, submitter: Submitter, schema: Schema) -> None:
    """Whatever is sent, both answer the same."""
    judge(case, version, submitter.compare(case, version), schema)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("field", job_probes.PROBED)
def test_probe(field: str, version: str, submitter: Submitter, schema: Schema) -> None:
    """A field is read the same whatever its value is."""
    judge_all(job_probes.of_field(field), version, submitter.compare, schema)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("field", job_probes.NUMBERS)
def test_form(field: str, version: str, submitter: Submitter, schema: Schema) -> None:
    """A number becomes the same whatever its form is."""
    judge_all(job_probes.of_number(field), version, submitter.compare, schema)

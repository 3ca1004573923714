# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing is left out, and no row of ``differences`` is there in vain."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.model import Version
from slurmrestd.openapi.slurmctld.plugin import PLUGIN as SLURMCTLD
from slurmrestd.openapi.slurmdbd.plugin import PLUGIN as SLURMDBD
from tests.conformance.case import VERSIONS
from tests.conformance.cases.job_fields import FIELDS
from tests.conformance.differences import Ledger
from tests.conformance.pair import Tally
from tests.conformance.schema import Schema, short

pytestmark = pytest.mark.whole_run

NEVER_DONE = ("POST slurmdb/tres",)
"""What the original offers, and always refuses."""

MALFORMED = 3
"""How many broken bodies each operation with a body is sent, at the least."""


def test_every_row_of_differences_was_needed(ledger: Ledger) -> None:
    """A difference that is gone takes its row with it."""
    assert not ledger.unused()


@pytest.mark.parametrize("version", VERSIONS)
def test_operations_are_the_originals(version: str, schema: Schema) -> None:
    """Ours offers what the original's document lists, no more and no less."""
    ours = {
        f"{operation.method} {short(operation.path.rstrip('/'), '{data_parser}')}"
        for plugin in (SLURMCTLD, SLURMDBD)
        for operation in plugin.operations
        if operation.since <= Version[version.replace("v0.0.", "V")] <= operation.until
    }
    assert ours == set(schema.specification.operations(version))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_operation_was_compared(version: str, tally: Tally, schema: Schema) -> None:
    """Each of the original's document: done, and refused."""
    operations = schema.specification.operations(version)
    statuses = {operation: tally.statuses[operation, version] for operation in operations}
    never = [name for name, seen in statuses.items() if not any(it < 400 for it in seen)]
    assert sorted(set(never)) == sorted(NEVER_DONE)
    assert not [name for name, seen in statuses.items() if not any(it >= 400 for it in seen)]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_body_was_broken(version: str, tally: Tally, schema: Schema) -> None:
    """Each operation with a body was sent some that are no JSON."""
    specification = schema.specification
    few = {
        operation: tally.malformed[operation, version]
        for operation in specification.operations(version)
        if "requestBody" in (specification.operation(operation, version) or {})
        and tally.malformed[operation, version] < MALFORMED
    }
    assert not few


@pytest.mark.parametrize("version", VERSIONS)
def test_every_parameter_is_set(version: str, tally: Tally, schema: Schema) -> None:
    """Each query parameter of the original's document."""
    specification = schema.specification
    missing = [
        f"{operation}?{it['name']}"
        for operation in specification.operations(version)
        for it in (specification.operation(operation, version) or {}).get("parameters", ())
        if it["in"] == "query" and it["name"] not in tally.parameters[operation, version]
    ]
    assert not missing


@pytest.mark.parametrize("version", VERSIONS)
def test_every_field_of_the_job_description_is_set(version: str, schema: Schema) -> None:
    """By a case of its own."""
    described = schema.specification.body("POST job/submit", version)["job"]
    missing = set(schema.specification.properties(described)) - set(FIELDS)
    assert not missing


@pytest.mark.parametrize("version", VERSIONS)
def test_every_name_of_a_flag_is_set(version: str, schema: Schema) -> None:
    """Each by a case of its own."""
    specification = schema.specification
    described = specification.body("POST job/submit", version)["job"]
    missing = [
        f"{field}: {name}"
        for field, property_ in specification.properties(described).items()
        for name in specification.names(property_)
        if [name] not in FIELDS[field]
    ]
    assert not missing

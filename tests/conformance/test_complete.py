# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing is left out, and no row of ``differences`` is there in vain."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.model import Version
from slurmrestd.openapi.slurmdbd import PLUGIN
from tests.conformance.case import VERSIONS
from tests.conformance.cases.job_fields import FIELDS
from tests.conformance.differences import Ledger
from tests.conformance.pair import Tally
from tests.conformance.schema import Schema, short

pytestmark = pytest.mark.whole_run

OPERATIONS = (
    *("GET ping", "GET diag", "GET licenses", "GET jobs", "GET jobs/state", "GET job/{id}"),
    *("GET nodes", "GET node/{name}", "GET partitions", "GET partition/{name}"),
    *("GET reservations", "GET reservation/{name}", "POST job/submit", "DELETE job/{id}"),
)

OF_ACCOUNTING = tuple(
    (f"{operation.method} {short(operation.path, '{data_parser}')}", str(version))
    for operation in PLUGIN.operations
    for version in Version
    if operation.since <= version <= operation.until
)
"""What ours offers of slurmdbd, and in which versions."""

EVERY = (
    *((operation, version) for operation in OPERATIONS for version in VERSIONS),
    *OF_ACCOUNTING,
)


def test_every_operation_was_compared(tally: Tally) -> None:
    """In every version."""
    missing = [
        f"{version} {operation}"
        for operation, version in EVERY
        if not tally.operations[operation, version]
    ]
    assert not missing


def test_every_row_of_differences_was_needed(ledger: Ledger) -> None:
    """A difference that is gone takes its row with it."""
    assert not ledger.unused()


@pytest.mark.parametrize("version", VERSIONS)
def test_operations_are_the_originals(version: str, schema: Schema) -> None:
    """What is compared here is in the original's document."""
    ours = {operation for operation, of_version in EVERY if of_version == version}
    assert ours <= set(schema.specification.operations(version))


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


@pytest.mark.parametrize(("operation", "version"), EVERY)
def test_every_parameter_is_set(operation: str, version: str, tally: Tally, schema: Schema) -> None:
    """Each query parameter of the original's document."""
    described = schema.specification.operation(operation, version)
    assert described is not None
    wanted = {it["name"] for it in described.get("parameters", ()) if it["in"] == "query"}
    assert wanted <= tally.parameters[operation, version]

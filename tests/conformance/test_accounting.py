# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd knows is shown and refused in the same way: all of ``cases/accounting_*.py``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from tests.conformance import cases, past_instances
from tests.conformance.case import VERSIONS, Case
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.fix_cluster import Cluster


def _tables() -> Iterator[tuple[Case, ...]]:
    for found in pkgutil.iter_modules(cases.__path__):
        if found.name.startswith("accounting_"):
            yield importlib.import_module(f"{cases.__name__}.{found.name}").CASES


@pytest.fixture(scope="module")
def instances(cluster: Cluster) -> Iterator[None]:
    """slurmdbd knows of nodes of a cloud."""
    past_instances.insert(cluster)
    try:
        yield
    finally:
        past_instances.delete(cluster)


@pytest.mark.usefixtures("instances")
@pytest.mark.parametrize(("case", "version"), each(*_tables()))
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)


@pytest.mark.usefixtures("instances")
def test_instances_are_shown(pair: Pair) -> None:
    """What compares them does not compare empty lists."""
    path = "slurmdb/instances"
    case = Case(f"GET {path}", "all", path, f"time_start={past_instances.START}")
    found = pair.ask(pair.ours, case, VERSIONS[-1]).content["instances"]
    assert {instance["node_name"] for instance in found} >= {"e0991", "e0992", "e0993", "gone"}
    assert {"i-1", "i-2", "i-4"} <= {instance["instance_id"] for instance in found}

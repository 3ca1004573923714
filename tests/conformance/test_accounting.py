# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd knows is shown and refused in the same way: all of ``cases/accounting_*.py``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from tests.conformance import cases
from tests.conformance.case import Case
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.fix_cluster import Cluster


def _tables() -> Iterator[tuple[Case, ...]]:
    for found in pkgutil.iter_modules(cases.__path__):
        if found.name.startswith("accounting_"):
            yield importlib.import_module(f"{cases.__name__}.{found.name}").CASES


@pytest.fixture(scope="session")
def instances(cluster: Cluster) -> None:
    """slurmctld tells slurmdbd of instances when nodes get their ids."""
    for number in (1, 2):
        words = (f"nodename=e099{number}", f"instanceid=i-{number}", f"instancetype=t{number}")
        cluster.run("scontrol", "update", *words, f"extra=more{number}")


@pytest.mark.usefixtures("instances")
@pytest.mark.parametrize(("case", "version"), each(*_tables()))
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)

# SPDX-License-Identifier: GPL-2.0-or-later
"""What is written leaves the same in the database: all WRITES of ``cases/accounting_*.py``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from tests.conformance import cases
from tests.conformance.check import judge
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.conformance.writing import Write, Writer


def _writes() -> Iterator[Write]:
    for found in pkgutil.iter_modules(cases.__path__):
        if found.name.startswith("accounting_"):
            module = importlib.import_module(f"{cases.__name__}.{found.name}")
            yield from getattr(module, "WRITES", ())


@pytest.fixture(scope="module")
def writer(pair: Pair) -> Writer:
    """Writes through both."""
    return Writer(pair)


@pytest.mark.parametrize(
    ("write", "version"),
    [
        pytest.param(write, version, id=write.case.id(version))
        for write in _writes()
        for version in write.case.versions
    ],
)
def test_same_database(write: Write, version: str, writer: Writer, schema: Schema) -> None:
    """And the same answer."""
    judge(write.case, version, writer.compare(write, version), schema)

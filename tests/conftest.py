# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures by topic: ``fix_*.py``."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

pytest_plugins = (
    "tests.fix_cluster",
    "tests.fix_daemon",
    "tests.fix_conformance",
    "tests.fix_slurmdbd",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--against-itself",
        action="store_true",
        help="compare the original with itself: shows that the comparison does not invent anything",
    )
    parser.addoption(
        "--part",
        type=_part,
        metavar="K/N",
        help="run the K-th of N parts of each module's tests",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave of each module's tests the part that is asked for."""
    if part := config.getoption("--part"):
        items[:] = part_of(items, *part)


def pytest_collection_finish() -> None:
    """Thirty thousand tests are no garbage, and need not be looked through for it."""
    gc.collect()
    gc.freeze()


def part_of(items: list[pytest.Item], number: int, parts: int) -> list[pytest.Item]:
    """The tests of one of several parts, in their order: all parts have some of each module."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    mine: set[pytest.Item] = set()
    for tests in modules.values():
        mine.update(tests[len(tests) * (number - 1) // parts : len(tests) * number // parts])
    return [item for item in items if item in mine]


def _part(given: str) -> tuple[int, int]:
    number, parts = map(int, given.split("/"))
    if not 1 <= number <= parts:
        raise ValueError(given)
    return number, parts

# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures by topic: ``fix_*.py``."""

from __future__ import annotations

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

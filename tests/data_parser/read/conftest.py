# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures of the tests of reading."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time is that of Berlin, which has a summer time."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()

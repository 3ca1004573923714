# SPDX-License-Identifier: GPL-2.0-or-later
"""Waiting for what must come to pass, with an end that only failure reaches."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 60.0
_POLL = 0.05


def eventually(condition: Callable[[], bool], within: float = SECONDS) -> bool:
    """Whether the condition comes to hold."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(_POLL)
    return True

# SPDX-License-Identifier: GPL-2.0-or-later
"""Generated requests, thrown at a server.

``SLURMRESTD_HOSTILE_EXAMPLES`` is how many for each operation; more than the default takes
longer and is not the same every time.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from slurmrestd.data_parser.model import Version
from tests.hostile.target import Request, Target

_DEFAULT = 40
_EXAMPLES = int(os.environ.get("SLURMRESTD_HOSTILE_EXAMPLES", _DEFAULT))


def throw_at(target: Target, requests: SearchStrategy[Request], version: Version) -> None:
    """Ask all of them, each of which must have an answer."""

    @given(request=requests)
    @settings(
        max_examples=_EXAMPLES,
        derandomize=_EXAMPLES == _DEFAULT,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def throw(request: Request) -> None:
        target.ask(request, str(version))

    run: Callable[[], None] = throw
    run()

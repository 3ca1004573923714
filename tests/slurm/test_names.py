# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers to words."""

from __future__ import annotations

from tests.slurm import inside
from tests.slurm.conftest import Worker


def test_words(worker: Worker) -> None:
    words = worker(inside.words)
    assert words == {
        "signal": ("KILL", "120"),
        "reason": ("Resources", "InvaildReason"),
        "rpc": ("REQUEST_PING", "65000"),
        "slurmdbd": "DBD_FINI",
        "steps": ["3", "batch", ""],
        "error": "Invalid job id specified",
    }

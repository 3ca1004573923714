# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers to words and back."""

from __future__ import annotations

import datetime

from slurmrestd.slurm.numbers import ESLURM_INVALID_TIME_VALUE
from tests.slurm import inside
from tests.slurm.conftest import Worker


def test_words(worker: Worker) -> None:
    words = worker(inside.words)
    noon = datetime.datetime(2025, 1, 31, 12).timestamp()  # local, as Slurm has it
    assert words == {
        "signal": ("KILL", "120"),
        "signals": [9, 10, 9, None, None],
        "reason": ("Resources", "InvaildReason"),
        "rpc": ("REQUEST_PING", "65000"),
        "slurmdbd": "DBD_FINI",
        "steps": ["3", "batch", ""],
        "sizes": [10, 2048, 1 << 20, None, None, None],
        "nodes": ((2, 4, ""), (1, 5, "1,3-5")),
        "no nodes": ("ValueError", 0),
        "time": noon,
        "no time": ("SlurmError", ESLURM_INVALID_TIME_VALUE),
        "frequency": "Low-High:Performance",
        "no frequency": [("ValueError", 0)] * 3,
        "distribution": "Cyclic",
        "error": "Invalid job id specified",
    }

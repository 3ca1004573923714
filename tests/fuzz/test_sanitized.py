# SPDX-License-Identifier: GPL-2.0-or-later
"""The encoder on structs by chance, built with ASan and UBSan."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_random_programs_under_the_sanitizers() -> None:
    """The first finding ends the run; by hand, tests.encoder.sanitize runs all its tests."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.encoder.sanitize"),
            *("-x", "-k", "test_random_programs"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert " passed" in done.stdout

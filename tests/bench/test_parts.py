# SPDX-License-Identifier: GPL-2.0-or-later
"""The bench of the parts still finds them; what they take is not looked at here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_part_can_be_measured() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--benchmark-disable", "bench"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "skipped" not in done.stdout

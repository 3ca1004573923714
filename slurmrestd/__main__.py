# SPDX-License-Identifier: GPL-2.0-or-later
"""The command ``slurmrestd``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# What is imported stays: there is nothing to collect until something is served.
gc.disable()

from slurmrestd import later  # noqa: E402

later.postpone()

from slurmrestd.cli.main import main as _main  # noqa: E402


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return _main(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())

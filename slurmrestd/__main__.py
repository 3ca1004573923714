# SPDX-License-Identifier: GPL-2.0-or-later
"""The command ``slurmrestd``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from slurmrestd.cli.main import main as _main


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return _main(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-2.0-or-later
"""``python3 -m slurmrestd.sandbox``."""

import sys

from slurmrestd.sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders to the controller itself."""

from __future__ import annotations

from slurmrestd.slurm.errors import check
from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.rpc import ask


def reconfigure() -> None:
    """Have all daemons read slurm.conf again. Raises SlurmError."""
    check(ask(lib.slurm_reconfigure), "slurm_reconfigure()")

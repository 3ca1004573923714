# SPDX-License-Identifier: GPL-2.0-or-later
"""The release of Slurm that this program was built for; libslurm need not be there."""

from __future__ import annotations

from slurmrestd.slurm.numbers import SLURM_VERSION_NUMBER

SERIES = "24.11"
"""What the private declarations of _native/declarations are true for."""

RELEASE = ".".join(
    (
        f"{SLURM_VERSION_NUMBER >> 16}",
        f"{SLURM_VERSION_NUMBER >> 8 & 0xFF:02}",
        f"{SLURM_VERSION_NUMBER & 0xFF}",
    )
)
"""The release of the headers that we were compiled with, for example "24.11.5"."""

# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmrestd: the REST daemon of Slurm 24.11, in Python."""

__version__ = "0.1.0"

# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables, split by what a Slurm user would look for."""

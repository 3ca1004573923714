# SPDX-License-Identifier: GPL-2.0-or-later
"""The encoder on structs made by hand: no cluster, no libslurm."""

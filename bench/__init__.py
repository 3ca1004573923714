# SPDX-License-Identifier: GPL-2.0-or-later
"""Measurements, run inside the sandbox: ``python3 -m slurmrestd.sandbox bench NAME``."""

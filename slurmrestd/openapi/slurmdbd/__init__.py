# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurmdb/`` operations: what the accounting database knows."""

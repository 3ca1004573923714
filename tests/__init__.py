# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests; those that need a cluster run inside the sandbox."""

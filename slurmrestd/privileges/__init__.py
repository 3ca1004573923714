# SPDX-License-Identifier: GPL-2.0-or-later
"""Giving up what a translator does not need: before anything listens, and for good."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for cannot be had, or the daemon may not run as it is."""

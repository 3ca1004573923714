# SPDX-License-Identifier: GPL-2.0-or-later
"""What every reader raises."""

from __future__ import annotations


class Unreadable(ValueError):
    """The body is not of its media type; the message names the place, not the content."""

# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a server cannot start."""

from __future__ import annotations


class CannotListen(Exception):
    """A listener cannot be had; the message says which, why, and what to do."""


class NotReady(Exception):
    """libslurm or a plugin cannot be had; the message says what to do."""

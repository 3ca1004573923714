# SPDX-License-Identifier: GPL-2.0-or-later
"""Which keys tokens are judged by, if any; see ``edge``.  Apart: this costs no import."""

from __future__ import annotations

from typing import Final

from slurmrestd.frozen import Frozen


class BadKey(ValueError):
    """A key file cannot be used; the message says what to do about it."""


class Settings(Frozen):
    """Files of keys, and the claim with the user's name (None: as Slurm has it)."""

    key: str | None = None
    jwks: str | None = None
    claim: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is to be judged here."""
        return self.key is not None or self.jwks is not None


NO_KEYS: Final = Settings()

# SPDX-License-Identifier: GPL-2.0-or-later
"""Who calls: a credential is set on a thread for the time of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slurmrestd.slurm import library, quick
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.numbers import ESLURM_AUTH_CRED_INVALID
from slurmrestd.slurm.rpc import acting, set_acting

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

SOURCE = "authentication"


class CredentialError(SlurmError):
    """A credential that the authentication of this process has no use for."""


class acting_as:  # noqa: N801 - as what contextlib offers
    """Make the requests of this thread those of ``credential``; for ``with``.

    Raises CredentialError for one without a token where authentication is JWT, or another
    user's where it is not.
    """

    __slots__ = ("_credential",)

    def __init__(self, credential: Credential) -> None:
        self._credential = credential

    def __enter__(self) -> None:
        if acting() is not None:
            raise RuntimeError("the thread acts for somebody already")
        _begin(self._credential)

    def __exit__(self, *_: object) -> None:
        _end()


class set_aside:  # noqa: N801 - the same
    """Have the thread act for nobody meanwhile, and then for the same one again."""

    __slots__ = ("_credential",)

    def __enter__(self) -> None:
        self._credential = acting()
        _end()

    def __exit__(self, *_: object) -> None:
        assert self._credential is not None, "the thread has acted for nobody"
        _begin(self._credential)


def _begin(credential: Credential) -> None:
    token, user_name = _encoded(credential.token), _encoded(credential.user_name)
    # libslurm would take the daemon's own identity in place of what is missing.
    missing = token if library.config().uses_jwt else user_name
    if not missing:
        raise CredentialError(ESLURM_AUTH_CRED_INVALID, SOURCE)
    if quick.thread_config(token, user_name):
        raise CredentialError(ESLURM_AUTH_CRED_INVALID, SOURCE)
    set_acting(credential)


def _end() -> None:
    set_acting(None)
    quick.thread_clear()


def _encoded(value: str | None) -> bytes | None:
    if value is None:
        return None
    encoded = value.encode("utf-8", "surrogateescape")
    if b"\0" in encoded:
        raise CredentialError(ESLURM_AUTH_CRED_INVALID, SOURCE)
    return encoded

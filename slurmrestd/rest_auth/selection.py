# SPDX-License-Identifier: GPL-2.0-or-later
"""``-a``: which authentication methods are used, and in which order."""

from __future__ import annotations

from slurmrestd.rest_auth import Authentication, Method, jwt, local

PREFIX = "rest_auth/"

# The order in which the original loads its plugins: local answers first.
METHODS: dict[str, Method] = {
    "local": local.authenticate,
    "jwt": jwt.authenticate,
}


class UnknownMethod(ValueError):
    """``-a`` names a method that does not exist."""


class Incompatible(ValueError):
    """``-a`` names a method that cannot be used as the daemon is started."""


def available() -> list[str]:
    """What ``-a list`` shows."""
    return [PREFIX + name for name in METHODS]


def select(names: str | None, *, becomes_user: bool = False) -> Authentication:
    """The methods that a comma-delimited list names, all when None.

    Raises UnknownMethod, and Incompatible where the process ``becomes_user``, that is, its
    peer: a token says nothing of a user to become.
    """
    chosen = list(METHODS) if names is None else _split(names)
    if not becomes_user:
        return Authentication([METHODS[name] for name in chosen])
    if "jwt" in chosen:
        raise Incompatible(
            "SLURMRESTD_SECURITY=become_user cannot be combined with rest_auth/jwt:"
            " give -a rest_auth/local"
        )
    return Authentication([local.authenticate_socket])


def _split(names: str) -> list[str]:
    chosen = [name.strip().removeprefix(PREFIX) for name in names.split(",") if name.strip()]
    if not chosen:
        raise UnknownMethod("no authentication method is named")
    for name in chosen:
        if name not in METHODS:
            raise UnknownMethod(f"there is no {PREFIX}{name}; there are {', '.join(available())}")
    return chosen

# SPDX-License-Identifier: GPL-2.0-or-later
"""``-a``: which authentication methods are used, and in which order."""

from __future__ import annotations

from slurmrestd.rest_auth import Authentication, Method, jwt, local
from slurmrestd.rest_auth.keys import NO_KEYS, Settings

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


def select(
    names: str | None, *, becomes_user: bool = False, keys: Settings = NO_KEYS
) -> Authentication:
    """The methods that a comma-delimited list names, all when None.

    Tokens are judged by ``keys``, if there are any.

    Raises UnknownMethod, and Incompatible where the process ``becomes_user``, that is, its
    peer: a token says nothing of a user to become; or where there are keys and no tokens.
    Raises keys.BadKey.
    """
    chosen = list(METHODS) if names is None else _split(names)
    if keys.is_on and "jwt" not in chosen:
        raise Incompatible(f"keys for tokens need {PREFIX}jwt: add it to -a, or give no keys")
    if not becomes_user:
        return Authentication([_method(name, keys) for name in chosen])
    if "jwt" in chosen:
        raise Incompatible(
            "SLURMRESTD_SECURITY=become_user cannot be combined with rest_auth/jwt:"
            " give -a rest_auth/local"
        )
    return Authentication([local.authenticate_socket])


def _method(name: str, keys: Settings) -> Method:
    if name == "jwt" and keys.is_on:
        # Late: PyJWT is not for those who do without.
        from slurmrestd.rest_auth.edge import edge  # noqa: PLC0415

        return jwt.judged_by(edge(keys))
    return METHODS[name]


def _split(names: str) -> list[str]:
    chosen = [name.strip().removeprefix(PREFIX) for name in names.split(",") if name.strip()]
    if not chosen:
        raise UnknownMethod("no authentication method is named")
    for name in chosen:
        if name not in METHODS:
            raise UnknownMethod(f"there is no {PREFIX}{name}; there are {', '.join(available())}")
    return chosen

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


def available() -> list[str]:
    """What ``-a list`` shows."""
    return [PREFIX + name for name in METHODS]


def select(names: str | None) -> Authentication:
    """The methods that a comma-delimited list names, all when None; raises UnknownMethod."""
    if names is None:
        return Authentication(list(METHODS.values()))
    chosen = [_method(name.strip()) for name in names.split(",") if name.strip()]
    if not chosen:
        raise UnknownMethod("no authentication method is named")
    return Authentication(chosen)


def _method(name: str) -> Method:
    bare = name.removeprefix(PREFIX)
    if bare not in METHODS:
        raise UnknownMethod(f"there is no {PREFIX}{bare}; there are {', '.join(available())}")
    return METHODS[bare]

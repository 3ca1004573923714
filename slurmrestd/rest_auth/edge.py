# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens judged before they cost the controller anything: opt-in, the original has no such.

With a key (HS256) or a set of public keys (RS256, JWKS), a token needs a good signature,
an ``exp`` that is to come, and the name of a user.  Whether that user may do what is
asked, or speak for another, stays the controller's business.

Keys are read where the daemon starts, before it drops its privileges.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import jwt

from slurmrestd.frozen import Frozen
from slurmrestd.rest_auth import Denied
from slurmrestd.rest_auth.keys import BadKey, Settings

MAX_TOKEN: Final = 16 * 1024  # letters; Slurm's own have some 150
MIN_KEY: Final = 32  # bytes, RFC 7518 3.2
MAX_FILE: Final = 1024 * 1024
SLURM_CLAIMS: Final = ("sun", "username")
"""Where Slurm looks for the user's name unless slurm.conf names another claim."""

HS256: Final = "HS256"
RS256: Final = "RS256"

log = logging.getLogger(__name__)


class _Keys(Frozen):
    """What signatures are checked with: a secret, and public keys by their id."""

    secret: bytes | None
    public: Mapping[str, Any]


class Edge:
    """Judges tokens.  Raises BadKey where its keys cannot be had."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._claims = SLURM_CLAIMS if settings.claim is None else (settings.claim,)
        self._keys = _read(settings)

    def reload(self) -> None:
        """Read the keys again; if that fails the old ones stay, and the log says why."""
        try:
            self._keys = _read(self._settings)
        except BadKey as error:
            log.error("the keys of tokens stay as they are: %s", error)

    def check(self, token: str) -> None:
        """Raises Denied unless the token is good now; never says what is in it."""
        if len(token) > MAX_TOKEN:
            raise Denied(f"a token of more than {MAX_TOKEN} letters")
        if "=" in token:  # RFC 7515 2; PyJWT lets one through at the end
            raise Denied("a token with padding")
        try:
            claims = self._decoded(token)
        except jwt.ExpiredSignatureError:
            raise Denied("the token has expired") from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            # Its text may repeat what the token says of itself.
            raise Denied(f"no good token: {type(error).__name__}") from None
        if not any(_is_name(claims.get(claim)) for claim in self._claims):
            raise Denied(f"the token names no user in {' or '.join(self._claims)}")

    def _decoded(self, token: str) -> Mapping[str, Any]:
        """The claims.  The keys that we have decide what a token may be signed by."""
        header = jwt.get_unverified_header(token)
        algorithm = str(header.get("alg"))
        key: Any = None
        if algorithm == HS256:
            key = self._keys.secret
        elif algorithm == RS256:
            key = self._keys.public.get(header.get("kid", ""))
        if key is None:
            raise jwt.InvalidKeyError
        # Slurm looks at neither an audience nor at when a token was made.
        options: Any = {"require": ["exp"], "verify_aud": False, "verify_iat": False}
        claims: Mapping[str, Any] = jwt.decode(token, key, algorithms=[algorithm], options=options)
        return claims


@functools.cache
def edge(settings: Settings) -> Edge:
    """The one of these settings: keys that were read stay known when privileges are gone."""
    return Edge(settings)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


# -- keys -------------------------------------------------------------------------------


def _read(settings: Settings) -> _Keys:
    secret = None if settings.key is None else _secret(settings.key)
    return _Keys(secret, {} if settings.jwks is None else _public(settings.jwks))


def _secret(path: str) -> bytes:
    """The bytes of the file as they are, as Slurm takes them."""
    data = _contents(path, stat.S_IRWXO | stat.S_IWGRP)
    if len(data) < MIN_KEY:
        raise BadKey(f"{path} has less than {MIN_KEY} bytes: anybody could guess such a key")
    return data


def _public(path: str) -> Mapping[str, Any]:
    """The RS256 keys of a JWKS file by their id; others are not for us."""
    data = _contents(path, stat.S_IWOTH | stat.S_IWGRP)
    try:
        entries = json.loads(data)["keys"]
        keys = {entry["kid"]: jwt.PyJWK(entry, RS256).key for entry in entries if _is_rs256(entry)}
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadKey(f"{path} is no JWKS file (RFC 7517): {type(error).__name__}") from None
    if not keys:
        raise BadKey(f"{path} has no key with a 'kid' for {RS256}")
    return keys


def _is_rs256(entry: Mapping[str, Any]) -> bool:
    """Whether it is a public key for signatures: a private one has no business here."""
    if "d" in entry:
        raise ValueError("a private key")
    return (
        entry.get("kty") == "RSA"
        and entry.get("alg", RS256) == RS256
        and entry.get("use", "sig") == "sig"
        and isinstance(entry.get("kid"), str)
    )


def _contents(path: str, forbidden: int) -> bytes:
    """The contents of a file that nobody else has a ``forbidden`` bit of its mode for."""
    try:
        # A pipe would wait, and is no file.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:  # noqa: PTH123
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise BadKey(f"{path} is no plain file")
            if status.st_mode & forbidden:
                mode = stat.S_IMODE(status.st_mode)
                raise BadKey(
                    f"{path} is open to others (mode {mode:04o}):"
                    f" chmod {mode & ~forbidden:04o} {Path(path).name}"
                )
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise BadKey(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > MAX_FILE:
        raise BadKey(f"{path} has more than {MAX_FILE} bytes")
    return data

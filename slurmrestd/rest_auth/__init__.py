# SPDX-License-Identifier: GPL-2.0-or-later
"""Who asks: the ways a request may be authenticated (``-a``), and what they yield.

A request is shown to each selected method in turn. The first that claims it
decides, for or against; one that it does not concern passes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from slurmrestd.rest_auth.peer import Peer


class Credential(NamedTuple):
    """What libslurm is told before an RPC: a token, a user name, or both.

    ``uid`` and ``gid`` are those of the peer of a unix socket, None elsewhere.  A tuple, since
    it is part of keys that are looked for several times in every request.
    """

    user_name: str | None
    token: str | None
    uid: int | None
    gid: int | None

    def __repr__(self) -> str:
        return f"Credential({self.user_name!r})"  # never the token


class Denied(Exception):
    """The request is refused; the message is for the log and never holds a token."""


class Headers(Protocol):
    """The one thing that authentication asks of a request."""

    def first(self, name: bytes) -> str | None:
        """The first value of header ``name`` (lower case), None when absent."""


Method = Callable[[Headers, Peer], "Credential | None"]


class Authentication:
    """The selected methods, in the order in which they are asked."""

    def __init__(self, methods: Sequence[Method]) -> None:
        self._methods = tuple(methods)

    def authenticate(self, headers: Headers, peer: Peer) -> Credential:
        """The credential of the request; raises Denied."""
        for method in self._methods:
            credential = method(headers, peer)
            if credential is not None:
                return credential
        raise Denied("no authentication method applies to the request")

# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/jwt: a token in the headers is handed to Slurm, which judges it.

Headers as slurmrestd(8) names them, and ``Authorization: Bearer`` (RFC 6750).
Any string passes: the controller answers for a wrong one.  With keys, a wrong one comes
no further than here (see ``edge``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slurmrestd.rest_auth import Credential, Denied, Headers, Method
from slurmrestd.rest_auth.peer import Peer

if TYPE_CHECKING:
    from slurmrestd.rest_auth.edge import Edge

USER_NAME = b"x-slurm-user-name"
USER_TOKEN = b"x-slurm-user-token"
AUTHORIZATION = b"authorization"
BEARER = "Bearer "
EMPTY = "none"  # an empty token is a wrong one; libslurm would take it for none at all


def authenticate(headers: Headers, peer: Peer) -> Credential | None:
    """The token of the request; None when no header speaks of one; raises Denied."""
    token = headers.first(USER_TOKEN)
    authorization = headers.first(AUTHORIZATION)
    user_name = headers.first(USER_NAME)
    if token is None and authorization is None:
        if user_name is None:
            return None
        raise Denied("a user name without a token")
    if token is not None and authorization is not None:
        raise Denied("two tokens: X-SLURM-USER-TOKEN and Authorization exclude each other")
    if token is None:
        token = _bearer(authorization or "")
    return Credential(user_name, token or EMPTY, peer.uid, peer.gid)


def judged_by(edge: Edge) -> Method:
    """The same, for tokens that ``edge`` finds good."""

    def method(headers: Headers, peer: Peer) -> Credential | None:
        credential = authenticate(headers, peer)
        if credential is not None:
            edge.check(credential.token or EMPTY)
        return credential

    return method


def _bearer(authorization: str) -> str:
    """The token of an Authorization header. The scheme's case counts, as in the original."""
    if not authorization.startswith(BEARER):
        raise Denied("the Authorization header is not of the form 'Bearer TOKEN'")
    return authorization[len(BEARER) :]

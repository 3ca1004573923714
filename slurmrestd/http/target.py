# SPDX-License-Identifier: GPL-2.0-or-later
"""The request target: path and query, however the client writes it (RFC 9112 3.2)."""

# No annotations from __future__: typing would have each field of a NamedTuple compiled.
import re
from typing import NamedTuple

_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^/?#]*")


class Target(NamedTuple):
    """The path (percent-encoded, maybe empty) and the query of a request target."""

    path: str
    query: str


def split_target(target: str) -> Target:
    """Take a request target apart; a scheme, an authority and a fragment are dropped."""
    if not target.startswith("/"):
        target = _AUTHORITY.sub("", target, count=1)
    target = target.partition("#")[0]
    path, _, query = target.partition("?")
    return Target(path, query)

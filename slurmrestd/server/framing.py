# SPDX-License-Identifier: GPL-2.0-or-later
"""What a request's headers say of its body and its connection, and what is refused.

These refusals come before authentication, as in the original, for the same statuses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from slurmrestd.http import refusals
from slurmrestd.http.target import split_target
from slurmrestd.http.refusals import Refused
from slurmrestd.server import limits

if TYPE_CHECKING:
    from slurmrestd.server.exchange import Head

# What is routed; and what else HTTP knows (IANA's registry, as far as the original).
ROUTED: Final = frozenset({"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})
KNOWN: Final = frozenset(
    "COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK BIND REBIND UNBIND ACL REPORT"
    " MKACTIVITY CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE MKCALENDAR LINK"
    " UNLINK SOURCE".split()
)
_MAX_DIGITS: Final = 18  # of a number; the parser's own overflow begins beyond


@dataclass(frozen=True, slots=True)
class Framing:
    expects_continue: bool = False

    def continued(self) -> Framing:
        return replace(self, expects_continue=False)


def check_framing(head: Head) -> Framing:
    """The framing of a request; raises Refused."""
    framing = Framing()
    upgrade = connection = b""
    for name, value in head.headers:
        if not name:
            raise Refused(refusals.MALFORMED)  # a folded line (RFC 9112 5.2)
        elif name in (b"transfer-encoding", b"content-encoding"):
            raise Refused(refusals.ENCODED_BODY)
        elif name == b"content-length":
            _check_length(value)
        elif name == b"expect":
            if value.strip().lower() != b"100-continue":
                raise Refused(refusals.EXPECTATION)
            framing = Framing(expects_continue=head.minor_version >= 1)
        elif name == b"keep-alive":
            _check_keep_alive(value)
        elif name == b"upgrade":
            upgrade = value
        elif name == b"connection":
            connection = value.lower()
    if upgrade and b"upgrade" in connection:
        raise Refused(refusals.UPGRADE)
    if head.method == "HEAD" and head.minor_version >= 1:
        raise Refused(refusals.NO_LENGTH)
    if head.method not in ROUTED:
        known = head.method in KNOWN
        raise Refused(refusals.OTHER_METHOD if known else refusals.MALFORMED)
    if not split_target(head.target).path:
        raise Refused(refusals.NO_PATH)
    return framing


def _check_length(value: bytes) -> None:
    if not value.isdigit() or len(value) > _MAX_DIGITS:
        raise Refused(refusals.MALFORMED)
    if int(value) > limits.MAX_BODY:
        raise Refused(refusals.TOO_LARGE)


def _check_keep_alive(value: bytes) -> None:
    """The original takes nothing but a number of seconds above 1."""
    digits = value.strip()
    if not digits.isdigit() or len(digits) > _MAX_DIGITS or int(digits) <= 1:
        raise Refused(refusals.KEEP_ALIVE)

# SPDX-License-Identifier: GPL-2.0-or-later
"""What a request's head says of its body and its connection, and what is refused.

These refusals come before authentication, as in the original, for the same statuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from slurmrestd.http import refusals
from slurmrestd.http.refusals import Refused
from slurmrestd.http.target import Target
from slurmrestd.server import limits

Fields = list[tuple[bytes, bytes]]

# What is routed; and what else HTTP knows (IANA's registry, as far as the original).
ROUTED: Final = frozenset({"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})
KNOWN: Final = frozenset(
    {
        *("COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "SEARCH", "UNLOCK"),
        *("BIND", "REBIND", "UNBIND", "ACL", "REPORT", "MKACTIVITY", "CHECKOUT", "MERGE"),
        *("M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "PURGE", "MKCALENDAR"),
        *("LINK", "UNLINK", "SOURCE"),
    }
)
_MAX_DIGITS: Final = 18  # of a number; the parser's own overflow begins beyond


class Head(NamedTuple):
    """A request without its body. Header names are in lower case."""

    method: str
    target: Target
    minor_version: int  # of HTTP/1
    headers: Fields
    keep_alive: bool


def check(head: Head) -> bool:
    """Whether the client waits for "100 Continue"; raises Refused."""
    fields = dict(head.headers)
    for name, check_field in _CHECKS.items():
        if name in fields:
            check_field(fields)
    _check_method(head)
    if not head.target.path:
        raise Refused(refusals.NO_PATH)
    return b"expect" in fields and head.minor_version >= 1


def _check_method(head: Head) -> None:
    if head.method == "HEAD" and head.minor_version >= 1:
        raise Refused(refusals.NO_LENGTH)
    if head.method not in ROUTED:
        known = head.method in KNOWN
        raise Refused(refusals.OTHER_METHOD if known else refusals.MALFORMED)


def _refuse_fold(fields: Mapping[bytes, bytes]) -> None:
    """The parser gives a folded line (RFC 9112 5.2) an empty name."""
    raise Refused(refusals.MALFORMED)


def _refuse_coding(fields: Mapping[bytes, bytes]) -> None:
    raise Refused(refusals.ENCODED_BODY)


def _check_length(fields: Mapping[bytes, bytes]) -> None:
    if _number(fields[b"content-length"]) > limits.MAX_BODY:
        raise Refused(refusals.TOO_LARGE)


def _check_expect(fields: Mapping[bytes, bytes]) -> None:
    if fields[b"expect"].lower() != b"100-continue":
        raise Refused(refusals.EXPECTATION)


def _check_keep_alive(fields: Mapping[bytes, bytes]) -> None:
    """The original takes nothing but a number of seconds above 1."""
    if _number(fields[b"keep-alive"], refusals.KEEP_ALIVE) <= 1:
        raise Refused(refusals.KEEP_ALIVE)


def _check_upgrade(fields: Mapping[bytes, bytes]) -> None:
    if b"upgrade" in fields.get(b"connection", b"").lower():
        raise Refused(refusals.UPGRADE)


def _number(value: bytes, refusal: refusals.Refusal = refusals.MALFORMED) -> int:
    if not value.isdigit() or len(value) > _MAX_DIGITS:
        raise Refused(refusal)
    return int(value)


_CHECKS: Final[Mapping[bytes, Callable[[Mapping[bytes, bytes]], None]]] = {
    b"": _refuse_fold,
    b"transfer-encoding": _refuse_coding,
    b"content-encoding": _refuse_coding,
    b"content-length": _check_length,
    b"expect": _check_expect,
    b"keep-alive": _check_keep_alive,
    b"upgrade": _check_upgrade,
}

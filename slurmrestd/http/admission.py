# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks that a request passes before its operation is performed, in order.

Authentication, path, route, Accept, then body against query: what the original
checks, in the original's order, so that a request with several faults is refused
for the same one.
"""

from __future__ import annotations

import logging
from typing import Any, NamedTuple, Protocol

from slurmrestd import serializer
from slurmrestd.http import media, refusals
from slurmrestd.http.refusals import Refused
from slurmrestd.http.request import Request
from slurmrestd.openapi.routes import BadPath
from slurmrestd.rest_auth import Authentication, Credential, Denied

log = logging.getLogger(__name__)


class Router(Protocol):
    def match(self, method: str, path: str) -> Any | None:
        """The operation at ``path`` (percent-encoded), None when there is none.

        Raises slurmrestd.openapi.routes.BadPath.
        """


class Admitted(NamedTuple):
    """A request that may be performed once its body is read."""

    match: Any
    credential: Credential
    media_type: str
    request: Request


def admit(request: Request, authentication: Authentication, routes: Router) -> Admitted:
    """Check what can be checked without reading the body; raises Refused."""
    credential = _authenticate(request, authentication)
    try:
        match = routes.match(request.method, request.path)
    except BadPath:
        raise Refused(refusals.BAD_PATH) from None
    if match is None:
        raise Refused(refusals.NOT_FOUND)
    media_type = media.choose(request.headers.last(b"accept"))
    if media_type is None:
        raise Refused(refusals.NOT_ACCEPTABLE)
    if request.body and request.query:
        raise Refused(refusals.BODY_AND_QUERY)
    return Admitted(match, credential, media_type, request)


def _authenticate(request: Request, authentication: Authentication) -> Credential:
    try:
        return authentication.authenticate(request.headers, request.peer)
    except Denied as denied:
        raise refused(request, denied) from None


def refused(request: Request, denied: Denied) -> Refused:
    """What a request that was Denied is told; the log is told why."""
    log.error("authentication of %s failed: %s", request.peer, denied)
    return Refused(refusals.UNAUTHENTICATED)


def note(request: Request, status: int) -> None:
    """What was asked and how it went; neither queries nor bodies nor tokens."""
    log.debug("%s %s %s: %d", request.peer, request.method, request.path, status)


def read_query(request: Request) -> object:
    """The value of the body, or of the URL's query when there is none; raises Refused.

    A body without a Content-Type is taken for form data, and Content-Type says
    nothing about a query, as in the original.
    """
    try:
        if request.body:
            media_type = request.headers.last(b"content-type") or media.URL_ENCODED
            return serializer.read(request.body, media_type)
        return serializer.read(request.query, media.URL_ENCODED)
    except serializer.Unreadable as unreadable:
        log.error("a body or query of %s is unreadable: %s", request.peer, unreadable)
        raise Refused(refusals.BAD_QUERY) from None

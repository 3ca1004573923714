# SPDX-License-Identifier: GPL-2.0-or-later
"""Every refusal of the HTTP layer: its status and its text, in one table.

A refusal is ``text/plain`` and closes the connection, as in the original, whose
statuses these are. Where the original's answer is not HTTP (its framing refusals
lack the line that ends the headers), ours is.
"""

from __future__ import annotations

from typing import Final

from slurmrestd.frozen import Frozen

MEDIA_TYPE: Final = b"text/plain"


class Refusal(Frozen):
    status: int
    text: str
    retry_after: int | None = None  # seconds


class Refused(Exception):
    """Raised where a request is found wanting."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


# Of the message itself: the server refuses before it looks at anything else.
MALFORMED: Final = Refusal(400, "The request is not valid HTTP/1.x.")
KEEP_ALIVE: Final = Refusal(400, "Keep-Alive must be a number of seconds above 1.")
NO_PATH: Final = Refusal(404, "The request names no path.")
OTHER_METHOD: Final = Refusal(405, "This server does not offer the request's method.")
UPGRADE: Final = Refusal(405, "This server does not change protocols.")
ENCODED_BODY: Final = Refusal(
    406, "Send the body with a Content-Length, neither chunked nor coded."
)
STALLED: Final = Refusal(408, "The request was not complete in time.")
NO_LENGTH: Final = Refusal(411, "HEAD is not supported.")
TOO_LARGE: Final = Refusal(413, "The body is larger than this server accepts.")
LONG_TARGET: Final = Refusal(414, "The request target is longer than this server accepts.")
EXPECTATION: Final = Refusal(417, "The only known expectation is 100-continue.")
LARGE_HEADERS: Final = Refusal(431, "The headers are larger than this server accepts.")

# Of what it asks for, in the order of the checks.
UNAUTHENTICATED: Final = Refusal(401, "Authentication failure")
BAD_PATH: Final = Refusal(400, "The path holds a character or an escape that is not allowed.")
NOT_FOUND: Final = Refusal(404, "There is nothing at this URL; /openapi/v3 lists what there is.")
NOT_ACCEPTABLE: Final = Refusal(415, "No media type of the Accept header can be written.")
BODY_AND_QUERY: Final = Refusal(400, "Send a body or a query in the URL, not both.")
BAD_QUERY: Final = Refusal(400, "The body or the query cannot be read as its media type.")

# Of ourselves.
WAITING_ROOM_FULL: Final = Refusal(503, "Too many requests wait here already.", 30)
OVERLOADED: Final = Refusal(503, "Too many requests are in work: this one waited too long.", 5)
ENDING: Final = Refusal(503, "This server stops or restarts: nothing waits here any longer.", 5)
FAILURE: Final = Refusal(500, "This server failed; its log has the reason.")

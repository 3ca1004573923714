# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages for people: what is there for everybody, without a token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from slurmrestd.frozen import Frozen

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Page(Frozen):
    """A body that never changes, and the header fields that go with it."""

    body: bytes
    content_type: str
    headers: Mapping[str, str] = MappingProxyType({})
    status: int = 200

    @classmethod
    def elsewhere(cls, location: str) -> Page:
        """Tells where a page is."""
        return cls(b"", "text/plain", {"location": location}, 308)

    async def send(self, send: Send) -> None:
        """Answer a request with it."""
        headers = {"content-type": self.content_type, **self.headers}
        fields = [(name.encode(), value.encode()) for name, value in headers.items()]
        fields.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": fields})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})

# SPDX-License-Identifier: GPL-2.0-or-later
"""``/docs``: a page for people that shows the OpenAPI document and tries calls.

It is static, and needs no token: it asks for one, and loads the document with it.  Its
viewer is RapiDoc (MIT), shipped as ``static/rapidoc-*.min.js``; nothing is loaded from
elsewhere, which its Content-Security-Policy makes sure of.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from slurmrestd.http.page import Page

ADDRESS: Final = "/docs"

VIEWER: Final = "rapidoc-9.3.8.min.js"

FILES: Final = {
    VIEWER: "text/javascript; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "LICENSE.rapidoc.txt": "text/plain; charset=utf-8",
}
"""What the page consists of besides itself."""

POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",  # the viewer's own
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)

HEADERS: Final = {
    "content-security-policy": "; ".join(POLICY),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}


def pages() -> dict[str, Page]:
    """The page and its files, by path."""
    static = files(__name__) / "static"
    made = {
        f"{ADDRESS}/{name}": Page((static / name).read_bytes(), content_type, _headers(name))
        for name, content_type in FILES.items()
    }
    page = Page((static / "page.html").read_bytes(), "text/html; charset=utf-8", HEADERS)
    # Its links are relative, for servers that are behind another under a path of their own.
    return made | {ADDRESS: page, f"{ADDRESS}/": Page.elsewhere("../docs")}


def _headers(name: str) -> dict[str, str]:
    """The viewer is large, and its name has its version: browsers may keep it."""
    kept = {"cache-control": "max-age=31536000, immutable"} if name == VIEWER else {}
    return HEADERS | kept

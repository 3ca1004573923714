# SPDX-License-Identifier: GPL-2.0-or-later
"""``application/x-www-form-urlencoded``: URL queries, and bodies of that type.

As the original reads it: ``&`` and ``;`` part the entries; a key without ``=`` is
true, one without a value is null, a repeated one is a list; and only unreserved
characters, ``+`` and escapes other than %00 and %FF may appear.
"""

from __future__ import annotations

import re
from typing import Final

from slurmrestd.serializer.errors import Unreadable

Value = str | bool | None
Query = dict[str, Value | list[Value]]

MAX_BYTES: Final = 1024 * 1024
"""How much form data is read: nothing that a form can say is longer, and reading is slow."""

# Possessive: what it takes to go back would be kept for each letter.
_ALLOWED = re.compile(rb"(?:[A-Za-z0-9~\-._+&;=]++|%(?!00|[Ff]{2})[0-9A-Fa-f]{2})*+\Z")
_ENTRY = re.compile(rb"[&;]")


def read(body: bytes) -> Query:
    """The entries of a query, in order; raises Unreadable."""
    if not body:
        return {}
    # The original reads a C string: nothing after a NUL exists.
    body = body.partition(b"\0")[0]
    if len(body) > MAX_BYTES:
        raise Unreadable(f"more than {MAX_BYTES} bytes of form data")
    if _ALLOWED.match(body) is None:
        raise Unreadable("a character or an escape that form data may not hold")
    query: Query = {}
    for entry in _ENTRY.split(body):
        if entry:
            _add(query, *_parse(entry))
    return query


def _parse(entry: bytes) -> tuple[str, Value]:
    key, equals, value = entry.partition(b"=")
    if not key:
        raise Unreadable("an entry without a key")
    # a==b is a=b; a=b=c could mean anything.
    value = value.lstrip(b"=")
    if b"=" in value:
        raise Unreadable("an entry with two values")
    if not equals:
        return _decode(key), True
    return _decode(key), _decode(value) if value else None


def _decode(text: bytes) -> str:
    text = text.replace(b"+", b" ")
    if b"%" in text:
        # Late, as in openapi.routes.
        from urllib.parse import unquote_to_bytes  # noqa: PLC0415

        text = unquote_to_bytes(text)
    return text.decode("utf-8", "surrogateescape")


def _add(query: Query, key: str, value: Value) -> None:
    if key not in query:
        query[key] = value
        return
    present = query[key]
    if isinstance(present, list):
        present.append(value)
    else:
        query[key] = [present, value]

# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON bodies: orjson reads what is valid, a lenient reader the rest.

The original's parser takes more than RFC 8259 allows (comments, single quotes,
trailing commas, NaN, text after the value, bytes that are not UTF-8), so ours
does too, but only a body that orjson refuses pays for it.
"""

from __future__ import annotations

import json
import re
from typing import Final

import orjson

from slurmrestd.serializer import lenient
from slurmrestd.serializer.errors import Unreadable

MAX_DEPTH: Final = lenient.MAX_DEPTH

MAX_CONTAINERS: Final = 2_000_000
"""How many brackets and braces a body may open, in its strings too.

Three bytes of a body make an object of a hundred and more: 50 MB would take gigabytes.
"""

MAX_HELD: Final = 10_000_000
"""How many commas a body may have in which a number has to be held at the limit of 64 bits.

Each of its numbers then passes through Python: twenty million took six seconds of a processor.
"""

# orjson makes a float of an integer that has more than 64 bits; the original
# holds it at the limit.
_LONG_INTEGER = re.compile(rb"[0-9]{19}")
_LONG: Final = 19  # digits
_NO_DIGITS: Final = bytes(set(range(256)) - set(b"0123456789"))
_KINDS: Final = frozenset({dict, list, str})


def read(body: bytes) -> object:
    """The value of a JSON body; raises Unreadable."""
    containers = body.count(b"[") + body.count(b"{")
    if containers > MAX_CONTAINERS:
        raise Unreadable(f"more than {MAX_CONTAINERS} arrays and objects")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        # Nothing more in here: the error holds a copy of the body.
        value = None
    if type(value) not in _KINDS or b"\\u0000" in body:
        return lenient.read(body)
    if containers >= MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise Unreadable(f"more than {MAX_DEPTH} levels")
    # To count digits is quicker than to look for a row of them, and few bodies have so many.
    if len(body.translate(None, _NO_DIGITS)) >= _LONG and _LONG_INTEGER.search(body):
        if body.count(b",") > MAX_HELD:
            raise Unreadable(f"more than {MAX_HELD} values and a long number among them")
        value = json.loads(body, parse_int=lenient.held_integer)
    return value


def _depth(value: object) -> int:
    """The levels of ``value``, scalars included; walks level by level, without recursion."""
    depth = 0
    level = [value]
    while level:
        depth += 1
        level = [
            item
            for container in level
            if isinstance(container, dict | list)
            for item in (container.values() if isinstance(container, dict) else container)
        ]
    return depth

# SPDX-License-Identifier: GPL-2.0-or-later
"""An answer made comparable: status, media type and content."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any

from tests.conformance.raw import Reply


class Duplicates(list[tuple[str, Any]]):
    """An object that has a key twice; equal to nothing but its like."""


DIED = "died"
SILENT = "silent"


@dataclass(frozen=True)
class Answer:
    """What a client sees.  ``content`` is None where there is none.

    ``status`` is ``DIED`` after a request that ended the server, ``SILENT`` where it says nothing,
    and 0 where the connection ended without an answer.
    """

    status: int | str
    media_type: str
    content: Any
    size: int = 0


def answer(reply: Reply) -> Answer:
    """Read a reply; text that is not JSON is its own content."""
    text = decode(reply.body)
    content: Any = None
    if reply.body:
        is_json = "json" in reply.media_type
        content = json.loads(text, object_pairs_hook=_object) if is_json else text
    return Answer(reply.status, reply.media_type, content, len(reply.body))


def decode(data: bytes) -> str:
    """UTF-8, with U+FFFD for each single byte that is none: what ours does with such text.

    >>> decode(b"a\\xe2\\x82b") == "a" + 2 * chr(0xFFFD) + "b"
    True
    """
    return data.decode("utf-8", _EACH_BYTE)


def _object(pairs: list[tuple[str, Any]]) -> Any:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Duplicates(pairs)


def _each_byte(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\ufffd" * (error.end - error.start), error.end


_EACH_BYTE = "slurmrestd-each-byte"
codecs.register_error(_EACH_BYTE, _each_byte)

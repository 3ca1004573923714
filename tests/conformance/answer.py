# SPDX-License-Identifier: GPL-2.0-or-later
"""An answer made comparable: status, media type and content."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any

from tests.conformance.raw import Reply
from tests.encoder import reference


class Duplicates(list[tuple[str, Any]]):
    """An object that has a key twice; equal to nothing but its like."""


DIED = "died"
SILENT = "silent"


@dataclass(frozen=True)
class Answer:
    """What a client sees.  ``content`` is None where there is none.

    ``style`` is of YAML: tags, quotes, indentation and line breaks.

    ``status`` is ``DIED`` after a request that ended the server, ``SILENT`` where it says nothing,
    and 0 where the connection ended without an answer.
    """

    status: int | str
    media_type: str
    content: Any
    size: int = 0
    style: str = ""


def answer(reply: Reply) -> Answer:
    """Read a reply; text that is neither JSON nor YAML is its own content."""
    content: Any = None
    style = ""
    if reply.body and "yaml" in reply.media_type:
        content = reference.content(reply.body)
        style = _style(content, reply.body)
    elif reply.body:
        text = decode(reply.body)
        is_json = "json" in reply.media_type
        content = json.loads(text, object_pairs_hook=_object) if is_json else text
    return Answer(reply.status, reply.media_type, content, len(reply.body), style)


def _style(content: Any, body: bytes) -> str:
    """Whether YAML is, to the byte, what libyaml makes of its content; and folded or not."""
    if body == reference.document(content, pretty=True):
        return "pretty"
    return "compact" if body == reference.document(content, pretty=False) else "another"


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

# SPDX-License-Identifier: GPL-2.0-or-later
"""Media types: what is read, what is written, and which of them a client accepts.

Quality factors are those of RFC 9110 12.4.2: the highest wins, and 0 means never.
(The original takes the lowest.) Ranges other than ``*/*`` match nothing, and
parameters of a type are ignored, as in the original.
"""

from __future__ import annotations

import functools
from typing import Final

JSON: Final = "application/json"
URL_ENCODED: Final = "application/x-www-form-urlencoded"
JSON_TYPES: Final = frozenset({JSON, "application/jsonrequest"})
YAML: Final = "application/yaml"
YAML_TYPES: Final = frozenset({YAML, "application/x-yaml", "text/yaml"})

WRITABLE: Final = JSON_TYPES | YAML_TYPES


@functools.lru_cache(maxsize=256)
def choose(accept: str | None, writable: frozenset[str] = WRITABLE) -> str | None:
    """The media type of the answer: JSON when nothing is asked for, None when none fits."""
    if accept is None:
        return JSON
    best, best_quality = None, 0.0
    for entry in accept.split(","):
        media_range, quality = _entry(entry)
        media_type = _match(media_range, writable)
        if media_type is not None and quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _entry(entry: str) -> tuple[str, float]:
    media_range, *parameters = entry.split(";")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "q":
            quality = _quality(value.strip())
    return media_range.strip().lower(), quality


def _quality(value: str) -> float:
    """A quality factor; one that is not a number from 0 to 1 counts as 1."""
    try:
        quality = float(value)
    except ValueError:
        return 1.0
    return quality if 0.0 <= quality <= 1.0 else 1.0


def _match(media_range: str, writable: frozenset[str]) -> str | None:
    if media_range == "*/*":
        return JSON
    return media_range if media_range in writable else None

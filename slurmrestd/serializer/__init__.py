# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a request to Python values: JSON, YAML, form data.

A body becomes dict, list, str, int, float, bool or None. Text that is not UTF-8
keeps its bytes as lone surrogates (``surrogateescape``, PEP 383).
"""

from __future__ import annotations

from collections.abc import Callable

from slurmrestd.serializer import json, urlencoded, yaml
from slurmrestd.serializer.errors import Unreadable

__all__ = ["Unreadable", "read"]

_READERS: dict[str, Callable[[bytes], object]] = {
    "application/json": json.read,
    "application/jsonrequest": json.read,
    "*/*": json.read,
    "application/yaml": yaml.read,
    "application/x-yaml": yaml.read,
    "text/yaml": yaml.read,
    "application/x-www-form-urlencoded": urlencoded.read,
}


def read(body: bytes, media_type: str) -> object:
    """The value that ``body`` holds; raises Unreadable, also for an unknown media type."""
    reader = _READERS.get(media_type.lower())
    if reader is None:
        raise Unreadable(f"no reader for {media_type!r}")
    return reader(body)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The declaration of an operation: where it is, what it takes, what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slurmrestd.data_parser.model import FIRST, LAST, Struct, Version

if TYPE_CHECKING:
    from slurmrestd.openapi.call import Call

Values = Mapping[str, Any]
"""What a handler answers: values by the key of the response's rows.  A value is a number,
text, ``encode.Records`` or ``encode.One``; a key that is left out is shown as empty."""

Handler = Callable[["Call"], Values | None]
"""None: the answer has nothing but the envelope (a failure before there was a result)."""


@dataclass(frozen=True, eq=False)
class Operation:
    """One method at one path.  ``path`` holds ``{data_parser}`` where the version goes."""

    method: str
    path: str
    handler: Handler
    summary: str
    response: Struct
    response_description: str
    parameters: Struct | None = None
    query: Struct | None = None
    body: Struct | None = None
    body_description: str = ""
    since: Version = FIRST
    until: Version = LAST


@dataclass(frozen=True, eq=False)
class Plugin:
    """A set of operations that is loaded as one (``-s``)."""

    name: str
    title: str
    tag: str
    operations: tuple[Operation, ...]

    @property
    def type(self) -> str:
        """The name with its kind, as in ``meta.plugin.type``."""
        return f"openapi/{self.name}"

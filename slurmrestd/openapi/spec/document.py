# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from slurmrestd.data_parser.model import Type
from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.routes import DataParser
from slurmrestd.openapi.spec import about
from slurmrestd.openapi.spec.operations import Entry, entries, item
from slurmrestd.openapi.spec.schemas import Schema, Schemas
from slurmrestd.openapi.spec.style import style_of

STATUSES = ("200", "default")
"""The statuses that are listed unless SLURMRESTD_RESPONSE_STATUS_CODES says otherwise."""


def document(
    plugins: Sequence[Plugin],
    parsers: Sequence[DataParser],
    statuses: Sequence[str],
    media_types: Sequence[str],
) -> dict[str, Any]:
    """The OpenAPI document of these plugins in these versions, as JSON values.

    ``media_types`` are those that a body may have; ``statuses`` may be empty, which means
    the usual ones.
    """
    listed = list(entries(plugins, parsers))
    uses = _uses(listed, len(media_types))
    components: dict[str, Schema] = {}
    schemas = {
        parser: Schemas(style_of(parser), components, uses.get(parser, {})) for parser in parsers
    }
    paths: dict[str, dict[str, Any]] = {}
    for entry in listed:
        made = item(entry, schemas[entry.parser], statuses or STATUSES, media_types)
        paths.setdefault(entry.path, {})[entry.operation.method.lower()] = made
    return {
        "tags": about.TAGS,
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": about.SECURITY_SCHEMES},
        "info": about.info(plugins),
        "servers": about.SERVERS,
        "security": about.SECURITY,
        "openapi": about.OPENAPI,
    }


def _uses(listed: Sequence[Entry], media_types: int) -> dict[DataParser, Counter[Type]]:
    """How often each struct is taken or answered, by version.

    The original counts each media type, and the first operation of a plugin twice; a struct
    that is counted more than once has a name in a document that names little.
    """
    first = {entry.plugin.name: entry for entry in reversed(listed)}
    uses: dict[DataParser, Counter[Type]] = {}
    for entry in (*first.values(), *listed):
        counted = uses.setdefault(entry.parser, Counter())
        for struct in entry.structs:
            counted[struct] += media_types
    return uses

# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope of every answer: the result with ``meta``, ``errors`` and ``warnings``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from slurmrestd.data_parser.encode import One, Records
from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.small import MISSING, default, small, text
from slurmrestd.data_parser.tables.answers import (
    OPENAPI_ERRORS,
    OPENAPI_META,
    OPENAPI_WARNINGS,
)
from slurmrestd.openapi.answer import Answer, Native, Part
from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.routes import DataParser
from slurmrestd.slurm import library
from slurmrestd.slurm.numbers import SLURM_AUTH_NOBODY

if TYPE_CHECKING:
    from slurmrestd.openapi.call import Call

BARE = ("errors", "warnings", "meta")
"""The order in which an answer without a result has them."""

CLIENT_ID = {"slurmctld": 0, "slurmdbd": SLURM_AUTH_NOBODY}
"""The original never fills in who the client is: one plugin shows root for everybody, the
other nobody."""

HOLE = b"\0"
"""Stands for native parts: a byte that no JSON text holds."""

SOURCE = "\1"
"""Stands for the client's name in ``meta``."""


class Issues:
    """What went wrong with a request, and what was odd about it."""

    def __init__(self) -> None:
        self.errors: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []
        self.number = 0

    def error(self, number: int, source: str, description: str) -> None:
        """Note an error; the first number decides the status of the answer."""
        self.errors.append({"description": description, "num": number, "source": source})
        self.number = self.number or number

    def warn(self, source: str, description: str) -> None:
        """Note a warning."""
        self.warnings.append({"description": description, "source": source})

    def take(self, errors: Iterable[Any], warnings: Iterable[Any]) -> None:
        """Take over what a reading noted."""
        for issue in errors:
            self.error(issue.number, issue.source, issue.description)
        for issue in warnings:
            self.warn(issue.source, issue.description)


def build(call: Call, values: Any, form: Form, status: int, media_type: str) -> Answer:
    """The answer with its first piece made.  It owns what the call owned."""
    tree, natives = _tree(call, values, form)
    option = orjson.OPT_INDENT_2 if form.pretty else 0
    texts = orjson.dumps(tree, option=option).split(HOLE)
    parts: list[Part] = [texts[0]]
    for native, after in zip(natives, texts[1:], strict=True):
        parts += [native, after]
    owned, call.owned = call.owned, []
    return Answer(status, media_type, parts, form, owned, lookups=call.native_lookups)


def _tree(call: Call, values: Any, form: Form) -> tuple[dict[str, Any], list[Native]]:
    natives: list[Native] = []
    tree: dict[str, Any] = {}
    if values is None:
        return {key: _envelope(call, key, form) for key in BARE}, natives
    for row in call.match.operation.response.rows(form.version):
        value = _with_holes(values.get(row.key, MISSING), natives)
        if row.key in BARE:
            tree[row.key] = _envelope(call, row.key, form)
        elif value is MISSING:
            tree[row.key] = default(row, form)
        else:
            tree[row.key] = small(row.type, value, form)
    return tree, natives


def _with_holes(value: Any, natives: list[Native], depth: int = 1) -> Any:
    """A value in which holes stand for what the encoder writes.

    An object that has several has them in the order of its table's rows.
    """
    if isinstance(value, Records | One):
        natives.append(Native(value, depth))
        return orjson.Fragment(HOLE)
    if isinstance(value, Mapping):
        return {key: _with_holes(found, natives, depth + 1) for key, found in value.items()}
    return value


def _envelope(call: Call, key: str, form: Form) -> Any:
    if key == "errors":
        return small(OPENAPI_ERRORS, call.issues.errors, form)
    if key == "warnings":
        return small(OPENAPI_WARNINGS, call.issues.warnings, form)
    before, after = _meta(call.match.plugin, call.match.parser, library.config(), form)
    return orjson.Fragment(before + orjson.dumps(text(call.client.source)) + after)


@cache
def _meta(
    plugin: Plugin, parser: DataParser, config: library.Config, form: Form
) -> tuple[bytes, bytes]:
    """``meta`` as JSON, before and after the client's name: all else is the same each time."""
    values = {
        "plugin.type": plugin.type,
        "plugin.name": plugin.title,
        "plugin.data_parser": parser.name,
        "plugin.accounting_storage": config.accounting_storage_type,
        "client.source": SOURCE,
        "client.uid": CLIENT_ID[plugin.name],
        "client.gid": CLIENT_ID[plugin.name],
        "command": [],
        "slurm.version.major": config.version[0],
        "slurm.version.micro": config.version[2],
        "slurm.version.minor": config.version[1],
        "slurm.release": config.release,
        "slurm.cluster": config.cluster_name,
    }
    option = orjson.OPT_INDENT_2 if form.pretty else 0
    whole = orjson.dumps({"meta": small(OPENAPI_META, values, form)}, option=option)
    inner = whole[whole.index(b"{", 1) : whole.rindex(b"}")].rstrip()
    before, _, after = inner.partition(orjson.dumps(SOURCE))
    return before, after

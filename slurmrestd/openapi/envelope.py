# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope of every answer: the result with ``meta``, ``errors`` and ``warnings``."""

from __future__ import annotations

from collections.abc import Iterable
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
from slurmrestd.openapi.answer import Answer
from slurmrestd.slurm import library

if TYPE_CHECKING:
    from slurmrestd.openapi.call import Call

META = ("meta", "errors", "warnings")
BARE = ("errors", "warnings", "meta")
"""The order in which an answer without a result has them."""

ROOT_ID = 0
"""The original never fills in who the client is, and so shows root for everybody."""

HOLE = b"\0"
"""Stands for native parts: a byte that no JSON text holds."""


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
    parts: list[bytes | Records | One] = [texts[0]]
    for native, after in zip(natives, texts[1:], strict=True):
        parts += [native, after]
    owned, call.owned = call.owned, []
    return Answer(status, media_type, parts, form, owned)


def _tree(call: Call, values: Any, form: Form) -> tuple[dict[str, Any], list[Records | One]]:
    natives: list[Records | One] = []
    tree: dict[str, Any] = {}
    envelope = {
        "meta": lambda: small(OPENAPI_META, _meta(call), form),
        "errors": lambda: small(OPENAPI_ERRORS, call.issues.errors, form),
        "warnings": lambda: small(OPENAPI_WARNINGS, call.issues.warnings, form),
    }
    if values is None:
        return {key: envelope[key]() for key in BARE}, natives
    for row in call.match.operation.response.rows(form.version):
        value = values.get(row.key, MISSING)
        if row.key in envelope:
            tree[row.key] = envelope[row.key]()
        elif isinstance(value, Records | One):
            natives.append(value)
            tree[row.key] = orjson.Fragment(HOLE)
        elif value is MISSING:
            tree[row.key] = default(row, form)
        else:
            tree[row.key] = small(row.type, value, form)
    return tree, natives


def _meta(call: Call) -> dict[str, Any]:
    config = library.config()
    plugin, parser, client = call.match.plugin, call.match.parser, call.client
    return {
        "plugin.type": plugin.type,
        "plugin.name": plugin.title,
        "plugin.data_parser": parser.name,
        "plugin.accounting_storage": config.accounting_storage_type,
        "client.source": text(client.source),
        "client.uid": ROOT_ID,
        "client.gid": ROOT_ID,
        "command": [],
        "slurm.version.major": config.version[0],
        "slurm.version.micro": config.version[2],
        "slurm.version.minor": config.version[1],
        "slurm.release": config.release,
        "slurm.cluster": config.cluster_name,
    }

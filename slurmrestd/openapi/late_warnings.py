# SPDX-License-Identifier: GPL-2.0-or-later
"""The warnings of an answer whose records may name what slurmdbd does not know.

The records have the numbers of QOS and associations that are no more, or that the caller
may not see.  That is known when all records are written, and there is a warning for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import orjson

from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.small import small
from slurmrestd.data_parser.tables.answers import OPENAPI_WARNINGS
from slurmrestd.openapi.answer import Afterwards
from slurmrestd.serializer import yaml
from slurmrestd.slurm.accounting.known import Kind

AT_ONCE = 1000
"""How many warnings one piece of the answer has."""

_KEY = "warnings"
_NAMES = {Kind.QOS: "QOS", Kind.ASSOC: "association"}

Unknown = Iterator[tuple[Kind, int]]


def late_warnings(before: Iterable[dict[str, Any]], form: Form) -> Afterwards:
    """The list of warnings: those from before the records, and those that they bring."""
    write = _yaml if form.yaml else _json

    def tell(unknown: Unknown) -> Iterator[bytes]:
        return write(chain(before, map(_warning, unknown)), form)

    return Afterwards(tell)


def _warning(unknown: tuple[Kind, int]) -> dict[str, Any]:
    kind, number = unknown
    return {"description": f"There is no {_NAMES[kind]} with the id {number}", "source": None}


def _json(warnings: Iterator[dict[str, Any]], form: Form) -> Iterator[bytes]:
    option = orjson.OPT_INDENT_2 if form.pretty else 0
    yield b"["
    comma = b""
    while some := list(islice(warnings, AT_ONCE)):
        text = orjson.dumps({_KEY: small(OPENAPI_WARNINGS, some, form)}, option=option)
        yield comma + text[text.index(b"[") + 1 : text.rindex(b"]")].rstrip()
        comma = b","
    yield form.layout.end_list(form.top, is_empty=not comma)


def _yaml(warnings: Iterator[dict[str, Any]], form: Form) -> Iterator[bytes]:
    found = small(OPENAPI_WARNINGS, list(warnings), form)
    text = yaml.dumps({_KEY: found}, pretty=form.pretty)
    yield text.partition(b"warnings: ")[2].removesuffix(yaml.END)

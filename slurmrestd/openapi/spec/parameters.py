# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in the path and the query, as the document has it: every value is text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slurmrestd.data_parser.model import (
    V40,
    V41,
    Deprecated,
    Field,
    Flags,
    Format,
    Leaf,
    Pointer,
    Same,
    Struct,
    Type,
    Version,
)
from slurmrestd.openapi.operation import Operation
from slurmrestd.openapi.spec.schemas import enumeration, shown_words

Parameter = dict[str, Any]


def parameters(operation: Operation, version: Version) -> list[Parameter]:
    """The parameters of an operation: those of its path, then those of its query."""
    return [
        *_parameters(operation.parameters, "path", version),
        *_parameters(operation.query, "query", version),
    ]


def _parameters(struct: Struct | None, place: str, version: Version) -> Iterator[Parameter]:
    for row in struct.rows(version) if struct is not None else ():
        if row.exploded and isinstance(row.type, Flags):
            for word in shown_words(row.type, version):
                yield _switch(word.name, word.description, version)
        elif version is V40 or not isinstance(_target(row.type), Struct):
            # Later versions do not tell of a parameter that would be an object in a body.
            yield _parameter(row, place, version)


def _parameter(row: Field, place: str, version: Version) -> Parameter:
    in_path = place == "path"
    kind = _target(row.type)
    return {
        "in": place,
        "name": row.key,
        "style": "simple" if in_path else "form",
        "explode": False,
        **_deprecated(row.deprecated, version),
        "allowEmptyValue": _is_switch(kind),
        "allowReserved": False,
        "description": _described(row.description, kind, version),
        "required": in_path or row.required,
        "schema": _schema(kind, version),
    }


def _switch(name: str, description: str, version: Version) -> Parameter:
    """A parameter that is on where it stands in the query without a value."""
    return {
        "in": "query",
        "name": name,
        "style": "form",
        "explode": False,
        **_deprecated(None, version),
        "allowEmptyValue": True,
        "allowReserved": False,
        "description": description,
        "required": False,
        "schema": {"type": "string"},
    }


def _deprecated(said: Deprecated | None, version: Version) -> Parameter:
    """v0.0.40 says of every parameter that it is not; later versions of those that are."""
    if version is V40:
        return {"deprecated": False}
    return {"deprecated": True} if said and max(said.since, V41) <= version else {}


def _schema(kind: Type, version: Version) -> dict[str, Any]:
    if not isinstance(kind, Flags):
        return {"type": "string"}
    return {"type": "string", "enum": enumeration(kind, version)["enum"]}


def _described(said: str, kind: Type, version: Version) -> str:
    """What the parameter is for, and what each of its words means."""
    if not isinstance(kind, Flags):
        return said
    return f"{said}\n\n{enumeration(kind, version)['description']}"


def _is_switch(kind: Type) -> bool:
    return isinstance(kind, Leaf) and kind.shape is Format.BOOL


def _target(kind: Type) -> Type:
    """The type whose shape this one takes."""
    while True:
        if isinstance(kind, Same | Pointer):
            kind = kind.target
        elif isinstance(kind, Leaf) and isinstance(kind.shape, Type):
            kind = kind.shape
        else:
            return kind

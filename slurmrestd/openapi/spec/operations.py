# SPDX-License-Identifier: GPL-2.0-or-later
"""Operations as the document has them: what stands at a path under a method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slurmrestd.data_parser.model import Struct
from slurmrestd.frozen import Frozen
from slurmrestd.openapi.operation import Operation, Plugin
from slurmrestd.openapi.routes import DataParser
from slurmrestd.openapi.spec.parameters import parameters
from slurmrestd.openapi.spec.schemas import Schemas


class Entry(Frozen, eq=False):
    """An operation in one version."""

    operation: Operation
    plugin: Plugin
    parser: DataParser

    @property
    def path(self) -> str:
        """The path with the version in it."""
        return self.operation.path.replace("{data_parser}", str(self.parser.version))

    @property
    def structs(self) -> Iterator[Struct]:
        """What it answers, and what it takes."""
        yield self.operation.documented or self.operation.response
        if self.operation.body is not None:
            yield self.operation.body


def entries(plugins: Iterable[Plugin], parsers: Sequence[DataParser]) -> Iterator[Entry]:
    """All operations in the order of the document: path by path, each in all its versions."""
    for plugin in plugins:
        for group in _by_path(plugin.operations):
            for parser in parsers:
                for operation in group:
                    if operation.since <= parser.version <= operation.until:
                        yield Entry(operation, plugin, parser)


def _by_path(operations: Iterable[Operation]) -> Iterable[list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(operation.path, []).append(operation)
    return groups.values()


def item(
    entry: Entry, schemas: Schemas, statuses: Sequence[str], media_types: Sequence[str]
) -> dict[str, Any]:
    """The operation; its schemas are made on the way."""
    operation = entry.operation
    found = parameters(operation, entry.parser.version)

    def content(struct: Struct) -> dict[str, Any]:
        return {media_type: {"schema": schemas.of(struct)} for media_type in media_types}

    made: dict[str, Any] = {"tags": [entry.plugin.tag], "summary": operation.summary}
    if operation.description:
        made["description"] = operation.description
    made["operationId"] = _id(entry)
    if found:
        made["parameters"] = found
    made["responses"] = {
        status: {
            "content": content(operation.documented or operation.response),
            "description": operation.response_description,
        }
        for status in statuses
    }
    if operation.body is not None:
        made["requestBody"] = {
            "content": content(operation.body),
            "description": operation.body_description,
        }
    return made


def _id(entry: Entry) -> str:
    """As clients that are generated from the document name their functions."""
    kind, version, *rest = entry.path.strip("/").split("/")
    words = [segment for segment in rest if not segment.startswith("{")]
    name = entry.operation.name or "_".join(words)
    return f"{kind}_{version.replace('.', '')}_{entry.operation.method.lower()}_{name}"

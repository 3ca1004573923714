# SPDX-License-Identifier: GPL-2.0-or-later
"""The original's OpenAPI document, and what of an answer is not as it says.

The original breaks its own schema in places (a list that is null after an error).  An answer is
as good as the original's when it breaks nothing else.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from tests.fix_cluster import Cluster

_INDEX = re.compile(r"\[\d+\]")
_PARAMETER = re.compile(r"\{\w+_(\w+)\}")


@dataclass(frozen=True)
class Violation:
    """A rule of the schema that a place of an answer breaks."""

    place: str
    rule: str


class Specification:
    """An OpenAPI document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._paths = {path.rstrip("/"): item for path, item in document["paths"].items()}

    @classmethod
    def of_original(cls, cluster: Cluster) -> Specification:
        """What the original says of itself, in all its versions."""
        said = cluster.run(
            cluster.original, "--generate-openapi-spec", user=cluster.service_user.name
        )
        return cls(json.loads(said))

    def operations(self, version: str) -> list[str]:
        """The operations as cases call them: ``GET job/{id}``, ``GET slurmdb/job/{id}``."""
        return [
            f"{method.upper()} {path}"
            for template, item in self._paths.items()
            if (path := short(template, version)) is not None
            for method in item
            if method in ("get", "post", "delete")
        ]

    def operation(self, operation: str, version: str) -> dict[str, Any] | None:
        """An operation's part of the document."""
        method, _, path = operation.partition(" ")
        for template, item in self._paths.items():
            if short(template, version) == path:
                found: dict[str, Any] | None = item.get(method.lower())
                return found
        return None

    def body(self, operation: str, version: str) -> dict[str, Any]:
        """The properties of the body of an operation."""
        found = self.operation(operation, version)
        assert found is not None
        return self.properties(found["requestBody"]["content"]["application/json"]["schema"])

    def properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The properties of a schema."""
        properties: dict[str, Any] = self._resolved(schema)["properties"]
        return properties

    def names(self, schema: dict[str, Any]) -> list[str]:
        """The names of an enumeration, or of a list of them; none of anything else."""
        resolved = self._resolved(schema)
        names: list[str] = self._resolved(resolved.get("items", resolved)).get("enum", [])
        return names

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.document["components"]["schemas"][name]
        return schema


class Schema:
    """Checks answers."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification

    def violations(self, operation: str, version: str, content: Any) -> frozenset[Violation]:
        """What of an answer to an operation breaks the original's schema."""
        validator = self._validator(operation, version)
        if validator is None or isinstance(content, str | None):
            return frozenset()
        thinned, _ = thin(content)
        return frozenset(
            Violation(_INDEX.sub("[]", error.json_path), str(error.validator))
            for error in validator.iter_errors(thinned)
        )

    @functools.cache  # noqa: B019 - lives as long as the session
    def _validator(self, operation: str, version: str) -> Draft202012Validator | None:
        found = self.specification.operation(operation, version)
        if found is None:
            return None
        schema = found["responses"]["default"]["content"]["application/json"]["schema"]
        return Draft202012Validator(
            schema | {"components": self.specification.document["components"]}
        )


def thin(value: Any) -> tuple[Any, Hashable]:
    """Leave one item of each form in every list: validation is slow, and alike items pass alike.

    Returns the thinned value and its form.  Texts in lists are forms of their own: they may be
    names of an enumeration.
    """
    if isinstance(value, dict):
        pairs = {key: thin(item) for key, item in value.items()}
        form = tuple((key, item_form) for key, (_, item_form) in pairs.items())
        return {key: thinned for key, (thinned, _) in pairs.items()}, form
    if isinstance(value, list):
        items = {form: thinned for thinned, form in map(_thin_item, value)}
        return list(items.values()), frozenset(items)
    return value, type(value).__name__


def _thin_item(value: Any) -> tuple[Any, Hashable]:
    return (value, value) if isinstance(value, str) else thin(value)


def short(template: str, version: str) -> str | None:
    """A path as cases call it, None of another version's.

    >>> short("/slurmdb/v0.0.42/job/{job_id}", "v0.0.42")
    'slurmdb/job/{id}'
    """
    for side, shown in (("slurm", ""), ("slurmdb", "slurmdb/")):
        prefix = f"/{side}/{version}/"
        if template.startswith(prefix):
            path = template.removeprefix(prefix)
            return shown + _PARAMETER.sub(lambda found: f"{{{found[1]}}}", path)
    return None

# SPDX-License-Identifier: GPL-2.0-or-later
"""Everything in the document is described, and the descriptions say something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fix_cluster import Cluster
from tests.openapi.documents import ALL_VERSIONS, generate

PLUGINS = "slurmctld,slurmdbd"
SHORTEST = 3  # letters: "Memory" is more than the key mem says
VERSIONS = (ALL_VERSIONS, "v0.0.41+prefer_refs", "v0.0.42+minimize_refs", "v0.0.42+inline_enums")

Place = tuple[str, str, Any]
"""Where something stands, what it is called there, and what it is."""


@pytest.fixture(scope="module", params=VERSIONS)
def document(request: pytest.FixtureRequest, cluster: Cluster) -> dict[str, Any]:
    """Our document."""
    return generate(cluster, cluster.program, "-s", PLUGINS, "-d", request.param).document


def _operations(document: dict[str, Any]) -> Iterator[Place]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            place = f"{method} {path}"
            yield place, operation["operationId"], operation
            for status, response in operation["responses"].items():
                yield f"{place} {status}", status, response
            if "requestBody" in operation:
                yield f"{place} body", "body", operation["requestBody"]


def _parameters(document: dict[str, Any]) -> Iterator[Place]:
    for place, _, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            yield f"{place} {parameter['name']}", parameter["name"], parameter


def _schemas(document: dict[str, Any]) -> Iterator[Place]:
    for name, schema in document["components"]["schemas"].items():
        yield name, name.split("_", 1)[1], schema


def _properties(value: Any, place: str = "") -> Iterator[Place]:
    if isinstance(value, dict):
        properties = value.get("properties")
        if value.get("type") == "object" and isinstance(properties, dict):
            for name, schema in properties.items():
                yield f"{place}/{name}", name, schema
        for key, child in value.items():
            yield from _properties(child, f"{place}/{key}")


def _silent(places: Iterator[Place]) -> list[str]:
    """Where nothing is said, or nothing that the name does not say."""
    return sorted({place for place, name, it in places if not _says_more(it, name)})


def _says_more(it: dict[str, Any], name: str) -> bool:
    said = it.get("description", "")
    return len(said) >= SHORTEST and _letters(said) != _letters(name)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_every_operation_and_body_is_described(document: dict[str, Any]) -> None:
    assert not _silent(_operations(document))
    for place, _, operation in _operations(document):
        if "operationId" in operation:
            assert operation["summary"], place


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    assert not _silent(_parameters(document))


def test_every_schema_is_described(document: dict[str, Any]) -> None:
    assert not _silent(_schemas(document))


def test_every_field_is_described(document: dict[str, Any]) -> None:
    assert not _silent(_properties(document))


def test_every_word_is_described(document: dict[str, Any]) -> None:
    """What the words of a list mean stands with the list."""
    text = json.dumps(document)
    for enumeration in _enumerations(document):
        for word in enumeration["enum"]:
            assert json.dumps(f"`{word}`: ")[1:-1] in text


def _enumerations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "enum" in value and value.get("type") == "string":
            yield value
        for child in value.values():
            yield from _enumerations(child)
    elif isinstance(value, list):
        for child in value:
            yield from _enumerations(child)


def test_no_sentence_is_the_originals(document: dict[str, Any], cluster: Cluster) -> None:
    """Of more than a few words."""
    theirs = set(_texts(generate(cluster, cluster.original, "-d", ALL_VERSIONS).document))
    assert not theirs & set(_texts(document))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            if key in ("description", "summary") and isinstance(child, str):
                if child.count(" ") >= 4:
                    yield _letters(child)
            else:
                yield from _texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The document is valid OpenAPI 3.0."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from tests.fix_cluster import Cluster
from tests.openapi.conftest import Site
from tests.openapi.documents import VERSIONS, generate


def _errors(document: dict[str, object]) -> list[str]:
    return [str(error.message)[:300] for error in OpenAPIV30SpecValidator(document).iter_errors()]


@pytest.mark.parametrize("versions", VERSIONS)
def test_the_printed_document_is_valid(versions: str, cluster: Cluster) -> None:
    assert not _errors(generate(cluster, cluster.program, "-d", versions).document)


def test_the_served_document_is_valid(site: Site) -> None:
    assert not _errors(json.loads(site.get("/openapi").body))


def test_the_validator_finds_what_the_original_breaks(cluster: Cluster) -> None:
    """So its silence about ours says something."""
    assert _errors(generate(cluster, cluster.original, "-d", "v0.0.42").document)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The document where the server offers it."""

from __future__ import annotations

import json

import pytest

from tests.encoder import reference
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.openapi.compare import differences, unexplained
from tests.openapi.conftest import Site
from tests.openapi.documents import generate
from tests.openapi.standard import mend

PATHS = ("/openapi", "/openapi.json", "/openapi.yaml", "/openapi/v3")
LIKE_THEM = (
    "/openapi/",
    "//openapi",
    "/openapi.json/",
    "/openapi/v3/",
    "/openapi?a=b",
    "/%6fpenapi",
)
ELSEWHERE = ("/openapi.yml", "/openapi/v2", "/openapi/v3.json", "/openapi/json", "/OpenAPI")
ACCEPTED = (
    *("application/json", "application/jsonrequest", "*/*", "text/html", "text/*"),
    *("application/yaml", "application/x-yaml", "text/yaml"),
)


@pytest.mark.parametrize("path", PATHS)
def test_no_structure_differs(path: str, site: Site, original_site: Site) -> None:
    """All plugins and all versions are in it."""
    original = json.loads(original_site.get(path).body)
    ours = json.loads(site.get(path).body)
    mend(original)
    assert not unexplained(differences(original, ours), set())


@pytest.mark.parametrize("path", [*PATHS, *LIKE_THEM, *ELSEWHERE])
def test_it_is_where_the_original_has_it(path: str, site: Site, original_site: Site) -> None:
    ours, original = site.get(path), original_site.get(path)
    assert ours.status == original.status == (404 if path in ELSEWHERE else 200)
    assert ours.headers["content-type"] == original.headers["content-type"]


@pytest.mark.parametrize("accepted", ACCEPTED)
@pytest.mark.parametrize("path", PATHS)
def test_accept_decides_the_format(
    path: str, accepted: str, site: Site, original_site: Site
) -> None:
    ours = site.get(path, accept=accepted)
    original = original_site.get(path, accept=accepted)
    assert ours.status == original.status
    assert ours.headers["content-type"] == original.headers["content-type"]


@pytest.mark.parametrize("path", PATHS)
def test_it_needs_a_token(path: str, site: Site, original_site: Site) -> None:
    assert site.get(path, token=False).status == original_site.get(path, token=False).status == 401


def test_it_is_what_is_printed(site: Site, cluster: Cluster) -> None:
    """But for the media types of which the printed one, as the original's, has JSON alone."""
    served = json.loads(site.get("/openapi").body)
    printed = generate(cluster, cluster.program).document
    assert list(served["paths"]) == list(printed["paths"])
    assert served["info"] == printed["info"]
    assert set(printed["components"]["schemas"]) <= set(served["components"]["schemas"])


def test_yaml_has_the_same_content_in_the_originals_style(site: Site) -> None:
    made = site.get("/openapi", accept="application/yaml").body
    content = reference.content(made)
    assert content == json.loads(site.get("/openapi").body)
    assert made == reference.document(content, pretty=True)


def test_flags_and_statuses_change_it(cluster: Cluster, start_daemon: StartDaemon) -> None:
    """As they change the one that is printed; it stays pretty."""
    chosen = ("-s", "slurmctld", "-d", "v0.0.42+minimize_refs+inline_enums")
    environment = {"SLURMRESTD_RESPONSE_STATUS_CODES": "200,404", "SLURMRESTD_JSON": "compact"}
    served = []
    for program in (cluster.original, cluster.program):
        with start_daemon(program, JWT, *chosen, **environment) as daemon:
            body = Site(daemon, cluster.token("alice")).get("/openapi").body
        assert body.startswith(b"{\n  ")
        served.append(json.loads(body))
    mend(served[0])
    assert not unexplained(differences(*served), set())


def test_yaml_may_be_compact(cluster: Cluster, start_daemon: StartDaemon) -> None:
    """As the original's: its lines are not folded."""
    with start_daemon(cluster.program, JWT, "-d", "v0.0.42", SLURMRESTD_YAML="compact") as daemon:
        site = Site(daemon, cluster.token("alice"))
        made = site.get("/openapi", accept="application/yaml").body
    assert made == reference.document(reference.content(made), pretty=False)

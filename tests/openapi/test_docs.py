# SPDX-License-Identifier: GPL-2.0-or-later
"""/docs: a page for people."""

from __future__ import annotations

import re
from importlib.resources import files
from urllib.parse import urljoin

import pytest

from slurmrestd.docs import ADDRESS, FILES, VIEWER
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.openapi.conftest import Site

OWN = sorted(set(FILES) - {VIEWER, "LICENSE.rapidoc.txt"})


def test_the_page_and_its_files_need_no_token(site: Site) -> None:
    for path in (ADDRESS, *(f"{ADDRESS}/{name}" for name in FILES)):
        answer = site.get(path, token=False)
        assert answer.status == 200, path
        assert int(answer.headers["content-length"]) == len(answer.body) > 100


@pytest.mark.parametrize(
    "path", ["/docs/page", "/docs/../slurm", "/docsx", "/docs/page.js/x", "/Docs"]
)
def test_nothing_else_is_without_a_token(path: str, site: Site) -> None:
    assert site.get(path, token=False).status == 401


def test_other_methods_are_no_part_of_it(site: Site, original_site: Site) -> None:
    with site.daemon.address.connect(10) as ours, original_site.daemon.address.connect(10) as its:
        for sock in (ours, its):
            sock.sendall(b"POST /docs HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert ours.recv(100).split()[1] == its.recv(100).split()[1] == b"401"


def test_every_link_of_the_page_leads_somewhere(site: Site) -> None:
    page = site.get(ADDRESS, token=False).body.decode()
    links = [link for link in re.findall(r'(?:href|src)="([^"]+)"', page) if link != "data:,"]
    assert len(links) == len(OWN) + 1
    for link in links:
        assert site.get(urljoin(ADDRESS, link), token=False).status == 200
    moved = site.get(f"{ADDRESS}/", token=False)
    assert (moved.status, urljoin(f"{ADDRESS}/", moved.headers["location"])) == (308, ADDRESS)


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    """The policy allows this server alone, and no script that is not a file of ours."""
    for path in (ADDRESS, *(f"{ADDRESS}/{name}" for name in FILES)):
        policy = site.get(path, token=False).headers["content-security-policy"]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["connect-src"] == "'self'"
        assert set(" ".join(rules.values()).split()) <= {
            "'none'", "'self'", "'unsafe-inline'", "data:"
        }  # fmt: skip
        assert "'unsafe-inline'" not in rules["script-src"]


@pytest.mark.parametrize("name", [*OWN, "page.html"])
def test_our_files_name_no_other_place(name: str) -> None:
    text = (files("slurmrestd.docs") / "static" / name).read_text()
    assert "http://" not in text
    assert "https://" not in text


def test_the_viewer_comes_with_its_licences() -> None:
    licence = (files("slurmrestd.docs") / "static" / "LICENSE.rapidoc.txt").read_text()
    assert licence.startswith("MIT License")


def test_it_can_be_turned_off(cluster: Cluster, start_daemon: StartDaemon) -> None:
    with start_daemon(cluster.program, JWT, SLURMRESTD_DOCS="off") as daemon:
        off = Site(daemon, cluster.token("alice"))
        for path in (ADDRESS, f"{ADDRESS}/", f"{ADDRESS}/{VIEWER}"):
            assert off.get(path, token=False).status == 401
            assert off.get(path).status == 404

# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever text is in a record, both show it the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.cases.job_fields import SCRIPT, body
from tests.conformance.cases.texts import TEXTS
from tests.conformance.check import check, judge
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.conformance.submission import Graveyard, Submitter
from tests.fix_cluster import Cluster

_NAMES = list(TEXTS)
_RESERVATION = "conformance"


@dataclass(frozen=True)
class Written:
    """Records with texts in them."""

    jobs: dict[str, int]
    nodes: dict[str, str]


@pytest.fixture(scope="module")
def written(cluster: Cluster) -> Iterator[Written]:
    """A job and a node for each text, with it in every field that takes any text."""
    graveyard = Graveyard(cluster)
    made = Written({}, {})
    for number, (name, text) in enumerate(TEXTS.items()):
        made.jobs[name] = _job(cluster, text)
        graveyard.add(made.jobs[name])
        made.nodes[name] = node = f"e{number + 401:04}"
        _node(cluster, node, text, text, text)
    yield made
    for node in made.nodes.values():
        _node(cluster, node, b"", b"", b"")
    graveyard.flush()


def _job(cluster: Cluster, text: bytes) -> int:
    made = cluster.run(
        *("sbatch", "--parsable", "--hold", "--chdir=/tmp"),
        *(b"--job-name=" + text, b"--comment=" + text, b"--extra=" + text),
        *(b"--output=/tmp/" + text, b"--error=/tmp/%x-" + text, b"--input=" + text),
        *(b"--mail-user=" + text, b"--container-id=" + text, b"--network=" + text),
        user="alice",
        stdin=SCRIPT.encode(),
    )
    job = made.strip().partition(";")[0]
    cluster.run("scontrol", "update", f"job={job}", b"admincomment=" + text)
    return int(job)


def _node(cluster: Cluster, node: str, comment: bytes, extra: bytes, reason: bytes) -> None:
    fields = [b"comment=" + comment, b"extra=" + extra, b"reason=" + reason]
    cluster.run("scontrol", "update", f"nodename={node}", *fields)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", _NAMES)
def test_job(name: str, version: str, written: Written, pair: Pair, schema: Schema) -> None:
    """In a job."""
    case = Case("GET job/{id}", f"text: {name}", f"job/{written.jobs[name]}")
    check(pair, schema, case, version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", _NAMES)
def test_node(name: str, version: str, written: Written, pair: Pair, schema: Schema) -> None:
    """In a node."""
    case = Case("GET node/{name}", f"text: {name}", f"node/{written.nodes[name]}")
    check(pair, schema, case, version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", ["jobs", "nodes"])
def test_list(path: str, version: str, written: Written, pair: Pair, schema: Schema) -> None:
    """In lists, among others."""
    assert written.jobs
    check(pair, schema, Case(f"GET {path}", "texts", path), version)


@pytest.mark.parametrize("name", _NAMES)
def test_reservation(name: str, cluster: Cluster, pair: Pair, schema: Schema) -> None:
    """In a reservation."""
    fields = ["starttime=2099-01-01", "duration=60", "nodes=e0400", "users=alice"]
    comment = b"comment=" + TEXTS[name]
    cluster.run(
        "scontrol", "create", f"reservation={_RESERVATION}", "flags=ignore_jobs", *fields, comment
    )
    try:
        path = f"reservation/{_RESERVATION}"
        for version in VERSIONS:
            check(pair, schema, Case("GET reservation/{name}", f"text: {name}", path), version)
    finally:
        cluster.run("scontrol", "delete", f"reservation={_RESERVATION}")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", _NAMES)
def test_body(name: str, version: str, submitter: Submitter, schema: Schema) -> None:
    """In a body that is sent: escaped where JSON wants it, and otherwise as it is."""
    mark = b"<the text>"
    fields = ("comment", "admin_comment", "extra", "name", "standard_output", "mail_user")
    document = body({field: mark.decode() for field in fields})
    document["job"]["environment"] = ["A=b", f"TEXT={mark.decode()}"]
    document["job"]["argv"] = [mark.decode()]
    sent = json.dumps(document).encode().replace(mark, _escaped(TEXTS[name]))
    case = Case("POST job/submit", f"text: {name}", "job/submit", body=sent)
    judge(case, version, submitter.compare(case, version), schema)


def _escaped(text: bytes) -> bytes:
    escaped = text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b"".join(bytes([byte]) if byte >= 32 else b"\\u%04x" % byte for byte in escaped)

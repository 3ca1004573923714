# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML is the same, in content and in style, and read the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.conformance.answer import answer
from tests.conformance.case import VERSIONS, Case, request
from tests.conformance.cases import yaml
from tests.conformance.check import check, each, judge
from tests.conformance.compare import report
from tests.conformance.pair import Pair
from tests.conformance.raw import exchange
from tests.conformance.schema import Schema
from tests.conformance.submission import Submitter
from tests.encoder import reference
from tests.fix_cluster import Cluster
from tests.fix_daemon import StartDaemon


@pytest.mark.parametrize(("case", "version"), each(yaml.CASES))
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_id_of_a_job_has_its_tag(version: str, pair: Pair, submitter: Submitter) -> None:
    """Of a job that is taken without a warning; once more, when its answer is remembered."""
    job = {
        "account": "physics",
        "partition": "normal",
        "time_limit": {"set": True, "number": 5},
        "memory_per_node": {"set": True, "number": 20},
        "current_working_directory": "/tmp",
        "environment": ["PATH=/bin"],
        "script": "#!/bin/sh\n",
    }
    case = Case(
        "POST job/submit",
        "YAML",
        "job/submit",
        body={"job": job},
        headers=yaml.ACCEPT,
        user="alice",
    )
    token = pair.cluster.token("alice")
    for daemon in (pair.original, pair.ours, pair.ours):
        reply = exchange(daemon.address, request(case, version, token, {}), timeout=case.patience)
        (number,) = set(re.findall(rb"^ *!!str job_id: !!int (\d+)$", reply.body, re.MULTILINE))
        assert b"!!str warnings: !!seq []" in reply.body
        submitter.graveyard.add(int(number))


@pytest.mark.parametrize(("case", "version"), each(yaml.SUBMITTED))
def test_same_job(case: Case, version: str, submitter: Submitter, schema: Schema) -> None:
    """Whatever is sent, both answer the same and make the same job."""
    judge(case, version, submitter.compare(case, version), schema)


@pytest.mark.parametrize("style", ["compact", "pretty", "compact,pretty", "pretty,compact"])
def test_same_style(
    style: str, start_daemon: StartDaemon, our_program: str, cluster: Cluster
) -> None:
    """Whatever SLURMRESTD_YAML says, both fold long lines, or neither does."""
    setting = {"SLURMRESTD_YAML": style}
    case = Case("GET jobs", "style", "jobs", headers=yaml.ACCEPT)
    data = request(case, "v0.0.42", cluster.token("alice"), cluster.jobs)
    with (
        start_daemon(cluster.original, **setting) as original,
        start_daemon(our_program, **setting) as ours,
    ):
        bodies = [exchange(daemon.address, data).body for daemon in (original, ours)]
    contents = [reference.content(body) for body in bodies]
    folded = [reference.document(content, pretty=True) for content in contents]
    plain = [reference.document(content, pretty=False) for content in contents]
    assert folded[0] != plain[0], "there is nothing to fold"
    assert [body in (folded[n], plain[n]) for n, body in enumerate(bodies)] == [True, True]
    assert (bodies[0] == folded[0]) is (bodies[1] == folded[1])


@pytest.mark.parametrize("version", ["v0.0.40", "v0.0.41", "v0.0.42"])
@pytest.mark.parametrize("flag", ["+complex", "+fast"])
def test_same_with_a_flag(
    flag: str, version: str, pair: Pair, start_daemon: StartDaemon, our_program: str
) -> None:
    """Tags follow the type that a flag makes of a value."""
    arguments = ("-d", f"{version}{flag}")
    with (
        start_daemon(pair.cluster.original, "jwt", *arguments) as original,
        start_daemon(our_program, "jwt", *arguments) as ours,
    ):
        flagged = replace(pair, original=original, ours=ours)
        for case in yaml.READS_OF_CONTROLLER:
            if case.name == "YAML":
                found = flagged.compare(case, version).found
                assert not found, f"{case.id(version)}: {report(found)}"


def test_the_same_content_as_json(pair: Pair) -> None:
    """A client that changes formats sees the same."""
    case = Case("GET reservation/{name}", "content", "reservation/course")
    as_json = pair.ask(pair.ours, case, "v0.0.42")
    as_yaml = pair.ask(pair.ours, replace(case, headers=yaml.ACCEPT), "v0.0.42")
    for content in (as_json.content, as_yaml.content):
        del content["meta"]["client"]["source"], content["last_update"]
    assert as_json.content == as_yaml.content


def test_an_answer_in_pieces_is_one_document(pair: Pair) -> None:
    """Windows end between records, and what comes of them is whole."""
    case = Case("GET nodes", "pieces", "nodes", headers=yaml.ACCEPT)
    data = request(case, "v0.0.42", pair.cluster.token("alice"), {})
    reply = exchange(pair.ours.address, data)
    assert reply.header("Transfer-Encoding") == "chunked"
    assert answer(reply).style == "pretty"

# SPDX-License-Identifier: GPL-2.0-or-later
"""The flags of -d together, in capitals, and unknown ones; see test_flags for each alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.cases.job_fields import OPERATION
from tests.conformance.cases.reads import ODD_QUERIES
from tests.conformance.cases.refusals import READS, TEMPLATES
from tests.conformance.compare import report
from tests.conformance.pair import Pair
from tests.fix_daemon import JWT, StartDaemon

FLAGS = ("+fast+complex", "+FAST", "+nope")

BODIES = {
    "unknown fields": {"job": {"nope": 1, "neither": {"a": []}}, "nope": None},
    "wrong types": {"job": {"nice": "x", "time_limit": "nope", "environment": "A=b"}},
    "texts for numbers": {"job": {"nice": "5", "priority": "0x10", "tasks": "2"}},
    "unknown flags": {"job": {"mail_type": ["NOPE"], "flags": ["NEITHER"]}},
    "numbers that are objects": {"job": {"time_limit": {"set": True, "number": 5, "nope": 1}}},
    "numbers that are unset": {"job": {"time_limit": {"set": False}, "priority": None}},
    "infinity": {"job": {"time_limit": "Infinity", "deadline": "INFINITE"}},
    "a text for a job": {"job": "x"},
    "a list": [],
}


def _cases() -> Iterator[Case]:
    for path in READS:
        yield Case(f"GET {TEMPLATES.get(path, path)}", "flag: plain", path)
    for name, query in ODD_QUERIES.items():
        yield Case("GET partitions", f"flag: {name}", "partitions", query)
    for query in ("flags=NOPE", "flags=ALL,NOPE", "flags=", "update_time=abc"):
        yield Case("GET partitions", f"flag: {query}", "partitions", query)
    for name, body in BODIES.items():
        # Without a script: nothing is submitted.
        yield Case(OPERATION, f"flag: {name}", "job/submit", body=body)
    yield Case("GET job/{id}", "flag: unknown", "job/99999999")
    yield Case("GET node/{name}", "flag: unknown", "node/nope")


CASES = tuple(_cases())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("flag", FLAGS)
def test_same_answers(
    flag: str, version: str, pair: Pair, start_daemon: StartDaemon, our_program: str
) -> None:
    """Of reads, of odd queries, and of bodies that make no job."""
    arguments = ("-d", f"{version}{flag}")
    with (
        start_daemon(pair.cluster.original, JWT, *arguments) as original,
        start_daemon(our_program, JWT, *arguments) as ours,
    ):
        flagged = replace(pair, original=original, ours=ours)
        said = [
            f"{case.id(version)}: {report(found)}"
            for case in CASES
            if (found := flagged.compare(case, version).found)
        ]
    assert not said, "\n".join(said)

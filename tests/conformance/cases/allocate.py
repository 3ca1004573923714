# SPDX-License-Identifier: GPL-2.0-or-later
"""job/allocate: what is granted or refused at once.

What waits cannot be compared: the original never gives up, and takes some jobs for waiting that
are over.  See tests/robustness/test_allocate.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case

OPERATION = "POST job/allocate"
VERSIONS = ("v0.0.41", "v0.0.42")
PATH = "job/allocate"
JOB: dict[str, Any] = {
    "name": "conformance",
    "current_working_directory": "/tmp",
    "environment": ["PATH=/bin:/usr/bin"],
    "partition": "normal",
    "time_limit": {"set": True, "infinite": False, "number": 5},
}

GRANTED: dict[str, Any] = {
    "plain": {"job": JOB},
    "no environment": {"job": {key: JOB[key] for key in JOB if key != "environment"}},
    "another user": {"job": JOB | {"user_id": "root"}},
    "a user of no name": {"job": JOB | {"user_id": 54321}},
    "no nodes": {"job": JOB | {"minimum_nodes": 0}},
    "two nodes": {"job": JOB | {"minimum_nodes": 2, "maximum_nodes": 2}},
    "a port of its own": {"job": JOB | {"allocation_node_port": 1, "other_port": 2}},
    "unknown field": {"job": JOB, "nope": 1},
    "unknown field of the job": {"job": JOB | {"nope": 1}},
    "a script beside it": {"job": JOB, "script": "#!/bin/sh\n"},
    "heterogeneous": {"hetjob": [JOB, JOB]},
    "one component": {"hetjob": [JOB]},
    "three components": {"hetjob": [JOB, JOB | {"nope": 1}, JOB]},
    "an object for components": {"hetjob": {"0": JOB}},
    "jobs instead of hetjob": {"job": JOB, "jobs": [JOB]},
}

# Not here: no components, and too many.  The original answers with the errno of whatever its thread
# has done before.
REFUSED: dict[str, Any] = {
    "neither": {},
    "both": {"job": JOB, "hetjob": [JOB]},
    "both empty": {"job": {}, "hetjob": []},
    "jobs": {"jobs": [JOB]},
    "list": [JOB],
    "text": "text",
    "empty text": "",
    "number": 1,
    "null": None,
    "true": True,
    "job null": {"job": None},
    "job a text": {"job": "job"},
    "job a number": {"job": 1},
    "job a list": {"job": [JOB]},
    "job empty": {"job": {}},
    "components null": {"hetjob": None},
    "components a text": {"hetjob": "job"},
    "components numbers": {"hetjob": [1, 2]},
    "a component null": {"hetjob": [JOB, None]},
    "an empty component": {"hetjob": [{}]},
    "no directory": {"job": {key: JOB[key] for key in JOB if key != "current_working_directory"}},
    "unknown partition": {"job": JOB | {"partition": "nope"}},
    "unknown partition of one": {"hetjob": [JOB, JOB | {"partition": "nope"}]},
    "unknown account": {"job": JOB | {"account": "nope"}},
    "unknown QOS": {"job": JOB | {"qos": "nope"}},
    "unknown license": {"job": JOB | {"licenses": "nope:1"}},
    "unknown node": {"job": JOB | {"required_nodes": ["nope"]}},
    "unknown reservation": {"job": JOB | {"reservation": "nope"}},
    "more nodes than there are": {"job": JOB | {"minimum_nodes": 4000}},
    "a dependency on nothing": {"job": JOB | {"dependency": "afterok:999999"}},
    "array": {"job": JOB | {"array": "1-3"}},
    "at once or never": {"job": JOB | {"immediate": True, "minimum_nodes": 4000}},
    "a user that is none": {"job": JOB | {"user_id": "nope"}},
    "a group that is none": {"job": JOB | {"group_id": "nope"}},
    "time limit a word": {"job": JOB | {"time_limit": "soon", "partition": "nope"}},
    "time limit no number": {"job": JOB | {"time_limit": {"set": True, "number": "x"}}},
    "nice a list": {"job": JOB | {"nice": [1]}},
    "memory a word": {"job": JOB | {"memory_per_cpu": "much"}},
    "memory an object": {"hetjob": [JOB | {"memory_per_cpu": {"number": {}}}]},
    "distribution of none": {"job": JOB | {"distribution": "nope"}},
    "begin some day": {"job": JOB | {"begin_time": "some day", "partition": "nope"}},
    "flags that are none": {"job": JOB | {"flags": ["NOPE"], "partition": "nope"}},
}

BROKEN: dict[str, bytes] = {
    "open object": b"{",
    "trailing comma": b'{"job": {},}',
    "nonsense": b"nonsense",
    "NUL": b'{"job": {}}\0',
    "invalid UTF-8": b'{"job": {"comment": "\xff"}}',
    "two documents": b"{} {}",
}


def _cases() -> Iterator[Case]:
    for name, content in (GRANTED | REFUSED).items():
        yield _case(name, content)
    for name, text in BROKEN.items():
        yield _case(f"broken: {name}", text)
    yield _case("no body", NO_BODY)
    yield _case(
        "form data", b"job=1", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    yield _case("of no type", json.dumps({"job": {}}).encode(), headers={"Content-Type": None})
    yield _case("query", NO_BODY, query="job=1")
    yield _case("query and body", {"job": JOB}, query="job=1")
    yield _case("unknown type", {"job": JOB}, headers={"Content-Type": "text/html"})
    yield _case("unknown Accept", {"job": JOB}, headers={"Accept": "text/html"})
    yield _case("stranger", {"job": JOB}, user="mallory")
    yield _case("nobody", {"job": JOB}, user=None)
    yield _case("worthless token", {"job": JOB}, headers={"X-SLURM-USER-TOKEN": "nonsense"})
    yield _case("trailing slash", {}, path=f"{PATH}/")
    # Where there is no such operation, these are a job's id.
    yield Case("POST job/{id}", "allocate", PATH, body={"job": JOB}, versions=("v0.0.40",))
    yield Case("GET job/{id}", "allocate", PATH)
    yield Case("DELETE job/{id}", "allocate", PATH)


def _case(name: str, body: Any, *, path: str = PATH, **more: Any) -> Case:
    return Case(OPERATION, name, path, body=body, versions=VERSIONS, **more)


CASES = tuple(_cases())

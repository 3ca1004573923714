# SPDX-License-Identifier: GPL-2.0-or-later
"""POST job/{id}: every field of the job description, on a held job that is made for it.

The job is alice's.  What the controller then holds of both jobs is compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.job_bodies import BROKEN
from tests.conformance.cases.job_fields import FIELDS, LATER, TOGETHER, out_of_reach
from tests.conformance.cases.records import JOB_IDS

OPERATION = "POST job/{id}"
PATH = "job/<id>"
CHANGE = {"comment": "changed"}

# Of bodies that are no JSON some are enough: job/submit is asked with all.
SOME_BROKEN = ("empty", "open object", "nonsense", "two documents", "NUL in a text", "key twice")

DOCUMENTS: dict[str, Any] = {
    "empty object": {},
    "empty list": [],
    "text": "text",
    "null": None,
    "unknown field": {"nope": 1},
    "unknown field and a known one": CHANGE | {"nope": 1},
    "as job/submit has it": {"job": CHANGE},
    "null for a text": {"comment": None},
    "null for a number": {"nice": None},
    "wrong type": {"nice": "text"},
    "wrong type and a known one": CHANGE | {"nice": "text"},
    "object for a text": {"comment": {}},
    "wrong type deep inside": {"time_limit": {"set": True, "number": []}},
    "another job's id": CHANGE | {"job_id": 1},
    "release": {"hold": False, "begin_time": LATER},
    "suspended priority": {"priority": 0},
    "priority and hold": {"hold": True, "priority": 7},
    "script": {"script": "#!/bin/sh\nexit 3\n"},
}

# What the controller lets only some of them do.
PEOPLE = {
    "administrator": "admin",
    "operator": "oscar",
    "coordinator of the account": "carol",
    "another user": "bob",
    "stranger": "mallory",
    "root": "root",
}
ASKED: dict[str, dict[str, Any]] = {
    "comment": CHANGE,
    "admin_comment": {"admin_comment": "looked at"},
    "priority": {"priority": 100},
    "nice": {"nice": -10},
    "time limit": {"time_limit": 100},
    "more time than the partition gives": {"time_limit": 60 * 24 * 30},
    "account of others": {"account": "theory"},
    "user": {"user_id": "bob"},
    "partition": {"partition": "nope"},
    "site factor": {"site_factor": 5},
}


def _cases() -> Iterator[Case]:
    for field, values in FIELDS.items():
        for value in values:
            yield _held(f"field {field}: {json.dumps(value)}", {field: value})
        yield _held(f"field {field} by an administrator", {field: values[0]}, user="admin")
    for name, fields in TOGETHER.items():
        # The original remembers the size of an earlier request's planes.
        if fields.get("distribution") == "plane":
            continue
        yield _held(f"fields together: {name}", fields)
    for name, document in DOCUMENTS.items():
        yield _held(f"document: {name}", document)
    for name in SOME_BROKEN:
        yield _held(f"broken: {name}", BROKEN[name])
    for role, user in PEOPLE.items():
        for name, change in ASKED.items():
            yield _held(f"{name} by {role}", change, user=user)
    yield from _named()
    yield _held("no body", NO_BODY)
    yield _held("no body but a query", NO_BODY, query="comment=x")
    yield _held("body and query", CHANGE, query="comment=x")
    yield _held("unknown type", CHANGE, headers={"Content-Type": "text/html"})
    yield _held("unknown Accept", CHANGE, headers={"Accept": "text/html"})
    yield _held("trailing slash", CHANGE, path=f"{PATH}/")
    for name in ("nothing", "garbage"):
        token = {"X-SLURM-USER-TOKEN": None if name == "nothing" else "garbage"}
        yield _held(f"credential: {name}", CHANGE, headers=token)


def _named() -> Iterator[Case]:
    """Jobs of several records, those that are over, and ids that are none."""
    yield _held("array", CHANGE, prepare="array")
    yield _held("task of an array", CHANGE, prepare="array", path=f"{PATH}_2")
    yield _held("tasks of an array", CHANGE, prepare="array", path=f"{PATH}_%5B1-2%5D")
    yield _held("array's time limit", {"time_limit": 30}, prepare="array")
    yield _held("heterogeneous job", CHANGE, prepare="het")
    yield _held("component", CHANGE, prepare="het", path=f"{PATH}%2B1")
    yield _held("step", CHANGE, path=f"{PATH}.0")
    yield _held("batch step", CHANGE, path=f"{PATH}.batch")
    yield _held("cancelled job", {"time_limit": 30}, prepare="cancelled")
    for name, spelled in JOB_IDS.items():
        yield Case(OPERATION, f"id {name}", f"job/{spelled}", body=CHANGE, user="mallory")
    yield Case(OPERATION, "job that runs", "job/<running>", body=CHANGE)
    yield Case(OPERATION, "finished job", "job/<completed>", body={"time_limit": 30})
    yield Case(OPERATION, "no id", "job/", body=CHANGE)


def _held(name: str, body: Any, *, path: str = PATH, prepare: str = "held", **more: Any) -> Case:
    if isinstance(body, dict):
        body = out_of_reach(body)
    return Case(OPERATION, name, path, body=body, prepare=prepare, **more)


CASES = tuple(_cases())

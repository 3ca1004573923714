# SPDX-License-Identifier: GPL-2.0-or-later
"""DELETE jobs: every field that selects, every signal and flag.

Each names the job that was made for it, so that it reaches no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.job_bodies import BROKEN
from tests.conformance.cases.job_fields import WARN_FLAGS
from tests.conformance.cases.job_updates import SOME_BROKEN

OPERATION = "DELETE jobs"
JOBS = {"jobs": ["<id>"]}

SELECTIONS: dict[str, dict[str, Any]] = {
    "account": {"account": "physics"},
    "another account": {"account": "chemistry"},
    "an account that is none": {"account": "nope"},
    "name": {"job_name": "conformance"},
    "another name": {"job_name": "nope"},
    "partition": {"partition": "normal"},
    "another partition": {"partition": "gpu"},
    "a partition that is none": {"partition": "nope"},
    "QOS": {"qos": "normal"},
    "another QOS": {"qos": "high"},
    "a QOS that is none": {"qos": "nope"},
    "reservation": {"reservation": "solver"},
    "a reservation that is none": {"reservation": "nope"},
    "state": {"job_state": ["PENDING"]},
    "state as a text": {"job_state": "PENDING"},
    "another state": {"job_state": ["RUNNING"]},
    "two states": {"job_state": ["PENDING", "RUNNING"]},
    "a state that is none": {"job_state": ["NOPE"]},
    "user's id": {"user_id": "20004"},
    "user's id as a number": {"user_id": 20004},
    "user's id as a name": {"user_id": "alice"},
    "another user's id": {"user_id": "bob"},
    "a user's id that is none": {"user_id": "nope"},
    "user": {"user_name": "alice"},
    "another user": {"user_name": "bob"},
    "a user that is none": {"user_name": "nope"},
    "user by both": {"user_id": "alice", "user_name": "alice"},
    "user by both, which differ": {"user_id": "bob", "user_name": "alice"},
    "wckey": {"wckey": "teaching"},
    "a wckey that is none": {"wckey": "nope"},
    "nodes": {"nodes": ["n1"]},
    "nodes as a host list": {"nodes": "n[1-2]"},
    "a node that is none": {"nodes": ["nope"]},
    "empty texts": {"account": "", "partition": "", "qos": ""},
    "nulls": {"account": None, "partition": None, "user_name": None},
    "unknown field": {"nope": 1},
}
SIGNALS = ("KILL", "SIGTERM", "usr1", "9", 9, 0, 15, 64, 65, 999, -9, 9.5, "NOPE", "", None, True)
FLAGS = (*([name] for name in WARN_FLAGS), ["FULL_JOB", "VERBOSE"], "VERBOSE", ["NOPE"], [], 1)
IDS: dict[str, Any] = {
    "job twice": ["<id>", "<id>"],
    "text for a list": "<id>",
    "no jobs": [],
    "a job that is none": ["99999"],
    "that and the job": ["99999", "<id>"],
    "zero": ["0"],
    "text": ["nope"],
    "empty text": [""],
    "null": [None],
    "null for a list": None,
    "object for a list": {},
    "a list in the list": [["<id>"]],
    "step": ["<id>.0"],
    "batch step": ["<id>.batch"],
    "task of no array": ["<id>_1"],
    "leading zeros": ["00<id>"],
}
OF_ARRAYS = {"task": ["<id>_2"], "tasks": ["<id>_[1-2]"], "two": ["<id>_1", "<id>_3"]}
DOCUMENTS: dict[str, Any] = {"empty": {}, "list": [], "text": "text", "null": None}
PEOPLE = {
    "bob": "another user",
    "mallory": "a stranger",
    "oscar": "an operator",
    "carol": "a coordinator",
    "root": "root",
}


def _cases() -> Iterator[Case]:
    yield _held("plain", {})
    for name, selection in SELECTIONS.items():
        yield _held(f"selects {name}", selection)
        yield _held(f"selects {name}, verbose", selection | {"flags": ["VERBOSE"]})
    for signal in SIGNALS:
        yield _held(f"signal {signal!r}", {"signal": signal})
    for flags in FLAGS:
        yield _held(f"flags {flags}", {"flags": flags})
    for name, jobs in IDS.items():
        # With a name, so that a list that says nothing selects nothing.
        yield _held(f"ids: {name}", {"jobs": jobs, "job_name": "none has this name"})
        if "<id>" in str(jobs):
            yield _held(f"ids: {name}, reached", {"jobs": jobs, "flags": ["VERBOSE"]})
    for name, jobs in OF_ARRAYS.items():
        yield _held(f"array: {name}", {"jobs": jobs, "flags": ["VERBOSE"]}, prepare="array")
    yield _held("array", {"flags": ["VERBOSE"]}, prepare="array")
    yield _held("heterogeneous", {"flags": ["VERBOSE"]}, prepare="het")
    yield _held("component", {"jobs": ["<id>+1"], "flags": ["VERBOSE"]}, prepare="het")
    yield _held("cancelled", {"flags": ["VERBOSE"]}, prepare="cancelled")
    for user, name in PEOPLE.items():
        yield _held(f"by {name}", {}, user=user)
        yield _held(f"by {name}, verbose", {"flags": ["VERBOSE"]}, user=user)
    yield from _refused()


def _refused() -> Iterator[Case]:
    for name in SOME_BROKEN:
        yield Case(OPERATION, f"broken: {name}", "jobs", body=BROKEN[name], user="mallory")
    for name, document in DOCUMENTS.items():
        yield Case(OPERATION, f"document: {name}", "jobs", body=document, user="mallory")
    yield Case(OPERATION, "no body", "jobs", user="mallory")
    yield Case(OPERATION, "query", "jobs", "job_name=nope", user="mallory")
    yield _held("trailing slash", {}, path="jobs/")
    yield _held("unknown type", {}, headers={"Content-Type": "text/html"})
    yield _held("no credential", {}, headers={"X-SLURM-USER-TOKEN": None})
    yield _held("worthless token", {}, headers={"X-SLURM-USER-TOKEN": "garbage"})


def _held(
    name: str, fields: Any, *, path: str = "jobs", prepare: str = "held", **more: Any
) -> Case:
    body = NO_BODY if fields is NO_BODY else JOBS | fields
    return Case(OPERATION, name, path, body=body, prepare=prepare, **more)


CASES = tuple(_cases())

# SPDX-License-Identifier: GPL-2.0-or-later
"""POST nodes, POST node/{name}, DELETE node/{name}: ``<node>`` is a declared node of each side.

Both nodes have been through the same cases before, so that their records stay alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.job_bodies import BROKEN
from tests.conformance.cases.job_fields import number
from tests.conformance.cases.job_updates import SOME_BROKEN
from tests.conformance.cases.records import NODE_NAMES

ONE, SEVERAL, DELETE = "POST node/{name}", "POST nodes", "DELETE node/{name}"
COMMENT = {"comment": "changed"}
STATES = (
    *("DOWN", "DRAIN", "UNDRAIN", "RESUME", "FAIL", "IDLE", "FUTURE", "UNKNOWN", "POWER_DOWN"),
    *("POWER_UP", "POWERED_DOWN", "ALLOCATED", "MIXED", "INVALID", "MAINTENANCE", "REBOOT"),
    *("REBOOT_CANCELED", "NO_RESPOND", "PLANNED", "CLOUD", "COMPLETING", "DYNAMIC_NORM"),
    *("POWER_UP_FORCE", "POWER_DOWN_ASAP", "POWER_DOWN_FORCE", "NOPE"),
)

FIELDS: dict[str, tuple[Any, ...]] = {
    "comment": ("a comment", "", 'quotes " and \u20ac', None, 1, {}),
    "cpu_bind": (2, 4, 8, 32, 524288, 0, "2", 7),
    "extra": ("more", "", None),
    "features": (["epyc", "new"], "epyc,new", ["rack3"], [], [""], "nope", None),
    "features_act": (["epyc"], ["nope"], "epyc", []),
    "gres": ("gpu:a100:2", "gpu:1", "nope:1", "", None),
    "address": (["127.0.0.1"], "127.0.0.1", ["127.0.0.1", "127.0.0.2"], [], "n[5-1]"),
    "hostname": (["elsewhere"], "elsewhere", [], ["one", "two"]),
    "reason": ("a reason", "", None),
    "reason_uid": ("alice", 20004, "nope"),
    "resume_after": (number(60), 60, "60", number(0, infinite=True), number(0), -1, "soon"),
    "weight": (number(7), 7, "7", number(0, infinite=True), {"set": False}, -1, "x", 4294967296),
    "state": tuple([state] for state in STATES),
}

TOGETHER: dict[str, dict[str, Any]] = {
    "down and why": {"state": ["DOWN"], "reason": "broken"},
    "drained and why": {"state": ["DRAIN"], "reason": "to be mended"},
    "drained for a while": {"state": ["DRAIN"], "reason": "soon back", "resume_after": number(600)},
    "down for a while": {"state": "DOWN", "reason": "soon back", "resume_after": 600},
    "drained and then not": {"state": ["DRAIN", "RESUME"], "reason": "both"},
    "down and drained": {"state": ["DOWN", "DRAIN"], "reason": "both"},
    "state as a text": {"state": "RESUME"},
    "state in lower case": {"state": ["down"], "reason": "lower"},
    "state as a number": {"state": 1},
    "no state": {"state": []},
    "everything": COMMENT | {"extra": "x", "weight": 3, "features": ["epyc"], "reason": "why"},
    "a wrong one and a right one": COMMENT | {"weight": "x"},
    "a node's name": COMMENT | {"name": "n1"},
    "several names": COMMENT | {"name": ["n1", "n2"]},
    "unknown field": COMMENT | {"nope": 1},
    "nothing": {},
}

NAMES: dict[str, Any] = {
    "list": ["<node>"],
    "text": "<node>",
    "host list": "<node>,<node>",
    "one that is none": ["<node>", "nope"],
    "only one that is none": "nope",
    "empty text": "",
    "empty list": [],
    "null": None,
    "number": 1,
    "object": {},
    "backwards host list": "e[0605-0601]",
    "open bracket": "e[0601",
}
DOCUMENTS: dict[str, Any] = {"list": [], "text": "text", "null": None}
PEOPLE = {"a user": "alice", "a stranger": "mallory", "an operator": "oscar", "root": "root"}


def _changes(operation: str, path: str, named: dict[str, Any]) -> Iterator[Case]:
    """What both ways of changing a node are asked."""

    def change(name: str, fields: Any, user: str = "admin", **more: Any) -> Case:
        body = named | fields if isinstance(fields, dict) else fields
        return Case(operation, name, path, body=body, user=user, prepare="node", **more)

    for field, values in FIELDS.items():
        for value in values:
            yield change(f"field {field}: {json.dumps(value)}", {field: value})
    for name, fields in TOGETHER.items():
        if operation is ONE or "name" not in fields:
            yield change(f"fields together: {name}", fields)
    for role, user in PEOPLE.items():
        yield change(f"by {role}", COMMENT, user)
        yield change(f"state by {role}", {"state": ["RESUME"]}, user)
    for broken in SOME_BROKEN:
        yield change(f"broken: {broken}", BROKEN[broken])
    for name, document in DOCUMENTS.items():
        yield change(f"document: {name}", document)
    yield change("no body", NO_BODY)
    yield change("query", NO_BODY, query="comment=x")
    yield change("unknown type", COMMENT, headers={"Content-Type": "text/html"})
    yield change("no credential", COMMENT, headers={"X-SLURM-USER-TOKEN": None})
    yield change("worthless token", COMMENT, headers={"X-SLURM-USER-TOKEN": "garbage"})


def _cases() -> Iterator[Case]:
    yield from _changes(ONE, "node/<node>", {})
    yield from _changes(SEVERAL, "nodes", {"name": "<node>"})
    for name, value in NAMES.items():
        body = COMMENT | {"name": value}
        yield Case(SEVERAL, f"name: {name}", "nodes", body=body, user="admin", prepare="node")
    yield Case(SEVERAL, "no name", "nodes", body=COMMENT, user="admin", prepare="node")
    for path, operation in (("node/<node>/", ONE), ("nodes/", SEVERAL)):
        body = COMMENT | ({"name": "<node>"} if operation is SEVERAL else {})
        yield Case(operation, "trailing slash", path, body=body, user="admin", prepare="node")
    for name, spelled in NODE_NAMES.items():
        # Names of live nodes are among them: what is asked must change nothing.
        body = {"reason": "of nothing"}
        yield Case(ONE, f"name {name}", f"node/{spelled}", body=body, user="mallory")
        yield Case(DELETE, f"name {name}", f"node/{spelled}", user="mallory")
    yield Case(ONE, "unknown, by an administrator", "node/nope", body=COMMENT, user="admin")


def _deletes() -> Iterator[Case]:
    for user in ("admin", "alice", "mallory", "oscar", "root"):
        yield Case(DELETE, f"static node, by {user}", "node/e0603", user=user)
        yield Case(DELETE, f"unknown node, by {user}", "node/nope", user=user)
    # That a node goes takes the controller some seconds.
    yield Case(DELETE, "dynamic node, by a user", "node/<node>", prepare="dynamic")
    yield Case(DELETE, "two nodes", "node/<node>%2Ce0603", user="admin", prepare="dynamic")
    yield Case(DELETE, "dynamic node", "node/<node>", user="admin", prepare="dynamic")
    yield Case(DELETE, "trailing slash", "node/e0603/", user="admin")
    yield Case(DELETE, "query", "node/e0603", "x=1", user="admin")
    yield Case(DELETE, "body", "node/e0603", body={"x": 1}, user="admin")
    for name in SOME_BROKEN:
        yield Case(DELETE, f"broken: {name}", "node/e0603", body=BROKEN[name], user="admin")
    for name, token in {"no credential": None, "worthless token": "garbage"}.items():
        headers = {"X-SLURM-USER-TOKEN": token}
        yield Case(DELETE, name, "node/e0603", headers=headers)


CASES = (*_cases(), *_deletes())

# SPDX-License-Identifier: GPL-2.0-or-later
"""What the cases of associations, users, accounts and wckeys share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.reads import ODD_QUERIES

USERS = ("alice", "carol", "oscar", "admin", "mallory")
"""A plain user, a coordinator, an operator, an administrator, and somebody unknown."""

BOOLEANS = ("true", "false", "1", "0", "", "nope", "null", "true&<name>=false")
TIMES = ("0", "1000000000", "2020-01-01", "now", "now-1hour", "", "nope", "-1", "1.5")
LISTS = ("", "nope", "nope%2Cneither", "nope&<name>=neither", "1", "%2C", "a%27b", "%C3%A4")
IDS = ("1", "13", "1%2C13", "1&<name>=13", "0x0d", "0013", "%2B13", "", "-1", "99999")
NO_IDS = ("abc", "13x", "1.5", "1e1", "true", "13%20", "13&<name>=x")

CREDENTIAL = {"X-SLURM-USER-TOKEN": "worthless"}


def parameters(
    operation: str, path: str, values: Mapping[str, tuple[str, ...]], **more: Any
) -> Iterator[Case]:
    """Each parameter alone with each of its values, in which ``<name>`` is its own name."""
    for name, choices in values.items():
        for value in choices:
            query = f"{name}={value}".replace("<name>", name)
            yield Case(operation, query, path, query, **more)


def odd(operation: str, path: str, **more: Any) -> Iterator[Case]:
    """Spellings of the path, queries that no parameter has, and a token that is none."""
    if "{" not in operation:
        yield Case(operation, "trailing slash", f"{path}/", **more)
    yield Case(operation, "two trailing slashes", f"{path}//", **more)
    yield Case(operation, "more after it", f"{path}/more/and/more", **more)
    yield Case(operation, "worthless token", path, headers=CREDENTIAL, **more)
    for name, query in ODD_QUERIES.items():
        yield Case(operation, name, path, query, **more)


def malformed(operation: str, path: str, key: str, *, user: str = "admin") -> Iterator[Case]:
    """Bodies that have no list of objects at ``key``."""
    bodies: dict[str, Any] = {
        "no body": NO_BODY,
        "empty": b"",
        "nothing": {},
        "no JSON": b"{",
        "half a list": b"[1,",
        "no end of a text": b'{"x',
        "a list": [],
        "null": None,
        "a text": "x",
        "none in it": {key: []},
        "null in it": {key: None},
        "an object in it": {key: {}},
        "a text in it": {key: "x"},
        "a number in it": {key: 1},
        "an item of nothing": {key: [{}]},
        "an item of null": {key: [None]},
        "an item of a text": {key: ["x"]},
        "an item of a list": {key: [[]]},
        "an unknown field": {"nope": 1},
        "an unknown field beside it": {key: [], "nope": {"neither": 1}},
        "the answer's own": {key: [], "meta": {}, "errors": [], "warnings": []},
        "a wrong type of the answer's own": {key: [], "meta": 1, "errors": {}, "warnings": "x"},
    }
    for name, body in bodies.items():
        yield Case(operation, f"body: {name}", path, body=body, user=user)
    yield Case(operation, "body and query", path, "nope=1", body={key: []}, user=user)
    yield Case(operation, "only a query", path, "nope=1", user=user)


def nested(path: str, value: Any) -> dict[str, Any]:
    """An object with a value at a path of keys."""
    key, _, rest = path.partition("/")
    return {key: nested(rest, value) if rest else value}


def merged(*objects: dict[str, Any]) -> dict[str, Any]:
    """One object of several, branch by branch."""
    made: dict[str, Any] = {}
    for each in objects:
        for key, value in each.items():
            branch = isinstance(value, dict) and isinstance(made.get(key), dict)
            made[key] = merged(made[key], value) if branch else value
    return made

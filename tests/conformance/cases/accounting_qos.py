# SPDX-License-Identifier: GPL-2.0-or-later
"""Qualities of service (QOS)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.reads import ODD_QUERIES
from tests.conformance.writing import Write, by_everybody

_ALL, _ONE = "GET slurmdb/qos", "GET slurmdb/qos/{qos}"
_POST, _DELETE = "POST slurmdb/qos", "DELETE slurmdb/qos/{qos}"

PARAMETERS = {
    "description": ("the%20usual", "nope", ""),
    "id": ("1", "99", "high", "", "-1"),
    "format": ("name", ""),
    "name": ("high", "HIGH", "nope", "1", ""),
    "preempt_mode": ("REQUEUE", "NOPE", ""),
    "with_deleted": ("true", "false", "nope", ""),
    "Include%20deleted%20QOS": ("true", "false", "nope", ""),
}
NAMES = (
    "high",
    "HIGH",
    "normal",
    "1",
    "99",
    "nope",
    "%20",
    "a%20b",
    "high%2Clow",
    "0x2",
    "x" * 300,
)
# The original dies of these.
NO_NAMES = ("null", "-1", "4294967297", "1e30", "true")
BOOLEANS = ("true", "false", "1", "0", "", "nope", "2", "null")


def _reads() -> Iterator[Case]:
    yield Case(_ALL, "plain", "slurmdb/qos")
    yield Case(_ALL, "trailing slash", "slurmdb/qos/")
    for user in ("carol", "oscar", "admin"):
        yield Case(_ALL, f"as {user}", "slurmdb/qos", user=user)
        yield Case(_ONE, f"as {user}", "slurmdb/qos/high", user=user)
    for parameter, values in PARAMETERS.items():
        for value in values:
            yield Case(_ALL, f"{parameter}={value}", "slurmdb/qos", f"{parameter}={value}")
    for name, query in ODD_QUERIES.items():
        yield Case(_ALL, name, "slurmdb/qos", query)
        yield Case(_ONE, name, "slurmdb/qos/high", query)
    for name in (*NAMES, *NO_NAMES):
        yield Case(_ONE, f"name {name[:20]}", f"slurmdb/qos/{name}")
    for value in BOOLEANS:
        yield Case(_ONE, f"with_deleted={value}", "slurmdb/qos/high", f"with_deleted={value}")
    yield Case(_ONE, "more after it", "slurmdb/qos/high/more")


TRES = [{"type": "cpu", "count": 7}, {"type": "gres", "name": "gpu", "count": 3}]
ODD_TRES: tuple[Any, ...] = (
    [],
    None,
    {},
    "cpu=3",
    1,
    [{}],
    [None],
    [1],
    ["cpu"],
    [{"type": "cpu"}],
    [{"type": "CPU", "count": 3}],
    [{"type": "cpu", "name": "x", "count": 3}],
    [{"type": "gres", "count": 3}],
    [{"type": "gres", "name": "GPU", "count": 3}],
    [{"type": "nope", "count": 3}],
    [{"type": "gres", "name": "nope", "count": 3}],
    [{"type": "cpu", "id": 1, "count": 3}],
    [{"type": "cpu", "id": 2, "count": 3}],
    [{"type": "cpu", "id": 99, "count": 3}],
    [{"id": 1, "count": 3}],
    [{"type": None, "id": 1, "count": 3}],
    [{"type": "", "id": 1, "count": 3}],
    [{"type": "cpu", "count": -1}],
    [{"type": "cpu", "count": -2}],
    [{"type": "cpu", "count": "5"}],
    [{"type": "cpu", "count": "x"}],
    [{"type": "cpu", "count": 1.5}],
    [{"type": "cpu", "count": 2**63}],
    [{"type": "cpu", "count": 1}, {"type": "cpu", "count": 2}],
    [{"type": "mem", "count": 100}, {"type": "cpu", "count": 2}],
    [{"type": "cpu", "id": -1, "count": 3}],
    [{"type": "cpu", "id": "1", "count": 3}],
    [{"type": "cpu", "nope": 1, "count": 3}],
)
NUMBERS: tuple[Any, ...] = (
    5,
    0,
    {"set": True, "number": 7},
    {"set": True, "infinite": False, "number": 7},
    {"set": False, "infinite": True, "number": 0},
    {"set": False, "infinite": False, "number": 9},
    {"infinite": True},
    {},
    None,
    "8",
    "",
    "x",
    -1,
    1.5,
    4294967295,
    4294967294,
    [],
    True,
)
ODD_QOS: tuple[Any, ...] = (
    [],
    None,
    {},
    "low",
    "",
    ["low"],
    ["low", "scavenger"],
    ["LOW"],
    ["3"],
    [3],
    ["nope"],
    [99],
    [-1],
    [2**40],
    [""],
    [None],
    [{"name": "low"}],
    [{"id": 3}],
    [{}],
    [["low"]],
    [True],
    [1.5],
    ["low", "nope"],
)
FLAGS = (
    *("NOT_SET", "ADD", "REMOVE", "PARTITION_MINIMUM_NODE", "PARTITION_MAXIMUM_NODE"),
    *("PARTITION_TIME_LIMIT", "ENFORCE_USAGE_THRESHOLD", "NO_RESERVE", "REQUIRED_RESERVATION"),
    *("DENY_LIMIT", "OVERRIDE_PARTITION_QOS", "NO_DECAY", "USAGE_FACTOR_SAFE", "RELATIVE"),
)
MODES = ("DISABLED", "SUSPEND", "REQUEUE", "CANCEL", "GANG")
PATHS_OF_TRES = (
    *("limits/max/tres/total", "limits/max/tres/minutes/total", "limits/max/tres/minutes/per/qos"),
    *("limits/max/tres/minutes/per/job", "limits/max/tres/minutes/per/account"),
    *("limits/max/tres/minutes/per/user", "limits/max/tres/per/account", "limits/max/tres/per/job"),
    *("limits/max/tres/per/node", "limits/max/tres/per/user", "limits/min/tres/per/job"),
)
PATHS_OF_NUMBERS = (
    *("limits/grace_time", "limits/max/active_jobs/accruing", "limits/max/active_jobs/count"),
    *("limits/max/jobs/count", "limits/max/jobs/active_jobs/per/account"),
    *("limits/max/jobs/active_jobs/per/user", "limits/max/jobs/per/account"),
    *("limits/max/jobs/per/user", "limits/max/wall_clock/per/qos", "limits/max/wall_clock/per/job"),
    *("limits/max/accruing/per/account", "limits/max/accruing/per/user", "limits/factor"),
    *("limits/min/priority_threshold", "preempt/exempt_time", "priority", "usage_factor"),
    "usage_threshold",
)
BODIES: dict[str, Any] = {
    "no body": NO_BODY,
    "empty": b"",
    "nothing": {},
    "no QOS": {"qos": []},
    "null": {"qos": None},
    "an object": {"qos": {}},
    "a text": {"qos": "high"},
    "a number": {"qos": 1},
    "one without a name": {"qos": [{}]},
    "null in it": {"qos": [None]},
    "a text in it": {"qos": ["x"]},
    "unknown id": {"qos": [{"id": 99}]},
    "unknown id and a name": {"qos": [{"id": 99, "name": "x"}]},
    "id of another": {"qos": [{"id": 3, "name": "high"}]},
    "negative id": {"qos": [{"id": -1}]},
    "no list": [],
    "not JSON": b"{",
    "half a list": b"[1,",
    "no end of a text": b'{"x',
    "an empty name": {"qos": [{"name": ""}]},
    "name of a list": {"qos": [{"name": ["x"]}]},
    "unknown fields": {"qos": [{"nope": 1}], "neither": 2},
}


def nested(path: str, value: Any) -> dict[str, Any]:
    """An object with a value at a path."""
    key, _, rest = path.partition("/")
    return {key: nested(rest, value) if rest else value}


def _refusals() -> Iterator[Case]:
    for name, body in BODIES.items():
        yield Case(_POST, name, "slurmdb/qos", body=body)
        if name not in ("no body", "empty"):
            yield Case(_POST, f"{name} as admin", "slurmdb/qos", body=body, user="admin")
    for query in ("nope=1", *(f"{name}={values[0]}" for name, values in PARAMETERS.items())):
        yield Case(_POST, f"query {query}", "slurmdb/qos", query, body={"qos": []}, user="admin")
    for name in ("nope", "99", *NO_NAMES):
        yield Case(_DELETE, f"name {name}", f"slurmdb/qos/{name}", user="admin")
    yield Case(_DELETE, "unknown parameter", "slurmdb/qos/nope", "nope=1", user="admin")
    yield Case(_DELETE, "with_deleted", "slurmdb/qos/nope", "with_deleted=true", user="admin")


CASES = (*_reads(), *_refusals())

_ADD = ("add qos <it> Description=before Priority=5 GrpTRES=cpu=9",)
_UNDO = ("delete qos <it>",)


def _post(name: str, body: Any, *, there: bool = True, left: bool = True) -> Write:
    case = Case(_POST, name, "slurmdb/qos", body=body, user="admin")
    return Write(case, _ADD if there else (), _UNDO if left else ())


def _change(name: str, field: dict[str, Any]) -> Write:
    return _post(name, {"qos": [{"name": "<it>", **field}]})


def _writes() -> Iterator[Write]:
    whole: dict[str, Any] = {"name": "<it>", "description": "made by a test", "flags": ["NO_DECAY"]}
    for path in (*PATHS_OF_TRES, *PATHS_OF_NUMBERS):
        value = TRES if path in PATHS_OF_TRES else {"set": True, "number": 3}
        _merge(whole, nested(path, value))
    _merge(whole, nested("preempt/list", ["low", "scavenger"]))
    _merge(whole, nested("preempt/mode", ["REQUEUE"]))
    yield _post("a new one", {"qos": [{"name": "<it>"}]}, there=False)
    yield _post("a new one with all there is", {"qos": [whole]}, there=False)
    yield _change("all there is", whole)
    yield _change("nothing", {})
    for path in PATHS_OF_TRES:
        yield _change(path, nested(path, TRES))
        yield _change(f"{path} without bound", nested(path, [{"type": "cpu", "count": -1}]))
    for path in PATHS_OF_NUMBERS:
        yield _change(path, nested(path, {"set": True, "infinite": False, "number": 11}))
        yield _change(f"{path} without bound", nested(path, {"infinite": True}))
    for value in ODD_TRES:
        yield _change(f"TRES {value!r}", nested("limits/max/tres/total", value))
    for value in NUMBERS:
        yield _change(f"number {value!r}", nested("limits/max/active_jobs/count", value))
        yield _change(f"plain number {value!r}", nested("limits/grace_time", value))
        yield _change(f"float {value!r}", nested("usage_factor", value))
    for value in ODD_QOS:
        yield _change(f"preempt {value!r}", nested("preempt/list", value))
    for flag in FLAGS:
        yield _change(f"flag {flag}", {"flags": [flag]})
    yield _change("flags added", {"flags": ["ADD", "NO_DECAY"]})
    yield _change("two flags", {"flags": ["NO_DECAY", "DENY_LIMIT"]})
    yield _change("no flags", {"flags": []})
    yield _change("an unknown flag", {"flags": ["NOPE"]})
    for mode in MODES:
        yield _change(f"mode {mode}", {"preempt": {"mode": [mode]}})
    yield _change("an unknown mode", {"preempt": {"mode": ["NOPE"]}})
    yield _change("a description", {"description": "after"})
    yield _change("an empty description", {"description": ""})
    yield _post("the second is wrong", {"qos": [{"name": "<it>", "priority": 9}, {"id": 99}]})
    yield _post(
        "the second cannot be read",
        {"qos": [{"name": "<it>", "priority": 9}, {"name": "x", "flags": ["NOPE"]}]},
    )
    yield _post(
        "a new one, then one that is wrong",
        {"qos": [{"name": "<it>"}, {}]},
        there=False,
        left=False,
    )


def _merge(into: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict) and "set" not in value:
            _merge(into[key], value)
        else:
            into[key] = value


WRITES = (
    *_writes(),
    *by_everybody(
        (
            _change("a priority", {"priority": 9}),
            Write(Case(_DELETE, "one that is there", "slurmdb/qos/<it>"), _ADD, _UNDO),
        )
    ),
)

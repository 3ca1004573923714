# SPDX-License-Identifier: GPL-2.0-or-later
"""Clusters of the accounting database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.reads import ODD_QUERIES, UPDATE_TIMES
from tests.conformance.writing import Write, by_everybody

_ALL, _ONE = "GET slurmdb/clusters", "GET slurmdb/cluster/{name}"
_POST, _DELETE = "POST slurmdb/clusters", "DELETE slurmdb/cluster/{name}"

BOOLEANS = ("true", "false", "1", "0", "", "nope")
PARAMETERS = {
    "classification": ("UNCLASSIFIED", "CAPABILITY", "CAPACITY", "CAPAPACITY", "NOPE", "", "1"),
    "cluster": ("sandbox", "SANDBOX", "nope", "", "sandbox%2Cnope", "1"),
    "federation": ("x", ""),
    "flags": (
        *("REGISTERING", "MULTIPLE_SLURMD", "FRONT_END", "FEDERATION", "EXTERNAL", "NOPE", ""),
        *("multiple_slurmd", "1"),
    ),
    "format": ("name", ""),
    "rpc_version": ("1", "10752", "", "x"),
    "usage_end": tuple(UPDATE_TIMES.values()),
    "usage_start": ("0", "1000", "abc", "now-1hour"),
    "with_deleted": BOOLEANS,
    "with_usage": BOOLEANS,
    "update_time": ("0", "99999999999", "abc"),
}
NAMES = ("sandbox", "SANDBOX", "nope", "null", "1", "true", "%20", "a%20b", "x" * 300)
BODIES: dict[str, Any] = {
    "no body": NO_BODY,
    "empty": b"",
    "nothing": {},
    "no clusters": {"clusters": []},
    "null": {"clusters": None},
    "an object": {"clusters": {}},
    "a text": {"clusters": "x"},
    "one without a name": {"clusters": [{}]},
    "null in it": {"clusters": [None]},
    "no list": [],
    "not JSON": b"{",
    "half a list": b"[1,",
    "no end of a text": b'{"x',
    "an empty name": {"clusters": [{"name": ""}]},
    "an unknown flag": {"clusters": [{"name": "x", "flags": ["NOPE"]}]},
    "TRES that is none": {"clusters": [{"name": "x", "tres": "cpu"}]},
    "a port that is none": {"clusters": [{"name": "x", "controller": {"port": "x"}}]},
    "unknown fields": {"clusters": [{"nope": 1}], "neither": 2},
    "one that is there": {"clusters": [{"name": "sandbox"}]},
}
_HARMLESS = ("nothing", "no clusters", "null", "an object", "no list", "not JSON")
"""What an administrator may send without making a cluster of it."""


def _reads() -> Iterator[Case]:
    yield Case(_ALL, "plain", "slurmdb/clusters")
    yield Case(_ALL, "trailing slash", "slurmdb/clusters/")
    for user in ("carol", "oscar", "admin"):
        yield Case(_ALL, f"as {user}", "slurmdb/clusters", user=user)
        yield Case(_ONE, f"as {user}", "slurmdb/cluster/sandbox", user=user)
    for parameter, values in PARAMETERS.items():
        for value in values:
            query = f"{parameter}={value}"
            yield Case(_ALL, query, "slurmdb/clusters", query)
        yield Case(_ONE, f"with {parameter}", "slurmdb/cluster/sandbox", f"{parameter}={values[0]}")
        yield Case(_DELETE, f"with {parameter}", "slurmdb/cluster/nope", f"{parameter}={values[0]}")
    for name, query in ODD_QUERIES.items():
        yield Case(_ALL, name, "slurmdb/clusters", query)
        yield Case(_ONE, name, "slurmdb/cluster/sandbox", query)
    for name in NAMES:
        yield Case(_ONE, f"name {name[:20]}", f"slurmdb/cluster/{name}")
        if name.lower() != "sandbox":
            yield Case(_DELETE, f"name {name[:20]}", f"slurmdb/cluster/{name}", user="admin")
    yield Case(_ALL, "two", "slurmdb/clusters", "cluster=nope&cluster=sandbox")
    yield Case(_ALL, "flags twice", "slurmdb/clusters", "flags=FRONT_END&flags=MULTIPLE_SLURMD")


def _refusals() -> Iterator[Case]:
    for name, body in BODIES.items():
        yield Case(_POST, name, "slurmdb/clusters", body=body)
        if name in _HARMLESS:
            yield Case(_POST, f"{name} as admin", "slurmdb/clusters", body=body, user="admin")
    yield Case(_POST, "update_time", "slurmdb/clusters", "update_time=0", body={"clusters": []})
    for user in ("alice", "carol", "oscar"):
        yield Case(_DELETE, f"the sandbox as {user}", "slurmdb/cluster/sandbox", user=user)


CASES = (*_reads(), *_refusals())

_UNDO = ("delete cluster <it>",)


def _post(name: str, *clusters: dict[str, Any]) -> Write:
    body = {"clusters": list(clusters)}
    return Write(Case(_POST, name, "slurmdb/clusters", body=body, user="admin"), after=_UNDO)


# One that cannot be added, after one that can, wedges slurmdbd itself: whoever sends it.
WRITES = (
    _post("a new one", {"name": "<it>"}),
    _post(
        "a new one with all there is",
        {
            "name": "<it>",
            "controller": {"host": "127.0.0.1", "port": 6817},
            "flags": ["FRONT_END"],
            "nodes": "m[1-4]",
            "select_plugin": "x",
            "rpc_version": 10752,
            "associations": {"root": {"account": "root", "cluster": "<it>", "user": ""}},
            "tres": [{"type": "cpu", "count": 5}],
        },
    ),
    _post("a new one that is external", {"name": "<it>", "flags": ["EXTERNAL"]}),
    *by_everybody(
        (
            _post("a new one", {"name": "<it>"}),
            Write(
                Case(_DELETE, "one that is there", "slurmdb/cluster/<it>"),
                ("add cluster <it>",),
                _UNDO,
            ),
        )
    ),
)

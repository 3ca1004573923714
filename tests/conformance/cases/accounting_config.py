# SPDX-License-Identifier: GPL-2.0-or-later
"""All that the accounting database is configured with."""

from __future__ import annotations

from typing import Any

from tests.conformance.case import NO_BODY, Case

_GET, _POST = "GET slurmdb/config", "POST slurmdb/config"
_CLUSTER = {"name": "sandbox"}

BODIES: dict[str, Any] = {
    "no body": NO_BODY,
    "empty": b"",
    "nothing": {},
    "no list": [],
    "not JSON": b"{",
    "half a list": b"[1,",
    "no end of a text": b'{"x',
    "unknown fields": {"nope": 1},
    "clusters null": {"clusters": None},
    "no clusters": {"clusters": []},
    "tres alone": {"tres": [{"type": "cpu"}]},
    "accounts that are none": {"clusters": [_CLUSTER], "accounts": "x"},
    "users that are none": {"clusters": [_CLUSTER], "users": [1]},
    "a QOS that is none": {"clusters": [_CLUSTER], "qos": [{"id": 99}]},
    "a flag that is none": {"clusters": [_CLUSTER], "qos": [{"name": "x", "flags": ["NOPE"]}]},
}

CASES = (
    *(
        Case(_GET, f"as {user}", "slurmdb/config", user=user)
        for user in ("alice", "oscar", "admin")
    ),
    Case(_GET, "query", "slurmdb/config", "nope=1", user="admin"),
    Case(_GET, "trailing slash", "slurmdb/config/", user="admin"),
    *(Case(_POST, name, "slurmdb/config", body=body) for name, body in BODIES.items()),
)

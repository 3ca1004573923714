# SPDX-License-Identifier: GPL-2.0-or-later
"""All that the accounting database is configured with.

No body here names a cluster: slurmdbd may stand still over one that is added and not
committed, with what its controller tells it.  See test_accounting_config.
"""

from __future__ import annotations

from typing import Any

from tests.conformance.case import NO_BODY, Case

_GET, _POST = "GET slurmdb/config", "POST slurmdb/config"

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
    "accounts that are none": {"accounts": "x"},
    "users that are none": {"users": [1]},
    "a QOS that is none": {"qos": [{"id": 99}]},
    "a flag that is none": {"qos": [{"name": "x", "flags": ["NOPE"]}]},
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

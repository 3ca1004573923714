# SPDX-License-Identifier: GPL-2.0-or-later
"""TRES of the accounting database."""

from __future__ import annotations

from tests.conformance.case import Case

_GET, _POST = "GET slurmdb/tres", "POST slurmdb/tres"
_PATH = "slurmdb/tres"

QUERIES = ("", "&", "nope=1", "with_deleted=true", "=1", "nope=%4", "TRES=cpu")

BODIES = {
    "empty": {"TRES": []},
    "one": {"TRES": [{"type": "gres", "name": "quantum"}]},
    "of a wrong type": {"TRES": [{"type": 1, "count": "x"}]},
    "nothing": {},
    "no object": [],
    "unknown field": {"nope": 1},
    "not JSON": b"{",
    "half a list": b"[1,",
    "no end of a text": b'{"x',
    "no text": b"",
}

CASES = (
    Case(_GET, "plain", _PATH),
    *(Case(_GET, f"query {query!r}", _PATH, query) for query in QUERIES),
    *(Case(_GET, f"as {user}", _PATH, user=user) for user in ("carol", "oscar", "admin")),
    Case(_GET, "trailing slash", f"{_PATH}/"),
    Case(_GET, "more after it", f"{_PATH}/cpu"),
    *(Case(_POST, f"body {name}", _PATH, body=body) for name, body in BODIES.items()),
    *(
        Case(_POST, f"as {user}", _PATH, body={"TRES": []}, user=user)
        for user in ("carol", "oscar", "admin")
    ),
    Case(_POST, "no body", _PATH),
    Case("refusal", "DELETE slurmdb/tres", _PATH, method="DELETE"),
    Case("refusal", "HEAD slurmdb/tres", _PATH, method="HEAD"),
    Case(
        "credential",
        "slurmdb with a worthless token",
        _PATH,
        method="GET",
        headers={"X-SLURM-USER-TOKEN": "worthless"},
    ),
)

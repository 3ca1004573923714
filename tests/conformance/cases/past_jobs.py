# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs of the accounting database that stand still."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.past_jobs import FIRST_ID, JOBS, RANGE

_ALL, _ONE = "GET slurmdb/jobs", "GET slurmdb/job/{id}"
_PATH = "slurmdb/jobs"

QUERIES = {
    "all": "show_duplicates=true&disable_truncate_usage_time=true",
    "in their range": "show_duplicates=true",
    "without steps": "skip_steps=true",
    "without duplicates": "disable_truncate_usage_time=true",
    "parts of heterogeneous jobs": "whole_hetjob=true",
}

CASES = (
    *(Case(_ALL, name, _PATH, f"{RANGE}&{query}", user="admin") for name, query in QUERIES.items()),
    *(
        Case(_ALL, f"as {user}", _PATH, f"{RANGE}&show_duplicates=true", user=user)
        for user in ("alice", "carol", "oscar")
    ),
    *(
        Case(_ONE, f"past job {place}", f"slurmdb/job/{FIRST_ID + place}", user="admin")
        for place in range(0, len(JOBS), 7)
    ),
)

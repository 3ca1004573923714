# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics and ping of slurmdbd, and instances."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.reads import ODD_QUERIES, UPDATE_TIMES

INSTANCES = {
    "cluster": ("sandbox", "nope", ""),
    "extra": ("x", "more1", ""),
    "format": ("x",),
    "instance_id": ("x", "i-1", "I-1", "i-1%2Ci-2", ""),
    "instance_type": ("x", "t1", ""),
    "node_list": ("n1", "e0991", "e%5B0990-0999%5D", "e0991%2Ce0992", ""),
    "time_end": tuple(UPDATE_TIMES.values()),
    "time_start": ("0", "1000", "abc", "now-1hour"),
}


def _cases() -> Iterator[Case]:
    for path in ("slurmdb/diag", "slurmdb/ping"):
        versions = ("v0.0.42",) if path.endswith("ping") else ("v0.0.40", "v0.0.41", "v0.0.42")
        operation = f"GET {path}"
        for user in ("alice", "carol", "oscar", "admin"):
            yield Case(operation, f"as {user}", path, user=user, versions=versions)
        for query in ("nope=1", "", "=1"):
            yield Case(operation, f"query {query!r}", path, query, versions=versions)
        yield Case(operation, "more after it", f"{path}/more", versions=versions)
    yield Case("refusal", "slurmdb/ping", "slurmdb/ping", method="GET")
    for path in ("slurmdb/instances", "slurmdb/instance"):
        operation = f"GET {path}"
        yield Case(operation, "plain", path)
        yield Case(operation, "as admin", path, user="admin")
        for parameter, values in INSTANCES.items():
            for value in values:
                yield Case(operation, f"{parameter}={value}", path, f"{parameter}={value}")
        for name, query in ODD_QUERIES.items():
            yield Case(operation, name, path, query)


CASES = tuple(_cases())

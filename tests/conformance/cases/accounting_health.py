# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics and ping of slurmdbd, and instances."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.reads import ODD_QUERIES, UPDATE_TIMES
from tests.conformance.past_instances import START

INSTANCES = {
    "cluster": ("sandbox", "nope", ""),
    "extra": ("x", "more1", "more1%2Cmore2", ""),
    "format": ("x",),
    "instance_id": ("x", "i-1", "I-1", "i-1%2Ci-2", ""),
    "instance_type": ("x", "t1", "t1%2Ct2", ""),
    "node_list": ("n1", "gone", "e0991", "e%5B0990-0999%5D", "e0991%2Ce0992", ""),
    "time_end": tuple(UPDATE_TIMES.values()),
    "time_start": ("0", "1", "1000", "abc", "now-1hour"),
}

_ALL = f"time_start={START}"
"""Without it only what began in these days is shown."""

_TIMES = (
    _ALL,
    f"{_ALL}&time_end={START + 150}",
    f"time_start={START + 150}&time_end={START + 350}",
    f"time_start={START + 400}",
    f"time_end={START + 400}",
    f"{_ALL}&time_end={START}",
    f"time_start={START + 400}&time_end={START + 100}",
)


def _health() -> Iterator[Case]:
    for path in ("slurmdb/diag", "slurmdb/ping"):
        versions = ("v0.0.42",) if path.endswith("ping") else ("v0.0.40", "v0.0.41", "v0.0.42")
        operation = f"GET {path}"
        for user in ("alice", "carol", "oscar", "admin"):
            yield Case(operation, f"as {user}", path, user=user, versions=versions)
        for query in ("nope=1", "", "=1"):
            yield Case(operation, f"query {query!r}", path, query, versions=versions)
        yield Case(operation, "more after it", f"{path}/more", versions=versions)
    yield Case("refusal", "slurmdb/ping", "slurmdb/ping", method="GET")


def _instances(path: str) -> Iterator[Case]:
    operation = f"GET {path}"
    yield Case(operation, "plain", path)
    for user in ("alice", "carol", "admin"):
        yield Case(operation, f"all, as {user}", path, _ALL, user=user)
    for query in _queries():
        yield Case(operation, query, path, query)
    for name, query in ODD_QUERIES.items():
        yield Case(operation, name, path, query)


def _queries() -> Iterator[str]:
    for parameter, values in INSTANCES.items():
        for value in values:
            yield f"{parameter}={value}"
            if not parameter.startswith("time"):
                yield f"{_ALL}&{parameter}={value}"
    yield from _TIMES


CASES = (*_health(), *_instances("slurmdb/instances"), *_instances("slurmdb/instance"))

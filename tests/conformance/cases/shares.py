# SPDX-License-Identifier: GPL-2.0-or-later
"""Fair shares.  The original reads no query here, though it documents one."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.reads import FUTURE, ODD_QUERIES, PATHS

OPERATION = "GET shares"

QUERIES = {
    "accounts": "accounts=physics",
    "users": "users=alice",
    "accounts and users": "accounts=physics&users=alice",
    "several accounts": "accounts=physics%2Cchemistry",
    "accounts twice": "accounts=physics&accounts=chemistry",
    "several users": "users=alice%2Cbob",
    "unknown account": "accounts=nope",
    "unknown user": "users=nobody-of-that-name",
    "empty account": "accounts=",
    "empty user": "users=",
    "user without a value": "users",
    "only commas": "users=%2C%2C",
    "raw comma": "users=alice,bob",
    "upper case": "users=ALICE",
    "number": "users=1",
    "float": "users=1.50",
    "true": "users=true",
    "null": "users=null",
    "escaped NUL": "users=a%00",
    "invalid UTF-8": "users=%ff",
    "indexed": "users%5B0%5D=alice",
    "update_time": f"update_time={FUTURE}",
}
ODD = ("unknown parameter", "empty query", "no name", "half an escape", "escape of no byte")


def _cases() -> Iterator[Case]:
    for user in ("admin", "alice", "bob"):
        yield Case(OPERATION, f"as {user}", "shares", user=user)
    worthless = {"X-SLURM-USER-TOKEN": "nonsense"}
    yield Case(OPERATION, "with a worthless token", "shares", headers=worthless)
    for name, query in QUERIES.items():
        yield Case(OPERATION, name, "shares", query)
    for name in ODD:
        yield Case(OPERATION, name, "shares", ODD_QUERIES[name])
    for name, spelling in PATHS.items():
        yield Case(OPERATION, f"path with {name}", spelling.format("shares"))


CASES = tuple(_cases())

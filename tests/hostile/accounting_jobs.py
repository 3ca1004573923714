# SPDX-License-Identifier: GPL-2.0-or-later
"""Odd questions for jobs of the accounting database."""

from __future__ import annotations

from tests.conformance.answer import DIED
from tests.hostile.horror import UNASKED, Horror, Status, Statuses

_LONG = "x" * 60_000
_HOSTS = "n%5B0-9999%5D%5B0-9999%5D%5B0-9999%5D"
_LIKE_SQL = "%27%20OR%201%3D1%20--%20"
_LIKE_SQL_TOO = "1%29%3B%20DROP%20TABLE%20sandbox_job_table%3B%20--%20"


def _get(query: str, status: Statuses, original: Statuses | None = None, name: str = "") -> Horror:
    shown = name or query
    return Horror(
        f"GET slurmdb/jobs {shown[:60]} {len(shown)}",
        status,
        b"",
        original,
        "GET",
        f"/slurmdb/<version>/jobs?{query}",
    )


def _one(name: str, status: Status, original: Status | None = None) -> Horror:
    return Horror(
        f"GET slurmdb/job {name[:40]!r} {len(name)}",
        status,
        b"",
        original,
        "GET",
        f"/slurmdb/<version>/job/{name}",
    )


_LISTS = (
    *("account", "association", "cluster", "constraints", "format", "job_name", "partition"),
    *("qos", "reason", "reservation", "reservation_id", "wckey"),
)
_NUMBERS = ("cpus_min", "cpus_max", "nodes_min", "nodes_max", "timelimit_min", "timelimit_max")

QUERIES = (
    *(_get(f"{key}=%00", 400) for key in (*_LISTS, *_NUMBERS, "users", "step")),
    *(_get(f"{key}=nan", 422) for key in _NUMBERS),
    *(_get(f"{key}={'9' * 5000}", 200) for key in _NUMBERS),
    *(_get(f"{key}={'9' * 5000}x", 422) for key in (*_NUMBERS, "exit_code")),
    *(_get(f"job_name={_LIKE_SQL}{key}", 200) for key in ("a", "b%5C%27", "%5C")),
    *(_get(f"account={key}{_LIKE_SQL_TOO}", 200) for key in ("a", "b")),
    *(
        _get("&".join([f"{key}=x"] * 3000), 200, name=f"{key} often")
        for key in ("account", "wckey")
    ),
    *(_get(f"{key}={_LONG}", 200) for key in ("account", "job_name", "wckey", "partition")),
    _get(f"users={_LONG}", 422),
    _get("&".join(["users=alice"] * 3000), 200, name="a user often"),
    _get("&".join(["users=nope"] * 3000), 422, name="no user often"),
    *(_get(f"groups={name}", 422, (422, DIED, DIED)) for name in ("nope", _LONG[:5000], "%20")),
    _get("groups=alice", (422, 200, 200), (422, DIED, DIED)),
    _get("state=" + _LONG, (422, 500, 500)),
    _get("&".join(["state=NOPE"] * 300), (422, 500, 500), name="no state often"),
    _get("&".join(["state=RUNNING"] * 3000), 200, name="a state often"),
    *(
        _get(f"step={name}", 422)
        for name in ("1_" * 20_000, "9" * 5000, "1_%5B1-3%5D", "-1", "%0a")
    ),
    *(_get(f"step=1.{name}", 422, DIED) for name in ("x", _LONG[:5000])),
    _get("step=1.0x", 422),
    _get("&".join(f"step={number}" for number in range(1, 3000)), 200, name="many steps"),
    _get(f"node={_HOSTS}", 422, UNASKED),
    _get("node=" + "%2C".join(["n%5B0-999%5D"] * 500), 422, UNASKED, "many ranges of nodes"),
    _get("node=" + "%5B" * 20_000, 500, name="many brackets"),
    _get("node=n%5B1-", 500),
    _get("start_time=" + "T" * 30_000, 422),
    _get("start_time=now%2B" + "9" * 3000, 422, UNASKED, "long after"),
    _get("start_time=9223372036854775807", (422, 422, 200)),
    _get("start_time=-9223372036854775808", (422, 422, 200)),
    _get("start_time=1e308", (422, 422, 200)),
    _get("start_time=1&start_time=2", 422),
    _get("end_time=9223372036854775807&start_time=1", (422, 422, 200)),
    _get("&".join(f"a{number}=1" for number in range(5000)), 200, name="many unknown names"),
    _get("&".join(["skip_steps"] * 5000), 200, name="a switch often"),
    _get("__class__=1&a%2Fb=2&%23=3", 200),
)

IDS = (
    *(_one(name, 422) for name in ("0", "-1", "nope", "1_%5B1-3%5D", "1_-1", "nan", "9" * 20)),
    *(
        _one(name, 422)
        for name in ("9" * 5000, "_", "1_2%2B3", "1%2B", "1_" * 10_000, "4294967295")
    ),
    *(_one(name, 400) for name in ("%00", "%ff", "%zz", "%", "1+", "[1]", "1;2", "%0a%zz")),
    *(_one(name, 404) for name in ("1/2", "")),
    *(_one(name, 200) for name in ("1", "1.0", "0x1869f", "%39%39999", "1_1", "1.batch")),
    _one("1.x", 422, DIED),
)

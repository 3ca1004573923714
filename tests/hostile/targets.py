# SPDX-License-Identifier: GPL-2.0-or-later
"""Other operations: odd bodies of theirs, ids that are none, paths, queries."""

from __future__ import annotations

from tests.conformance.answer import DIED
from tests.hostile.horror import EARLIER, UNASKED, Horror, Statuses, text
from tests.hostile.target import CANARY

ABSENT = ("99999", "67108862", "0x1869f", "%39%39999")
"""Jobs that there may be; to signal one that there is not is no error."""


def _path(name: str, status: int, original: int | str | None = None) -> tuple[Horror, ...]:
    """GET, DELETE and POST of a job by such a name."""
    return tuple(
        Horror(
            f"{method} job {name[:30]!r}",
            200 if method == "DELETE" and name in ABSENT else status,
            text({"comment": CANARY}) if method == "POST" else b"",
            original,
            method,
            f"job/{name}",
        )
        for method in ("GET", "DELETE", "POST")
    )


IDS = tuple(
    horror
    for name, status in {
        **dict.fromkeys(("0", "-1", "nope", "1_%5B1-3%5D", "1_-1", "1%2B", "nan", "%20"), 422),
        **dict.fromkeys(("9" * 20, "4294967295", "9" * 5000, "1e3x", "_", "1_2%2B3"), 422),
        **dict.fromkeys(ABSENT, 404),
        **dict.fromkeys(("67108863", "67108864"), 404),
        **dict.fromkeys(("%00", "%ff", "%zz", "%", "%2", "%2e%2e", "..", "1;2", "1+", "[1]"), 400),
        **dict.fromkeys(("1%2F2", "%C3%28", "..%2F..%2Fetc"), 422),
        **dict.fromkeys(("1/2", ""), 404),
    }.items()
    for horror in _path(name, status)
) + _path("1.x", 422, DIED)

_LONG = "a" * 60_000


def _get(target: str, status: Statuses) -> Horror:
    return Horror(f"GET {target[:50]} {len(target)}", status, method="GET", target=target)


PATHS = (
    *(
        _get(f"{kind}/{name}", status)
        for kind, status in (("node", 200), ("partition", 422), ("reservation", 200))
        for name in ("nope", "n%5B0-9999%5D%5B0-9999%5D", "%F0%9F%92%A5", "%25s%25n", "%20", _LONG)
    ),
    *(_get(f"{kind}/%00", 400) for kind in ("node", "partition", "reservation")),
    *(_get(f"{kind}/n[1-3]", 400) for kind in ("node", "partition", "reservation")),
    _get("//jobs//", 404),
    _get("jobs/../jobs", 400),
    _get("%6aobs", 200),
    _get("jobs%2f", 404),
    _get("/slurm/v0.0.99/ping", 404),
    _get("/slurm/../etc/passwd", 400),
    _get("/" + "/" * 10_000, 404),
    _get("/" + "a/" * 10_000, 404),
    _get("/" + "%41" * 20_000, 404),
)


def _delete(query: str, status: Statuses) -> Horror:
    return Horror(f"DELETE with {query}", status, method="DELETE", target=f"job/99999?{query}")


def _queries(wrong: int) -> dict[str, Statuses]:
    """Queries and their statuses; ``wrong`` is that of one that cannot be read."""
    return {
        "update_time=x": wrong,
        "update_time=1&update_time=2": wrong,
        "update_time=-1": (wrong, wrong, 200),
        "update_time=" + "T" * 30_000: wrong,
        "flags=NOPE": (wrong, 500, 500),
        "&".join(["flags=ALL"] * 5000): 200,
        "&".join(f"a{number}=1" for number in range(5000)): 200,
        "a=" + "x" * 60_000: 200,
        "a=%00": 400,
        "a=%ff": 400,
        "a=%zz": 400,
        "=": 400,
        "a=b=c": 400,
        "&&;;&": 200,
        "a[]=1": 400,
        "a=\udcff": 400,
        "__class__=1&a%2Fb=2&%23=3": 200,
    }


QUERIES = (
    *(
        _get(f"{target}?{query}", status)
        for target, wrong in {"jobs": 422, "nodes": 500, "partitions": 500}.items()
        for query, status in _queries(wrong).items()
    ),
    _get("jobs/state?job_id=" + ",".join(["12"] * 20_000), 400),
    _get("jobs/state?" + "&".join(f"job_id={number}" for number in range(1, 5500)), 200),
    _get("jobs/state?job_id=" + "1_" * 20_000, 422),
    _get("jobs/state?job_id=nope", 422),
    Horror(
        "GET jobs since long after",
        422,
        original=200,
        method="GET",
        target="jobs?update_time=now%2B" + "9" * 3000,
    ),
    Horror("body and query", 400, b"{}", target="job/submit?a=1"),
    Horror("a GET with half a body", 400, b"{", method="GET", target="jobs"),
    _delete("signal=NOPE", EARLIER),
    _delete("signal=99999999999999999999", 200),
    _delete("signal=-1", 200),
    _delete("flags=NOPE", 500),
)

_NOBODY = {"user_name": "alice", "job_name": CANARY}
SIGNALLED = tuple(
    Horror(f"signal {name}", status, text(_NOBODY | content), original, "DELETE", "jobs")
    for name, content, status, original in (
        ("null for jobs", {"jobs": None}, 500, None),
        ("an object for jobs", {"jobs": {}}, 500, None),
        ("lists among jobs", {"jobs": [[]]}, 400, 500),
        ("null among jobs", {"jobs": [None]}, 500, None),
        ("jobs that are none", {"jobs": ["nope", "1_[1-999999999]"]}, 500, None),
        ("very many tasks", {"jobs": ["1_[" + "1," * 100_000 + "1]"]}, 200, None),
        ("an unknown user", {"user_name": "nope"}, 500, None),
        ("a very long user", {"user_name": "x" * 10_000_000}, 500, None),
        ("a list for a user", {"user_name": []}, 400, 500),
        ("an unknown user's id", {"user_id": "nope"}, 500, None),
        ("an unknown signal", {"signal": "NOPE"}, EARLIER, None),
        ("a huge signal", {"signal": 2**64}, 200, None),
        ("an unknown state", {"job_state": ["NOPE"]}, 500, None),
        ("nodes without a bound", {"nodes": ["n[0-9999][0-9999][0-9999]"]}, 500, UNASKED),
        ("an object for a partition", {"partition": {}}, 400, 500),
    )
)
NODES = tuple(
    Horror(f"{target} {name}", status, text(content), original, target=target)
    for target in ("nodes", "node/e0001")
    for name, content, status, original in (
        ("of no name", {"name": ""}, 500, None),
        ("of a zero", {"name": "\0"}, 500, None),
        ("without a bound", {"name": ["n[0-9999][0-9999][0-9999]"]}, 500, UNASKED),
        ("of many brackets", {"name": "[" * 600_000}, 500, None),
        ("of a wrong state", {"name": "e0001", "state": ["NOPE"]}, 500, None),
        ("of a huge weight", {"name": "e0001", "weight": 2**64}, 500, None),
        ("of a text for a weight", {"name": "e0001", "weight": "x"}, 500, None),
        ("of no gres", {"name": "e0001", "gres": {}}, 400, 200),
        ("of a list", {"name": [["e0001"]]}, 500, None),
    )
)

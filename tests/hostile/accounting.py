# SPDX-License-Identifier: GPL-2.0-or-later
"""Odd bodies, paths and queries of slurmdbd's side."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.conformance.answer import DIED
from tests.hostile.horror import UNASKED, Horror, Status, Statuses, text

MILLION = 1_000_000
LARGE = 40 * MILLION
KEYS = ("associations", "users", "accounts", "wckeys")


def _post(
    key: str,
    name: str,
    status: Statuses,
    body: Any,
    original: Statuses | None = None,
) -> Horror:
    made = body if callable(body) or isinstance(body, bytes) else text(body)
    target = f"/slurmdb/<version>/{key}/"
    return Horror(f"{key}: {name}", status, made, original, target=target)


def _items(key: str, item: bytes) -> Callable[[], bytes]:
    return lambda: b'{"%s":[%s]}' % (key.encode(), (item * (LARGE // len(item))).rstrip(b","))


def _deep(key: str) -> bytes:
    return b'{"%s":' % key.encode() + b"[" * 100_000 + b"]" * 100_000 + b"}"


def _long(key: str) -> Callable[[], bytes]:
    return lambda: json.dumps({key: "x" * LARGE}).encode()


LISTS = tuple(
    horror
    for key in KEYS
    for horror in (
        _post(key, "a list of lists", 500, {key: [[[]]]}),
        _post(key, "a list of everything", 500, {key: [None, 1, "x", True, 1.5, [], {}]}),
        _post(key, "very deep", 400, _deep(key)),
        _post(key, "a million objects", 400, _items(key, b"{},"), UNASKED),
        _post(key, "a million nulls", 400, _items(key, b"null,"), UNASKED),
        _post(key, "a long text for a list", 500, _long(key), UNASKED),
    )
)


def _association(**fields: Any) -> dict[str, Any]:
    return {"associations": [{"account": "nope", "user": "nobody", "cluster": "sandbox", **fields}]}


_ODD: tuple[tuple[str, Any, Status, Status | None], ...] = (
    ("a NUL in a name", {"account": "a\0b"}, 500, None),
    ("half a surrogate", {"account": "\ud800"}, 500, None),
    ("quotes", {"account": "'\"`; DROP TABLE acct_table; --"}, 500, None),
    ("a backslash", {"account": "\\", "user": "\\"}, 500, None),
    ("a per cent sign", {"account": "%s%n", "comment": "%s%n%d"}, 500, None),
    ("a huge number", {"shares_raw": 2**70}, 500, None),
    ("a number of no end", {"max": {"jobs": {"active": {"number": 1e400}}}}, 500, UNASKED),
    ("an object for TRES", {"max": {"tres": {"total": {"cpu": 1}}}}, 500, None),
    ("TRES of nothing", {"max": {"tres": {"total": [{}]}}}, 500, None),
    ("TRES that are none", {"max": {"tres": {"total": [{"type": "nope", "count": 1}]}}}, 500, None),
    ("an object for a QOS", {"default": {"qos": {"name": "nope"}}}, 400, DIED),
    ("nothing for a QOS", {"qos": [None]}, 500, DIED),
    ("a list for a QOS", {"qos": [[]]}, 500, UNASKED),
    ("an association of itself", {"id": {"id": {"id": 1}, "user": {}}}, 400, UNASKED),
)
FIELDS = (
    *(
        _post("associations", name, status, _association(**fields), original)
        for name, fields, status, original in _ODD
    ),
    _post(
        "associations", "a very long name", 500, lambda: text(_association(account="x" * MILLION))
    ),
)


NOBODY = tuple(
    Horror(
        f"a user without a name: {users!r}",
        422,
        text({"association_condition": {"users": users, "accounts": ["theory"]}, "user": {}}),
        # slurmdbd would take it for the account itself, and break the tree of accounts.
        UNASKED,
        target="/slurmdb/<version>/users_association/",
    )
    for users in ([None], [""], ["x", ""], ["x", "\0"])
)


def _get(target: str, status: Statuses, original: Statuses | None = None) -> Horror:
    return Horror(
        f"GET {target[:50]} {len(target)}",
        status,
        original=original,
        method="GET",
        target=f"/slurmdb/<version>/{target}",
    )


TARGETS = (
    *(
        _get(f"{kind}/{name}", status)
        for kind, status in (("user", 200), ("account", 200))
        for name in ("nope", "%27%22%3B--", "%25s%25n", "%F0%9F%92%A5", "a" * 60_000)
    ),
    *(
        _get(f"{kind}/{name}", 400)
        for kind in ("user", "account", "wckey")
        for name in ("%00", "%")
    ),
    _get("user/~", 500),
    _get("wckey/~", 422),
    *(
        _get(f"associations?{query}", status, original)
        for query, status, original in (
            ("account=" + "x" * 60_000, 200, None),
            ("&".join(f"account=a{number}" for number in range(4000)), 200, None),
            ("id=" + "%2C".join(["7"] * 10_000), 200, None),
            ("id=" + "9" * 5000, 200, None),
            ("id=nope", 400, 200),
            ("account=%00", 400, None),
            ("account=%27%20OR%201%3D1%3B--", 200, None),
            ("usage_start=nope", 500, None),
        )
    ),
    _get("users?with_assocs=1&with_assocs=2", 400, 200),
    # slurmdbd stands still for good behind these: the original passes them on.
    *(
        _get(f"instances?node_list={nodes}", 500, UNASKED)
        for nodes in ("n%5B1", "n%5B5-1%5D", "%2C")
    ),
)

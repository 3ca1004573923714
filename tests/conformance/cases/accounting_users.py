# SPDX-License-Identifier: GPL-2.0-or-later
"""Users of the accounting database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.accounting_associations import ACCOUNT, SOME_TRES, UNDO, USER
from tests.conformance.cases.entity_bodies import (
    BOOLEANS,
    LISTS,
    USERS,
    malformed,
    odd,
    parameters,
)
from tests.conformance.writing import Write, by_everybody

ALL, ONE = "GET slurmdb/users", "GET slurmdb/user/{name}"
POST, DELETE = "POST slurmdb/users", "DELETE slurmdb/user/{name}"
ADD_MANY = "POST slurmdb/users_association"

LEVELS = (
    *("Not%20Set", "None", "Operator", "Administrator", "administrator", "nope", "", "2"),
    *("Operator&admin_level=Administrator", "None%2COperator"),
)
PARAMETERS: dict[str, tuple[str, ...]] = {
    "admin_level": LEVELS,
    "default_account": ("physics", "physics%2Cbiology", "physics&default_account=biology", *LISTS),
    "default_wckey": ("thesis", "thesis%2Ccatalysis", *LISTS),
    "with_assocs": BOOLEANS,
    "with_coords": BOOLEANS,
    "with_deleted": BOOLEANS,
    "with_wckeys": BOOLEANS,
    "without_defaults": BOOLEANS,
}
OF_ONE = dict.fromkeys(("with_deleted", "with_assocs", "with_coords", "with_wckeys"), BOOLEANS)
NAMES = (
    *("alice", "ALICE", "carol", "root", "nope", "1", "0x10", "alice%2Cbob", "%20", "alice%20"),
    *("null", "~", "true", "a%27b", "%C3%A4", "%22", "x" * 300, "mallory"),
)
EVERYTHING = "with_assocs=1&with_coords=1&with_wckeys=1&with_deleted=1"


def _reads() -> Iterator[Case]:
    for user in USERS:
        yield Case(ALL, f"as {user}", "slurmdb/users", user=user)
        yield Case(ONE, f"alice as {user}", "slurmdb/user/alice", EVERYTHING, user=user)
    yield from parameters(ALL, "slurmdb/users", PARAMETERS)
    yield Case(ALL, "everything", "slurmdb/users", EVERYTHING)
    yield Case(ALL, "two wrong", "slurmdb/users", "admin_level=&with_assocs=1&with_assocs=1")
    yield from odd(ALL, "slurmdb/users")
    for name in NAMES:
        yield Case(ONE, name[:20], f"slurmdb/user/{name}")
        yield Case(ONE, f"everything of {name[:20]}", f"slurmdb/user/{name}", EVERYTHING)
    yield from parameters(ONE, "slurmdb/user/alice", OF_ONE)
    yield Case(ONE, "null and a wrong query", "slurmdb/user/null", "with_assocs=1&with_assocs=1")
    yield Case(ONE, "without a name", "slurmdb/user/")
    yield from odd(ONE, "slurmdb/user/bob")


def _refusals() -> Iterator[Case]:
    yield from malformed(POST, "slurmdb/users", "users")
    for name in ("nope", "null", "alice", "a%27b"):
        for user in ("alice", "carol", "mallory"):
            yield Case(DELETE, f"{name} as {user}", f"slurmdb/user/{name}", user=user)
    for name in ("nope", "null", "1", "x" * 300, "%20", "nope/"):
        yield Case(DELETE, name[:20], f"slurmdb/user/{name}", user="admin")
    yield Case(DELETE, "who has jobs", "slurmdb/user/dave", user="admin")
    yield Case(DELETE, "unknown parameter", "slurmdb/user/nope", "nope=1", user="admin")
    path = "slurmdb/users_association"
    for name, body in _half_bodies().items():
        yield Case(ADD_MANY, f"body: {name}", path, body=body, user="admin")
    yield Case(ADD_MANY, "trailing slash", f"{path}/", body={}, user="admin")
    # The original documents a query that it never looks at.
    for query in ("flags=ALL", "update_time=1", "flags=NOPE&update_time=x", "nope=1"):
        yield Case(ADD_MANY, f"query {query}", path, query, user="admin")
        yield Case(ADD_MANY, f"query {query} and a body", path, query, body={}, user="admin")


def _half_bodies() -> dict[str, Any]:
    whole = {"users": ["nobody"], "accounts": ["nope"]}
    return {
        "no body": NO_BODY,
        "empty": b"",
        "nothing": {},
        "a list": [],
        "no JSON": b"{",
        "half a list": b"[1,",
        "no end of a text": b'{"x',
        "no user": {"association_condition": whole},
        "no condition": {"user": {}},
        "null for a user": {"association_condition": whole, "user": None},
        "null for a condition": {"association_condition": None, "user": {}},
        "both null": {"association_condition": None, "user": None},
        "both of nothing": {"association_condition": {}, "user": {}},
        "a list for a condition": {"association_condition": [], "user": {}},
        "a text for a user": {"association_condition": whole, "user": "x"},
        "no users": {"association_condition": {"accounts": ["theory"]}, "user": {}},
        "an empty list of users": {
            "association_condition": {"users": [], "accounts": ["theory"]},
            "user": {},
        },
        "neither account nor wckey": {"association_condition": {"users": ["x"]}, "user": {}},
        "empty lists": {
            "association_condition": {"users": ["x"], "accounts": [], "wckeys": []},
            "user": {},
        },
        "an account that is none": {"association_condition": whole, "user": {}},
        "a cluster that is none": {
            "association_condition": {"users": ["x"], "accounts": ["theory"], "clusters": ["y"]},
            "user": {},
        },
        "a wrong level": {"association_condition": whole, "user": {"adminlevel": ["NOPE"]}},
        "no list of levels": {"association_condition": whole, "user": {"adminlevel": 1}},
        "TRES of a text": {
            "association_condition": {**whole, "association": {"grptres": "cpu=4"}},
            "user": {},
        },
        "a QOS that is none": {
            "association_condition": {**whole, "association": {"qoslevel": ["nope"]}},
            "user": {},
        },
        "a number of a text": {
            "association_condition": {**whole, "association": {"grpjobs": "x"}},
            "user": {},
        },
        "unknown fields": {
            "association_condition": {**whole, "nope": 1, "association": {"nope": [1]}},
            "user": {"nope": {"nope": 1}},
            "nope": "x",
        },
    }


CASES = (*_reads(), *_refusals())

# -- writes -----------------------------------------------------------------------------

FIELDS: dict[str, tuple[Any, ...]] = {
    "administrator_level": (
        *(["Operator"], ["Administrator"], ["None"], ["Not Set"], [], ["NOPE"], "Operator", None),
        ["None", "Operator"],
    ),
    "associations": (
        *([], [{"user": "<it>"}], [{"user": "nope", "account": "theory"}], [{}], None, "x"),
    ),
    "coordinators": ([], [{"name": "theory"}], [{"name": "x", "direct": True}], [{}], None, {}),
    "default": ({"account": "<it>"}, {"account": "nope"}, {"account": ""}, {"wckey": "<it>w"}, {}),
    "flags": ([], ["NONE"], ["DELETED"], ["NONE", "DELETED"], ["NOPE"], None),
    "old_name": ("", None, "nope", "alice", 5),
    "wckeys": (
        [],
        [{"name": "<it>w", "cluster": "sandbox", "user": "<it>"}],
        [{"name": "<it>w", "cluster": "nope", "user": "<it>"}],
        [{"name": "<it>w", "user": "<it>"}],
        [{}],
        None,
    ),
    "nope": (1,),
}


def _post(name: str, *records: Any, before: tuple[str, ...] = USER) -> Write:
    body = {"users": list(records)}
    return Write(Case(POST, name, "slurmdb/users", body=body, user="admin"), before, UNDO)


def _whole(**more: Any) -> dict[str, Any]:
    wckeys: list[dict[str, Any]] = [
        {"name": name, "cluster": "sandbox", "user": "<it>", "id": 7, "flags": [], "accounting": []}
        for name in ("<it>w", "<it>x")
    ]
    return {
        "name": "<it>",
        "administrator_level": ["Operator"],
        "default": {"account": "<it>", "wckey": "<it>x"},
        "flags": ["NONE"],
        "associations": [],
        "coordinators": [],
        "wckeys": wckeys,
        **more,
    }


def _writes() -> Iterator[Write]:
    yield _post("a new one", {"name": "<it>"}, before=())
    yield _post("a new one with all there is", _whole(), before=ACCOUNT)
    yield _post("a new one with what is ignored", _whole(associations=[{"user": "x"}]), before=())
    yield _post("one that is there", {"name": "<it>"})
    yield _post("all there is", _whole())
    for field, values in FIELDS.items():
        for value in values:
            yield _post(f"{field} {value!r}", {"name": "<it>", field: value})
    yield _post("an empty name", {"name": ""}, before=())
    yield _post("a default wckey of others", _whole(default={"wckey": "<it>y"}))
    yield Write(
        Case(
            POST,
            "another name",
            "slurmdb/users",
            body={"users": [{"name": "<it>b", "old_name": "<it>"}]},
            user="admin",
        ),
        USER,
        ("delete user <it>b", *UNDO),
    )
    level = {"administrator_level": ["Operator"]}
    yield _post("another name that is taken", {"name": "alice", "old_name": "<it>"})
    yield _post("the second is wrong", {"name": "<it>", **level}, {"name": "x", "old_name": "y"})
    yield _post("the second is no object", {"name": "<it>", **level}, 1)
    yield _post("a new one, then one without a name", {"name": "<it>"}, {"name": ""}, before=())
    yield Write(Case(DELETE, "one", "slurmdb/user/<it>", user="admin"), USER, UNDO)
    yield Write(Case(DELETE, "one, with a slash", "slurmdb/user/<it>/", user="admin"), USER, UNDO)


ASSOCIATION: dict[str, Any] = {
    "comment": "new",
    "defaultqos": "normal",
    "grpjobs": {"set": True, "number": 1},
    "grpjobsaccrue": {"set": True, "number": 2},
    "grpsubmitjobs": {"set": True, "number": 3},
    "grptres": SOME_TRES,
    "grptresmins": SOME_TRES,
    "grptresrunmins": SOME_TRES,
    "grpwall": {"set": True, "number": 4},
    "maxjobs": {"set": True, "number": 5},
    "maxjobsaccrue": {"set": True, "number": 6},
    "maxsubmitjobs": {"set": True, "number": 7},
    "maxtresminsperjob": SOME_TRES,
    "maxtresrunmins": SOME_TRES,
    "maxtresperjob": SOME_TRES,
    "maxtrespernode": SOME_TRES,
    "maxwalldurationperjob": {"set": True, "number": 8},
    "minpriothresh": {"set": True, "number": 9},
    "priority": {"set": True, "number": 10},
    "qoslevel": ["normal", "high"],
    "fairshare": 11,
}


def _many(name: str, condition: dict[str, Any], user: dict[str, Any], **more: Any) -> Write:
    body = {"association_condition": {"users": ["<it>"], **condition}, "user": user}
    case = Case(ADD_MANY, name, "slurmdb/users_association", body=body, user="admin")
    undo = ("delete user <it>", "delete user <it>b", "delete account <it>")
    return Write(case, more.get("before", ACCOUNT), undo)


def _associations() -> Iterator[Write]:
    own = {"accounts": ["<it>"]}
    yield _many("one", own, {})
    yield _many("who is there already", own, {}, before=USER)
    yield _many("two as a text", {"users": "<it>,<it>b", "accounts": "<it>"}, {})
    yield _many(
        "with all there is",
        {
            "users": ["<it>", "<it>b"],
            "accounts": ["<it>", "chemistry"],
            "clusters": ["sandbox"],
            "partitions": ["wide"],
            "wckeys": ["<it>w"],
            "association": ASSOCIATION,
        },
        {"adminlevel": ["Operator"], "defaultaccount": "<it>", "defaultwckey": "<it>w"},
    )
    for field, value in ASSOCIATION.items():
        yield _many(f"with {field}", {**own, "association": {field: value}}, {})
    yield _many("with a parent", {**own, "association": {"parent": "physics"}}, {})
    yield _many("wckeys alone", {"wckeys": ["<it>w"]}, {}, before=USER)
    yield _many("another default account", own, {"defaultaccount": "chemistry"})
    yield _many("a level", own, {"adminlevel": ["Administrator"]})


def _by_everybody() -> Iterator[Write]:
    undo = ("delete user <it>",)
    there = ("add user <it> account=physics",)
    body = {"users": [{"name": "<it>", "default": {"wckey": "<it>w"}}]}
    level = {"users": [{"name": "<it>", "administrator_level": ["Administrator"]}]}
    condition = {"users": ["<it>"], "accounts": ["physics"]}
    many = {"association_condition": condition, "user": {}}
    high = {"association_condition": condition, "user": {"adminlevel": ["Administrator"]}}
    path = "slurmdb/users_association"
    yield from by_everybody(
        (
            Write(Case(POST, "a new one", "slurmdb/users", body=body), (), undo),
            Write(Case(POST, "a change", "slurmdb/users", body=body), there, undo),
            Write(Case(POST, "a level", "slurmdb/users", body=level), there, undo),
            Write(Case(DELETE, "one", "slurmdb/user/<it>"), there, undo),
            Write(Case(ADD_MANY, "to a coordinated account", path, body=many), (), undo),
            Write(Case(ADD_MANY, "an administrator", path, body=high), (), undo),
        )
    )


WRITES = (*_writes(), *_associations(), *_by_everybody())

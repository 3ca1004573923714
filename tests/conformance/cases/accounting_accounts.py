# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import NO_BODY, Case
from tests.conformance.cases.accounting_associations import ACCOUNT, UNDO, USER
from tests.conformance.cases.accounting_users import ASSOCIATION
from tests.conformance.cases.entity_bodies import BOOLEANS, USERS, malformed, odd, parameters
from tests.conformance.writing import Write, by_everybody

ALL, ONE = "GET slurmdb/accounts", "GET slurmdb/account/{name}"
POST, DELETE = "POST slurmdb/accounts", "DELETE slurmdb/account/{name}"
ADD_MANY = "POST slurmdb/accounts_association"

OLD_FLAGS = ("with_assocs", "with_coords", "with_deleted")
FLAGS = ("DELETED", "WithAssociations", "WithCoordinators", "NoUsersAreCoords", "UsersAreCoords")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "description": (
        *("all%20of%20science", "nope", "", "1"),
        *("theory%20group%2Cpaying%20guests", "theory%20group&description=paying%20guests"),
    ),
    **dict.fromkeys((*OLD_FLAGS, *FLAGS), BOOLEANS),
}
NAMES = (
    *("physics", "PHYSICS", "root", "nope", "1", "0x10", "physics%2Ctheory", "%20", "physics%20"),
    *("null", "~", "true", "a%27b", "%C3%A4", "%22", "x" * 300),
)
EVERYTHING = "with_assocs=1&with_coords=1&with_deleted=1"
ALL_FLAGS = "WithAssociations=1&WithCoordinators=1&DELETED=1"


def _reads() -> Iterator[Case]:
    for user in USERS:
        yield Case(ALL, f"as {user}", "slurmdb/accounts", user=user)
        yield Case(ONE, f"physics as {user}", "slurmdb/account/physics", EVERYTHING, user=user)
    yield from parameters(ALL, "slurmdb/accounts", PARAMETERS)
    yield Case(ALL, "everything", "slurmdb/accounts", f"{EVERYTHING}&{ALL_FLAGS}")
    yield Case(ALL, "in another case", "slurmdb/accounts", "withASSOCIATIONS=1&deleted=x")
    yield from odd(ALL, "slurmdb/accounts")
    for name in NAMES:
        yield Case(ONE, name[:20], f"slurmdb/account/{name}")
        yield Case(ONE, f"everything of {name[:20]}", f"slurmdb/account/{name}", EVERYTHING)
    yield from parameters(ONE, "slurmdb/account/physics", dict.fromkeys(OLD_FLAGS, BOOLEANS))
    yield Case(ONE, "without a name", "slurmdb/account/")
    yield from odd(ONE, "slurmdb/account/theory")


def _refusals() -> Iterator[Case]:
    yield from malformed(POST, "slurmdb/accounts", "accounts")
    for name in ("nope", "null", "physics"):
        for user in ("alice", "carol", "mallory"):
            yield Case(DELETE, f"{name} as {user}", f"slurmdb/account/{name}", user=user)
    for name in ("nope", "null", "1", "x" * 300, "%20", "nope/"):
        yield Case(DELETE, name[:20], f"slurmdb/account/{name}", user="admin")
    yield Case(DELETE, "with jobs", "slurmdb/account/physics", user="admin")
    yield Case(DELETE, "unknown parameter", "slurmdb/account/nope", "nope=1", user="admin")
    path = "slurmdb/accounts_association"
    for name, body in _half_bodies().items():
        yield Case(ADD_MANY, f"body: {name}", path, body=body, user="admin")
    yield Case(ADD_MANY, "trailing slash", f"{path}/", body={"account": {}}, user="admin")
    yield Case(ADD_MANY, "query", path, "nope=1", user="admin")
    yield Case(ADD_MANY, "query and body", path, "nope=1", body={"account": {}}, user="admin")


def _half_bodies() -> dict[str, Any]:
    named = {"accounts": ["nobody"]}
    nowhere = {**named, "association": {"parent": "nope"}}
    return {
        "no body": NO_BODY,
        "empty": b"",
        "nothing": {},
        "a list": [],
        "no JSON": b"{",
        "half a list": b"[1,",
        "no end of a text": b'{"x',
        "no account": {"association_condition": named},
        "no condition": {"account": {"description": "x"}},
        "null for an account": {"association_condition": named, "account": None},
        "null for a condition": {"association_condition": None, "account": {}},
        "both null": {"association_condition": None, "account": None},
        "both of nothing": {"association_condition": {}, "account": {}},
        "a list for a condition": {"association_condition": [], "account": {}},
        "a text for an account": {"association_condition": named, "account": "x"},
        "an empty list": {"association_condition": {"accounts": []}, "account": {}},
        "no accounts": {"association_condition": {"clusters": ["sandbox"]}, "account": {}},
        "null among the accounts": {
            "association_condition": {"accounts": [None]},
            "account": {},
        },
        "a parent that is none": {"association_condition": nowhere, "account": {}},
        "a cluster that is none": {
            "association_condition": {**named, "clusters": ["nope"]},
            "account": {},
        },
        "a QOS that is none": {
            "association_condition": {**named, "association": {"qoslevel": ["nope"]}},
            "account": {},
        },
        "TRES of an object": {
            "association_condition": {**named, "association": {"grptres": {}}},
            "account": {},
        },
        "unknown fields": {
            "association_condition": {**nowhere, "nope": 1, "users": ["x"]},
            "account": {"nope": 1, "name": "x"},
            "nope": [1],
        },
    }


CASES = (*_reads(), *_refusals())

# -- writes -----------------------------------------------------------------------------

FIELDS: dict[str, tuple[Any, ...]] = {
    "associations": ([], [{"user": "<it>"}], [{}], None, "x"),
    "coordinators": (
        [],
        [{"name": "bob"}],
        [{"name": "BOB", "direct": True}],
        [{"name": "bob"}, {"name": "dave"}],
        [{"name": "nobody"}],
        [{"name": ""}],
        [{}],
        None,
        "x",
    ),
    "description": ("other", 5, [], {}),
    "organization": ("other", None, []),
    "flags": (
        *([], ["DELETED"], ["WithAssociations"], ["WithCoordinators"], ["UsersAreCoords"]),
        *(["NoUsersAreCoords"], ["UsersAreCoords", "DELETED"], ["NOPE"], None, "DELETED"),
    ),
    "nope": (1,),
}
COORDINATED = (*USER, "add coordinator account=<it> names=<it>")


def _post(name: str, *records: Any, before: tuple[str, ...] = ACCOUNT) -> Write:
    body = {"accounts": list(records)}
    return Write(Case(POST, name, "slurmdb/accounts", body=body, user="admin"), before, UNDO)


def _its(**fields: Any) -> dict[str, Any]:
    return {"name": "<it>", "description": "new", "organization": "newer", **fields}


def _writes() -> Iterator[Write]:
    yield _post("a new one", _its(), before=())
    yield _post("a new one with a coordinator", _its(coordinators=[{"name": "bob"}]), before=())
    yield _post("one that is there", _its())
    yield _post("one with a coordinator", _its(), before=COORDINATED)
    yield _post(
        "one with a coordinator who stays",
        _its(coordinators=[{"name": "<it>"}, {"name": "bob"}]),
        before=COORDINATED,
    )
    for field, values in FIELDS.items():
        for value in values:
            yield _post(f"{field} {value!r}", _its(**{field: value}))
    for missing in ("name", "description", "organization"):
        given = {key: value for key, value in _its().items() if key != missing}
        yield _post(f"without {missing}", given)
        yield _post(f"an empty {missing} of a new one", _its(**{missing: ""}), before=())
    yield _post("the second is wrong", _its(), _its(name=""))
    yield _post("the second is no object", _its(), 1)
    yield Write(Case(DELETE, "one", "slurmdb/account/<it>", user="admin"), ACCOUNT, UNDO)
    yield Write(
        Case(DELETE, "one, with a slash", "slurmdb/account/<it>/", user="admin"), USER, UNDO
    )


def _many(name: str, condition: dict[str, Any], account: Any, **more: Any) -> Write:
    body = {"association_condition": {"accounts": ["<it>"], **condition}, "account": account}
    case = Case(ADD_MANY, name, "slurmdb/accounts_association", body=body, user="admin")
    undo = ("delete account <it>b", "delete account <it>")
    return Write(case, more.get("before", ()), undo)


def _associations() -> Iterator[Write]:
    both = {"description": "new", "organization": "newer"}
    yield _many("one", {}, both)
    yield _many("one of no description", {}, {})
    yield _many("one that is there", {}, both, before=ACCOUNT)
    yield _many("two as a text", {"accounts": "<it>,<it>b"}, both)
    yield _many(
        "with all there is",
        {"clusters": ["sandbox"], "association": {**ASSOCIATION, "parent": "science"}},
        both,
    )
    for field, value in ASSOCIATION.items():
        yield _many(f"with {field}", {"association": {field: value}}, both)
    yield _many("with a parent", {"association": {"parent": "physics"}}, {})


def _by_everybody() -> Iterator[Write]:
    undo = ("delete account <it>",)
    body = {"accounts": [_its()]}
    led = {"accounts": [_its(coordinators=[{"name": "bob"}, {"name": "dave"}])]}
    condition = {"accounts": ["<it>"], "association": {"parent": "physics"}}
    many = {"association_condition": condition, "account": {}}
    path = "slurmdb/accounts_association"
    below = ("add account <it> parent=physics",)
    yield from by_everybody(
        (
            Write(Case(POST, "a new one", "slurmdb/accounts", body=body), (), undo),
            Write(Case(POST, "a change", "slurmdb/accounts", body=body), below, undo),
            Write(Case(POST, "one to be coordinated", "slurmdb/accounts", body=led), (), undo),
            Write(
                Case(POST, "one without a coordinator", "slurmdb/accounts", body=led), below, undo
            ),
            Write(Case(DELETE, "one", "slurmdb/account/<it>"), below, undo),
            Write(Case(ADD_MANY, "below a coordinated one", path, body=many), (), undo),
        )
    )


WRITES = (*_writes(), *_associations(), *_by_everybody())

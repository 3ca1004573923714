# SPDX-License-Identifier: GPL-2.0-or-later
"""Workload characterization keys (wckeys)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case
from tests.conformance.cases.accounting_associations import UNDO, USER
from tests.conformance.cases.entity_bodies import (
    BOOLEANS,
    LISTS,
    TIMES,
    USERS,
    malformed,
    odd,
    parameters,
)
from tests.conformance.writing import Write, by_everybody

ALL, ONE = "GET slurmdb/wckeys", "GET slurmdb/wckey/{id}"
POST, DELETE = "POST slurmdb/wckeys", "DELETE slurmdb/wckey/{id}"

PARAMETERS: dict[str, tuple[str, ...]] = {
    "cluster": ("sandbox", *LISTS),
    "format": ("name", *LISTS),
    "id": ("1", "1%2C2", "1&id=2", "abc", "-1", "99999", ""),
    "name": ("thesis", "*thesis", "%2Athesis", "thesis%2Cteaching", *LISTS),
    "only_defaults": BOOLEANS,
    "usage_end": TIMES,
    "usage_start": TIMES,
    "user": ("alice", "ALICE", "alice%2Cbob", *LISTS),
    "with_usage": BOOLEANS,
    "with_deleted": BOOLEANS,
}
NAMES = (
    *("thesis", "THESIS", "%2Athesis", "1", "99999", "-1", "nope", "thesis%2Cteaching", "%20"),
    *("null", "~", "true", "a%27b", "%C3%A4", "%22", "x" * 300),
)


def _reads() -> Iterator[Case]:
    for user in USERS:
        yield Case(ALL, f"as {user}", "slurmdb/wckeys", user=user)
        yield Case(ONE, f"thesis as {user}", "slurmdb/wckey/thesis", user=user)
    yield from parameters(ALL, "slurmdb/wckeys", PARAMETERS, user="oscar")
    yield from odd(ALL, "slurmdb/wckeys", user="oscar")
    for name in NAMES:
        yield Case(ONE, name[:20], f"slurmdb/wckey/{name}", user="oscar")
    yield Case(ONE, "without a name", "slurmdb/wckey/", user="oscar")
    yield from odd(ONE, "slurmdb/wckey/teaching", user="oscar")


def _refusals() -> Iterator[Case]:
    yield from malformed(POST, "slurmdb/wckeys", "wckeys")
    # The original documents a query that it never looks at.
    for name, values in PARAMETERS.items():
        yield Case(POST, f"query {name}", "slurmdb/wckeys", f"{name}={values[0]}", user="admin")
    for name in ("nope", "null", "thesis"):
        for user in ("alice", "carol", "mallory"):
            yield Case(DELETE, f"{name} as {user}", f"slurmdb/wckey/{name}", user=user)
    for name in ("nope", "null", "1", "x" * 300, "%20", "nope/", "a%27b"):
        yield Case(DELETE, name[:20], f"slurmdb/wckey/{name}", user="admin")
    yield Case(DELETE, "unknown parameter", "slurmdb/wckey/nope", "nope=1", user="admin")


CASES = (*_reads(), *_refusals())

# -- writes -----------------------------------------------------------------------------

FIELDS: dict[str, tuple[Any, ...]] = {
    "accounting": ([], [{"id": 1, "TRES": {"type": "cpu"}}], [{}], [{"TRES": {}}], None, "x"),
    "cluster": ("nope", "SANDBOX", None, "", 5),
    "id": (7, "7", "x", -1, None, []),
    "user": ([], {}),
    "flags": (["DELETED"], [], ["NOPE"], None),
    "name": ("", None, 5, [], "*<it>w"),
    "nope": (1,),
}


def _post(name: str, *records: Any, before: tuple[str, ...] = USER) -> Write:
    body = {"wckeys": list(records)}
    return Write(Case(POST, name, "slurmdb/wckeys", body=body, user="admin"), before, UNDO)


def _its(**fields: Any) -> dict[str, Any]:
    return {"name": "<it>w", "cluster": "sandbox", "user": "<it>", **fields}


def _writes() -> Iterator[Write]:
    with_one = (*USER, "add user <it> wckey=<it>w")
    yield _post("a new one", _its())
    yield _post("two", _its(), _its(name="<it>x"))
    yield _post("one that is there", _its(), before=with_one)
    # Of a user whom sacctmgr has to learn of before it can delete the wckey.
    case = Case(POST, "one of nobody", "slurmdb/wckeys", body={"wckeys": [_its()]}, user="admin")
    yield Write(case, (), (*USER, *UNDO))
    for field, values in FIELDS.items():
        for value in values:
            yield _post(f"{field} {value!r}", _its(**{field: value}))
    for missing in ("name", "cluster", "user"):
        yield _post(f"without {missing}", {key: it for key, it in _its().items() if key != missing})
    yield _post("all of them null", {"name": None, "cluster": None, "user": None})
    yield _post("the second cannot be read", _its(), _its(flags=["NOPE"]))
    case = Case(DELETE, "one", "slurmdb/wckey/<it>w", user="admin")
    yield Write(case, with_one, UNDO)


def _by_everybody() -> Iterator[Write]:
    with_one = (*USER, "add user <it> wckey=<it>w")
    yield from by_everybody(
        (
            Write(Case(POST, "a new one", "slurmdb/wckeys", body={"wckeys": [_its()]}), USER, UNDO),
            Write(Case(DELETE, "one", "slurmdb/wckey/<it>w"), with_one, UNDO),
        )
    )


WRITES = (*_writes(), *_by_everybody())

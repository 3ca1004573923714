# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case
from tests.conformance.cases.entity_bodies import (
    BOOLEANS,
    IDS,
    LISTS,
    NO_IDS,
    TIMES,
    USERS,
    malformed,
    merged,
    nested,
    odd,
    parameters,
)
from tests.conformance.writing import Write, by_everybody

ALL, ONE = "GET slurmdb/associations", "GET slurmdb/association"
POST = "POST slurmdb/associations"
DELETE_ALL, DELETE_ONE = "DELETE slurmdb/associations", "DELETE slurmdb/association"
PATH_OF = {
    ALL: "slurmdb/associations",
    ONE: "slurmdb/association",
    POST: "slurmdb/associations",
    DELETE_ALL: "slurmdb/associations",
    DELETE_ONE: "slurmdb/association",
}

V40, V42 = "v0.0.40", "v0.0.42"
PARAMETERS: dict[str, tuple[str, ...]] = {
    "account": ("physics", "PHYSICS", "physics%2Ctheory", "physics&account=theory", *LISTS),
    "cluster": ("sandbox", "SANDBOX", *LISTS),
    "default_qos": (*IDS, *NO_IDS),
    "format": ("account", *LISTS),
    "id": (*IDS, *NO_IDS),
    "parent_account": ("physics", "science%2Cphysics", *LISTS),
    "partition": ("wide", *LISTS),
    "qos": ("2", "2%2C1", "normal", "high", *IDS, *NO_IDS),
    "usage_end": TIMES,
    "usage_start": TIMES,
    "user": ("alice", "ALICE", "alice%2Cbob", "alice%20", *LISTS),
}
FLAGS = {
    "only_defaults": "Filter%20to%20only%20defaults",
    "with_usage": "Include%20usage",
    "with_deleted": "Include%20deleted%20associations",
    "with_raw_qos": "Include%20the%20raw%20QOS%20or%20delta_qos",
    "with_sub_accts": "Include%20sub%20acct%20information",
    "without_parent_info": "Exclude%20parent%20id%2Fname",
    "without_parent_limits": "Exclude%20limits%20from%20parents",
}
"""Parameters of v0.0.40 and v0.0.41, and what v0.0.42 calls them."""

TOGETHER = (
    "account=physics&user=alice",
    "account=physics&user=alice&partition=wide",
    "account=physics&user=alice&partition=",
    "account=theory&with_sub_accts=true&Include%20sub%20acct%20information=true",
    "account=physics&with_sub_accts=true&Include%20sub%20acct%20information=true&user=alice",
    "account=nope&user=alice",
    "user=alice&with_usage=1&Include%20usage=1&usage_start=now-2days&usage_end=now",
    "id=abc&usage_end=nope",
    "usage_end=nope&usage_start=neither",
)


def _reads() -> Iterator[Case]:
    for operation in (ALL, ONE):
        path = PATH_OF[operation]
        for user in USERS:
            yield Case(operation, f"as {user}", path, user=user)
        for query in TOGETHER:
            yield Case(operation, f"together: {query}", path, query)
        yield from odd(operation, path)
    path = PATH_OF[ALL]
    yield from parameters(ALL, path, PARAMETERS)
    for old, new in FLAGS.items():
        yield from parameters(ALL, path, {old: BOOLEANS, new: BOOLEANS})
    yield Case(ALL, "exploded in another case", path, "include%20USAGE=1&Include+usage=x")
    # Of one association alone: all that a parameter does is done for the list already.
    one = f"{PATH_OF[ONE]}"
    few = {name: values[:2] for name, values in PARAMETERS.items()}
    few |= {name: ("true",) for pair in FLAGS.items() for name in pair}
    for operation, method in ((ONE, "account=theory&user=alice"),):
        for case in parameters(operation, one, few):
            yield Case(operation, f"{method} and {case.name}", one, f"{method}&{case.query}")


def _no_deletes() -> Iterator[Case]:
    """Deletes that find nothing, or that nobody but an administrator may ask for."""
    for operation in (DELETE_ALL, DELETE_ONE):
        path = PATH_OF[operation]
        yield Case(operation, "nobody's", path, "user=nope&account=neither", user="admin")
        for user in ("alice", "carol", "mallory"):
            yield Case(operation, f"bob's as {user}", path, "user=bob", user=user)
        yield Case(operation, "a default account's with jobs", path, "user=bob", user="admin")
        yield Case(operation, "worthless token", path, "user=nope", user="admin", headers=_BAD)
        yield Case(operation, "unknown parameter", path, "user=nope&nope=1", user="admin")
        yield Case(operation, "trailing slash", f"{path}/", "user=nope", user="admin")
        for case in parameters(operation, path, PARAMETERS):
            query = f"user=nope&account=neither&{case.query}"
            if not case.name.startswith(("user=", "account=")):
                yield Case(operation, case.name, path, query, user="admin")
        for name in [name for pair in FLAGS.items() for name in pair]:
            query = f"user=nope&account=neither&{name}=true"
            yield Case(operation, f"{name}=true", path, query, user="admin")


_BAD = {"X-SLURM-USER-TOKEN": "worthless"}

CASES = (*_reads(), *_no_deletes(), *malformed(POST, PATH_OF[POST], "associations"))

# -- writes -----------------------------------------------------------------------------

ACCOUNT = ("add account <it> parent=science description=d organization=o",)
_LIMITS = "GrpTRES=cpu=9,mem=5 MaxTRESPerJob=cpu=7 MaxJobs=4 GrpWall=5"
USER = (*ACCOUNT, f"add user <it> account=<it> {_LIMITS} QosLevel=normal,high,low")
UNDO = ("delete user <it>", "delete account <it>")

NUMBERS = (
    *("max/jobs/per/count", "max/jobs/per/accruing", "max/jobs/per/submitted"),
    *("max/jobs/per/wall_clock", "max/jobs/active", "max/jobs/accruing", "max/jobs/total"),
    *("max/per/account/wall_clock", "min/priority_threshold", "priority"),
)
TRES = (
    *("max/tres/total", "max/tres/group/minutes", "max/tres/group/active"),
    *("max/tres/minutes/total", "max/tres/minutes/per/job", "max/tres/per/job"),
    "max/tres/per/node",
)
SOME_TRES = [{"type": "mem", "count": 6}, {"type": "gres", "name": "gpu", "count": 3}]
OTHERS: dict[str, tuple[Any, ...]] = {
    "comment": ("other", "", None, 5, {}),
    "default/qos": ("high", "scavenger", "nope", "", None, 2, {}),
    "flags": (
        [],
        ["DELETED"],
        ["NoUpdate"],
        ["Exact", "UsersAreCoords"],
        ["NOPE"],
        None,
        "DELETED",
    ),
    "is_default": (True, False, None, "x", []),
    "lineage": ("/x/", None, []),
    "parent_account": ("physics", "nope", "", None),
    "partition": ("", None, "wide"),
    "qos": (["high", "normal"], [], ["nope"], [""], None, "high", {}, [2, "1"], [["x"]]),
    "shares_raw": (3, 0, -1, 2147483647, "7", "parent", None, {}, 1.5, 4294967294),
    "accounting": ([], [{}], [{"id": 1, "TRES": {"type": "cpu"}}], None, "x", [{"TRES": {}}]),
    "id": (0, 13, "13", 99999, -1, "abc", "", None, [], True, 1.5, {}, {"id": 13, "user": "x"}),
    "max/tres/total": ([], None, {}, "cpu=3", [{}], [{"type": "nope", "count": 1}], [{"id": 1}]),
    "max/jobs/active": (5, {}, None, "8", "x", -1, {"set": False}, [], {"infinite": True}),
    "max": ({}, None, [], "x"),
    "nope": (1,),
}
SHORTS = (
    {"account": "theory", "user": "alice"},
    {"account": "theory", "user": "alice", "cluster": "sandbox"},
    {"account": "theory", "user": "alice", "cluster": "sandbox", "partition": ""},
    {"account": "nope", "user": "alice"},
    {"account": "theory"},
    {"user": "alice", "nope": 1},
    {"user": "", "account": "theory"},
)


def _post(name: str, *records: Any, before: tuple[str, ...] = USER, user: str = "admin") -> Write:
    case = Case(POST, name, PATH_OF[POST], body=_list(*records), user=user)
    return Write(case, before, UNDO)


def _list(*records: Any) -> dict[str, Any]:
    return {"associations": list(records)}


def _its(field: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"account": "<it>", "user": "<it>", "cluster": "sandbox", **(field or {}), **more}


def _whole() -> dict[str, Any]:
    numbers = (nested(path, {"set": True, "infinite": False, "number": 7}) for path in NUMBERS)
    lists = (nested(path, SOME_TRES) for path in TRES)
    named = {"comment": "new", "qos": ["normal", "high"], "default": {"qos": "high"}}
    return merged(_its(), *numbers, *lists, named, {"shares_raw": 12, "priority": {"number": 5}})


def _writes() -> Iterator[Write]:
    yield _post("a new one of a user", _its(), before=ACCOUNT)
    yield _post("a new one with all there is", _whole(), before=ACCOUNT)
    yield _post("a new one of a partition", _its(partition="wide"))
    # Of an account that sacctmgr has to learn of before it can delete it.
    own = _its(user="", parent_account="science")
    case = Case(POST, "a new one of an account", PATH_OF[POST], body=_list(own), user="admin")
    yield Write(case, (), (*ACCOUNT, *UNDO))
    yield _post("one of no account that there is", _its(), before=())
    yield _post("nothing to change", _its())
    yield _post("all there is", _whole())
    yield _post("the account's own", _its(user="", max={"jobs": {"active": {"number": 3}}}))
    for path in NUMBERS:
        yield _post(path, _its(nested(path, {"set": True, "infinite": False, "number": 11})))
        yield _post(f"{path} without bound", _its(nested(path, {"infinite": True})))
    for path in TRES:
        yield _post(path, _its(nested(path, SOME_TRES)))
        yield _post(f"{path} of a new one", _its(nested(path, SOME_TRES)), before=ACCOUNT)
    for path, values in OTHERS.items():
        for value in values:
            yield _post(f"{path} {value!r}", _its(nested(path, value)))
    for short in SHORTS:
        yield _post(f"id {short!r}", _its(id=short))
    yield _post("without a cluster", {"account": "<it>", "user": "<it>"})
    yield _post("without an account", {"user": "<it>", "cluster": "sandbox"})
    yield _post("of another cluster", _its(cluster="nope"))
    yield _post("two", _its(shares_raw=3), _its(user="", shares_raw=4))
    yield _post("the second cannot be read", _its(shares_raw=3), _its(qos=["nope"]))
    yield _post(
        "the second cannot be done",
        _its(shares_raw=3),
        _its(qos=["high"], default={"qos": "low"}),
    )
    yield _post("the second changes nothing", _its(shares_raw=3), _its(qos=[]))


def _deletes() -> Iterator[Write]:
    two = (*USER, "add user <it> account=<it> partition=wide")
    yield Write(
        Case(
            DELETE_ALL,
            "a partition's",
            PATH_OF[DELETE_ALL],
            "user=<it>&partition=wide",
            user="admin",
        ),
        two,
        UNDO,
    )
    yield Write(
        Case(
            DELETE_ONE,
            "a partition's",
            PATH_OF[DELETE_ONE],
            "user=<it>&partition=wide",
            user="admin",
        ),
        two,
        UNDO,
    )
    for operation in (DELETE_ALL, DELETE_ONE):
        path = PATH_OF[operation]
        yield Write(Case(operation, "two of a user", path, "user=<it>", user="admin"), two, UNDO)
        yield Write(Case(operation, "of an account", path, "account=<it>", user="admin"), two, UNDO)
        yield Write(
            Case(operation, "a user's only one", path, "user=<it>", user="admin"), USER, UNDO
        )


def _by_everybody() -> Iterator[Write]:
    of_physics = ("add user <it> account=physics",)
    record = {"account": "physics", "user": "<it>", "cluster": "sandbox", "shares_raw": 3}
    undo = ("delete user <it>",)
    case = Case(POST, "a coordinated account's", PATH_OF[POST], body={"associations": [record]})
    elsewhere = {"account": "chemistry", "user": "<it>", "cluster": "sandbox", "shares_raw": 3}
    both = {"associations": [record, elsewhere]}
    also = ("add user <it> account=chemistry",)
    gone = Case(DELETE_ALL, "as they are", PATH_OF[DELETE_ALL], "user=<it>&account=physics")
    yield from by_everybody(
        (
            Write(case, of_physics, undo),
            Write(Case(POST, "a new one", PATH_OF[POST], body=both), also, undo),
            Write(gone, (*also, *of_physics), undo),
        )
    )


WRITES = (*_writes(), *_deletes(), *_by_everybody())

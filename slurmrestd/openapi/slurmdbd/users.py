# SPDX-License-Identifier: GPL-2.0-or-later
"""Users of the accounting database."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.queries import OPENAPI_PARTITIONS_QUERY
from slurmrestd.data_parser.tables.users import (
    OPENAPI_USER_PARAM,
    OPENAPI_USER_QUERY,
    OPENAPI_USERS_ADD_COND_RESP,
    OPENAPI_USERS_ADD_COND_RESP_STR,
    OPENAPI_USERS_REMOVED_RESP,
    OPENAPI_USERS_RESP,
    USER,
    USER_CONDITION,
)
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import changed, commit, found, told
from slurmrestd.slurm import library
from slurmrestd.slurm.accounting import users
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_AMBIGUOUS_MODIFY,
    ESLURM_DATA_AMBIGUOUS_QUERY,
    ESLURM_REST_INVALID_QUERY,
    ESLURM_USER_ID_MISSING,
    SLURMDB_USER_FLAG_DELETED,
)


def get_users(call: Call) -> Values:
    """The users that the query asks for."""
    with call.accounting() as lease:
        query = call.options()
        return {"users": call.records(USER, found(call, lambda: load(lease, query)))}


def load(lease: Lease, query: Record) -> RecordList:
    """The users that a query asks for.  Raises SlurmError."""
    owned = Owned()
    return users.load(lease, store(ffi, query, owned))


def get_user(call: Call) -> Values:
    """One user."""
    with call.accounting() as lease:
        name = _name(call)
        query = call.options()
        return {"users": call.records(USER, found(call, lambda: _named(lease, name, query)))}


def _name(call: Call) -> bytes:
    """Who the path says is meant.  Raises Refused."""
    name: bytes = call.parameters()["name"]
    if not name:
        raise call.refuse(ESLURM_USER_ID_MISSING, "name", "A user must be named")
    return name


def _named(lease: Lease, name: bytes, query: Record) -> RecordList:
    owned = Owned()
    condition = users.condition_of(owned, [name])
    for member, value in query.items():
        setattr(condition, member, value)
    return users.load(lease, condition)


def delete_user(call: Call) -> Values:
    """Remove a user with all associations."""
    with call.accounting() as lease:
        name = _name(call)
        names = found(call, lambda: _remove(lease, name)).texts()
        commit(call, lease)
        return {"removed_users": names}


def _remove(lease: Lease, name: bytes) -> RecordList:
    owned = Owned()
    return users.remove(lease, users.condition_of(owned, [name]))


# -- users one by one -------------------------------------------------------------------


def post_users(call: Call) -> None:
    """Add users, or change those that are there; all of them or none."""
    with call.accounting() as lease:
        update_users(call, lease, call.body().get("response") or Items())
        commit(call, lease)


def update_users(call: Call, lease: Lease, records: Items) -> None:
    """Add or change users; the first that cannot be ends it.  Raises Refused."""
    for record in records:
        _update(call, lease, record)


def _update(call: Call, lease: Lease, record: Record) -> None:
    name, old_name = record.get("name"), record.get("old_name")
    if old_name and not _is_known(call, lease, old_name):
        raise call.refuse(ESLURM_USER_ID_MISSING, "old_name", "There is no user of the old name")
    known = _is_known(call, lease, name)
    if old_name and known:
        raise call.refuse(
            ESLURM_DATA_AMBIGUOUS_MODIFY, "name", "There is a user of the new name already"
        )
    owned = Owned()
    made = store(ffi, _thinned(call, record), owned)
    if not known and not old_name:
        changed(call, lambda: users.add(lease, made))
        return
    names = [name, old_name] if old_name else [name]
    condition = users.condition_of(owned, names, with_deleted=True)
    changed(call, lambda: users.modify(lease, condition, made).close())


def _is_known(call: Call, lease: Lease, name: bytes | None) -> bool:
    owned = Owned()
    try:
        with users.load(lease, users.condition_of(owned, [name], with_deleted=True)) as known:
            return bool(len(known))
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "slurmdbd refused the query") from None


def _thinned(call: Call, record: Record) -> Record:
    """A user without what cannot be set here, and with the default wckey among the wckeys."""
    made = Record(record.ctype, record)
    if record["assoc_list"]:
        call.warn("associations", "Associations are ignored here: they are set by themselves")
        made["assoc_list"] = None
    if record["coord_accts"]:
        call.warn("coordinators", "Coordinators are ignored here: they are set of accounts")
        made["coord_accts"] = None
    if record.get("flags", 0) & SLURMDB_USER_FLAG_DELETED:
        call.warn("flags", "DELETED is ignored: users are deleted by themselves")
        made["flags"] = record["flags"] & ~SLURMDB_USER_FLAG_DELETED
    if record.get("default_wckey"):
        made["wckey_list"] = _wckeys(record)
    return made


def _wckeys(record: Record) -> Items:
    """A user's wckeys, of which the default one is said to be so."""
    default = record["default_wckey"]
    wckeys = Items(
        Record(wckey.ctype, wckey | {"is_def": int(wckey.get("name") == default)})
        for wckey in record.get("wckey_list") or ()
    )
    if not any(wckey["is_def"] for wckey in wckeys):
        values = {
            "cluster": library.config().cluster_name.encode(),
            "is_def": 1,
            "name": default,
            "user": record.get("name"),
        }
        wckeys.append(Record("slurmdb_wckey_rec_t", values))
    return wckeys


# -- users with their associations ------------------------------------------------------


def post_users_association(call: Call) -> Values | None:
    """Add users to accounts, or give them wckeys."""
    with call.accounting() as lease:
        body = call.body()
        condition, user = body["add_assoc"], body["user"]
        if not condition.get("acct_list") and not condition.get("wckey_list"):
            call.issues.error(
                ESLURM_DATA_AMBIGUOUS_QUERY,
                "association_condition",
                "Accounts or wckeys must be given",
            )
            return {}
        if not all(condition.get("user_list") or ()):
            # slurmdbd would take a user without a name for the account itself, and harm it.
            raise call.refuse(
                ESLURM_REST_INVALID_QUERY, "association_condition", "A user must have a name"
            )
        return told(call, lease, "added_users", lambda: _add_many(lease, condition, user))


def _add_many(lease: Lease, condition: Record, user: Record) -> bytes:
    owned = Owned()
    made: Any = store(ffi, condition, owned)
    return users.add_many(lease, made, store(ffi, user, owned))


DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/user/{name}",
    delete_user,
    summary="Delete a user",
    description=(
        "For administrators and operators. The user's associations go too; nothing is deleted "
        "while the user's jobs run."
    ),
    response=OPENAPI_USERS_REMOVED_RESP,
    response_description="Who was deleted",
    documented=OPENAPI_RESP,
    parameters=OPENAPI_USER_PARAM,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/user/{name}",
    get_user,
    summary="Get one user",
    description=("The user by name; with_assocs adds the associations, with_wckeys the wckeys."),
    response=OPENAPI_USERS_RESP,
    response_description="The user",
    parameters=OPENAPI_USER_PARAM,
    query=OPENAPI_USER_QUERY,
)
ADD_MANY = Operation(
    "POST",
    "/slurmdb/{data_parser}/users_association/",
    post_users_association,
    summary="Add users to accounts",
    description=(
        "For administrators and operators, and for coordinators in their accounts. Each user "
        "gets an association with every account and cluster that is named, and the wckeys "
        "that are; what is there already is not changed."
    ),
    response=OPENAPI_USERS_ADD_COND_RESP_STR,
    response_description="What was added",
    query=OPENAPI_PARTITIONS_QUERY,
    body=OPENAPI_USERS_ADD_COND_RESP,
    body_description="Which users to add, and where",
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/users/",
    post_users,
    summary="Add or change users",
    description=(
        "For administrators and operators. All of the list is done, or nothing. A user needs "
        "an association before jobs can be counted: see users_association."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=OPENAPI_USERS_RESP,
    body_description="Users to add or change",
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/users/",
    get_users,
    summary="Get users",
    description=(
        "Users that fit the query, all without one; with_assocs adds their associations, "
        "with_deleted those that were deleted."
    ),
    response=OPENAPI_USERS_RESP,
    response_description="Users",
    query=USER_CONDITION,
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts."""

from __future__ import annotations

from functools import partial
from typing import Any

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.accounts import (
    ACCOUNT,
    ACCOUNT_CONDITION,
    OPENAPI_ACCOUNT_PARAM,
    OPENAPI_ACCOUNT_QUERY,
    OPENAPI_ACCOUNTS_ADD_COND_RESP,
    OPENAPI_ACCOUNTS_ADD_COND_RESP_STR,
    OPENAPI_ACCOUNTS_REMOVED_RESP,
    OPENAPI_ACCOUNTS_RESP,
)
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.changes import text_of
from slurmrestd.openapi.slurmdbd.results import changed, commit, found, listed, told
from slurmrestd.slurm.accounting import accounts
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList, items_of
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    SLURMDB_ACCT_FLAG_DELETED,
    SLURMDB_ACCT_FLAG_WASSOC,
    SLURMDB_ACCT_FLAG_WCOORD,
)

_FLAGS = {
    "with_assocs": SLURMDB_ACCT_FLAG_WASSOC,
    "with_coords": SLURMDB_ACCT_FLAG_WCOORD,
    "with_deleted": SLURMDB_ACCT_FLAG_DELETED,
}


def get_accounts(call: Call) -> Values:
    """The accounts that the query asks for."""
    with call.accounting() as lease:
        query = call.options()
        return listed(call, "accounts", ACCOUNT, lambda: load(lease, query))


def load(lease: Lease, query: Record) -> RecordList:
    """The accounts that a query asks for.  Raises SlurmError."""
    owned = Owned()
    return accounts.load(lease, store(ffi, query, owned))


def get_account(call: Call) -> Values:
    """One account."""
    with call.accounting() as lease:
        name = call.parameters()["name"]
        query = call.options()
        flags = sum(bits for member, bits in _FLAGS.items() if query.get(member))
        return listed(call, "accounts", ACCOUNT, lambda: _named(lease, name, flags))


def _named(lease: Lease, name: bytes | None, flags: int) -> RecordList:
    owned = Owned()
    return accounts.load(lease, accounts.condition_of(owned, name, flags))


def delete_account(call: Call) -> Values:
    """Remove an account with all associations."""
    with call.accounting() as lease:
        name = call.parameters()["name"]
        names = found(call, lambda: _remove(lease, name)).texts()
        commit(call, lease)
        return {"removed_accounts": names}


def _remove(lease: Lease, name: bytes) -> RecordList:
    owned = Owned()
    return accounts.remove(lease, accounts.condition_of(owned, name))


# -- accounts one by one ----------------------------------------------------------------


def post_accounts(call: Call) -> None:
    """Add accounts, or change those that are there; all of them or none."""
    with call.accounting() as lease:
        update_accounts(call, lease, call.body().get("response") or Items())
        commit(call, lease)


def update_accounts(call: Call, lease: Lease, records: Items) -> None:
    """Add or change accounts; the first that cannot be ends it.  Raises Refused."""
    for record in records:
        _update(call, lease, record)


def _update(call: Call, lease: Lease, record: Record) -> None:
    coordinators = _coordinators(call, lease, record.get("name"))
    if record["assoc_list"]:
        call.warn("associations", "Associations are ignored here: they are set by themselves")
    if record.get("flags", 0) & SLURMDB_ACCT_FLAG_DELETED:
        call.warn("flags", "DELETED is ignored: accounts are deleted by themselves")
    owned = Owned()
    made = store(ffi, record, owned)
    if coordinators is None:
        changed(call, lambda: accounts.add(lease, made))
    else:
        condition = accounts.condition_of(owned, record.get("name"), SLURMDB_ACCT_FLAG_WCOORD)
        changed(call, lambda: accounts.modify(lease, condition, made).close())
    _coordinate(call, lease, record, coordinators or [])


def _coordinators(call: Call, lease: Lease, name: bytes | None) -> list[bytes] | None:
    """Who coordinates an account; None if there is no such account."""
    try:
        known = _named(lease, name, SLURMDB_ACCT_FLAG_WCOORD)
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "slurmdbd refused the query") from None
    with known:
        for account in known.records("slurmdb_account_rec_t"):
            rows = items_of(account.coordinators, "slurmdb_coord_rec_t")
            return [text_of(row.name) or b"" for row in rows]
    return None


def _coordinate(call: Call, lease: Lease, record: Record, present: list[bytes]) -> None:
    """Have an account coordinated by those that its record names, and by nobody else."""
    account, wanted = record.get("name"), [row.get("name") for row in record["coordinators"]]
    known = {name.lower() for name in present}
    for name in wanted:
        if (name or b"").lower() not in known:
            changed(call, partial(accounts.add_coordinator, lease, account, name))
    kept = {(name or b"").lower() for name in wanted}
    for name in present:
        if name.lower() not in kept:
            changed(call, partial(accounts.remove_coordinator, lease, account, name))


# -- accounts with their associations ---------------------------------------------------


def post_accounts_association(call: Call) -> Values:
    """Add accounts with their associations."""
    with call.accounting() as lease:
        body = call.body()
        condition, account = body.get("add_assoc"), body.get("acct")
        return told(call, lease, "added_accounts", lambda: _add_many(lease, condition, account))


def _add_many(lease: Lease, condition: Record | None, account: Record | None) -> bytes:
    owned = Owned()
    return accounts.add_many(lease, _made(condition, owned), _made(account, owned))


def _made(record: Record | None, owned: Owned) -> Any:
    return ffi.NULL if record is None else store(ffi, record, owned)


DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/account/{account_name}",
    delete_account,
    summary="Delete an account",
    description=(
        "For administrators and operators. Its associations go too; an account that jobs "
        "still run under stays."
    ),
    response=OPENAPI_ACCOUNTS_REMOVED_RESP,
    response_description="What was deleted",
    parameters=OPENAPI_ACCOUNT_PARAM,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/account/{account_name}",
    get_account,
    summary="Get one account",
    description=(
        "The account by its name; with_assocs adds its associations, with_coords its coordinators."
    ),
    response=OPENAPI_ACCOUNTS_RESP,
    response_description="The account",
    parameters=OPENAPI_ACCOUNT_PARAM,
    query=OPENAPI_ACCOUNT_QUERY,
)
ADD_MANY = Operation(
    "POST",
    "/slurmdb/{data_parser}/accounts_association/",
    post_accounts_association,
    summary="Add accounts with their associations",
    description=(
        "For administrators and operators, and for coordinators below their accounts. Each "
        "account gets an association on every cluster that is named, with the limits that are "
        "given; what is there already is not changed."
    ),
    response=OPENAPI_ACCOUNTS_ADD_COND_RESP_STR,
    response_description="What was added",
    body=OPENAPI_ACCOUNTS_ADD_COND_RESP,
    body_description="Which accounts to add, and where",
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/accounts/",
    get_accounts,
    summary="Get accounts",
    description=(
        "Accounts that fit the query, all without one; with_assocs adds their associations, "
        "with_deleted those that were deleted."
    ),
    response=OPENAPI_ACCOUNTS_RESP,
    response_description="Accounts",
    query=ACCOUNT_CONDITION,
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/accounts/",
    post_accounts,
    summary="Add or change accounts",
    description=(
        "For administrators and operators. All of the list is done, or nothing. An account "
        "that is there is changed, but not its associations."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=OPENAPI_ACCOUNTS_RESP,
    body_description="Accounts to add or change",
)

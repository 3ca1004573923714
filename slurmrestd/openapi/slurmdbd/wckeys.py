# SPDX-License-Identifier: GPL-2.0-or-later
"""Workload characterization keys (wckeys)."""

from __future__ import annotations

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.wckeys import (
    OPENAPI_WCKEY_PARAM,
    OPENAPI_WCKEY_REMOVED_RESP,
    OPENAPI_WCKEY_RESP,
    WCKEY,
    WCKEY_CONDITION,
)
from slurmrestd.openapi.call import INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import changed, commit, found, removed
from slurmrestd.slurm.accounting import wckeys
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned


def get_wckeys(call: Call) -> Values:
    """The wckeys that the query asks for."""
    with call.accounting() as lease:
        query = call.options()
        return {"wckeys": call.records(WCKEY, found(call, lambda: load(lease, query)))}


def load(lease: Lease, query: Record) -> RecordList:
    """The wckeys that a query asks for.  Raises SlurmError."""
    owned = Owned()
    return wckeys.load(lease, store(ffi, query, owned))


def get_wckey(call: Call) -> Values:
    """The wckeys of one name: the original takes what it calls the id for a name."""
    with call.accounting() as lease:
        name = _name(call)
        return {"wckeys": call.records(WCKEY, found(call, lambda: _named(lease, name)))}


def _name(call: Call) -> bytes:
    """Which name the path says is meant.  Raises Refused."""
    name: bytes = call.parameters()["wckey"]
    if not name:
        raise call.refuse(INVALID_QUERY, "id", "A wckey must be named")
    return name


def _named(lease: Lease, name: bytes) -> RecordList:
    owned = Owned()
    return wckeys.load(lease, wckeys.condition_of(owned, name))


def delete_wckey(call: Call) -> Values:
    """Remove the wckeys of one name."""
    with call.accounting() as lease:
        name = _name(call)
        try:
            return {"deleted_wckeys": removed(call, lease, lambda: _remove(lease, name))}
        except Refused:
            return {}


def _remove(lease: Lease, name: bytes) -> RecordList:
    owned = Owned()
    return wckeys.remove(lease, wckeys.condition_of(owned, name))


def post_wckeys(call: Call) -> None:
    """Add wckeys; all of them or none."""
    with call.accounting() as lease:
        records = call.body().get("response") or Items()
        if not records:
            call.warn("wckeys", "There are no wckeys to add")
            return
        add_wckeys(call, lease, records)
        commit(call, lease)


def add_wckeys(call: Call, lease: Lease, records: Items) -> None:
    """Add wckeys.  Raises Refused."""
    owned = Owned()
    made = [store(ffi, record, owned) for record in records]
    changed(call, lambda: wckeys.add(lease, made))


DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/wckey/{id}",
    delete_wckey,
    summary="Delete the wckeys of a name",
    description=(
        "For administrators and operators. Deletes the wckey of every user and cluster that has it."
    ),
    response=OPENAPI_WCKEY_REMOVED_RESP,
    response_description="What was deleted",
    parameters=OPENAPI_WCKEY_PARAM,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/wckey/{id}",
    get_wckey,
    summary="Get the wckeys of a name",
    description="The wckey of every user and cluster that has it.",
    response=OPENAPI_WCKEY_RESP,
    response_description="The wckeys",
    parameters=OPENAPI_WCKEY_PARAM,
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/wckeys/",
    get_wckeys,
    summary="Get wckeys",
    description="Wckeys that fit the query, all without one.",
    response=OPENAPI_WCKEY_RESP,
    response_description="Wckeys",
    query=WCKEY_CONDITION,
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/wckeys/",
    post_wckeys,
    summary="Add wckeys",
    description="For administrators and operators. All of the list is done, or nothing.",
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    query=WCKEY_CONDITION,
    body=OPENAPI_WCKEY_RESP,
    body_description="Wckeys to add",
)

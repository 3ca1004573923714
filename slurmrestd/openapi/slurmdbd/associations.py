# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.associations import (
    ASSOC,
    ASSOC_CONDITION,
    OPENAPI_ASSOCS_REMOVED_RESP,
    OPENAPI_ASSOCS_RESP,
)
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.changes import filled_in
from slurmrestd.openapi.slurmdbd.results import commit, listed, really_changed
from slurmrestd.slurm.accounting import associations
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import ESLURM_DATA_AMBIGUOUS_MODIFY, ESLURM_DATA_AMBIGUOUS_QUERY


def get_associations(call: Call) -> Values:
    """The associations that the query asks for."""
    with call.accounting() as lease:
        query = call.options()
        return listed(call, "associations", ASSOC, lambda: load(lease, query))


def get_association(call: Call) -> Values:
    """The one association that the query asks for."""
    with call.accounting() as lease:
        query = call.options()
        found = listed(call, "associations", ASSOC, lambda: load(lease, query))
        if "associations" in found and found["associations"].count > 1:
            call.issues.error(
                ESLURM_DATA_AMBIGUOUS_QUERY, "query", "More than one association is like that"
            )
            return {}
        return found


def load(lease: Lease, query: Record) -> RecordList:
    """The associations that a query asks for.  Raises SlurmError."""
    owned = Owned()
    return associations.load(lease, store(ffi, query, owned))


def delete_associations(call: Call) -> Values:
    """Remove the associations that the query asks for."""
    with call.accounting() as lease:
        names = _removed(call, lease)
        commit(call, lease)
        return {"removed_associations": names}


def delete_association(call: Call) -> Values:
    """Remove the one association that the query asks for."""
    with call.accounting() as lease:
        names = _removed(call, lease)
        if len(names) > 1:
            raise call.refuse(
                ESLURM_DATA_AMBIGUOUS_MODIFY, "query", "More than one association is like that"
            )
        commit(call, lease)
        return {"removed_associations": names}


def _removed(call: Call, lease: Lease) -> list[bytes]:
    owned = Owned()
    condition = store(ffi, call.options(), owned)
    try:
        with associations.remove(lease, condition) as found:
            if not len(found):
                call.warn(found.source, "Nothing was found")
            return found.texts()
    except SlurmError as error:
        call.issues.error(error.number, error.source, "slurmdbd refused the change")
        raise call.refuse(error.number, "associations", "Nothing was deleted") from None


def post_associations(call: Call) -> None:
    """Add associations, or change those that are there; all of them or none."""
    with call.accounting() as lease:
        update_associations(call, lease, call.body().get("response") or Items())
        commit(call, lease)


def update_associations(call: Call, lease: Lease, records: Items) -> None:
    """Add or change associations; the first that cannot be ends it.  Raises Refused."""
    for record in records:
        _update(call, lease, record)


def _update(call: Call, lease: Lease, record: Record) -> None:
    owned = Owned()
    condition = associations.condition_of(
        owned,
        accounts=[record.get("acct") or b""],
        clusters=[record.get("cluster") or b""],
        partitions=[record.get("partition") or b""],
        users=[record.get("user") or b""],
    )
    with _known(call, lease, condition) as known:
        if not len(known):
            made = store(ffi, record, owned)
            really_changed(call, lambda: associations.add(lease, made))
            return
        if len(known) > 1:
            raise call.refuse(
                ESLURM_DATA_AMBIGUOUS_MODIFY,
                "associations",
                "More than one association is like that",
            )
        found: Any = next(known.records("slurmdb_assoc_rec_t"))
        made = store(ffi, filled_in(record, found), owned)
    really_changed(call, lambda: associations.modify(lease, condition, made).close())


def _known(call: Call, lease: Lease, condition: Any) -> RecordList:
    try:
        return associations.load(lease, condition)
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "slurmdbd refused the query") from None


UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/associations/",
    post_associations,
    summary="Add or change associations",
    description=(
        "For administrators and operators, and for coordinators in their accounts. All of the "
        "list is done, or nothing; a limit that is left out stays as it is."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=OPENAPI_ASSOCS_RESP,
    body_description="Associations to add or change",
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/associations/",
    get_associations,
    summary="Get associations",
    description=(
        "Associations that fit the query, all without one. Ordinary users may see only their "
        "own, if the cluster is so configured."
    ),
    response=OPENAPI_ASSOCS_RESP,
    response_description="Associations",
    query=ASSOC_CONDITION,
)
DELETE_ALL = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/associations/",
    delete_associations,
    summary="Delete associations",
    description=(
        "For administrators and operators, and for coordinators in their accounts. Deletes "
        "every association that fits the query."
    ),
    response=OPENAPI_ASSOCS_REMOVED_RESP,
    response_description="What was deleted",
    query=ASSOC_CONDITION,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/association/",
    get_association,
    summary="Get one association",
    description="The one association that fits the query; an error if there are several.",
    response=OPENAPI_ASSOCS_RESP,
    response_description="The association",
    query=ASSOC_CONDITION,
)
DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/association/",
    delete_association,
    summary="Delete one association",
    description=(
        "The same as for several, but nothing is deleted if more than one fits the query."
    ),
    response=OPENAPI_ASSOCS_REMOVED_RESP,
    response_description="What was deleted",
    query=ASSOC_CONDITION,
)

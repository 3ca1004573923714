# SPDX-License-Identifier: GPL-2.0-or-later
"""Qualities of service (QOS)."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.qos import (
    OPENAPI_SLURMDBD_QOS_PARAM,
    OPENAPI_SLURMDBD_QOS_QUERY,
    OPENAPI_SLURMDBD_QOS_REMOVED_RESP,
    OPENAPI_SLURMDBD_QOS_RESP,
    QOS_CONDITION,
)
from slurmrestd.data_parser.tables.qos import QOS as QOS_TABLE
from slurmrestd.openapi.call import INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import changed, commit, listed, removed
from slurmrestd.slurm.accounting import qos
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned


def get_all_qos(call: Call) -> Values:
    """All QOS.  The original documents a query, and never looks at it."""
    with call.accounting() as lease:
        return listed(call, "qos", QOS_TABLE, lambda: qos.load(lease))


def get_qos(call: Call) -> Values:
    """One QOS."""
    with call.accounting() as lease:
        with_deleted = bool(call.options().get("with_deleted"))
        name = call.parameters()["name"]
        return listed(
            call,
            "qos",
            QOS_TABLE,
            lambda: qos.load(lease, names=[name], with_deleted=with_deleted),
        )


def delete_qos(call: Call) -> Values:
    """Remove a QOS."""
    with call.accounting() as lease:
        call.options(OPENAPI_SLURMDBD_QOS_QUERY)
        name = call.parameters()["name"]
        try:
            return {"removed_qos": removed(call, lease, lambda: qos.remove(lease, name))}
        except Refused:
            return {}


def post_qos(call: Call) -> None:
    """Add QOS, or change those that are there."""
    with call.accounting() as lease:
        update_qos(call, lease, call.body().get("response") or Items())
        commit(call, lease)


def update_qos(call: Call, lease: Lease, records: Items) -> None:
    """Add or change QOS; the first that cannot be ends it.  Raises Refused."""
    for record in records:
        _update(call, lease, record)


def _update(call: Call, lease: Lease, record: Record) -> None:
    name, number = record.get("name"), record.get("id", 0)
    known = _known(lease, name, number)
    if known is None and number:
        raise call.refuse(INVALID_QUERY, "qos", f"There is no QOS with the id {number}")
    if known is None and name is None:
        raise call.refuse(INVALID_QUERY, "qos", "A QOS without a name cannot be added")
    owned = Owned()
    if known is None:
        made = store(ffi, record, owned)
        changed(call, lambda: qos.add(lease, made))
        return
    record["id"] = known
    made = store(ffi, record, owned)
    changed(call, lambda: qos.modify(lease, name, number, made).close())


def _known(lease: Lease, name: bytes | None, number: int) -> int | None:
    """The id of the one QOS of this name and id; None if there is none."""
    if name is None and not number:
        return None
    try:
        found = qos.load(
            lease, names=None if name is None else [name], ids=[number] if number else None
        )
    except SlurmError:
        return None
    with found:
        if len(found) != 1:
            return None
        record: Any = next(found.records("slurmdb_qos_rec_t"))
        return int(record.id)


SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/qos/{qos}",
    get_qos,
    name="single_qos",
    summary="Get one QOS",
    description="The QOS by its name or its id.",
    response=OPENAPI_SLURMDBD_QOS_RESP,
    response_description="The QOS",
    parameters=OPENAPI_SLURMDBD_QOS_PARAM,
    query=OPENAPI_SLURMDBD_QOS_QUERY,
)
DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/qos/{qos}",
    delete_qos,
    name="single_qos",
    summary="Delete a QOS",
    description=(
        "For administrators and operators. Associations lose it; jobs that have it keep it."
    ),
    response=OPENAPI_SLURMDBD_QOS_REMOVED_RESP,
    response_description="What was deleted",
    parameters=OPENAPI_SLURMDBD_QOS_PARAM,
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/qos/",
    get_all_qos,
    summary="Get all QOS",
    description="Every QOS with its limits. What the query asks for is not looked at.",
    response=OPENAPI_SLURMDBD_QOS_RESP,
    response_description="QOS",
    query=QOS_CONDITION,
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/qos/",
    post_qos,
    summary="Add or change QOS",
    description=(
        "For administrators and operators. A QOS that is there is changed: a field that is "
        "left out stays as it is."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    query=QOS_CONDITION,
    body=OPENAPI_SLURMDBD_QOS_RESP,
    body_description="QOS to add or change",
)

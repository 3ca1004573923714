# SPDX-License-Identifier: GPL-2.0-or-later
"""Instances: what nodes in the cloud were."""

from __future__ import annotations

import errno

from slurmrestd.data_parser.read.hostlists import Hostlist, NoHostlist
from slurmrestd.data_parser.read.store import store
from slurmrestd.data_parser.tables.instances import (
    INSTANCE,
    INSTANCE_CONDITION,
    OPENAPI_INSTANCES_RESP,
)
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import found
from slurmrestd.slurm.accounting import instances
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import ESLURM_DATA_AMBIGUOUS_QUERY


def get_instances(call: Call) -> Values | None:
    """All instances that the query is for."""
    return _instances(call, most=None)


def get_instance(call: Call) -> Values | None:
    """The one instance that the query is for."""
    return _instances(call, most=1)


def _instances(call: Call, *, most: int | None) -> Values | None:
    with call.accounting() as lease:
        owned = Owned()
        query = call.options()
        _check_nodes(call, query.get("node_list"))
        condition = store(ffi, query, owned)
        records = found(call, lambda: instances.load(lease, condition))
        if not len(records):
            return None
        if most is not None and len(records) > most:
            raise call.refuse(
                ESLURM_DATA_AMBIGUOUS_QUERY, "instances", "More than one instance is meant"
            )
        return {"instances": call.records(INSTANCE, records)}


def _check_nodes(call: Call, nodes: bytes | None) -> None:
    """Refuse what slurmdbd refuses: it keeps a lock then, and stands still at the next change."""
    if not nodes:
        return
    try:
        count = Hostlist().push(nodes.decode("utf-8", "surrogateescape"))
    except NoHostlist:
        count = 0
    if not count:
        raise call.refuse(errno.EINVAL, "node_list", "This names no nodes")


ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/instances/",
    get_instances,
    summary="Get instances",
    description=(
        "Machines of a cloud that nodes ran on, those that fit the query; none where no node "
        "has an instance id."
    ),
    response=OPENAPI_INSTANCES_RESP,
    response_description="Instances",
    query=INSTANCE_CONDITION,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/instance/",
    get_instance,
    summary="Get one instance",
    description="The one machine of a cloud that fits the query; an error if there are several.",
    response=OPENAPI_INSTANCES_RESP,
    response_description="The instance",
    query=INSTANCE_CONDITION,
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions."""

from __future__ import annotations

from slurmrestd.data_parser.encode import Records
from slurmrestd.data_parser.tables.partitions import OPENAPI_PARTITION_RESP, PARTITION_INFO
from slurmrestd.data_parser.tables.queries import (
    OPENAPI_PARTITION_PARAM,
    OPENAPI_PARTITIONS_QUERY,
)
from slurmrestd.openapi.call import INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmctld.named import find
from slurmrestd.slurm import partitions
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.numbers import SHOW_ALL


def get_partitions(call: Call) -> Values:
    """All partitions; 304 if none changed since ``update_time``."""
    query = call.query()
    since, flags = query.get("update_time", 0), query.get("show_flags", 0)
    try:
        message = call.own(partitions.load(since, flags)).pointer
    except SlurmError as error:
        # The original answers with a status that says it and no error.
        call.issues.number = error.number
        raise Refused from None
    if not message.record_count:
        call.warn("partitions", "There are no partitions")
    call.ask_slurmdbd_on_the_side()
    return {
        "partitions": Records(PARTITION_INFO, message.partition_array, message.record_count),
        "last_update": message.last_update,
    }


def get_partition(call: Call) -> Values:
    """One partition."""
    name = call.parameters()["partition_name"]
    query = call.query()
    flags = query.get("show_flags") or SHOW_ALL
    message = call.own(partitions.load(query.get("update_time", 0), flags)).pointer
    found = find(message.partition_array, message.record_count, name)
    if found is None:
        shown = name.decode(errors="replace")
        raise call.refuse(INVALID_QUERY, "partition_name", f"There is no partition {shown}")
    call.ask_slurmdbd_on_the_side()
    return {
        "partitions": Records(PARTITION_INFO, found, 1),
        "last_update": message.last_update,
    }


PARTITIONS = Operation(
    "GET",
    "/slurm/{data_parser}/partitions/",
    get_partitions,
    summary="Get all partitions",
    description="Every partition that the caller may see, with its limits and defaults.",
    response=OPENAPI_PARTITION_RESP,
    response_description="Partitions",
    query=OPENAPI_PARTITIONS_QUERY,
)
PARTITION = Operation(
    "GET",
    "/slurm/{data_parser}/partition/{partition_name}",
    get_partition,
    summary="Get one partition",
    description="One partition with its limits and defaults, also one that is hidden.",
    response=OPENAPI_PARTITION_RESP,
    response_description="The partition",
    parameters=OPENAPI_PARTITION_PARAM,
    query=OPENAPI_PARTITIONS_QUERY,
)

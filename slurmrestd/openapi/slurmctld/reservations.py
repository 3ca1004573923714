# SPDX-License-Identifier: GPL-2.0-or-later
"""Reservations."""

from __future__ import annotations

from slurmrestd.data_parser.encode import Records
from slurmrestd.data_parser.tables.queries import (
    OPENAPI_RESERVATION_PARAM,
    OPENAPI_RESERVATION_QUERY,
)
from slurmrestd.data_parser.tables.reservations import OPENAPI_RESERVATION_RESP, RESERVATION_INFO
from slurmrestd.openapi.call import INVALID_QUERY, Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmctld.named import find
from slurmrestd.slurm import reservations


def get_reservations(call: Call) -> Values:
    """All reservations; 304 if none changed since ``update_time``."""
    message = call.own(reservations.load(call.query().get("update_time", 0))).pointer
    return {
        "reservations": Records(RESERVATION_INFO, message.reservation_array, message.record_count),
        "last_update": message.last_update,
    }


def get_reservation(call: Call) -> Values:
    """One reservation."""
    name = call.parameters()["reservation_name"]
    message = call.own(reservations.load(call.query().get("update_time", 0))).pointer
    if not message.record_count:
        raise call.refuse(0, "reservations", "There are no reservations")
    found = find(message.reservation_array, message.record_count, name)
    if found is None:
        shown = name.decode(errors="replace")
        raise call.refuse(INVALID_QUERY, "reservation_name", f"There is no reservation {shown}")
    return {
        "reservations": Records(RESERVATION_INFO, found, 1),
        "last_update": message.last_update,
    }


RESERVATIONS = Operation(
    "GET",
    "/slurm/{data_parser}/reservations/",
    get_reservations,
    summary="Get all reservations",
    description="Reservations that are under way and those to come.",
    response=OPENAPI_RESERVATION_RESP,
    response_description="Reservations",
    query=OPENAPI_RESERVATION_QUERY,
    light=True,
)
RESERVATION = Operation(
    "GET",
    "/slurm/{data_parser}/reservation/{reservation_name}",
    get_reservation,
    summary="Get one reservation",
    description="One reservation, under way or to come.",
    response=OPENAPI_RESERVATION_RESP,
    response_description="The reservation",
    parameters=OPENAPI_RESERVATION_PARAM,
    query=OPENAPI_RESERVATION_QUERY,
    light=True,
)

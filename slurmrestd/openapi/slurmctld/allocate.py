# SPDX-License-Identifier: GPL-2.0-or-later
"""Resources without a script: answered when the nodes are there, which may take days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from socket import socket
from typing import Any

from slurmrestd.data_parser.model import V41
from slurmrestd.data_parser.read.context import Record, Unreadable
from slurmrestd.data_parser.tables.job_answers import OPENAPI_JOB_ALLOC_RESP
from slurmrestd.data_parser.tables.job_description import JOB_ALLOC_REQ
from slurmrestd.frozen import Frozen
from slurmrestd.http.status import status_of
from slurmrestd.openapi.call import INVALID_QUERY, Call, Refused
from slurmrestd.openapi.operation import Operation, Pending, Values
from slurmrestd.openapi.slurmctld.new_jobs import check_components, description, judge
from slurmrestd.slurm import allocation
from slurmrestd.slurm.allocation import Part, Port
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    ESLURM_ALREADY_DONE,
    ESLURM_IN_STANDBY_MODE,
    ESLURM_JOB_PENDING,
    NO_VAL,
    SLURM_AUTH_NOBODY,
)

NO_CONTROLLER = frozenset({502, 504})
"""Statuses of errors that say nothing of a job, only that no controller answers."""


class Kind(Frozen):
    """How one kind of job is asked for, and looked after by its (first) id."""

    request: Callable[[Sequence[Any], Port | None], list[Part]]
    look: Callable[[int], list[Part]]


SINGLE = Kind(allocation.request, allocation.look)
HETEROGENEOUS = Kind(allocation.request_het, allocation.look_het)


class Allocation:
    """A job that was asked for: it has its nodes, or waits for them.

    While no controller answers it waits on.  When the client's token expires before
    there are nodes, that is an error, and nobody can cancel the job in the client's name:
    it is left to the controller, which ends it when it would start.
    """

    def __init__(self, kind: Kind, parts: list[Part], port: Port | None) -> None:
        self._kind = kind
        self._parts = parts
        self._port = port

    @property
    def socket(self) -> socket | None:
        return None if self._port is None else self._port.socket

    def look(self, call: Call) -> Values | None:
        # Without a port it was nodes now or never.
        if self._port is None or allocation.is_granted(self._parts):
            return _result(call, self._parts)
        try:
            self._parts = self._kind.look(self._parts[0].job_id)
        except SlurmError as error:
            if _still_waits(error.number):
                return None
            if error.number != ESLURM_ALREADY_DONE:
                with suppress(SlurmError):
                    self.cancel()
            raise _not_granted(call, error) from None
        return _result(call, self._parts)

    def acknowledge(self, descriptor: int) -> None:
        allocation.acknowledge(descriptor)

    def cancel(self) -> None:
        allocation.cancel(self._parts[0].job_id)

    def close(self) -> None:
        if self._port is not None:
            self._port.close()


def post_allocate(call: Call) -> Pending:
    """Ask for what the body describes."""
    request = _body(call)
    job, components = request.get("job"), request.get("hetjob")
    if job is not None and components is not None:
        raise call.refuse(INVALID_QUERY, "job", "Give either job or hetjob, not both")
    if job is not None:
        return _ask(call, SINGLE, [job])
    if components is not None:
        check_components(call, components, "hetjob")
        return _ask(call, HETEROGENEOUS, components)
    text = "Give the job's description in job, or a heterogeneous one's in hetjob"
    raise call.refuse(INVALID_QUERY, "job", text)


def _body(call: Call) -> Record:
    """The status is that of the reading as a whole, not of its first error: only here."""
    try:
        return call.body()
    except Refused as refused:
        if isinstance(refused.__cause__, Unreadable):
            call.issues.number = refused.__cause__.errno
        raise


def _ask(call: Call, kind: Kind, jobs: Sequence[Record]) -> Allocation:
    owned = Owned()
    requests = [_description(job, owned) for job in jobs]
    port = None if any(request.immediate for request in requests) else Port()
    try:
        return Allocation(kind, kind.request(requests, port), port)
    except BaseException as error:
        if port is not None:
            port.close()
        if isinstance(error, SlurmError):
            raise _not_granted(call, error) from None
        raise


def _description(job: Record, owned: Owned) -> Any:
    request = description(job, owned)
    # The job is that of whoever asks.
    request.user_id = request.group_id = SLURM_AUTH_NOBODY
    # Nobody listens for what becomes of it later.
    request.other_port = 0
    if request.min_nodes == 0 or request.min_nodes >= NO_VAL:
        request.min_nodes = 1
    return request


def _still_waits(number: int) -> bool:
    waits = (ESLURM_JOB_PENDING, ESLURM_IN_STANDBY_MODE)
    return number in waits or status_of(number) in NO_CONTROLLER


def _not_granted(call: Call, error: SlurmError) -> Refused:
    return call.refuse(error.number, error.source, "The resources were not granted")


def _result(call: Call, parts: Sequence[Part]) -> Values:
    """Of a heterogeneous job it shows the last component's id, as the original does."""
    for part in parts:
        judge(call, part.error_code)
    message = next((part.message for part in parts if part.message is not None), None)
    return {"job_id": parts[-1].job_id, "job_submit_user_msg": message}


ALLOCATE = Operation(
    "POST",
    "/slurm/{data_parser}/job/allocate",
    post_allocate,
    summary="Allocate resources, without a batch script",
    description=(
        "Answers only when the resources are there, which may take as long as the job waits "
        "in the queue; a client that leaves before cancels the job. The allocation ends at "
        "its time limit, or when the job is cancelled; nothing runs in it by itself."
    ),
    response=OPENAPI_JOB_ALLOC_RESP,
    response_description="The job's id, once it has its resources",
    body=JOB_ALLOC_REQ,
    body_description="Description of the job",
    since=V41,
    waits=True,
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Allocations: asked for, looked after, and the port on which the controller calls back.

None of this blocks for longer than a request: libslurm's own blocking functions are not
used. They wait in poll() without end for one connection, from whomever it comes, which
leaves a thread behind for each job that the controller never calls back for (one with a
script), and gives a job up for a stranger's connection.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from slurmrestd.frozen import Frozen
from slurmrestd.slurm import jobs
from slurmrestd.slurm.errors import SlurmError, check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    ESLURM_ALREADY_DONE,
    NO_VAL,
    REQUEST_HET_JOB_ALLOCATION,
    RESPONSE_HET_JOB_ALLOCATION,
    RESPONSE_SLURM_RC,
    SLURM_ERROR,
    SLURM_SUCCESS,
    SLURM_UNEXPECTED_MSG_ERROR,
)
from slurmrestd.slurm.rpc import Message, ask, fetch

SIGKILL = 9


class Port:
    """A TCP port on which the controller says that an allocation is there.

    It is one of SrunPortRange's, if there is such a line in slurm.conf. The controller
    ends an interactive job that starts while its port does not answer, so a port that is
    closed is a job that is given up. Raises SlurmError where there is none to be had.
    """

    def __init__(self) -> None:
        ffi.errno = 0
        allowed = lib.slurm_get_srun_port_range()
        if allowed == ffi.NULL:
            descriptor = lib.slurm_init_msg_engine_port(0)
        else:
            descriptor = lib.slurm_init_msg_engine_ports(allowed)
        if descriptor < 0:
            check(SLURM_ERROR, "a port for the controller to call")
        self.socket = socket.socket(fileno=descriptor)
        self.socket.setblocking(False)
        self.number: int = self.socket.getsockname()[1]

    def close(self) -> None:
        """Idempotent."""
        self.socket.close()


def acknowledge(descriptor: int) -> None:
    """Tell the controller, at the other end of a connection, that its message was taken.

    It needs no credential, and a few bytes do not block.  To say that a job was cancelled
    it does not stay for that.
    """
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP)
    if poll.poll(0):
        return
    request = ffi.new("slurm_msg_t *")
    lib.slurm_msg_t_init(request)
    request.conn_fd = descriptor
    lib.slurm_send_rc_msg(request, SLURM_SUCCESS)


class Part(Frozen):
    """What the controller says of a job, or of one component of it."""

    job_id: int
    nodes: int
    error_code: int
    message: bytes | None


def is_granted(parts: Sequence[Part]) -> bool:
    """Whether there are nodes, or only a job that waits for them."""
    return any(part.nodes for part in parts)


def request(components: Sequence[Any], port: Port | None) -> list[Part]:
    """Ask for what a ``job_desc_msg_t``, the only component, describes. Raises SlurmError.

    Without a port nobody is told when a job that has to wait gets its nodes.
    """
    (job,) = components
    _reply_to(components, port)
    answer = fetch(
        "resource_allocation_response_msg_t",
        lib.slurm_free_resource_allocation_response_msg,
        "slurm_allocate_resources()",
        lambda place: ask(lib.slurm_allocate_resources, job, place),
    )
    with answer:
        return [_part(answer.pointer)]


def request_het(components: Sequence[Any], port: Port | None) -> list[Part]:
    """The same for a heterogeneous job."""
    _reply_to(components, port)
    owned = Owned()
    with _send(owned.list(components)) as answer:
        return list(_parts(answer.pointer))


def look(job_id: int) -> list[Part]:
    """What a job has got. Raises SlurmError, ESLURM_JOB_PENDING while it waits."""
    answer = fetch(
        "resource_allocation_response_msg_t",
        lib.slurm_free_resource_allocation_response_msg,
        "slurm_allocation_lookup()",
        lambda place: ask(lib.slurm_allocation_lookup, job_id, place),
    )
    with answer:
        return [_part(answer.pointer)]


def look_het(job_id: int) -> list[Part]:
    """The same for a heterogeneous job, by the id of its first component."""
    answer = fetch(
        "list_t",
        lib.slurm_list_destroy,
        "slurm_het_job_lookup()",
        lambda place: ask(lib.slurm_het_job_lookup, job_id, place),
    )
    with answer:
        return list(_parts(answer.pointer))


def cancel(job_id: int) -> None:
    """Give a job up, all components of it, whether it has its nodes or not.

    One that is over is no error. Raises SlurmError.
    """
    with jobs.kill([str(job_id)], SIGKILL, 0) as answer:
        for result in jobs.kill_results(answer):
            number = result["error_code"]
            if number not in (SLURM_SUCCESS, ESLURM_ALREADY_DONE):
                raise SlurmError(number, "slurm_kill_jobs()")


def _reply_to(components: Sequence[Any], port: Port | None) -> None:
    session = os.getsid(0)
    for job in components:
        if port is not None:
            job.alloc_resp_port = port.number
        if job.alloc_sid == NO_VAL:
            job.alloc_sid = session


def _send(components: Any) -> Message:
    """libslurm asks for heterogeneous jobs only in the function that blocks."""
    source = "the request for a heterogeneous allocation"
    message, answer = ffi.new("slurm_msg_t *"), ffi.new("slurm_msg_t *")
    lib.slurm_msg_t_init(message)
    lib.slurm_msg_t_init(answer)
    message.msg_type = REQUEST_HET_JOB_ALLOCATION
    message.data = components
    check(ask(lib.slurm_send_recv_controller_msg, message, answer, ffi.NULL), source)
    if answer.msg_type == RESPONSE_HET_JOB_ALLOCATION:
        return Message(ffi.cast("list_t *", answer.data), lib.slurm_list_destroy)
    if answer.msg_type == RESPONSE_SLURM_RC:
        refusal = ffi.cast("return_code_msg_t *", answer.data)
        number = refusal.return_code
        lib.slurm_free_return_code_msg(refusal)
        check(number, source)
    raise SlurmError(SLURM_UNEXPECTED_MSG_ERROR, source)


def _parts(answer: Any) -> Iterator[Part]:
    node = answer.head
    while node != ffi.NULL:
        yield _part(ffi.cast("resource_allocation_response_msg_t *", node.data))
        node = node.next


def _part(answer: Any) -> Part:
    message = answer.job_submit_user_msg
    text = None if message == ffi.NULL else bytes(ffi.string(message))
    return Part(answer.job_id, answer.node_cnt, answer.error_code, text)

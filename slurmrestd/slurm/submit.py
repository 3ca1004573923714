# SPDX-License-Identifier: GPL-2.0-or-later
"""New jobs: batch jobs, heterogeneous ones, and allocations that wait for their nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from slurmrestd.slurm.errors import check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import SLURM_ERROR
from slurmrestd.slurm.rpc import Message, ask, fetch


def new_job(owned: Owned) -> Any:
    """A ``job_desc_msg_t`` of ours in which nothing is set yet."""
    request = owned.new("job_desc_msg_t *")
    lib.slurm_init_job_desc_msg(request)
    return request


def batch(job: Any) -> Message:
    """Submit a batch job by a ``job_desc_msg_t`` (``submit_response_msg_t``).

    Raises SlurmError. A job that was taken with a reservation has a number in
    ``error_code``.
    """
    return fetch(
        "submit_response_msg_t",
        lib.slurm_free_submit_response_response_msg,
        "slurm_submit_batch_job()",
        lambda answer: ask(lib.slurm_submit_batch_job, job, answer),
    )


def het_batch(components: Sequence[Any]) -> Message:
    """Submit a heterogeneous batch job, one ``job_desc_msg_t`` for each component.

    ``submit_response_msg_t``; raises SlurmError.
    """
    with _borrowed(components) as jobs:
        return fetch(
            "submit_response_msg_t",
            lib.slurm_free_submit_response_response_msg,
            "slurm_submit_batch_het_job()",
            lambda answer: ask(lib.slurm_submit_batch_het_job, jobs, answer),
        )


def allocate(job: Any, timeout: int = 0, pending: Callable[[int], None] | None = None) -> Message:
    """Ask for resources and wait until they are there.

    ``resource_allocation_response_msg_t``; ``timeout`` in seconds, 0 waits without
    end; ``pending`` gets the job's id when there is something to wait for, on this
    thread. Raises SlurmError. libslurm listens on a port of this host meanwhile.
    """
    call_back = _callback(pending)
    answer = ask(lib.slurm_allocate_resources_blocking, job, timeout, call_back)
    if answer == ffi.NULL:
        check(SLURM_ERROR, "slurm_allocate_resources_blocking()")
    return Message(answer, lib.slurm_free_resource_allocation_response_msg)


def het_allocate(
    components: Sequence[Any], timeout: int = 0, pending: Callable[[int], None] | None = None
) -> Message:
    """The same for a heterogeneous job: a ``list_t`` of the components' answers."""
    call_back = _callback(pending)
    with _borrowed(components) as jobs:
        answer = ask(lib.slurm_allocate_het_job_blocking, jobs, timeout, call_back)
        if answer == ffi.NULL:
            check(SLURM_ERROR, "slurm_allocate_het_job_blocking()")
    return Message(answer, lib.slurm_list_destroy)


def _callback(pending: Callable[[int], None] | None) -> Any:
    return ffi.NULL if pending is None else ffi.callback("void(uint32_t)", pending)


def complete(job_id: int) -> None:
    """Give an allocation back, as for a client that left. Raises SlurmError."""
    check(ask(lib.slurm_complete_job, job_id, 0), "slurm_complete_job()")


@contextmanager
def _borrowed(pointers: Sequence[Any]) -> Iterator[Any]:
    """A list of what stays ours: one without a deleter."""
    made = lib.slurm_list_create(ffi.NULL)
    try:
        for pointer in pointers:
            lib.slurm_list_append(made, pointer)
        yield made
    finally:
        lib.slurm_list_destroy(made)

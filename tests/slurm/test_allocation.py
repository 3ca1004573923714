# SPDX-License-Identifier: GPL-2.0-or-later
"""Allocations through libslurm: the private layout of its messages, ports, and what is left."""

from __future__ import annotations

import socket
from typing import Any

from slurmrestd.slurm import allocation, names, numbers, submit
from slurmrestd.slurm.allocation import Port
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.memory import Owned
from tests.fix_cluster import Cluster
from tests.slurm.conftest import Worker
from tests.slurm.inside import jwt_of

NUMBERS = ("REQUEST_HET_JOB_ALLOCATION", "RESPONSE_HET_JOB_ALLOCATION", "RESPONSE_SLURM_RC")


def named_numbers() -> list[str]:
    return [names.rpc_name(getattr(numbers, name)) for name in NUMBERS]


def acknowledged() -> bytes:
    """What a caller hears, and then nothing."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        allocation.acknowledge(ours.fileno())
        ours.close()
        heard = b""
        while more := theirs.recv(100):
            heard += more
    return heard


def acknowledged_to_nobody() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        allocation.acknowledge(ours.fileno())


def _job(owned: Owned) -> Any:
    job = submit.new_job(owned)
    job.name = owned.text("held by a test")
    job.work_dir = owned.text("/tmp")
    job.partition = owned.text("normal")
    job.priority = 0
    job.min_nodes = 1
    return job


def held(token: str, components: int) -> tuple[int, bool, int, int]:
    """Ask for a held job, look, cancel it, look again."""
    port, owned = Port(), Owned()
    try:
        with acting_as(jwt_of(token)):
            jobs = [_job(owned) for _ in range(components)]
            ask = allocation.request if components == 1 else allocation.request_het
            look = allocation.look if components == 1 else allocation.look_het
            parts = ask(jobs, port)
            job_id = parts[0].job_id
            before = _errno(look, job_id)
            allocation.cancel(job_id)
            allocation.cancel(job_id)
            return len(parts), allocation.is_granted(parts), before, _errno(look, job_id)
    finally:
        port.close()


def _errno(look: Any, job_id: int) -> int:
    try:
        look(job_id)
    except SlurmError as error:
        return error.number
    return 0


def test_the_numbers_of_messages_are_true(worker: Worker) -> None:
    assert worker(named_numbers) == list(NUMBERS)


def test_the_private_layout_of_messages_is_true(worker: Worker) -> None:
    """The message's length, header and body, with the number of a return code in it."""
    heard = worker(acknowledged)
    assert int.from_bytes(heard[:4], "big") == len(heard) - 4
    assert numbers.RESPONSE_SLURM_RC.to_bytes(2, "big") in heard
    assert heard.endswith(bytes(4))


def test_a_caller_that_does_not_stay_is_no_error(worker: Worker) -> None:
    assert worker(acknowledged_to_nobody) is None


def test_a_job_waits_and_is_cancelled(worker: Worker, cluster: Cluster) -> None:
    expected = (1, False, numbers.ESLURM_JOB_PENDING, numbers.ESLURM_ALREADY_DONE)
    assert worker(held, cluster.token("alice"), 1) == expected


def test_a_heterogeneous_job_does_so_too(worker: Worker, cluster: Cluster) -> None:
    expected = (3, False, numbers.ESLURM_JOB_PENDING, numbers.ESLURM_ALREADY_DONE)
    assert worker(held, cluster.token("alice"), 3) == expected

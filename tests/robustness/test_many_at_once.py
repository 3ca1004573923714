# SPDX-License-Identifier: GPL-2.0-or-later
"""Many connections of several users at once: each gets its own answer, whole, and nobody's else."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.conformance.raw import Connection
from tests.fix_cluster import Cluster
from tests.robustness.clients import Server, message
from tests.robustness.conftest import MakeController, StartServer, unharmed
from tests.robustness.controller import Controller

CONNECTIONS = 64
SECONDS = 20.0
USERS = ("alice", "bob", "carol")
HELD_JOBS = 120
"""Of six users in turn (see the sandbox's heldjobs.c)."""


@dataclass(frozen=True)
class Person:
    """A user, her token, and the ids of her jobs, which nobody else may see."""

    name: str
    token: str
    jobs: frozenset[int]


@pytest.fixture(scope="module")
def discreet_controller(make_controller: MakeController) -> Iterator[Controller]:
    """A controller that shows a user her own jobs only."""
    with make_controller("PrivateData=jobs") as made:
        made.add_held_jobs(HELD_JOBS)
        yield made


@pytest.fixture(scope="module")
def discreet_server(discreet_controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Ours on it."""
    with start_server(discreet_controller.conf) as server:
        for _ in range(40):
            assert server.get("jobs").status == 200
        yield server


@pytest.fixture
def server(discreet_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(discreet_server)


@pytest.fixture(scope="module")
def people(cluster: Cluster, discreet_controller: Controller) -> list[Person]:
    """Three of them."""
    found = []
    for name in USERS:
        listed = discreet_controller.run("squeue", "-h", "-o", "%i", "-u", name)
        jobs = frozenset(int(number) for number in listed.split())
        assert jobs
        found.append(Person(name, cluster.token(name), jobs))
    return found


def requests_of(person: Person, others: frozenset[int]) -> list[tuple[bytes, int]]:
    """What a user asks for in turn, with the status that it must have."""
    own, foreign = min(person.jobs), min(others)
    paths = {
        "jobs": 200,
        "ping": 200,
        f"job/{own}": 200,
        "node/e0007": 200,
        "jobs/state": 200,
        "partitions": 200,
        "job/999999": 404,
        "diag": 200,
        "reservations": 200,
        "licenses": 200,
        "nothing-of-that-name": 404,
        f"job/{foreign}": 404,
    }
    asked = [
        (message(path, person.token, Connection="keep-alive"), status)
        for path, status in paths.items()
    ]
    wrong = message("jobs", "nonsense", Connection="keep-alive")
    return [*asked, (wrong, 511)]


def talk(server: Server, person: Person, others: frozenset[int], first: int, until: float) -> int:
    """One client until then, its connection kept while the server does; how often it asked."""
    wanted = requests_of(person, others)
    asked = 0
    connection = Connection(server.daemon.address)
    try:
        for data, status in itertools.islice(itertools.cycle(wanted), first, None):
            connection.send(data)
            reply = connection.receive()
            asked += 1
            assert reply.complete
            assert reply.status == status, (data.split(b"\r\n")[0], reply)
            check(reply.media_type, reply.body, person)
            if time.monotonic() > until:
                return asked
            if (reply.header("Connection") or "").lower() == "close":
                connection.close()
                connection = Connection(server.daemon.address)
    finally:
        connection.close()
    raise AssertionError("there is always a next request")


def check(media_type: str, body: bytes, person: Person) -> None:
    """An answer in JSON is whole, and holds no job of somebody else.

    jobs/state, which knows no users, has everybody's: slurmctld hides nothing there.
    """
    if media_type != "application/json":
        return
    answer = json.loads(body)
    assert answer["meta"]["slurm"]["cluster"] == "robustness"
    for job in answer.get("jobs") or []:
        if "user_name" in job:
            assert job["user_name"] == person.name
            assert job["job_id"] in person.jobs


def test_many_connections_of_several_users(server: Server, people: list[Person]) -> None:
    pids = server.workers.pids()
    until = time.monotonic() + SECONDS
    everybody = frozenset().union(*(person.jobs for person in people))
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        talks = [
            pool.submit(talk, server, person, everybody - person.jobs, number, until)
            for number, person in zip(range(CONNECTIONS), itertools.cycle(people), strict=False)
        ]
        asked = [each.result() for each in talks]
    assert min(asked) > 0
    assert sum(asked) > 10 * CONNECTIONS
    assert server.workers.pids() == pids

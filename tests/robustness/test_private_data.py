# SPDX-License-Identifier: GPL-2.0-or-later
"""Users who may not see each other's jobs ask the same workers at the same time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conformance.raw import Reply, exchange
from tests.fix_cluster import Cluster
from tests.robustness.clients import Server, message
from tests.robustness.conftest import MakeController, StartServer

JOBS = {"alice": 3, "bob": 5}
THREADS = 16
REQUESTS = 600


@pytest.fixture(scope="module")
def server(make_controller: MakeController, start_server: StartServer) -> Iterator[Server]:
    """Few threads, so that each serves now one and now the other."""
    with (
        make_controller("PrivateData=jobs") as controller,
        start_server(controller.conf, "-t", "4") as made,
    ):
        yield made


@pytest.fixture(scope="module")
def own_jobs(cluster: Cluster, server: Server) -> dict[str, set[int]]:
    """The jobs that each user has submitted."""
    submitted: dict[str, set[int]] = {user: set() for user in JOBS}
    for user, count in JOBS.items():
        for _ in range(count):
            job = {"hold": True, "environment": ["A=b"], "current_working_directory": "/tmp"}
            body = {"job": {**job, "script": "#!/bin/sh\n", "comment": f"of {user}"}}
            reply = ask(cluster, server, user, message("job/submit", None, "POST", body))
            assert reply.status == 200, reply
            submitted[user].add(json.loads(reply.body)["job_id"])
    return submitted


def ask(cluster: Cluster, server: Server, user: str, data: bytes) -> Reply:
    """A request with the token of a user."""
    header = f"\r\nX-SLURM-USER-TOKEN: {cluster.token(user)}\r\n".encode()
    return exchange(server.daemon.address, data.replace(b"\r\n", header, 1))


def test_everybody_sees_their_own_jobs_and_no_others(
    cluster: Cluster, server: Server, own_jobs: dict[str, set[int]]
) -> None:
    for user in JOBS:
        cluster.token(user)  # asked for once, not by every thread

    def look(number: int) -> None:
        user = ("alice", "bob")[number % 2]
        path = ("jobs", "jobs/state", f"job/{min(own_jobs[user])}")[number // 2 % 3]
        reply = ask(cluster, server, user, message(path, None))
        assert reply.status == 200
        jobs = json.loads(reply.body)["jobs"]
        seen = {job["job_id"] for job in jobs}
        if path.startswith("job/"):
            assert seen == {min(own_jobs[user])}
        elif path == "jobs":
            assert seen == own_jobs[user]
            assert {job["user_name"] for job in jobs} == {user}
            assert {job["comment"] for job in jobs} == {f"of {user}"}

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(look, range(REQUESTS)))


def test_another_users_job_is_not_shown(
    cluster: Cluster, server: Server, own_jobs: dict[str, set[int]]
) -> None:
    path = f"job/{min(own_jobs['bob'])}"
    assert ask(cluster, server, "bob", message(path, None)).status == 200
    refused = ask(cluster, server, "alice", message(path, None))
    assert refused.status != 200 or not json.loads(refused.body)["jobs"]


def test_who_may_see_all_of_them_does(
    cluster: Cluster, server: Server, own_jobs: dict[str, set[int]]
) -> None:
    reply = ask(cluster, server, "root", message("jobs", None))
    seen = {job["job_id"] for job in json.loads(reply.body)["jobs"]}
    assert seen == own_jobs["alice"] | own_jobs["bob"]

# SPDX-License-Identifier: GPL-2.0-or-later
"""Daemons under stress, each on a controller of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.conformance.raw import Address
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.robustness.clients import Server
from tests.robustness.controller import Controller, free_port

MANY_JOBS = 16_000
WARM_UP = 20

StartServer = Callable[..., AbstractContextManager[Server]]
MakeController = Callable[..., AbstractContextManager[Controller]]


@pytest.fixture(params=[False, True], ids=["closed", "kept"])
def kept(request: pytest.FixtureRequest) -> bool:
    """Whether clients keep their connections: a thread may stay with such a one."""
    return bool(request.param)


@pytest.fixture(scope="session")
def make_controller(
    cluster: Cluster, start_daemon: StartDaemon, tmp_path_factory: pytest.TempPathFactory
) -> MakeController:
    """Run a controller with these further lines in its slurm.conf; a context manager.

    It needs start_daemon for the directories above its own, which that opens to other users.
    """

    @contextmanager
    def make(*settings: str) -> Iterator[Controller]:
        made = Controller(cluster, tmp_path_factory.mktemp("controller"), settings)
        try:
            made.start()
            yield made
        finally:
            made.stop()

    return make


@pytest.fixture(scope="session")
def controller(make_controller: MakeController) -> Iterator[Controller]:
    """A controller with few jobs, for those who stop and kill it."""
    with make_controller() as made:
        made.add_held_jobs(10)
        yield made


@pytest.fixture(scope="session")
def busy_controller(make_controller: MakeController) -> Iterator[Controller]:
    """A controller with MANY_JOBS jobs."""
    with make_controller() as made:
        made.add_held_jobs(MANY_JOBS)
        yield made


@pytest.fixture(scope="session")
def start_server(cluster: Cluster, start_daemon: StartDaemon) -> StartServer:
    """Start our daemon on the controller of a slurm.conf; a context manager.

    It listens on TCP too, where a client that leaves looks another way than on a unix socket.
    """

    @contextmanager
    def start(
        conf: Path, *arguments: str, user: str = "root", program: str = "", **env: str
    ) -> Iterator[Server]:
        port = free_port()
        # The original does not offer slurmdbd's operations on a cluster without slurmdbd.
        given = (*arguments, "-s", "slurmctld", "-f", str(conf), f"127.0.0.1:{port}")
        with start_daemon(program or cluster.program, JWT, *given, **env) as daemon:
            yield Server(daemon, cluster.token(user), Address(port=port))

    return start


@pytest.fixture(scope="session")
def many_jobs_server(busy_controller: Controller, start_server: StartServer) -> Iterator[Server]:
    """Our daemon with its default settings on a controller with MANY_JOBS jobs, warmed up."""
    with start_server(busy_controller.conf, SLURMRESTD_JSON="compact") as server:
        for _ in range(WARM_UP):
            assert server.drain("jobs").status == 200
        yield server


@pytest.fixture
def many_jobs(many_jobs_server: Server) -> Iterator[Server]:
    """The same; a test must leave its workers as they were: processes, threads, descriptors."""
    yield from unharmed(many_jobs_server)


def unharmed(server: Server) -> Iterator[Server]:
    """Give a server to a test, and see that it is well afterwards."""
    before = server.workers.rest()
    yield server
    assert server.get("ping").status == 200
    assert server.workers.come_back_to(before), (before, server.workers.state())

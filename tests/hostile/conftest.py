# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon on a controller of its own: whatever becomes of jobs and nodes, nobody minds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fix_cluster import Cluster
from tests.hostile.target import CANARY, Target
from tests.robustness.conftest import MakeController, StartServer, make_controller, start_server
from tests.robustness.controller import Controller
from tests.robustness.processes import MIB
from tests.robustness.test_libslurm_errors import pieces
from tests.robustness.waiting import eventually

__all__ = ["make_controller", "start_server"]

MEMORY = 60 * MIB
"""How much more the workers may have afterwards, all together."""

CLOSED = "closed"
"""A partition that takes no jobs."""


@pytest.fixture(scope="session")
def hostile_controller(make_controller: MakeController) -> Iterator[Controller]:
    """A controller whose nodes are down: no job ever starts.

    What jobs are left is gone with it.
    """
    with make_controller(f"PartitionName={CLOSED} Nodes=ALL State=INACTIVE") as made:
        yield made


@pytest.fixture(scope="session")
def live_target(
    cluster: Cluster,
    hostile_controller: Controller,
    start_server: StartServer,
    our_program: str,
) -> Iterator[Target]:
    """Ours, or with --against-itself the original, for an ordinary user."""
    conf = hostile_controller.conf
    arguments = () if our_program == cluster.program else ("-d", "v0.0.42,v0.0.41,v0.0.40")
    with start_server(conf, *arguments, user="alice", program=our_program) as server:
        yield Target(server.daemon, server.token, original=bool(arguments))


@pytest.fixture(scope="module")
def target(live_target: Target) -> Iterator[Target]:
    """The same, seen to be as it was after each module."""
    if live_target.original:
        yield live_target
        return
    workers = live_target.workers
    before, memory = workers.rest(), workers.at_rest()
    yield live_target
    assert workers.come_back_to(before), (before, workers.state())
    assert eventually(lambda: workers.proportional() < memory + MEMORY, within=20), (
        f"{memory >> 20} MB before, {workers.proportional() >> 20} MB now"
    )
    log = live_target.log()
    assert CANARY not in log
    assert "Traceback" not in log
    assert "\x1b" not in log
    assert not [piece for piece in pieces(live_target.token) if piece in log]

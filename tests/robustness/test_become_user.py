# SPDX-License-Identifier: GPL-2.0-or-later
"""-t bounds the calls to Slurm also where each connection has a process of its own."""

from __future__ import annotations

import time
from contextlib import ExitStack

from tests.conformance.raw import Connection, Peer
from tests.fix_cluster import Cluster
from tests.fix_daemon import LOCAL, StartDaemon
from tests.robustness.clients import message
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

THREADS = 3
SETTLE_SECONDS = 1.0


def test_no_more_calls_than_threads(
    cluster: Cluster, start_daemon: StartDaemon, controller: Controller
) -> None:
    arguments = ("-t", str(THREADS), "-s", "slurmctld", "-f", str(controller.conf))
    become = {"SLURMRESTD_SECURITY": "become_user"}
    alice = cluster.user("alice")
    with (
        start_daemon(cluster.program, LOCAL, *arguments, user="root", **become) as daemon,
        ExitStack() as stack,
    ):
        clients = [
            stack.enter_context(Connection(daemon.address, peer=Peer(alice.uid, alice.uid)))
            for _ in range(4 * THREADS)
        ]
        with controller.halted():
            for client in clients:
                client.send(message("jobs", None))
            assert eventually(lambda: controller.connections() == THREADS)
            time.sleep(SETTLE_SECONDS)
            assert controller.connections() == THREADS
        assert [client.receive().status for client in clients] == [200] * len(clients)

# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmdbd is not there, comes back, or hangs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest

from slurmrestd.slurm.accounting.keeping import KEEP_SECONDS
from slurmrestd.slurm.numbers import ESLURM_DB_CONNECTION
from tests.conformance.raw import Reply, exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.fix_slurmdbd import Slurmdbd
from tests.robustness.clients import SECONDS, Server, errors_of, message
from tests.robustness.load import CLIENTS, load, reading
from tests.robustness.waiting import eventually

_QUICKLY = 10.0
"""Seconds; libslurm itself would wait for 45 where it waits at all."""
_THREADS = 4


@pytest.fixture(scope="module")
def server(cluster: Cluster, start_daemon: StartDaemon, slurmdbd: Slurmdbd) -> Iterator[Server]:
    """Our daemon, with the slurmdbd of the tests."""
    arguments = ("-f", str(slurmdbd.conf), "-t", str(_THREADS))
    with start_daemon(cluster.program, JWT, *arguments) as daemon:
        yield Server(daemon, cluster.token("root"))


def _accounting(path: str) -> str:
    return f"/slurmdb/v0.0.42/{path}"


def _tres(server: Server) -> Reply:
    return server.get(_accounting("tres"), timeout=_QUICKLY)


def test_it_is_missed_quickly_and_found_again(server: Server, slurmdbd: Slurmdbd) -> None:
    """With and without connections that were kept; nobody has to ask twice."""
    assert _tres(server).status == 200
    slurmdbd.kill()
    try:
        for path in ("tres", "qos", "associations", "users", "jobs", "diag", "ping", "clusters"):
            reply = server.get(_accounting(path), timeout=_QUICKLY)
            assert reply.status == 502, path
            assert errors_of(reply) == [ESLURM_DB_CONNECTION], path
    finally:
        slurmdbd.start()
    for _ in range(8):
        assert _tres(server).status == 200


def test_a_change_meets_a_missing_one_as_well(server: Server, slurmdbd: Slurmdbd) -> None:
    """And is not made later."""
    assert _tres(server).status == 200
    slurmdbd.end()
    try:
        reply = server.send("POST", _accounting("qos"), {"qos": [{"name": "ghost"}]})
        assert (reply.status, errors_of(reply)) == (502, [ESLURM_DB_CONNECTION])
    finally:
        slurmdbd.start()
    names = [qos["name"] for qos in json.loads(server.get(_accounting("qos")).body)["qos"]]
    assert "ghost" not in names


def test_a_restart_is_not_noticed(server: Server, slurmdbd: Slurmdbd) -> None:
    """Connections that were kept are replaced."""
    for _ in range(3):
        assert _tres(server).status == 200
        slurmdbd.end()
        slurmdbd.start()
        assert _tres(server).status == 200


def test_a_hanging_one_does_not_hold_up_the_controllers_side(
    server: Server, slurmdbd: Slurmdbd
) -> None:
    """Though more requests wait for it than there are threads."""
    request = message(_accounting("tres"), server.token)
    others = [message(_accounting("qos"), server.token, X=str(n)) for n in range(3 * _THREADS)]
    with slurmdbd.halted():
        waiting = [
            threading.Thread(target=exchange, args=(server.daemon.address, data), daemon=True)
            for data in (request, *others)
        ]
        for thread in waiting:
            thread.start()
        for _ in range(4):
            assert server.get("ping", timeout=_QUICKLY).status == 200
            assert server.get("jobs", timeout=_QUICKLY).status == 200
            partitions = server.get("partitions", timeout=_QUICKLY)
            assert json.loads(partitions.body)["partitions"]
            assert json.loads(partitions.body)["warnings"]
    for thread in waiting:
        thread.join(SECONDS)
        assert not thread.is_alive()
    assert _tres(server).status == 200


PATHS = ("tres", "qos", "users", "accounts", "clusters", "jobs", "wckeys", "config")
READING = reading([_accounting(path) for path in PATHS])


def test_killed_and_restarted_under_load(server: Server, slurmdbd: Slurmdbd, kept: bool) -> None:
    """An error for as long as it is not there; the workers are the same afterwards."""
    before = server.workers.rest()
    with load(server, READING, kept=kept) as clients:
        slurmdbd.kill()
        time.sleep(1)
        slurmdbd.start()
        clients.assert_flows_again()
        slurmdbd.end()
        slurmdbd.start()
        clients.assert_flows_again()
    assert clients.statuses() == {200, 502}
    assert clients.slowest() < _QUICKLY
    assert server.workers.come_back_to(before)


def test_stopped_for_a_moment_under_load(server: Server, slurmdbd: Slurmdbd, kept: bool) -> None:
    """Nobody sees more than a delay."""
    before = server.workers.rest()
    with load(server, READING, kept=kept) as clients:
        clients.go_through(slurmdbd.halted(), 1)
    assert clients.statuses() == {200}
    assert clients.connections() == (CLIENTS if kept else len(clients.seen))
    assert server.workers.come_back_to(before)


def test_idle_connections_are_closed(server: Server, slurmdbd: Slurmdbd) -> None:
    """Though no request comes any more."""
    before = slurmdbd.connections()
    assert _tres(server).status == 200
    assert slurmdbd.connections() > 0
    assert eventually(lambda: slurmdbd.connections() < max(before, 1), KEEP_SECONDS + _QUICKLY)


def test_everybody_sees_what_is_theirs(
    server: Server, slurmdbd: Slurmdbd, cluster: Cluster
) -> None:
    """Users who ask in turns never get a connection of one another: a change needs one's own."""
    body = {"qos": [{"name": "normal", "description": "changed"}]}
    for _ in range(20):
        for user, status in (("root", 200), ("alice", 500)):
            data = message(_accounting("qos"), cluster.token(user), "POST", body)
            assert exchange(server.daemon.address, data).status == status, user
            data = message(_accounting("tres"), cluster.token(user))
            assert exchange(server.daemon.address, data).status == 200

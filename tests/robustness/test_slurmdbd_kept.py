# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection to slurmdbd that is kept shows the database as it is when it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.fix_slurmdbd import DATABASE, Slurmdbd
from tests.robustness.clients import Server, errors_of

TIMES = 10


@pytest.fixture(scope="module")
def server(cluster: Cluster, start_daemon: StartDaemon, slurmdbd: Slurmdbd) -> Iterator[Server]:
    """Our daemon, with one process, and the slurmdbd of the tests."""
    arguments = ("-f", str(slurmdbd.conf), "-t", "2", "--max-connections", "1")
    with start_daemon(cluster.program, JWT, *arguments) as daemon:
        yield Server(daemon, cluster.token("root"))


@pytest.fixture
def qos(slurmdbd: Slurmdbd) -> Iterator[str]:
    """A QOS with a limit and one that it preempts."""
    for name in ("lower", "upper"):
        slurmdbd.run("sacctmgr", "-iQ", "add", "qos", name)
    slurmdbd.run("sacctmgr", "-iQ", "modify", "qos", "upper", "set", "grptres=cpu=7")
    try:
        yield "upper"
    finally:
        slurmdbd.run("sacctmgr", "-iQ", "delete", "qos", "lower,upper")


def _shown(server: Server, path: str, name: str) -> dict[str, Any]:
    answer = json.loads(server.get(f"/slurmdb/v0.0.42/{path}").body)
    assert not answer["errors"], answer["errors"]
    found: dict[str, Any] = next(qos for qos in answer["qos"] if qos["name"] == name)
    return found


def test_what_is_changed_meanwhile_is_seen(server: Server, slurmdbd: Slurmdbd, qos: str) -> None:
    """Each time, whoever changes it."""
    for number in range(TIMES):
        description = f"number {number}"
        set_to = ("set", f"description={description}")
        slurmdbd.run("sacctmgr", "-iQ", "modify", "qos", qos, *set_to)
        assert _shown(server, "qos", qos)["description"] == description
        body = {"qos": [{"name": qos, "description": f"ours {number}"}]}
        assert server.send("POST", "/slurmdb/v0.0.42/qos", body).status == 200
        assert _shown(server, f"qos/{qos}", qos)["description"] == f"ours {number}"


def test_a_change_that_is_refused_leaves_nothing_behind(
    server: Server, slurmdbd: Slurmdbd, qos: str
) -> None:
    """What was done before the entry that is wrong is not seen by who asks next."""
    for _ in range(TIMES):
        body = {"qos": [{"name": qos, "description": "half"}, {"id": 4711}]}
        reply = server.send("POST", "/slurmdb/v0.0.42/qos", body)
        assert errors_of(reply)
        assert _shown(server, "qos", qos)["description"] != "half"


def test_a_tres_that_is_new_is_named(server: Server, slurmdbd: Slurmdbd, qos: str) -> None:
    """Though those that were there are known."""
    for number in range(TIMES):
        limits = _shown(server, f"qos/{qos}", qos)["limits"]["max"]["tres"]["total"]
        assert {"type": "cpu", "name": "", "id": 1, "count": 7} in limits
        name = f"new{number}"
        columns = "(creation_time, deleted, type, name)"
        slurmdbd.sql(f"insert into {DATABASE}.tres_table {columns} values (1, 0, 'gres', '{name}')")
        slurmdbd.run(
            "sacctmgr", "-iQ", "modify", "qos", qos, "set", f"grptres=gres/{name}={number + 1}"
        )
        for path in ("qos", f"qos/{qos}"):
            limits = _shown(server, path, qos)["limits"]["max"]["tres"]["total"]
            assert [(one["type"], one["count"]) for one in limits if one["name"] == name] == [
                ("gres", number + 1)
            ]


def test_a_qos_that_is_renamed_or_new_is_named(
    server: Server, slurmdbd: Slurmdbd, qos: str
) -> None:
    """In the lists of those that preempt it as well."""
    slurmdbd.run("sacctmgr", "-iQ", "modify", "qos", qos, "set", "preempt=lower")
    for path in ("qos", f"qos/{qos}"):
        assert _shown(server, path, qos)["preempt"]["list"] == ["lower"]
    for number in range(TIMES):
        name = f"new{number}"
        slurmdbd.run("sacctmgr", "-iQ", "add", "qos", name)
        slurmdbd.run("sacctmgr", "-iQ", "modify", "qos", qos, "set", f"preempt={name}")
        for path in ("qos", f"qos/{qos}"):
            assert _shown(server, path, qos)["preempt"]["list"] == [name]
        slurmdbd.sql(f"update {DATABASE}.qos_table set name='old{number}' where name='{name}'")
        for path in ("qos", f"qos/{qos}"):
            assert _shown(server, path, qos)["preempt"]["list"] == [f"old{number}"]
        slurmdbd.run("sacctmgr", "-iQ", "modify", "qos", qos, "set", "preempt=lower")
        slurmdbd.run("sacctmgr", "-iQ", "delete", "qos", f"old{number}")

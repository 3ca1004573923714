# SPDX-License-Identifier: GPL-2.0-or-later
"""Several clusters at once, of which one cannot be added.

This is not asked of the sandbox's own slurmdbd: a cluster that is added there and not committed
may deadlock it with what its controller tells it.  The one that is asked here has no controller,
and is ended as by a crash after each request, whatever became of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.check import judge
from tests.conformance.compare import Difference, differences
from tests.conformance.pair import Outcome, Pair
from tests.conformance.schema import Schema
from tests.conformance.writing import State, shown
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, StartDaemon
from tests.fix_slurmdbd import Slurmdbd

LISTS: dict[str, list[Any]] = {
    "the second is there": [{"name": "new1"}, {"name": "sandbox"}],
    "the first is there": [{"name": "sandbox"}, {"name": "new1"}],
    "the second has no name": [{"name": "new1"}, {}],
    "the second has an unknown flag": [{"name": "new1"}, {"name": "new2", "flags": ["NOPE"]}],
    "the second has no TRES": [{"name": "new1"}, {"name": "new2", "tres": "cpu"}],
    "the second is no object": [{"name": "new1"}, "new2"],
    "the same twice": [{"name": "new1"}, {"name": "new1"}],
    "two": [{"name": "new1"}, {"name": "new2"}],
}


@pytest.fixture(scope="module")
def own_pair(
    pair: Pair, cluster: Cluster, our_program: str, start_daemon: StartDaemon, slurmdbd: Slurmdbd
) -> Iterator[Pair]:
    """Both with a slurmdbd that nobody else asks, and which knows the sandbox's cluster."""
    slurmdbd.empty()
    slurmdbd.run("sacctmgr", "-iQ", "add", "cluster", "sandbox")
    arguments = ("-f", str(slurmdbd.conf))
    with (
        start_daemon(cluster.original, JWT, *arguments) as original,
        start_daemon(our_program, JWT, *arguments) as ours,
    ):
        yield replace(pair, original=original, ours=ours)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", LISTS)
def test_same_database(
    own_pair: Pair, slurmdbd: Slurmdbd, schema: Schema, name: str, version: str
) -> None:
    """And the same answer, or the same silence."""
    path = "slurmdb/clusters"
    body = {"clusters": LISTS[name]}
    case = Case(f"POST {path}", f"several: {name}", path, body=body, user="root", patience=20)
    answers, states = [], []
    for daemon in (own_pair.original, own_pair.ours):
        answers.append(own_pair.ask(daemon, case, version))
        slurmdbd.kill()
        slurmdbd.start()
        states.append(_clusters(shown(slurmdbd.run)))
        # It fails where there is nothing to be deleted.
        slurmdbd.run("sh", "-c", "sacctmgr -iQ delete cluster new1,new2 || true")
    assert name != "two" or {"new1", "new2"} <= set(states[0])
    own_pair.tally.count(case, version, answers[1])
    found = differences(*answers)
    if states[0] != states[1]:
        found.append(Difference("database", *states))
    found = own_pair.ledger.unexplained(case.id(version), found)
    judge(case, version, Outcome(answers[0], answers[1], found), schema)


def _clusters(state: State) -> list[str]:
    return sorted(row.partition("|")[0] for row in state["clusters"].elements())

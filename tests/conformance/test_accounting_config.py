# SPDX-License-Identifier: GPL-2.0-or-later
"""What GET config gave, POST config takes back: on a full database and on an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.conformance.answer import Answer
from tests.conformance.case import VERSIONS, Case
from tests.conformance.compare import Difference, differences, report
from tests.conformance.pair import Pair
from tests.conformance.writing import State, shown
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon
from tests.fix_slurmdbd import Slurmdbd

_GET = Case("GET slurmdb/config", "all of it", "slurmdb/config", user="root")

Daemons = tuple[Daemon, Daemon]


def _post(body: Any) -> Case:
    return Case("POST slurmdb/config", "all of it", "slurmdb/config", body=body, user="root")


def _configuration(pair: Pair, version: str) -> dict[str, Any]:
    content = pair.ask(pair.original, _GET, version).content
    return {key: value for key, value in content.items() if isinstance(value, list)}


def _ask(pair: Pair, daemon: Daemon, body: Any, version: str, slurmdbd: Slurmdbd) -> Answer:
    """One answer, behind which the database is as it was."""
    before = shown(slurmdbd.run)
    answer = pair.ask(daemon, _post(body), version)
    pair.tally.count(_post(body), version, answer)
    assert shown(slurmdbd.run) == before
    return answer


@pytest.fixture(scope="module")
def on_their_own(
    cluster: Cluster, start_daemon: StartDaemon, slurmdbd: Slurmdbd
) -> Iterator[Daemons]:
    """The original and ours, with a slurmdbd that may be emptied."""
    arguments = ("-f", str(slurmdbd.conf))
    with ExitStack() as stack:
        original = stack.enter_context(start_daemon(cluster.original, JWT, *arguments))
        yield original, stack.enter_context(start_daemon(cluster.program, JWT, *arguments))


def _without_qos(body: dict[str, Any]) -> dict[str, Any]:
    """What can be read on a database that has none of these QOS."""
    return {key: body[key] for key in ("clusters", "tres", "accounts", "users", "wckeys")}


@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "without QOS"])
@pytest.mark.parametrize("version", VERSIONS)
def test_it_does_the_same_to_an_empty_database(
    pair: Pair, on_their_own: Daemons, slurmdbd: Slurmdbd, version: str, whole: bool
) -> None:
    """As the original does: what it leaves out, ours leaves out as well."""
    body = _configuration(pair, version)
    body = body if whole else _without_qos(body)
    answers, states = [], []
    for daemon in on_their_own:
        slurmdbd.empty()
        answers.append(pair.ask(daemon, _post(body), version))
        states.append(_known(shown(slurmdbd.run)))
    assert not (found := _unexplained(pair, version, *answers)), report(found)
    assert states[0] == states[1]


_FILLED = (
    "add cluster sandbox",
    "add qos high,low Priority=7",
    "modify qos where name=high set Preempt=low GrpTRES=cpu=5",
    "add account science Description=all Organization=university",
    "add account physics Parent=science Description=some Organization=university FairShare=7",
    "add user alice Account=physics,science DefaultAccount=physics QosLevel=normal,high",
    "add user bob Account=science WCKey=thesis",
    "add coordinator Account=physics Names=alice",
)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_full_database_stays_as_it_is(
    pair: Pair, on_their_own: Daemons, slurmdbd: Slurmdbd, version: str
) -> None:
    """What came from it changes nothing, and what is new is not added.

    The original gives up behind the clusters, and says that all went well.  This is not
    asked of the sandbox's own slurmdbd: a cluster that is added there and not committed may
    deadlock it with what its controller tells it, whoever sends it.
    """
    slurmdbd.empty()
    slurmdbd.run("sacctmgr", "-iQ", stdin="\n".join([*_FILLED, ""]).encode())
    content = pair.ask(on_their_own[0], _GET, version).content
    body = {key: value for key, value in content.items() if isinstance(value, list)}
    new = {"name": "newaccount", "description": "x", "organization": "x", "coordinators": []}
    more = {"clusters": body["clusters"], "accounts": [new], "qos": [{"name": "newqos"}]}
    for sent in (body, more):
        answers = [_ask(pair, daemon, sent, version, slurmdbd) for daemon in on_their_own]
        assert not (found := _unexplained(pair, version, *answers)), report(found)
        assert answers[0].status == 200


def _unexplained(pair: Pair, version: str, original: Answer, ours: Answer) -> list[Difference]:
    return pair.ledger.unexplained(_post(None).id(version), differences(original, ours))


def _known(state: State) -> dict[str, dict[str, int]]:
    return {what: dict(rows) for what, rows in state.items()}

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


@pytest.mark.parametrize("version", VERSIONS)
def test_it_changes_nothing_where_it_came_from(pair: Pair, version: str) -> None:
    body = _configuration(pair, version)
    before = shown(pair.cluster.run)
    answers = [_ask(pair, daemon, body, version, before) for daemon in (pair.original, pair.ours)]
    assert not (found := _unexplained(pair, version, *answers)), report(found)


@pytest.fixture(scope="module")
def on_their_own(
    cluster: Cluster, start_daemon: StartDaemon, slurmdbd: Slurmdbd
) -> Iterator[Daemons]:
    """The original and ours, with a slurmdbd that may be emptied."""
    arguments = ("-f", str(slurmdbd.conf))
    with ExitStack() as stack:
        original = stack.enter_context(start_daemon(cluster.original, JWT, *arguments))
        yield original, stack.enter_context(start_daemon(cluster.program, JWT, *arguments))


def _ask(pair: Pair, daemon: Daemon, body: Any, version: str, before: State) -> Answer:
    """One answer, behind which the database is as it was.

    To look at it takes until the request's own connection is closed: slurmdbd, asked to add
    a cluster while another connection has added it and is about to close, waits for ever.
    """
    answer = pair.ask(daemon, _post(body), version)
    assert shown(pair.cluster.run) == before
    return answer


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


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_new_is_not_added(pair: Pair, version: str) -> None:
    """By either: the original gives up behind the clusters, and says that all went well."""
    body = {
        "clusters": [{"name": "sandbox"}],
        "accounts": [
            {"name": "newaccount", "description": "x", "organization": "x", "coordinators": []}
        ],
        "qos": [{"name": "newqos"}],
    }
    before = shown(pair.cluster.run)
    answers = [_ask(pair, daemon, body, version, before) for daemon in (pair.original, pair.ours)]
    assert not (found := _unexplained(pair, version, *answers)), report(found)
    assert answers[0].status == 200


def _unexplained(pair: Pair, version: str, original: Answer, ours: Answer) -> list[Difference]:
    return pair.ledger.unexplained(_post(None).id(version), differences(original, ours))


def _known(state: State) -> dict[str, dict[str, int]]:
    return {what: dict(rows) for what, rows in state.items()}

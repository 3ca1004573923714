# SPDX-License-Identifier: GPL-2.0-or-later
"""What GET config gave, POST config takes back: on a full database and on an empty one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.compare import differences, report
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
    answers = [pair.ask(daemon, _post(body), version) for daemon in (pair.original, pair.ours)]
    assert shown(pair.cluster.run) == before
    assert not (found := differences(*answers)), report(found)


@pytest.fixture(scope="module")
def on_their_own(
    cluster: Cluster, start_daemon: StartDaemon, slurmdbd: Slurmdbd
) -> Iterator[Daemons]:
    """The original and ours, with a slurmdbd that may be emptied."""
    arguments = ("-f", str(slurmdbd.conf))
    with ExitStack() as stack:
        original = stack.enter_context(start_daemon(cluster.original, JWT, *arguments))
        yield original, stack.enter_context(start_daemon(cluster.program, JWT, *arguments))


@pytest.mark.parametrize("version", VERSIONS)
def test_it_fills_an_empty_database(
    pair: Pair, on_their_own: Daemons, slurmdbd: Slurmdbd, version: str
) -> None:
    """As the original does: what it leaves out, ours leaves out as well."""
    body = _configuration(pair, version)
    answers, states = [], []
    for daemon in on_their_own:
        slurmdbd.empty()
        answers.append(pair.ask(daemon, _post(body), version))
        states.append(_known(shown(slurmdbd.run)))
    assert not (found := differences(*answers)), report(found)
    assert states[0] == states[1]
    assert json.dumps(answers[0].content)


def _known(state: State) -> dict[str, dict[str, int]]:
    return {what: dict(rows) for what, rows in state.items()}

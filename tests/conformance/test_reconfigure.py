# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may have slurm.conf read again, and what that answers."""

from __future__ import annotations

import time

import pytest

from tests.conformance.answer import Answer
from tests.conformance.case import VERSIONS, Case
from tests.conformance.check import check, each, judge
from tests.conformance.compare import differences
from tests.conformance.pair import Outcome, Pair
from tests.conformance.schema import Schema
from tests.fix_daemon import Daemon

OPERATION = "GET reconfigure"
SECONDS = 30
REFUSED = (
    *(Case(OPERATION, f"by {user}", "reconfigure", user=user) for user in ("alice", "mallory")),
    Case(OPERATION, "by a coordinator", "reconfigure", user="carol"),
    Case(OPERATION, "by an operator", "reconfigure", user="oscar"),
    Case(OPERATION, "trailing slash", "reconfigure/"),
    Case(OPERATION, "query", "reconfigure", "x=1"),
    Case(OPERATION, "unknown Accept", "reconfigure", headers={"Accept": "text/html"}),
    Case(OPERATION, "no credential", "reconfigure", headers={"X-SLURM-USER-TOKEN": None}),
    Case(OPERATION, "worthless token", "reconfigure", headers={"X-SLURM-USER-TOKEN": "garbage"}),
)


@pytest.mark.parametrize(("case", "version"), each(REFUSED))
def test_refused(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nobody below an administrator may."""
    check(pair, schema, case, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_done(version: str, pair: Pair, schema: Schema) -> None:
    """An administrator may."""
    case = Case(OPERATION, "by an administrator", "reconfigure", user="admin")
    original = _reconfigure(pair, pair.original, case, version)
    ours = _reconfigure(pair, pair.ours, case, version)
    found = pair.ledger.unexplained(case.id(version), differences(original, ours))
    pair.tally.count(case, version, ours)
    judge(case, version, Outcome(original, ours, found), schema)
    assert ours.status == 200


def _reconfigure(pair: Pair, daemon: Daemon, case: Case, version: str) -> Answer:
    answer = pair.ask(daemon, case, version)
    deadline = time.monotonic() + SECONDS
    while "is UP" not in pair.cluster.run("sh", "-c", "scontrol ping || true"):
        assert time.monotonic() < deadline, "the controller did not come back"
        time.sleep(0.1)
    return answer

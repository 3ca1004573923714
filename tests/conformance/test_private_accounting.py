# SPDX-License-Identifier: GPL-2.0-or-later
"""Where slurmdbd keeps users' records from each other, everybody sees what the original shows.

Jobs may then have associations that the caller may not see: each of them is a warning.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.case import VERSIONS, Case
from tests.conformance.check import check
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.fix_cluster import Cluster
from tests.robustness.waiting import eventually

CONF = Path("/etc/slurm/slurmdbd.conf")
PID = Path("/run/slurm/slurmdbd.pid")

_ALL, _ONE = "GET slurmdb/jobs", "GET slurmdb/job/{id}"
CASES = tuple(
    case
    for user in ("alice", "carol", "mallory", "oscar")
    for case in (
        Case(_ALL, f"private, as {user}", "slurmdb/jobs", user=user),
        Case(_ALL, f"of bob, private, as {user}", "slurmdb/jobs", "users=bob", user=user),
        Case(_ONE, f"private, as {user}", "slurmdb/job/<completed>", user=user),
    )
)


@pytest.fixture(scope="module", params=["jobs", "accounts,users", "jobs,accounts,users,usage"])
def private(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[None]:
    """slurmdbd with a value of PrivateData."""
    text = CONF.read_text()
    try:
        _use(cluster, f"{text}PrivateData={request.param}\n", request.param)
        yield
    finally:
        _use(cluster, text, "none")


def _use(cluster: Cluster, text: str, data: str) -> None:
    # Written where it is: it stays slurm's own.
    CONF.write_text(text)
    os.kill(int(PID.read_text()), signal.SIGHUP)
    wanted = set(data.split(","))
    assert eventually(lambda: _private_data(cluster) == wanted)


def _private_data(cluster: Cluster) -> set[str]:
    shown = cluster.run("sacctmgr", "show", "config")
    # slurmdbd's own comes after slurm.conf's.
    lines = [line for line in shown.splitlines() if line.startswith("PrivateData")]
    return set(lines[-1].partition("=")[2].strip().split(","))


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path}: {case.name}")
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)

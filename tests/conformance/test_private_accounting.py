# SPDX-License-Identifier: GPL-2.0-or-later
"""Where slurmdbd keeps users' records from each other, everybody sees what the original shows.

Jobs may then have associations that the caller may not see: each of them is a warning.  Of
usage there is some for everybody, in an hour of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance import past_instances
from tests.conformance.case import VERSIONS, Case
from tests.conformance.check import check
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema
from tests.fix_cluster import Cluster
from tests.robustness.waiting import eventually

CONF = Path("/etc/slurm/slurmdbd.conf")
PID = Path("/run/slurm/slurmdbd.pid")

_ALL, _ONE = "GET slurmdb/jobs", "GET slurmdb/job/{id}"
_JOBS = tuple(
    case
    for user in ("alice", "carol", "mallory", "oscar")
    for case in (
        Case(_ALL, f"private, as {user}", "slurmdb/jobs", user=user),
        Case(_ALL, f"of bob, private, as {user}", "slurmdb/jobs", "users=bob", user=user),
        Case(_ONE, f"private, as {user}", "slurmdb/job/<completed>", user=user),
    )
)

PRIVATE = (
    "jobs",
    "users",
    "accounts",
    "usage",
    "accounts,users",
    "jobs,accounts,users,usage,events,reservations",
)

HOUR = 1_600_002_000
"""One in which there was no cluster yet."""

_USAGE = "sandbox_assoc_usage_hour_table"

_WITH = "with_assocs=1&with_coords=1"
_USED = f"usage_start={HOUR}&usage_end={HOUR + 3600}"
_LISTS = (
    ("users", "users", ""),
    ("users", "users", f"{_WITH}&with_wckeys=1&with_deleted=1"),
    ("user/{name}", "user/alice", f"{_WITH}&with_wckeys=1"),
    ("user/{name}", "user/bob", f"{_WITH}&with_wckeys=1"),
    ("accounts", "accounts", ""),
    ("accounts", "accounts", f"{_WITH}&with_deleted=1"),
    ("account/{name}", "account/physics", _WITH),
    ("account/{name}", "account/chemistry", _WITH),
    ("associations", "associations", ""),
    ("associations", "associations", f"Include%20usage=1&{_USED}"),
    ("association", "association", "user=alice&account=physics"),
    ("association", "association", f"user=bob&Include%20usage=1&{_USED}"),
    ("wckeys", "wckeys", ""),
    ("wckeys", "wckeys", "with_usage=1"),
    ("wckeys", "wckeys", "usernames=bob&with_deleted=1"),
    ("clusters", "clusters", f"with_usage=1&{_USED}"),
    ("instances", "instances", f"time_start={past_instances.START}"),
    ("qos", "qos", ""),
    ("config", "config", ""),
)
CASES = (
    *_JOBS,
    *(
        Case(
            f"GET slurmdb/{name}", f"{path}?{query}, as {user}", f"slurmdb/{path}", query, user=user
        )
        for name, path, query in _LISTS
        for user in ("alice", "carol", "admin")
    ),
)


@pytest.fixture(scope="module")
def usage(cluster: Cluster) -> Iterator[None]:
    """Something was used of every association; and nodes of a cloud ran."""
    _forget_usage(cluster)
    columns = "creation_time, mod_time, id, id_tres, time_start, alloc_secs"
    values = f"1, 1, id_assoc, 1, {HOUR}, 60 * id_assoc"
    into = f"insert into {_USAGE} ({columns})"
    past_instances.do(cluster, f"{into} select {values} from sandbox_assoc_table")
    past_instances.insert(cluster)
    try:
        yield
    finally:
        past_instances.delete(cluster)
        _forget_usage(cluster)


def _forget_usage(cluster: Cluster) -> None:
    past_instances.do(cluster, f"delete from {_USAGE} where time_start = {HOUR}")


@pytest.fixture(scope="module", params=PRIVATE)
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


@pytest.mark.usefixtures("usage", "private")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path}: {case.name}")
def test_same_answer(case: Case, version: str, pair: Pair, schema: Schema) -> None:
    """Nothing differs that has no row in ``differences``."""
    check(pair, schema, case, version)

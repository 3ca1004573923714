# SPDX-License-Identifier: GPL-2.0-or-later
"""The original and ours side by side."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.differences import CHOSEN, Ledger
from tests.conformance.pair import Pair, Tally
from tests.conformance.schema import Schema, Specification
from tests.conformance.submission import Graveyard, Submitter
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, LOCAL, StartDaemon

_tally = Tally()
_ledger = Ledger(CHOSEN)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--compared", metavar="FILE", help="write there what was compared, for --look-back"
    )
    parser.addoption(
        "--look-back",
        action="append",
        default=[],
        metavar="FILE",
        help="ask of what --compared wrote what is asked of a whole run, and nothing else",
    )


def pytest_configure(config: pytest.Config) -> None:
    for file in config.getoption("--look-back"):
        tally, used = pickle.loads(Path(file).read_bytes())
        _tally.add(tally)
        _ledger.used.update(used)


@pytest.fixture(scope="session")
def tally() -> Tally:
    """What this run has compared."""
    return _tally


@pytest.fixture(scope="session")
def ledger(pytestconfig: pytest.Config) -> Ledger:
    """The differences that we chose, and which of them this run has met."""
    return Ledger(()) if pytestconfig.getoption("--against-itself") else _ledger


@pytest.fixture(scope="session")
def our_program(pytestconfig: pytest.Config, cluster: Cluster) -> str:
    """What is compared with the original."""
    return cluster.original if pytestconfig.getoption("--against-itself") else cluster.program


@pytest.fixture(scope="session")
def pair(
    cluster: Cluster, start_daemon: StartDaemon, our_program: str, tally: Tally, ledger: Ledger
) -> Iterator[Pair]:
    """Both with JWT."""
    with start_daemon(cluster.original, JWT) as original, start_daemon(our_program, JWT) as ours:
        yield Pair(cluster, original, ours, tally, ledger)


@pytest.fixture(scope="session")
def local_pair(
    cluster: Cluster, start_daemon: StartDaemon, our_program: str, tally: Tally, ledger: Ledger
) -> Iterator[Pair]:
    """Both with local authentication."""
    with (
        start_daemon(cluster.original, LOCAL) as original,
        start_daemon(our_program, LOCAL) as ours,
    ):
        yield Pair(cluster, original, ours, tally, ledger)


@pytest.fixture(scope="session")
def submitter(pair: Pair) -> Iterator[Submitter]:
    """Submits to both."""
    shown = pair.cluster.run("scontrol", "show", "config")
    state = next(line for line in shown.splitlines() if line.startswith("StateSaveLocation"))
    graveyard = Graveyard(pair.cluster)
    yield Submitter(pair, graveyard, Path(state.partition("=")[2].strip()))
    graveyard.flush()


@pytest.fixture(scope="session")
def schema(cluster: Cluster) -> Schema:
    """The original's own description of its answers."""
    return Schema(Specification.of_original(cluster))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _tally.requests:
        terminalreporter.write_line(
            f"conformance: {_tally.requests} requests compared "
            f"({_tally.bytes / 1e6:.0f} MB of answers, {_tally.again} asked again)"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if file := session.config.getoption("--compared"):
        Path(file).write_bytes(pickle.dumps((_tally, _ledger.used)))

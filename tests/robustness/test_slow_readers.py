# SPDX-License-Identifier: GPL-2.0-or-later
"""A client that takes its answer slowly, or not at all, holds nothing that others need."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fix_cluster import Cluster
from tests.robustness.clients import Server
from tests.robustness.conftest import WARM_UP, StartServer, unharmed
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

THREADS = 2
WRITE_TIMEOUT = 4.0
_IMPATIENT = """\
#!{python}
import functools, sys
from slurmrestd.cli.main import main
from slurmrestd.server import limits, start

start.serve = functools.partial(start.serve, timeouts=limits.Timeouts(write={seconds}))
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def impatient_server(
    cluster: Cluster,
    busy_controller: Controller,
    start_server: StartServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """As few RPC threads as there can be, and WRITE_TIMEOUT seconds of patience with a client."""
    program = tmp_path_factory.mktemp("impatient") / "slurmrestd"
    python = Path(cluster.program).with_name("python")
    program.write_text(_IMPATIENT.format(python=python, seconds=WRITE_TIMEOUT))
    program.chmod(0o755)
    program.parent.chmod(0o755)
    with start_server(busy_controller.conf, "-t", str(THREADS), program=str(program)) as server:
        for _ in range(WARM_UP):
            assert server.drain("jobs").status == 200
        yield server


@pytest.fixture
def impatient(impatient_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(impatient_server)


@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "tcp"])
def test_slow_readers_hold_no_rpc_thread(impatient: Server, tcp: bool) -> None:
    """More of them than there are threads take a byte a second; others are answered meanwhile."""
    slow = [impatient.ask("jobs", tcp=tcp) for _ in range(3 * THREADS)]
    for _ in range(2):
        for connection in slow:
            assert len(connection.recv(1)) == 1
        for _ in range(10):
            assert impatient.get("ping", timeout=10).status == 200
        time.sleep(1)
    assert impatient.drain("jobs").status == 200
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "tcp"])
def test_a_reader_that_stalls_is_cut_off(impatient: Server, tcp: bool) -> None:
    idle = impatient.workers.rest()
    said = impatient.log().count("takes too little")
    with impatient.ask("jobs", tcp=tcp) as stalled:
        assert len(stalled.recv(100)) > 0
        assert impatient.workers.state() != idle
        assert impatient.workers.come_back_to(idle)
        assert impatient.log().count("takes too little") == said + 1
        assert not ends_whole(stalled)


def ends_whole(connection: socket.socket) -> bool:
    """Whether what was left for us is the end of an answer."""
    tail = b""
    try:
        while more := connection.recv(1 << 20):
            tail = (tail + more)[-16:]
    except ConnectionResetError:
        return False
    return tail.endswith(b"0\r\n\r\n")


def test_a_reader_that_is_merely_slow_gets_it_all(impatient: Server) -> None:
    """The time-out is for standing still: this one takes longer than that over its answer."""
    start = time.monotonic()
    tail = b""
    with impatient.ask("jobs") as slow:
        while more := slow.recv(1 << 17):
            tail = (tail + more)[-16:]
            time.sleep(0.05 if time.monotonic() < start + 2 * WRITE_TIMEOUT else 0)
    assert tail.endswith(b"0\r\n\r\n")
    assert time.monotonic() > start + WRITE_TIMEOUT


def test_a_stalled_reader_does_not_keep_its_answer(impatient: Server) -> None:
    """Nor the memory that it took."""
    idle = impatient.workers.proportional()
    with impatient.ask("jobs"):
        assert eventually(lambda: impatient.workers.proportional() > idle + (20 << 20))
        assert eventually(lambda: impatient.workers.proportional() < idle + (12 << 20))

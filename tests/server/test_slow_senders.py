# SPDX-License-Identifier: GPL-2.0-or-later
"""On the real daemon: who sends a byte now and then does not keep a connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon

_GET = b"GET /slurm/v0.0.42/ping HTTP/1.1\r\nHost: x\r\n"
_POST = b"POST /slurm/v0.0.42/job/submit HTTP/1.1\r\nHost: x\r\nX-SLURM-USER-TOKEN: t\r\n"
SENT = {
    "nothing": b"",
    "a method": b"GE",
    "a line": _GET[:-10],
    "a header": _GET + b"X-A: ",
    "headers": _GET + b"X-A: b\r\n",
    "a body": _POST + b"Content-Length: 1000000\r\n\r\n{",
    "a body that is waited for": _POST + b"Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n",
}


@pytest.fixture(scope="module")
def daemon(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[Daemon]:
    with start_daemon(cluster.program, JWT, SLURMRESTD_MAX_STALL="1") as made:
        yield made


@pytest.mark.parametrize("name", SENT)
def test_it_is_cut_off(name: str, daemon: Daemon) -> None:
    """With 408 if a request had begun; a hundred such bytes would take ten seconds."""
    answer = b""
    with daemon.address.connect(1) as connection:
        connection.sendall(SENT[name])
        connection.settimeout(0.1)
        for _ in range(100):
            with suppress(TimeoutError):
                if not (more := connection.recv(65536)):
                    break
                answer += more
                continue
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(b"x" if SENT[name] else b"")
        else:
            pytest.fail("the connection is kept")
    expected = b"HTTP/1.1 408 " if SENT[name] else b""
    assert answer.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"")[:13] == expected


def test_others_are_served_meanwhile(daemon: Daemon, cluster: Cluster) -> None:
    token = cluster.token("alice").encode()
    slow = [daemon.address.connect(1) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(_GET)
        with daemon.address.connect(30) as connection:
            connection.sendall(_GET + b"X-SLURM-USER-TOKEN: " + token + b"\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
    finally:
        for connection in slow:
            connection.close()

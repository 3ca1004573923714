# SPDX-License-Identifier: GPL-2.0-or-later
"""On the real daemon: what could be read in two ways is refused, and ends the connection."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.conformance.raw import Address, Connection
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon

from .smuggling import HIDDEN, REFUSED

STATUS = re.compile(rb"HTTP/1\.1 (\d+) [^\r\n]*\r\n")
ANSWERED = {b"content-type", b"content-length", b"connection", b"transfer-encoding"}
"""The fields of any answer."""

INJECTED = (
    *("/slurm/v0.0.42/ping%0d%0aX-Injected:%20yes", "/%0d%0a%0d%0aHTTP/1.1%20200%20OK"),
    *("/slurm/v0.0.42/node/%0d%0aX-Injected:yes", "/slurm/v0.0.42/jobs?flags=%0d%0aX-Injected:yes"),
    *("/slurm/v0.0.42/job/1%0d%0aX-Injected:yes", "/slurm/v0.0.42/ping?%0d%0aX-Injected=yes"),
    "http://h%0d%0aX-Injected:yes/slurm/v0.0.42/ping",
)
NAMES = ("alice%0d%0aX-Injected: yes", "alice\\r\\nX-Injected: yes", "alice; X-Injected=yes")
ACCEPTED = ("application/json%0d%0aX-Injected: yes", 'application/json;q="\\r\\nX-Injected: yes"')


@pytest.fixture(scope="module")
def daemon(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[Daemon]:
    with start_daemon(cluster.program, JWT) as made:
        yield made
        assert made.alive


def everything(address: Address, data: bytes) -> bytes:
    """All that comes back until the server ends the connection; raises TimeoutError."""
    with Connection(address, timeout=10) as connection:
        connection.send(data)
        answer = b""
        while connection.has_more(10):
            reply = connection.receive()
            if not reply.status:
                return answer
            fields = b"".join(f"{name}: {value}\r\n".encode() for name, value in reply.headers)
            answer += b"HTTP/1.1 %d x\r\n" % reply.status + fields + b"\r\n" + reply.body
    raise TimeoutError("the server keeps the connection")


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_hides_nothing(name: str, daemon: Daemon, cluster: Cluster) -> None:
    """One answer, an error; then the end."""
    data = (REFUSED[name] + HIDDEN).replace(b"<token>", cluster.token("alice").encode())
    (status,) = STATUS.findall(everything(daemon.address, data))
    assert 400 <= int(status) < 500


def test_the_hidden_one_would_be_answered(daemon: Daemon, cluster: Cluster) -> None:
    data = (HIDDEN.replace(b"Connection: close\r\n", b"") + HIDDEN).replace(
        b"<token>", cluster.token("alice").encode()
    )
    assert STATUS.findall(everything(daemon.address, data)) == [b"200", b"200"]


@pytest.mark.parametrize("target", INJECTED)
def test_no_target_gets_into_the_head(target: str, daemon: Daemon, cluster: Cluster) -> None:
    check(daemon, cluster, target=target)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_gets_into_the_head(name: str, daemon: Daemon, cluster: Cluster) -> None:
    check(daemon, cluster, fields=f"X-SLURM-USER-NAME: {name}\r\n")


@pytest.mark.parametrize("accept", ACCEPTED)
def test_no_media_type_gets_into_the_head(accept: str, daemon: Daemon, cluster: Cluster) -> None:
    check(daemon, cluster, fields=f"Accept: {accept}\r\n")


def check(
    daemon: Daemon, cluster: Cluster, target: str = "/slurm/v0.0.42/ping", fields: str = ""
) -> None:
    """The one answer has the fields that answers have, and no other."""
    token = f"X-SLURM-USER-TOKEN: {cluster.token('alice')}\r\n"
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{token}{fields}\r\n"
    answer = everything(daemon.address, head.encode())
    assert len(STATUS.findall(answer)) == 1
    lines = answer.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    assert {line.partition(b":")[0].lower() for line in lines} <= ANSWERED

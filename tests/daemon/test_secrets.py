# SPDX-License-Identifier: GPL-2.0-or-later
"""Nobody profits from the daemon's own token, and no log has what clients sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.conformance.raw import Address, exchange
from tests.daemon.inetd import Program
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon
from tests.robustness.clients import message
from tests.robustness.controller import free_port
from tests.robustness.waiting import eventually

# What somebody without a token may try.
ATTEMPTS: Mapping[str, Mapping[str, str]] = {
    "nothing": {},
    "an empty token": {"X-SLURM-USER-TOKEN": ""},
    "an empty bearer": {"Authorization": "Bearer "},
    "a user": {"X-SLURM-USER-NAME": "admin"},
    "a user and an empty token": {"X-SLURM-USER-NAME": "admin", "X-SLURM-USER-TOKEN": ""},
    "root and an empty token": {"X-SLURM-USER-NAME": "root", "X-SLURM-USER-TOKEN": ""},
    "the word for no token": {"X-SLURM-USER-TOKEN": "none"},
    "a blank": {"X-SLURM-USER-TOKEN": " "},
}
PATHS = ("/slurm/v0.0.42/jobs", "/slurmdb/v0.0.42/users")
METHODS = (
    *("rest_auth/jwt", "rest_auth/local"),
    *("rest_auth/jwt,rest_auth/local", "rest_auth/local,rest_auth/jwt"),
)


def environment_of(cluster: Cluster) -> dict[str, str]:
    """An administrator has exported a token, as `export $(scontrol token)` does."""
    return {"SLURM_JWT": cluster.token("admin")}


def attempts() -> list[bytes]:
    return [message(path, None, **headers) for path in PATHS for headers in ATTEMPTS.values()]


def test_it_is_worth_to_try(cluster: Cluster, start_daemon: StartDaemon) -> None:
    """The token lets its owner in, so an answer to anybody else would be seen."""
    with start_daemon(cluster.program, JWT, **environment_of(cluster)) as daemon:
        for path in PATHS:
            request = message(path, cluster.token("admin"))
            assert exchange(daemon.address, request).status == 200


@pytest.mark.parametrize("methods", METHODS)
def test_the_daemons_own_token_lets_nobody_in(
    cluster: Cluster, start_daemon: StartDaemon, methods: str
) -> None:
    """On a unix socket and on TCP, whatever -a says."""
    port = free_port()
    arguments = ("-a", methods, f"127.0.0.1:{port}")
    with start_daemon(cluster.program, JWT, *arguments, **environment_of(cluster)) as daemon:
        for address in (daemon.address, Address(port=port)):
            for data in attempts():
                assert exchange(address, data).status >= 400, data


@pytest.mark.parametrize("methods", METHODS)
def test_nor_in_inetd_mode(cluster: Cluster, ours: Program, methods: str) -> None:
    program = replace(ours, arguments=("-a", methods), environment=environment_of(cluster))
    for data in attempts()[: len(ATTEMPTS)]:
        ended = program.pipe(data)
        assert all(status >= 400 for status in ended.statuses), ended
    # The others one attempt each, as all of them are one way through the code.
    data = attempts()[1]
    for ended in (program.file(data), program.unix(data, "slurmrestd"), program.tcp(data)):
        assert all(status >= 400 for status in ended.statuses), ended


def test_a_request_after_an_administrators_is_nobodys(
    cluster: Cluster, start_daemon: StartDaemon
) -> None:
    """On the same connection, and so on the same worker and often the same thread."""
    arguments = ("-t", "2", "--max-connections", "1")
    with start_daemon(cluster.program, JWT, *arguments) as daemon:
        admin = cluster.token("admin")
        for data in attempts():
            assert exchange(daemon.address, message(PATHS[0], admin)).status == 200
            assert exchange(daemon.address, data).status >= 400


# Marks that stand for what must not be seen, wherever it may have come in.
TOKEN_MARK = "tokenmark4711"
BODY_MARK = "bodymark4712"
QUERY_MARK = "querymark4713"
BEARER_MARK = "bearermark4714"
DEBUG_FLAGS = "AuditRPCs,Conmgr,Data,Network,NetworkRaw,Protocol,Script,SelectType,Steps,TraceJobs"


def sent_by(cluster: Cluster) -> Sequence[bytes]:
    """Requests with marks in all places, good ones and bad ones."""
    token = cluster.token("alice")
    script = {"script": f"#!/bin/sh\n# {BODY_MARK}\n"}
    job = {"environment": [f"SECRET={BODY_MARK}"], "current_working_directory": "/tmp"}
    bodies: list[object] = [
        {"job": {**job, "hold": True, "comment": BODY_MARK}, **script},
        {"job": {**job, "tasks": BODY_MARK}, **script},
        {"job": {**job, "partition": BODY_MARK}, **script},
        {"job": [BODY_MARK], **script},
        {BODY_MARK: BODY_MARK},
        BODY_MARK,
    ]
    submit = "job/submit"
    good = [message(submit, token, "POST", body) for body in bodies]
    unsigned = [
        message("jobs", TOKEN_MARK),
        message("jobs", f"{token[:-6]}{TOKEN_MARK}"),
        message("/slurmdb/v0.0.42/qos", TOKEN_MARK),
        message("/slurmdb/v0.0.42/jobs", f"{TOKEN_MARK}.{TOKEN_MARK}.{TOKEN_MARK}"),
        message("jobs", None, Authorization=f"Bearer {BEARER_MARK}"),
        message("jobs", None, Authorization=f"Basic {BEARER_MARK}"),
        message("jobs", TOKEN_MARK, Authorization=f"Bearer {BEARER_MARK}"),
        message(submit, TOKEN_MARK, "POST", bodies[0]),
    ]
    broken = f'{{"job": {{"comment": "{BODY_MARK}"'.encode()
    raw = [
        message(submit, token, "POST", "x")
        .replace(b'"x"', broken)
        .replace(b": 3", b": %d" % len(broken)),
        message(f"jobs?update_time={QUERY_MARK}", token),
        message(f"job/1?{QUERY_MARK}=1", token),
        message("jobs", token).replace(
            b"\r\n\r\n", f"\r\nBad Header {TOKEN_MARK}\r\n\r\n".encode()
        ),
        b"POST /slurm/v0.0.42/job/submit HTTP/1.1\r\nContent-Length: 100000\r\n"
        b"X-SLURM-USER-TOKEN: " + TOKEN_MARK.encode() + b"\r\n\r\n" + BODY_MARK.encode(),
    ]
    return [*good, *unsigned, *raw]


def test_nothing_that_a_client_sends_as_a_secret_is_logged(
    cluster: Cluster, start_daemon: StartDaemon
) -> None:
    """At the highest verbosity, with every debug flag that might show it."""
    loud = {"SLURM_DEBUG_FLAGS": DEBUG_FLAGS}
    with start_daemon(cluster.program, JWT, "-vvvvvv", **loud) as daemon:
        for data in sent_by(cluster):
            ask(daemon, data)
        said = settled(daemon)
    assert "debug" in said
    assert "/slurm/v0.0.42/job/submit" in said
    token = cluster.token("alice")
    for secret in (token, token.rpartition(".")[2], TOKEN_MARK, BEARER_MARK, BODY_MARK, QUERY_MARK):
        lines = [line for line in said.splitlines() if secret in line]
        assert not lines, lines[:3]
    cluster.run("scancel", "-u", "alice", "-t", "PENDING", "-n", "sbatch")


def test_nor_in_inetd_mode_at_the_highest_verbosity(cluster: Cluster, ours: Program) -> None:
    loud = {"SLURM_DEBUG_FLAGS": DEBUG_FLAGS, "SLURM_JWT": cluster.token("admin")}
    program = replace(ours, arguments=("-a", "rest_auth/jwt", "-vvvvvv"), environment=loud)
    for data in sent_by(cluster)[:6]:
        ended = program.file(data, mode=0o644)
        assert ended.statuses
        assert "debug" in ended.said
        for secret in (BODY_MARK, cluster.token("alice"), cluster.token("admin")):
            assert secret not in ended.said


def ask(daemon: Daemon, data: bytes) -> None:
    """Send it, and wait for an answer or the end, but not for long: one is never complete."""
    connection = daemon.address.connect(3)
    with connection:
        connection.sendall(data)
        try:
            while connection.recv(1 << 16):
                pass
        except TimeoutError:
            return


def settled(daemon: Daemon) -> str:
    """The log, once nothing is added any more."""
    sizes: list[int] = []

    def rests() -> bool:
        sizes.append(daemon.log.stat().st_size)
        return len(sizes) > 10 and len(set(sizes[-10:])) == 1

    assert eventually(rests)
    return daemon.log.read_text(errors="replace")

# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections are kept and closed alike, and carry as many requests."""

from __future__ import annotations

import pytest

from tests.conformance.compare import report, values_differ
from tests.conformance.pair import Pair
from tests.conformance.raw import Connection
from tests.conformance.volatile import ANSWERS_OF_BOTH
from tests.fix_daemon import Daemon

_TOKEN = b"Host: localhost\r\nX-SLURM-USER-TOKEN: <token>\r\n"


def _get(path: str, *headers: str, version: str = "1.1") -> bytes:
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"GET {path} HTTP/{version}\r\n".encode() + _TOKEN + lines.encode() + b"\r\n"


_PING = _get("/slurm/v0.0.42/ping")
_STATE = _get("/slurm/v0.0.42/jobs/state?job_id=1")
_UNKNOWN_JOB = _get("/slurm/v0.0.42/job/99999")
_POST = b"POST /slurm/v0.0.42/job/submit HTTP/1.1\r\nContent-Type: application/json\r\n" + _TOKEN
_EMPTY = _POST + b"Content-Length: 2\r\n\r\n{}"

SENT: dict[str, tuple[bytes, ...]] = {
    "one": (_PING,),
    "two": (_PING, _STATE),
    "fifty": (_PING,) * 50,
    "pipelined": (_PING + _STATE + _PING,),
    "no change": (_get("/slurm/v0.0.42/nodes?update_time=99999999999"), _PING),
    "unknown job": (_UNKNOWN_JOB, _PING),
    "unknown URL": (_get("/nope"), _PING),
    "unreadable query": (_get("/slurm/v0.0.42/jobs?update_time=abc"), _PING),
    "refused body": (_EMPTY, _PING),
    "unknown media type": (_get("/slurm/v0.0.42/ping", "Accept: text/html"), _PING),
    "close": (_get("/slurm/v0.0.42/ping", "Connection: close"), _PING),
    "Close": (_get("/slurm/v0.0.42/ping", "Connection: Close"), _PING),
    "keep-alive": (_get("/slurm/v0.0.42/ping", "Connection: keep-alive"), _PING),
    "HTTP/1.0": (_get("/slurm/v0.0.42/ping", version="1.0"), _PING),
    "HTTP/1.0 and keep-alive": (
        _get("/slurm/v0.0.42/ping", "Connection: keep-alive", version="1.0"),
        _PING,
    ),
    "no credential": (b"GET /slurm/v0.0.42/ping HTTP/1.1\r\n\r\n", _PING),
    "nonsense": (b"nonsense\r\n\r\n", _PING),
    "request in pieces": (_PING[:20], _PING[20:]),
    "body in pieces": (_EMPTY[:-1], _EMPTY[-1:]),
    "half a request": (_PING[:-2],),
    "half a body": (_EMPTY[:-1],),
}


@pytest.mark.parametrize("name", SENT)
def test_connection(name: str, pair: Pair) -> None:
    """The same requests are answered on one connection before it is closed."""
    token = pair.cluster.token("alice").encode()
    sent = [data.replace(b"<token>", token) for data in SENT[name]]
    original, ours = _talk(pair.original, sent), _talk(pair.ours, sent)
    found = list(values_differ("", original, ours, ANSWERS_OF_BOTH))
    if found := pair.ledger.unexplained(f"connection: {name}", found):
        pytest.fail(report(found), pytrace=False)


def _talk(daemon: Daemon, sent: list[bytes]) -> dict[str, object]:
    """The statuses that came back, and whether the server then ended the connection."""
    statuses = []
    with Connection(daemon.address, timeout=3) as connection:
        for data in sent:
            connection.send(data)
            statuses += _statuses(connection)
        return {"statuses": statuses, "closed": connection.closed_by_server(0.5)}


def _statuses(connection: Connection) -> list[int]:
    """Those of all answers that come before the server waits for more or is gone."""
    statuses: list[int] = []
    while connection.has_more(0.02 if statuses else 0.5):
        if not (status := connection.receive().status):
            break
        statuses.append(status)
    return statuses

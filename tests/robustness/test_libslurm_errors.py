# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests that Slurm cannot like: the worker lives, the log says it, and no token with it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jwt
import pytest

from tests.fix_cluster import Cluster
from tests.robustness.clients import Server, message
from tests.robustness.conftest import StartServer, unharmed
from tests.robustness.controller import Controller
from tests.robustness.waiting import eventually

PIECE = 12
"""Letters of a token that nothing else has by chance."""

_MOST_VERBOSE = "-vvvvvv"


@pytest.fixture(scope="module", params=["info", "debug5"])
def complaining_server(
    request: pytest.FixtureRequest, controller: Controller, start_server: StartServer
) -> Iterator[Server]:
    """Ours, as operators run it and as verbose as it can be."""
    flags = (_MOST_VERBOSE,) if request.param == "debug5" else ()
    with start_server(controller.conf, *flags, SLURM_DEBUG_FLAGS="NetRaw") as server:
        assert server.get("jobs").status == 200
        yield server


@pytest.fixture
def server(complaining_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(complaining_server)


@pytest.fixture(scope="module")
def tokens(cluster: Cluster) -> dict[str, str]:
    """Tokens that nobody should take, by what is wrong with them."""
    key = Path(cluster.facts["jwt_key"]).read_bytes()
    now = int(time.time())
    claims: dict[str, Any] = {"iat": now, "exp": now + 3600, "sun": "alice"}
    good = jwt.encode(claims, key)
    head, body, signature = good.split(".")
    return {
        "another key": jwt.encode(claims, b"k" * 32),
        "expired": jwt.encode(claims | {"iat": now - 9, "exp": now - 3}, key),
        "no signature": f"{head}.{body}.",
        "cut off": good[: len(good) // 2],
        "changed": f"{head}.{body}.{signature[::-1]}",
        "no user": jwt.encode({"iat": now, "exp": now + 3600}, key),
        "no algorithm": jwt.encode(claims, "", algorithm="none"),
        "other words": "aVeryPrivateWordWithoutAnyDotInIt",
        "long": "x" * 20_000,
    }


PATHS = ("ping", "jobs", "job/1", "nodes", "partitions", "diag", "licenses", "reservations")


def pieces(token: str) -> set[str]:
    """What no line may contain: of each word of a token its ends and its middle.

    The first word of a JWT says nothing that is secret: all of them begin alike.
    """
    words = [word for word in token.split(".") if len(word) >= PIECE]
    secret = words[1:] or words
    return {
        piece
        for word in secret
        for piece in (word[:PIECE], word[-PIECE:], word[len(word) // 2 :][:PIECE])
        if len(set(piece)) > 1
    }


def test_wrong_tokens(server: Server, tokens: dict[str, str]) -> None:
    for what, token in tokens.items():
        for path in PATHS:
            reply = Server(server.daemon, token).get(path)
            assert reply.status in {200, 401, 500, 511}, (what, path, reply)
            assert reply.status != 200 or path == "ping", (what, path)
    assert eventually(lambda: "Protocol authentication error" in server.log())


def test_no_token_is_in_the_log(server: Server, tokens: dict[str, str]) -> None:
    """Neither one that was refused nor one that was taken."""
    for token in (server.token, *tokens.values()):
        for name in ("X-SLURM-USER-TOKEN", "Authorization"):
            given = token if name.startswith("X") else f"Bearer {token}"
            data = message("jobs", None, **{name: given})
            with server.daemon.address.connect(60) as connection:
                connection.sendall(data)
                while connection.recv(1 << 16):
                    pass
    log = server.log()
    assert log
    found = [
        piece
        for token in (server.token, *tokens.values())
        for piece in pieces(token)
        if piece in log
    ]
    assert not found


NONSENSE = (
    b"n[5-1]",
    b"n[1-",
    b"n[",
    b"n]",
    b"n[1-999999999]",
    b"n[1-99999999999999999999]",
    b"n[" + b"1," * 3000 + b"1]",
    b"[[[]]]",
    b"%s%n%s",
    b"\xf0\x9f\x92\xa5",
    b"\xc3(",
    b"\x80",
    b"a" * 4000,
    b"-1",
    b"0",
    b"4294967295",
    b"4294967296",
    b"9" * 26,
    b"1_[1-999999999]",
    b"1_[5-1]",
    b"1_4294967295",
    b"1+4294967295",
    b"1.4294967295",
    b"1_",
    b"_",
    b"nan",
    b" ",
    b"1\n2",
    b"a/b",
)


@pytest.mark.parametrize("kind", ["node", "job", "partition", "reservation"])
def test_nonsense_as_a_name(server: Server, kind: str) -> None:
    for name in NONSENSE:
        reply = server.get(f"{kind}/{quote(name, safe='')}")
        assert 200 <= reply.status < 600, (name, reply)
        assert reply.complete


def test_nonsense_as_jobs_to_look_up(server: Server) -> None:
    for name in NONSENSE:
        assert server.get(f"jobs/state/?job_id={quote(name, safe='')}").complete


def test_nonsense_as_jobs_to_cancel(server: Server) -> None:
    """What might be the number of a job that others need is made another."""
    for name in NONSENSE:
        assert server.send("DELETE", f"job/9{quote(name, safe='')}").complete


SUBMITTED: tuple[dict[str, Any], ...] = (
    {"required_nodes": ["n[5-1]"]},
    {"required_nodes": ["n["]},
    {"required_nodes": "n[1-999999999]"},
    {"excluded_nodes": ["n[5-1]"]},
    {"group_id": "nope"},
    {"user_id": "nope"},
    {"group_id": -1},
    {"time_limit": {"number": 1 << 70, "set": True}},
    {"begin_time": "yesterday but one"},
    {"array": "5-1"},
    {"array": "1-999999999"},
    {"dependency": "after:nonsense"},
    {"tres_per_node": "gres/gpu:-1"},
    {"licenses": "a:b:c,,,"},
    {"kill_on_node_fail": {}},
    {"environment": ["=", "A", "", "B=\u0001"]},
    {"environment": {}},
    {"cpus_per_task": "many"},
    {"distribution": "plane=x"},
    {"cpu_frequency": "low-high-low"},
    {"signal": "@@@"},
    {"nodes": "5-1"},
    {"argv": [[], {}]},
    {"memory_per_node": "1XB"},
    {"name": "x" * 1_000_000},
)


@pytest.mark.parametrize("odd", SUBMITTED, ids=lambda odd: next(iter(odd)))
def test_nonsense_in_a_job(server: Server, odd: dict[str, Any]) -> None:
    """The original dies of some of these."""
    plain = {"script": "#!/bin/sh\n", "hold": True, "current_working_directory": "/tmp"}
    environment = {"environment": ["PATH=/usr/bin"]}
    reply = server.send("POST", "job/submit", {"job": plain | environment | odd})
    assert 200 <= reply.status < 600, reply
    assert reply.complete

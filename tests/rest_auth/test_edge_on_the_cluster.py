# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon with the cluster's own key: what a bad token costs, and whom it reaches."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from tests.conformance.raw import Reply, exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon

COUNTED = "REQUEST_LICENSE_INFO"
TARGET = "/slurm/v0.0.42/licenses"


@pytest.fixture(scope="module")
def key(cluster: Cluster) -> bytes:
    return Path(cluster.facts["jwt_key"]).read_bytes()


@pytest.fixture(scope="module")
def daemon(
    cluster: Cluster,
    key: bytes,
    start_daemon: StartDaemon,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Daemon]:
    """It reads a key that it could not read any more later on."""
    path = tmp_path_factory.mktemp("keys") / "jwt.key"
    path.write_bytes(key)
    path.chmod(0o600)
    arguments = ("-u", cluster.service_user.name)
    with start_daemon(
        cluster.program, JWT, *arguments, user="root", SLURMRESTD_JWT_KEY=str(path)
    ) as made:
        yield made


def ask(daemon: Daemon, token: str, name: str | None = None, target: str = TARGET) -> Reply:
    named = "" if name is None else f"X-SLURM-USER-NAME: {name}\r\n"
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\nX-SLURM-USER-TOKEN: {token}\r\n{named}\r\n"
    return exchange(daemon.address, head.encode())


def counted(cluster: Cluster) -> int:
    """How many requests of a kind the controller has had."""
    said = cluster.run("sdiag")
    found = re.search(rf"{COUNTED}\s*\(\s*\d+\)\s*count:(\d+)", said)
    return int(found[1]) if found else 0


def test_a_token_of_the_cluster_is_let_in(daemon: Daemon, cluster: Cluster) -> None:
    before = counted(cluster)
    assert ask(daemon, cluster.token("alice")).status == 200
    assert counted(cluster) == before + 1


def test_a_bad_one_is_401_and_costs_the_controller_nothing(
    daemon: Daemon, cluster: Cluster, key: bytes
) -> None:
    now = int(time.time())
    bad = {
        "forged": jwt.encode({"sun": "root", "exp": now + 600}, b"x" * 32),
        "expired": jwt.encode({"sun": "alice", "exp": now - 5}, key),
        "without an end": jwt.encode({"sun": "alice"}, key),
        "unsigned": jwt.encode({"sun": "root", "exp": now + 600}, "", algorithm="none"),
        "of nobody": jwt.encode({"exp": now + 600}, key),
        "garbage": "garbage",
        "empty": "",
    }
    before = counted(cluster)
    for token in list(bad.values()) * 3:
        reply = ask(daemon, token)
        assert (reply.status, reply.media_type) == (401, "text/plain")
        assert ask(daemon, token, "root").status == 401
    assert counted(cluster) == before
    log = daemon.log.read_text()
    assert "the token has expired" in log
    assert not [name for name, token in bad.items() if len(token) > 20 and token in log]


def test_a_privileged_token_may_speak_for_others(daemon: Daemon, cluster: Cluster) -> None:
    """The controller knows who may; here it only has to be a good token."""
    assert ask(daemon, cluster.token("root"), "alice").status == 200
    refused = ask(daemon, cluster.token("alice"), "bob", "/slurm/v0.0.42/jobs")
    assert refused.status not in (200, 401)


def test_the_document_needs_a_good_one_too(daemon: Daemon, cluster: Cluster) -> None:
    assert ask(daemon, "garbage", target="/openapi").status == 401
    assert ask(daemon, cluster.token("alice"), target="/openapi").status == 200


def test_a_key_that_anybody_reads_keeps_it_from_starting(
    cluster: Cluster, key: bytes, start_daemon: StartDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "jwt.key"
    path.write_bytes(key)
    path.chmod(0o644)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    with (
        pytest.raises(AssertionError, match=r"chmod 0640 jwt\.key"),
        start_daemon(cluster.program, JWT, SLURMRESTD_JWT_KEY=str(path)),
    ):
        pass


def test_another_key_is_read_at_a_hang_up(
    cluster: Cluster, key: bytes, start_daemon: StartDaemon, tmp_path: Path
) -> None:
    """The new workers have it; no token is good meanwhile that was not."""
    path = tmp_path / "jwt.key"
    path.write_bytes(b"x" * 32)
    path.chmod(0o600)
    os.chown(path, cluster.service_user.uid, -1)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    token = cluster.token("alice")
    with start_daemon(cluster.program, JWT, SLURMRESTD_JWT_KEY=str(path)) as made:
        assert ask(made, token).status == 401
        path.write_bytes(key)
        assert ask(made, token).status == 401
        os.kill(made.pid, signal.SIGHUP)
        deadline = time.monotonic() + 60
        while (status := ask(made, token).status) == 401 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert status == 200

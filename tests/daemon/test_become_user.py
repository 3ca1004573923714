# SPDX-License-Identifier: GPL-2.0-or-later
"""SLURMRESTD_SECURITY=become_user: one root daemon, many users, each connection a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conformance.raw import Connection, Peer, exchange
from tests.daemon.inetd import PING, PING_AND_CLOSE, Program
from tests.fix_cluster import Cluster
from tests.fix_daemon import LOCAL, Daemon, StartDaemon
from tests.robustness.clients import message
from tests.robustness.processes import Workers
from tests.robustness.waiting import eventually

BECOME = {"SLURMRESTD_SECURITY": "become_user"}
USERS = ("alice", "bob", "dave")
WAVES = 4
AT_ONCE = 50
SLURM_NOBODY = 99


@dataclass(frozen=True)
class Server:
    """A daemon in this mode, and its one worker's children."""

    cluster: Cluster
    daemon: Daemon

    @property
    def worker(self) -> int:
        """The process that accepts."""
        workers = Workers(self.daemon.pid)
        assert eventually(lambda: len(workers.pids()) == 1)
        return workers.pids()[0]

    def children(self) -> set[int]:
        """The processes of connections."""
        return set(Workers(self.worker).pids())

    def has(self, count: int) -> bool:
        """Whether there are so many of them, in the end."""
        return eventually(lambda: len(self.children()) == count)

    def connect(self, user: str) -> Connection:
        """A connection of a user's."""
        return Connection(self.daemon.address, peer=peer_of(self.cluster, user))

    def ask(self, user: str, data: bytes = PING_AND_CLOSE) -> int:
        """The status of one request on a connection of its own."""
        return exchange(self.daemon.address, data, peer=peer_of(self.cluster, user)).status


def peer_of(cluster: Cluster, user: str) -> Peer:
    uid = cluster.user(user).uid
    return Peer(uid, uid)


@pytest.fixture(scope="module")
def server(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[Server]:
    with start_daemon(cluster.program, LOCAL, user="root", **BECOME) as daemon:
        yield Server(cluster, daemon)


@pytest.fixture
def name(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """For jobs of this test, which are cancelled at its end."""
    made = f"{request.node.originalname}-{os.getpid()}-{time.monotonic_ns()}"
    yield made
    cluster.run("scancel", "-n", made)


def submission(name: str, comment: str) -> bytes:
    """A request for a job that is held."""
    fields = {"name": name, "comment": comment, "hold": True, "environment": ["A=b"]}
    job = {**fields, "current_working_directory": "/tmp", "script": "#!/bin/sh\n"}
    kept = {"Connection": "keep-alive"}
    return message("job/submit", None, "POST", {"job": job}, **kept)


def test_two_hundred_connections_of_three_users(
    cluster: Cluster, server: Server, name: str
) -> None:
    """No answer is another's, and no process serves two connections."""
    served: set[int] = set()
    expected: dict[str, str] = {}

    def submit(number: int, connection: Connection) -> None:
        user = USERS[number % len(USERS)]
        for request in range(2):
            connection.send(submission(name, f"{user}-{number}-{request}"))
            reply = connection.receive()
            assert reply.status == 200, reply
            expected[str(json.loads(reply.body)["job_id"])] = user

    for wave in range(WAVES):
        numbers = range(wave * AT_ONCE, (wave + 1) * AT_ONCE)
        with ThreadPoolExecutor(12) as pool, ExitStack() as stack:
            # Who connects is a matter of the whole process: one after another.
            made = [
                stack.enter_context(server.connect(USERS[number % len(USERS)]))
                for number in numbers
            ]
            for _ in pool.map(submit, numbers, made):
                pass
            children = server.children()
            assert len(children) == AT_ONCE
            assert not children & served
            served |= children
            users = Counter(USERS[number % len(USERS)] for number in numbers)
            assert Counter(map(owner_of, children)) == {
                cluster.user(user).uid: count for user, count in users.items()
            }
        assert server.has(0)

    listed = cluster.run("squeue", "-h", "-n", name, "-o", "%i %u %k").splitlines()
    assert len(listed) == len(expected) == 2 * WAVES * AT_ONCE
    for line in listed:
        number, user, comment = line.split()
        assert expected[number] == user == comment.partition("-")[0]


def owner_of(pid: int) -> int:
    """The user of a process, which all four of its ids must be."""
    fields = status_of(pid)
    (uid,) = set(fields["Uid"].split())
    (gid,) = set(fields["Gid"].split())
    assert uid == gid
    return int(uid)


def status_of(pid: int) -> dict[str, str]:
    """What proc(5) says of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in pairs}


def test_a_process_is_its_peer_for_good(cluster: Cluster, server: Server) -> None:
    """No groups but the peer's own, no capabilities, and nothing of it is the user's to look at."""
    with server.connect("alice") as connection:
        connection.send(PING)
        assert connection.receive().status == 200
        (child,) = server.children()
        assert owner_of(child) == cluster.user("alice").uid
        fields = status_of(child)
        assert fields["Groups"] == ""
        assert fields["NoNewPrivs"] == "1"
        for capabilities in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
            assert int(fields[capabilities], 16) == 0
        for file in ("environ", "mem", "fd"):
            with pytest.raises(AssertionError, match="Permission denied"):
                cluster.run("ls" if file == "fd" else "cat", f"/proc/{child}/{file}", user="alice")


def test_a_process_ends_with_its_connection(server: Server) -> None:
    with server.connect("alice"), server.connect("bob"):
        assert server.has(2)
    assert server.has(0)
    assert server.ask("alice") == 200


def test_a_process_that_is_killed_takes_nobody_along(server: Server) -> None:
    with server.connect("alice") as first:
        first.send(PING)
        assert first.receive().status == 200
        (child,) = server.children()
        with server.connect("bob") as second:
            os.kill(child, signal.SIGKILL)
            assert first.closed_by_server(within=30)
            second.send(PING)
            assert second.receive().status == 200
    assert server.has(0)


@pytest.mark.parametrize("user", ["root", "slurmrestd", "admin", "mallory"])
def test_everybody_is_let_in(server: Server, user: str) -> None:
    """The controller judges."""
    assert server.ask(user) == 200


def test_nobody_is_not(server: Server) -> None:
    peer = Peer(SLURM_NOBODY, SLURM_NOBODY)
    assert exchange(server.daemon.address, PING_AND_CLOSE, peer=peer).status == 401


@pytest.mark.parametrize("header", ["X-SLURM-USER-NAME: admin", "X-SLURM-USER-TOKEN: x"])
def test_a_header_makes_nobody_another(
    cluster: Cluster, server: Server, name: str, header: str
) -> None:
    """A user's name is heeded of root alone, and munge then says no; tokens are not heeded."""
    data = submission(name, "x").replace(b"\r\n", b"\r\n" + header.encode() + b"\r\n", 1)
    assert server.ask("alice", data) == 200
    assert cluster.run("squeue", "-h", "-n", name, "-o", "%u").split() == ["alice"]
    assert server.ask("root", data) == (401 if "NAME" in header else 200)


def test_no_more_processes_than_connections_are_allowed(
    cluster: Cluster, start_daemon: StartDaemon
) -> None:
    """Who is above waits, idle ones count, and nobody is refused."""
    limit = ("--max-connections", "3")
    with start_daemon(cluster.program, LOCAL, *limit, user="root", **BECOME) as daemon:
        server = Server(cluster, daemon)
        assert server.has(0)  # the one that saw whether it listens is gone
        with ExitStack() as stack:
            served = [stack.enter_context(server.connect(user)) for user in USERS]
            for connection in served:
                connection.send(PING)
                assert connection.receive().status == 200
            waiting = [stack.enter_context(server.connect(user)) for user in USERS]
            for connection in waiting:
                connection.send(PING)
            assert not waiting[0].has_more(within=1)
            assert len(server.children()) == 3
            for connection in served:
                connection.close()
            for connection in waiting:
                assert connection.receive().status == 200
            assert len(server.children()) == 3


def test_nothing_is_left_of_a_daemon_that_ends(cluster: Cluster, start_daemon: StartDaemon) -> None:
    with start_daemon(cluster.program, LOCAL, user="root", **BECOME) as daemon:
        server = Server(cluster, daemon)
        with server.connect("alice") as connection:
            connection.send(PING)
            assert connection.receive().status == 200
            pids = {server.worker, *server.children()}
            os.kill(daemon.pid, signal.SIGTERM)
            assert daemon.died(within=30)
            assert daemon.exit_code == 0
            assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize("victim", ["master", "worker"])
def test_nobody_outlives_who_forked_it(
    cluster: Cluster, start_daemon: StartDaemon, victim: str
) -> None:
    with start_daemon(cluster.program, LOCAL, user="root", **BECOME) as daemon:
        server = Server(cluster, daemon)
        with server.connect("alice") as connection:
            connection.send(PING)
            assert connection.receive().status == 200
            pids = {server.worker, *server.children()}
            os.kill(daemon.pid if victim == "master" else server.worker, signal.SIGKILL)
            assert eventually(lambda: not any(Path(f"/proc/{pid}/fd").exists() for pid in pids))
        if victim == "worker":
            assert server.ask("bob") == 200


def test_sighup_renews_the_worker_and_refuses_nobody(
    cluster: Cluster, start_daemon: StartDaemon
) -> None:
    with start_daemon(cluster.program, LOCAL, user="root", **BECOME) as daemon:
        server = Server(cluster, daemon)
        before = server.worker
        with ThreadPoolExecutor(6) as pool:
            asked = [pool.submit(server_ask, server, USERS[number % 3]) for number in range(60)]
            os.kill(daemon.pid, signal.SIGHUP)
            assert [one.result() for one in asked] == [200] * len(asked)
        assert eventually(lambda: Workers(daemon.pid).pids() not in ([], [before]))


def server_ask(server: Server, user: str) -> int:
    """The status of a ping; connections are made by a process of that user's."""
    uid = server.cluster.user(user).uid
    done = subprocess.run(
        [
            *("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket"),
            *(server.daemon.address.path, "http://localhost/slurm/v0.0.42/ping"),
        ],
        capture_output=True,
        user=uid,
        group=uid,
        extra_groups=[],
        check=False,
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    ("command", "user", "words"),
    [
        ("-a rest_auth/local unix:S", "slurmrestd", "become_user needs root"),
        ("-u alice -a local unix:S", "root", "become_user needs root"),
        ("unix:S", "root", "cannot be combined with rest_auth/jwt"),
        ("-a rest_auth/jwt unix:S", "root", "cannot be combined with rest_auth/jwt"),
        ("SLURM_JWT=daemon -a local unix:S", "root", "unset SLURM_JWT"),
        ("-a local unix:S 127.0.0.1:0", "root", "only a unix socket says who"),
    ],
)
def test_what_cannot_be_is_refused_at_the_start(
    cluster: Cluster, folder: Path, command: str, user: str, words: str
) -> None:
    folder.chmod(0o777)
    given = command.replace(":S", f":{folder}/socket").split()
    environment = dict(text.split("=") for text in given if "=" in text)
    done = subprocess.run(
        [cluster.program, *(text for text in given if "=" not in text)],
        env={"PATH": os.environ["PATH"], **BECOME, **environment},
        user=cluster.user(user).uid,
        group=cluster.user(user).uid,
        extra_groups=[],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("slurmrestd: fatal: ")
    assert words in done.stderr


# Inetd mode: the original never asks who is at the other end, and lets nobody in.


@pytest.fixture
def inetd(ours: Program) -> Program:
    return replace(ours, environment=BECOME, user="root")


@pytest.mark.parametrize("user", ["alice", "bob"])
def test_the_peer_of_a_socket_from_inetd_is_who_asks(
    cluster: Cluster, inetd: Program, name: str, user: str
) -> None:
    assert inetd.unix(submission(name, "x"), user).kept == ([200], 0)
    assert cluster.run("squeue", "-h", "-n", name, "-o", "%u").split() == [user]


def test_nothing_else_says_who_asks(inetd: Program) -> None:
    assert inetd.pipe(PING).kept == ([401], 0)
    assert inetd.file(PING).kept == ([401], 0)
    assert inetd.pipe(PING, owner="alice").kept == ([401], 0)
    assert inetd.tcp(PING).kept == ([401], 0)


def test_groups_are_left_first_then_the_group_is_set_then_the_user(
    cluster: Cluster, inetd: Program
) -> None:
    """In any other order something fails, or stays."""
    calls = ("setgroups", "setresgid", "setresuid")
    strace = ("--kill-on-exit", "-f", "-qq", "-e", f"trace={','.join(calls)}")
    program = replace(inetd, path="strace", arguments=(*strace, inetd.path, *inetd.arguments))
    ended = program.unix(PING_AND_CLOSE, "alice")
    assert ended.statuses == [200]
    lines = [line for line in ended.said.splitlines() if line.partition("(")[0] in calls]
    uid = cluster.user("alice").uid
    assert [line.partition(")")[0] for line in lines[:3]] == [
        "setgroups(0, []",
        f"setresgid({uid}, {uid}, {uid}",
        f"setresuid({uid}, {uid}, {uid}",
    ]

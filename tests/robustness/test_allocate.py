# SPDX-License-Identifier: GPL-2.0-or-later
"""job/allocate on the sandbox's cluster: who waits keeps nobody else waiting, and leaves nothing.

It needs nodes that jobs can run on, which the controllers of the other tests here do not have.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.raw import Address, Connection, Peer, Reply
from tests.fix_cluster import Cluster
from tests.fix_daemon import Daemon, StartDaemon
from tests.robustness.clients import Server, errors_of, message
from tests.robustness.conftest import StartServer, unharmed
from tests.robustness.waiting import eventually

CONF = Path("/etc/slurm/slurm.conf")
ALREADY_DONE = 2021
INVALID_PARTITION = 2000
INVALID_QUERY = 9000
NO_DICTIONARY = 9209
CONNECTIONS = 8
PLACES = CONNECTIONS // 2
SETTLE_SECONDS = 3.0
"""In which the controller ends a job that it thinks nobody waits for."""
SHORT_SECONDS = 5

_RESET = struct.pack("ii", 1, 0)
_LISTENS = "0A"
Body = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    """Alice's jobs of one test, known by their name."""

    cluster: Cluster
    name: str

    def job(self, **fields: Any) -> Body:
        """A small job."""
        return {
            "name": self.name,
            "current_working_directory": "/tmp",
            "environment": ["PATH=/bin:/usr/bin"],
            "partition": "normal",
            "cpus_per_task": 1,
            "time_limit": {"set": True, "number": 10},
            **fields,
        }

    def states(self) -> list[str]:
        """The states of its jobs, those that ended too."""
        said = self.cluster.run("squeue", "-h", "-t", "all", "-n", self.name, "-o", "%T")
        return sorted(said.split())

    def waiting(self, count: int = 1) -> bool:
        """Whether so many wait, in the end."""
        return eventually(lambda: self.states().count("PENDING") == count, within=20)

    def ids(self) -> list[str]:
        """Those of the jobs that are not over; one for all components of one."""
        said = self.cluster.run("squeue", "-h", "-n", self.name, "-o", "%i")
        return sorted({number.partition("+")[0] for number in said.split()})

    def release(self) -> None:
        """Let those that are held go."""
        self.cluster.run("scontrol", "release", *self.ids())

    def cancel(self) -> None:
        """End them all."""
        self.cluster.run("scancel", "-n", self.name)


@pytest.fixture
def bench(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Of its own for each test; nothing of it stays."""
    made = Bench(cluster, f"{request.node.originalname}-{os.getpid()}-{time.monotonic_ns()}")
    yield made
    made.cancel()


@pytest.fixture(scope="module")
def small_server(start_server: StartServer) -> Iterator[Server]:
    """Ours with two threads."""
    settings = ("-t", "2", "--max-connections", str(CONNECTIONS))
    with start_server(CONF, *settings, user="alice") as server:
        for _ in range(20):
            assert server.get("ping").status == 200
        yield server


@pytest.fixture
def server(small_server: Server) -> Iterator[Server]:
    """The same, seen to be well after each test."""
    yield from unharmed(small_server)


class Client(Connection):
    """A connection on which an allocation was asked for."""

    def __enter__(self) -> Client:
        return self

    def has_answer(self) -> bool:
        """Whether there is something to receive."""
        return bool(select.select([self._socket], [], [], 0)[0])


def ask(server: Server, body: Body, *, tcp: bool = False) -> Client:
    """A client that waits."""
    connection = Client(server.tcp if tcp else server.daemon.address)
    connection.send(server.request("job/allocate", "POST", body))
    return connection


def allocate(server: Server, body: Body) -> Reply:
    """One that is answered."""
    with ask(server, body) as connection:
        return connection.receive()


def refused(clients: list[Client]) -> int:
    """How many have an answer."""
    return sum(client.has_answer() for client in clients)


def job_of(reply: Reply) -> int:
    """The id of the job that was granted."""
    answer = json.loads(reply.body)
    assert (reply.status, answer["errors"]) == (200, []), answer
    number: int = answer["job_id"]
    return number


def test_what_is_granted_stays(server: Server, bench: Bench, cluster: Cluster) -> None:
    """The job is its client's, whatever the body says, and runs on without anybody listening."""
    number = job_of(allocate(server, {"job": bench.job(user_id="root", other_port=1234)}))
    time.sleep(SETTLE_SECONDS)
    assert bench.states() == ["RUNNING"]
    shown = cluster.run("scontrol", "-o", "show", "job", str(number))
    assert " UserId=alice(" in shown


def test_it_waits_until_resources_are_there(server: Server, bench: Bench) -> None:
    first = job_of(allocate(server, {"job": bench.job(licenses="ansys:2")}))
    with ask(server, {"job": bench.job(licenses="ansys:2")}) as second:
        assert bench.waiting()
        bench.cluster.run("scancel", str(first))
        assert job_of(second.receive()) > first
    time.sleep(SETTLE_SECONDS)
    assert bench.states().count("RUNNING") == 1


def test_a_heterogeneous_job_waits_as_a_whole(server: Server, bench: Bench) -> None:
    component = bench.job(hold=True)
    with ask(server, {"hetjob": [component, component]}) as client:
        assert bench.waiting(2)
        bench.release()
        job_of(client.receive())
    time.sleep(SETTLE_SECONDS)
    assert bench.states() == ["RUNNING", "RUNNING"]


@pytest.mark.parametrize("key", ["job", "hetjob"])
def test_a_job_that_is_cancelled_while_it_waits_is_an_error(
    server: Server, bench: Bench, key: str
) -> None:
    job = bench.job(hold=True)
    with ask(server, {key: [job, job] if key == "hetjob" else job}) as client:
        assert bench.waiting(2 if key == "hetjob" else 1)
        bench.cancel()
        reply = client.receive()
    assert (reply.status, errors_of(reply)) == (500, [ALREADY_DONE])


def close(connection: socket.socket) -> None:
    """Go."""
    connection.close()


def reset(connection: socket.socket) -> None:
    """Go without the usual farewell (TCP only; elsewhere the same as a close)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def say_no_more(connection: socket.socket) -> None:
    """Close the sending half: on TCP that is all that is seen of a client that left."""
    connection.shutdown(socket.SHUT_WR)


Way = Callable[[socket.socket], None]


@pytest.mark.parametrize("key", ["job", "hetjob"])
@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "tcp"])
@pytest.mark.parametrize("way", [close, reset, say_no_more], ids=lambda way: way.__name__)
def test_a_client_that_leaves_takes_its_job_along(
    server: Server, bench: Bench, way: Way, tcp: bool, key: str
) -> None:
    job = bench.job(hold=True)
    body = {key: [job, job] if key == "hetjob" else job}
    connection = (server.tcp if tcp else server.daemon.address).connect(60)
    with connection:
        connection.sendall(server.request("job/allocate", "POST", body))
        assert bench.waiting(2 if key == "hetjob" else 1)
        way(connection)
        assert eventually(lambda: set(bench.states()) == {"CANCELLED"}, within=10)


def test_those_who_wait_keep_no_thread(server: Server, bench: Bench) -> None:
    """As many wait as can, more than there are threads, and pings are answered at once."""
    with ExitStack() as stack:
        clients = [
            stack.enter_context(ask(server, {"job": bench.job(hold=True)})) for _ in range(PLACES)
        ]
        assert eventually(lambda: len(bench.states()) + refused(clients) == PLACES, within=20)
        assert len(bench.states()) >= PLACES // 2
        start = time.monotonic()
        assert [server.get("ping").status for _ in range(20)] == [200] * 20
        assert time.monotonic() - start < 5
        bench.release()
        replies = [client.receive() for client in clients]
        granted = {job_of(reply) for reply in replies if reply.status == 200}
        assert len(granted) == len(bench.states())


def test_no_more_wait_than_there_are_places(server: Server, bench: Bench) -> None:
    """Each worker has its part of them, so one may be full before the other."""
    with ExitStack() as stack:
        body = {"job": bench.job(hold=True)}
        clients = [stack.enter_context(ask(server, body)) for _ in range(CONNECTIONS - 1)]
        assert eventually(lambda: refused(clients) >= len(clients) - PLACES, within=20)
        sent_away = [client.receive() for client in clients if client.has_answer()]
        assert {reply.status for reply in sent_away} == {503}
        assert all(int(reply.header("Retry-After") or 0) > 0 for reply in sent_away)
        assert bench.waiting(len(clients) - len(sent_away))
    assert eventually(lambda: set(bench.states()) == {"CANCELLED"}, within=10)
    job_of(allocate(server, {"job": bench.job()}))


BAD_BODIES: dict[str, tuple[Any, int, list[int]]] = {
    "neither": ({}, 422, [INVALID_QUERY]),
    "both": ({"job": {}, "hetjob": [{}]}, 422, [INVALID_QUERY]),
    "a list": ([1], 500, [NO_DICTIONARY]),
    "no components": ({"hetjob": []}, 422, [INVALID_QUERY]),
    "too many components": ({"hetjob": [{}] * 129}, 422, [INVALID_QUERY]),
    "a partition of no name": (
        {"job": {"partition": "nope", "current_working_directory": "/tmp"}},
        500,
        [INVALID_PARTITION],
    ),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_is_refused_and_leaves_nothing(server: Server, name: str) -> None:
    body, status, errors = BAD_BODIES[name]
    reply = allocate(server, body)
    assert (reply.status, errors_of(reply)) == (status, errors)


def test_a_stranger_on_the_port_changes_nothing(server: Server, bench: Bench) -> None:
    """libslurm's own way of waiting gives the job up for that."""
    with ask(server, {"job": bench.job(hold=True)}) as client:
        assert bench.waiting()
        (port,) = ports_of(server) - {server.tcp.port}
        for said in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\x04abcd"):
            with socket.create_connection(("127.0.0.1", port), 5) as stranger:
                stranger.sendall(said)
        time.sleep(SETTLE_SECONDS)
        assert bench.states() == ["PENDING"]
        bench.release()
        job_of(client.receive())
    time.sleep(SETTLE_SECONDS)
    assert bench.states() == ["RUNNING"]


def ports_of(server: Server) -> set[int]:
    """The TCP ports on which its workers listen, of either family."""
    inodes = set()
    for pid in server.workers.pids():
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            target = str(descriptor.readlink())
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTENS and fields[9] in inodes:
                found.add(int(fields[1].rpartition(":")[2], 16))
    return found


def test_many_that_leave_do_not_add_up(server: Server, bench: Bench) -> None:
    """What a worker has open and running is the same afterwards (see ``unharmed``)."""
    for number in range(30):
        with ask(server, {"job": bench.job(hold=True)}, tcp=number % 2 == 0):
            assert eventually(lambda: "PENDING" in bench.states(), within=10)
        assert eventually(lambda: "PENDING" not in bench.states(), within=10)


def test_a_job_whose_client_has_no_valid_token_left_does_not_run(
    server: Server, bench: Bench
) -> None:
    """Its client gets an error; the job cannot be cancelled, but the controller ends it."""
    said = bench.cluster.run("scontrol", "token", "username=alice", f"lifespan={SHORT_SECONDS}")
    token = said.strip().partition("=")[2]
    with Client(server.daemon.address) as client:
        body = {"job": bench.job(hold=True)}
        client.send(message("job/allocate", token, "POST", body))
        assert bench.waiting()
        time.sleep(SHORT_SECONDS + 1)
        bench.release()
        assert client.receive().status == 511
    assert eventually(lambda: bench.states() == ["FAILED"], within=30)


@pytest.fixture
def own_daemon(cluster: Cluster, tmp_path: Path, start_daemon: StartDaemon) -> Iterator[Daemon]:
    """Alice's own, with munge in place of JWT.  start_daemon opens the folders above."""
    alice = cluster.user("alice")
    os.chown(tmp_path, alice.uid, alice.uid)
    address = Address(path=f"{tmp_path}/own.sock")
    command = [cluster.program, "-a", "rest_auth/local", f"unix:{address.path}"]
    daemon = Daemon(address, command, tmp_path / "log", alice, {})
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.stop()


def test_it_waits_with_munge_too(own_daemon: Daemon, cluster: Cluster, bench: Bench) -> None:
    alice = cluster.user("alice")
    body = {"job": bench.job(hold=True)}
    with Client(own_daemon.address, peer=Peer(alice.uid, alice.uid)) as client:
        client.send(message("job/allocate", None, "POST", body))
        assert bench.waiting()
        bench.release()
        job_of(client.receive())
    time.sleep(SETTLE_SECONDS)
    assert bench.states() == ["RUNNING"]


def test_a_server_that_stops_sends_them_away(start_server: StartServer, bench: Bench) -> None:
    with (
        start_server(CONF, user="alice") as server,
        ask(server, {"job": bench.job(hold=True)}) as client,
    ):
        assert bench.waiting()
        start = time.monotonic()
        os.kill(server.daemon.pid, signal.SIGTERM)
        reply = client.receive()
        assert reply.status == 503
        assert int(reply.header("Retry-After") or 0) > 0
        assert server.daemon.died(within=10)
        assert time.monotonic() - start < 10
        assert bench.states() == ["CANCELLED"]


def test_a_job_does_not_outlive_its_worker_for_long(
    start_server: StartServer, bench: Bench
) -> None:
    """The controller ends it when it would start, since nobody listens any more."""
    with start_server(CONF, user="alice") as server:
        client = ask(server, {"job": bench.job(hold=True)})
        assert bench.waiting()
        for pid in server.workers.pids():
            os.kill(pid, signal.SIGKILL)
        assert client.receive().status == 0
        client.close()
        assert bench.states() == ["PENDING"]
        bench.release()
        assert eventually(lambda: bench.states() == ["FAILED"], within=60)

# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread stays for a moment with a client that asks for one thing after the other.

To this server everything is a change but /read: see tests.server.fake.
"""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from slurmrestd.server.limits import STAYS_SECONDS

from .conftest import DEADLINE, Server, StartServer, eventually, receive

PING = b"GET /ping HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"
LONGER = 5 * STAYS_SECONDS


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """One process with four threads."""
    return start_server(threads=4)


@pytest.fixture
def client(server: Server) -> Iterator[socket.socket]:
    """One who is being stayed with: it has just had an answer."""
    with server.connect() as sock:
        ask(sock)
        yield sock


def ask(sock: socket.socket, request: bytes = PING) -> Any:
    """The value of an answer."""
    sock.sendall(request)
    return answer(sock)


def answer(sock: socket.socket) -> Any:
    data = b""
    while b"}" not in data:
        more = sock.recv(65536)
        assert more, data
        data += more
    assert data.startswith(b"HTTP/1.1 200 OK\r\n")
    return json.loads(data.partition(b"\r\n\r\n")[2])


def afresh(server: Server, request: bytes) -> bytes:
    """What a client gets that nobody stays with."""
    with server.connect() as sock:
        sock.sendall(request)
        return receive(sock)


def all_at_once(count: int, client: Callable[[], object]) -> None:
    """So many clients, each on a thread of its own, until all of them are done."""
    clients = [threading.Thread(target=client) for _ in range(count)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()


def wakings(server: Server) -> int:
    """How often the event loop has gone to sleep so far."""
    (worker,) = server.workers()
    status = Path(f"/proc/{worker}/task/{worker}/status").read_text()
    return int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])


@pytest.mark.parametrize("path", [b"/ping", b"/read"], ids=["a change", "a reading"])
def test_what_is_asked_at_once_does_not_wake_the_event_loop(
    server: Server, client: socket.socket, path: bytes
) -> None:
    request = PING.replace(b"/ping", path)
    for _ in range(3):
        ask(client, request)
    before = wakings(server)
    for _ in range(200):
        ask(client, request)
    # A pause of this process may now and then be too long for a thread to stay.
    assert wakings(server) - before < 50


def test_who_asks_the_same_as_others_has_an_answer_too(server: Server) -> None:
    request = PING.replace(b"/ping", b"/read")
    before = len(server.lines("begin"))

    def insist() -> None:
        with server.connect() as sock:
            for _ in range(200):
                assert ask(sock, request)["token"] == "t"
        done.append(True)

    done: list[bool] = []
    all_at_once(6, insist)
    assert len(done) == 6
    # This server does it once for each, shared or not.
    assert len(server.lines("begin")) - before == 200 * 6


def test_readings_and_changes_take_turns(client: socket.socket) -> None:
    for number in range(60):
        path = (b"/ping", b"/read", b"/read", b"/large/10")[number % 4]
        client.sendall(PING.replace(b"/ping", path))
        assert client.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_several_clients_have_a_thread_each(server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(3)]
        rounds = [[ask(client)["thread"] for client in clients] for _ in range(30)]
    assert sum(len(set(threads)) == len(clients) for threads in rounds) > len(rounds) // 2


def test_who_asks_later_is_heard(client: socket.socket) -> None:
    for _ in range(3):
        time.sleep(LONGER)
        assert ask(client)["token"] == "t"


@pytest.mark.parametrize("size", [1, 20, len(PING) - 1])
def test_the_beginning_of_a_request_waits_for_its_end(client: socket.socket, size: int) -> None:
    client.sendall(PING[:size])
    time.sleep(LONGER)
    assert ask(client, PING[size:])["token"] == "t"
    assert ask(client)["token"] == "t"


def test_several_requests_at_once_are_answered_in_order(client: socket.socket) -> None:
    requests = [PING.replace(b"/ping", b"/echo?n=%d" % n) for n in range(20)]
    client.sendall(b"".join(requests))
    client.settimeout(DEADLINE)
    data = b""
    while data.count(b"HTTP/1.1 200 OK") < len(requests) or not data.endswith(b"}"):
        data += client.recv(65536)
    places = [data.index(b'{"n": "%d"}' % n) for n in range(len(requests))]
    assert places == sorted(places)
    assert ask(client)["token"] == "t"


def test_a_body_is_read(client: socket.socket) -> None:
    head = b"POST /echo HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\nContent-Type: application/json\r\n"
    for size in (3, 70_000):
        body = json.dumps({"text": "x" * size}).encode()
        request = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
        client.sendall(request)
        data = b""
        while not data.endswith(b'"}'):
            data += client.recv(1 << 20)
        assert b'"%s"' % (b"x" * size) in data


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /ping HTTP/1.1\r\n\r\n",
        PING.replace(b"/ping", b"/nothing"),
        PING.replace(b"/ping", b"/*"),
        PING.replace(b"/ping", b"/fail"),
        PING.replace(b"/ping", b"/status/500"),
        PING.replace(b"/ping", b"/status/304").replace(
            b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
        ),
        PING.replace(b"/ping", b"/pieces/3/1000").replace(b"HTTP/1.1", b"HTTP/1.0"),
        PING.replace(b"GET", b"HEAD"),
        PING.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"),
        PING.replace(b"\r\n\r\n", b"\r\nContent-Length: 99999999999\r\n\r\n"),
    ],
)
def test_others_have_the_answer_that_they_would_have_afresh(
    server: Server, client: socket.socket, request_: bytes
) -> None:
    client.sendall(request_)
    assert receive(client) == afresh(server, request_) != b""


def test_a_large_answer_comes_whole(client: socket.socket) -> None:
    client.sendall(PING.replace(b"/ping", b"/large/5000000"))
    received = 0
    while received < 5_000_000:
        received += len(client.recv(1 << 20))
    time.sleep(LONGER)
    assert ask(client)["token"] == "t"


@pytest.mark.parametrize("ends", ["closes", "resets", "shuts down"])
def test_who_leaves_leaves_nothing_behind(server: Server, ends: str) -> None:
    (worker,) = server.workers()
    descriptors = Path(f"/proc/{worker}/fd")
    before = len([*descriptors.iterdir()])
    answers = len(server.lines("end")) - len(server.lines("close"))
    for _ in range(30):
        with server.connect() as sock:
            ask(sock)
            if ends == "resets":
                # Bytes that nobody reads, on its side.
                sock.sendall(PING)
            elif ends == "shuts down":
                sock.shutdown(socket.SHUT_WR)
                assert receive(sock) == b""
    assert eventually(lambda: len([*descriptors.iterdir()]) <= before)
    assert eventually(lambda: len(server.lines("end")) - len(server.lines("close")) <= answers)


def test_a_thread_that_others_need_does_not_stay(server: Server) -> None:
    """More clients than threads, each without a pause: all of them are served."""
    end = time.monotonic() + 2.0

    def insist() -> None:
        count = 0
        with server.connect() as sock:
            while time.monotonic() < end:
                ask(sock)
                count += 1
        counts.append(count)

    counts: list[int] = []
    all_at_once(12, insist)
    assert len(counts) == 12
    assert min(counts) > max(counts) // 20


def test_the_server_stops_beside_clients_that_go_on(start_server: StartServer) -> None:
    server = start_server(threads=4)
    ended: list[bytes] = []

    def insist() -> None:
        with server.connect() as sock:
            while True:
                sock.sendall(PING)
                data = sock.recv(65536)
                if not data or b"Connection: close" in data:
                    ended.append(data)
                    return

    clients = [threading.Thread(target=insist) for _ in range(3)]
    for one in clients:
        one.start()
    time.sleep(0.2)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(DEADLINE) == 0
    for one in clients:
        one.join(DEADLINE)
        assert not one.is_alive()
    # Each was told, or had had its last answer.
    assert all(not data or data.endswith(b"}") for data in ended)
    assert len(server.lines("begin")) == len(server.lines("end"))

# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that leave, or take their time."""

from __future__ import annotations

import re
import socket
import time

import pytest

from .conftest import Server, StartServer, eventually, receive

MEGABYTE = 1 << 20


def ask(server: Server, target: str) -> socket.socket:
    """A client that asked and has read the first bytes of its answer."""
    sock = server.connect()
    sock.sendall(f"GET {target} HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n".encode())
    assert sock.recv(100).startswith(b"HTTP/1.1 200 OK")
    return sock


@pytest.fixture
def server(start_server: StartServer) -> Server:
    """Of its own for each test: what it closed is counted."""
    return start_server(threads=2, timeouts={"write": 1.0})


def test_a_client_that_leaves_half_way_frees_its_answer_at_once(server: Server) -> None:
    ask(server, f"/pieces/200/{MEGABYTE}").close()
    assert eventually(lambda: len(server.lines("close")) == 1)
    made = int(server.lines("close")[0].split()[1])
    assert made < 10
    assert server.get("/ping").status == 200


def test_a_client_that_leaves_before_its_answer_frees_it_too(server: Server) -> None:
    sock = server.connect()
    sock.sendall(b"GET /sleep/0.3 HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n")
    assert eventually(lambda: len(server.lines("begin")) == 1)
    sock.close()
    assert eventually(lambda: len(server.lines("close")) == 1)


def test_a_request_whose_client_left_while_it_waited_is_not_performed(server: Server) -> None:
    """Two workers with one thread each, both at work: what comes then has to wait."""
    busy = [server.connect() for _ in range(8)]
    for sock in busy:
        sock.sendall(b"GET /sleep/1 HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n")
    assert eventually(lambda: len(server.lines("begin")) == 2)
    for sock in busy:
        reset(sock)
    assert eventually(lambda: len(server.lines("end")) == 2)
    time.sleep(0.3)
    assert server.get("/ping").status == 200
    assert len(server.lines("begin sleep")) <= 4


def reset(sock: socket.socket) -> None:
    """Leave at once, where a mere close could be a client that only sends no more."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    sock.close()


def test_nobody_gets_the_answer_of_one_who_left_during_the_call(start_server: StartServer) -> None:
    """Whoever comes next has the same descriptor, and a thread is about to answer on it."""
    server = start_server(threads=2, max_connections=2)
    gone = server.connect()
    gone.sendall(b"GET /sleep/0.3 HTTP/1.1\r\nX-SLURM-USER-TOKEN: gone\r\n\r\n")
    assert eventually(lambda: len(server.lines("begin")) == 1)
    reset(gone)
    socks = [server.connect() for _ in range(2)]
    assert eventually(lambda: len(server.lines("close")) == 1)
    for sock in socks:
        with sock:
            assert receive(sock, 0.2) == b""


def test_what_a_client_does_not_take_at_once_follows(server: Server) -> None:
    with ask(server, f"/large/{8 * MEGABYTE}") as sock:
        sock.sendall(b"GET /ping HTTP/1.0\r\nX-SLURM-USER-TOKEN: t\r\n\r\n")
        data = receive(sock)
    body, _, next_answer = data.partition(b"HTTP/1.1 200 OK\r\n")
    assert body.endswith(b"x" * 1000)
    assert len(body) > 8 * MEGABYTE - 100
    assert b'"token": "t"' in next_answer


def test_a_half_closed_client_gets_its_answer_and_the_end(server: Server) -> None:
    with server.connect() as sock:
        sock.sendall(b"GET /sleep/0.2 HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n")
        sock.shutdown(socket.SHUT_WR)
        data = receive(sock, 5)
        assert sock.recv(1) == b""
    assert data.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b'"token": "t"' in data


def test_what_came_behind_a_call_in_work_is_answered_after_it(server: Server) -> None:
    """Each with its own answer, whether it came before or after the first one was sent."""
    with server.connect() as sock:
        for number in range(40):
            target = "sleep/0.01" if number % 3 else "ping"
            sock.sendall(
                f"GET /{target} HTTP/1.1\r\nX-SLURM-USER-TOKEN: t{number}\r\n\r\n".encode()
            )
            if number % 5 == 0:
                time.sleep(0.02)
        data = receive(sock, 3)
    tokens = re.findall(rb'"token": "(\w+)"', data)
    assert tokens == [b"t%d" % number for number in range(40)]


def test_slow_readers_hold_no_thread(start_server: StartServer) -> None:
    """More of them than there are threads, and others are served while they stay."""
    server = start_server(threads=2)
    readers = [ask(server, f"/pieces/30/{MEGABYTE}") for _ in range(8)]
    for _ in range(20):
        assert server.get("/ping").status == 200
    assert len(server.lines("close")) <= 20
    for sock in readers:
        sock.close()
    assert eventually(lambda: len(server.lines("close")) == 28)


def test_a_reader_that_takes_nothing_is_cut_off(server: Server) -> None:
    sock = ask(server, f"/pieces/50/{MEGABYTE}")
    assert eventually(lambda: len(server.lines("close")) == 1)
    with sock:
        assert len(receive(sock)) < 50 * MEGABYTE


def test_a_whole_answer_that_nobody_takes_is_cut_off_too(server: Server) -> None:
    with ask(server, f"/large/{8 * MEGABYTE}"):
        assert eventually(lambda: len(server.lines("close")) == 1)


def test_a_slow_reader_that_reads_on_is_not_cut_off(server: Server) -> None:
    """The time-out is for standing still, not for the whole answer."""
    with ask(server, f"/pieces/3/{MEGABYTE}") as sock:
        received, end = 0, time.monotonic() + 2.5
        while time.monotonic() < end:
            received += len(sock.recv(100_000))
            time.sleep(0.1)
        rest = receive(sock)
    assert rest.endswith(b"\r\n0\r\n\r\n")
    assert received + len(rest) > 3 * MEGABYTE


def test_a_slow_reader_gets_what_was_meant(server: Server) -> None:
    """The window of an answer is used again for each piece; none may be sent too late."""
    with ask(server, "/pieces/26/262144") as sock:
        data = b""
        while not data.endswith(b"\r\n0\r\n\r\n"):
            data += sock.recv(50_000)
            time.sleep(0.005)
    assert b"!" not in data
    assert [data.count(bytes([letter])) for letter in b"ghijklmnopqrstuvwxyz"] == [262144] * 20


def test_many_large_answers_at_once_are_all_whole(start_server: StartServer) -> None:
    """The last one is not taken before all others are: nobody is cut off for that here."""
    server = start_server(threads=2)
    socks = [server.connect() for _ in range(12)]
    for sock in socks:
        sock.sendall(b"GET /pieces/20/500000 HTTP/1.0\r\nX-SLURM-USER-TOKEN: t\r\n\r\n")
    expected = b"".join(bytes([letter]) * 500_000 for letter in b"abcdefghijklmnopqrst")
    for sock in socks:
        with sock:
            assert receive(sock, 10).partition(b"\r\n\r\n")[2] == expected
    assert eventually(lambda: len(server.lines("close")) == 12)

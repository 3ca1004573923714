# SPDX-License-Identifier: GPL-2.0-or-later
"""What is no request, or none that can be served. Statuses are those of slurmrestd 24.11.5."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

import pytest

from .conftest import Server, StartServer

TOKEN = b"X-SLURM-USER-TOKEN: t"
JSON = b"Content-Type: application/json"


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join((line, *headers, b"", body))


GET = b"GET /ping HTTP/1.1"
POST = b"POST /echo HTTP/1.1"

CASES = {
    "no token": (401, request(GET)),
    "no token for nothing": (401, request(b"GET /nothing HTTP/1.1")),
    "nothing there": (404, request(b"GET /nothing HTTP/1.1", TOKEN)),
    "nothing there and nothing accepted": (
        404,
        request(b"GET /nothing HTTP/1.1", TOKEN, b"Accept: text/xml"),
    ),
    "a method without a route": (404, request(b"PUT /ping HTTP/1.1", TOKEN)),
    "a path that is none": (400, request(b"GET /p* HTTP/1.1", TOKEN)),
    "no path": (404, request(b"GET http://host HTTP/1.1", TOKEN)),
    "nothing accepted": (415, request(GET, TOKEN, b"Accept: text/xml")),
    "body and query": (
        400,
        request(b"POST /echo?a=b HTTP/1.1", TOKEN, JSON, b"Content-Length: 2", body=b"{}"),
    ),
    "a broken body": (400, request(POST, TOKEN, JSON, b"Content-Length: 2", body=b"{]")),
    "a broken query": (400, request(b"GET /ping?a=b:c HTTP/1.1", TOKEN)),
    "HEAD": (411, request(b"HEAD /ping HTTP/1.1", TOKEN)),
    "another method": (405, request(b"PROPFIND /ping HTTP/1.1", TOKEN)),
    "no method": (400, request(b"FOO /ping HTTP/1.1", TOKEN)),
    "CONNECT": (400, request(b"CONNECT host:80 HTTP/1.1", TOKEN)),
    "another protocol": (
        405,
        request(GET, TOKEN, b"Connection: Upgrade", b"Upgrade: websocket"),
    ),
    "a chunked body": (406, request(POST, TOKEN, JSON, b"Transfer-Encoding: chunked")),
    "a coded body": (406, request(GET, TOKEN, b"Content-Encoding: gzip")),
    "another expectation": (417, request(POST, TOKEN, b"Expect: x", b"Content-Length: 2")),
    "a large body": (413, request(POST, TOKEN, b"Content-Length: 52428801")),
    "a negative length": (400, request(POST, TOKEN, b"Content-Length: -1")),
    "a length that is none": (400, request(POST, TOKEN, b"Content-Length: 1x")),
    "two lengths": (400, request(POST, TOKEN, b"Content-Length: 1", b"Content-Length: 2")),
    "an endless length": (400, request(POST, TOKEN, b"Content-Length: " + b"9" * 40)),
    "a short keep-alive": (400, request(GET, TOKEN, b"Keep-Alive: 1")),
    "a wordy keep-alive": (400, request(GET, TOKEN, b"Keep-Alive: timeout=5")),
    "a folded header": (400, request(GET, TOKEN, b"X-A: b\r\n c")),
    "a space before the colon": (400, request(GET, b"X-SLURM-USER-TOKEN : t")),
    "a NUL in a header": (400, request(GET, TOKEN, b"X-A: \0")),
    "a bare CR in a header": (400, request(GET, TOKEN, b"X-A: a\rb")),
    "HTTP/0.9": (400, b"GET /ping\r\n\r\n"),
    "HTTP/2.0": (400, request(b"GET /ping HTTP/2.0", TOKEN)),
    "TLS": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n"),
    "garbage": (400, b"hello world\r\n\r\n"),
    "a long target": (414, request(b"GET /" + b"a" * 70_000 + b" HTTP/1.1", TOKEN)),
    "a large header": (431, request(GET, TOKEN, b"X-A: " + b"a" * 90_000)),
    "headers without end": (431, GET + b"\r\nX-A: " + b"a" * 90_000),
    "many headers": (431, request(GET, TOKEN, *[b"X-A: b"] * 220)),
}


@pytest.mark.parametrize(("status", "data"), CASES.values(), ids=CASES.keys())
def test_it_is_refused_in_correct_http(server: Server, status: int, data: bytes) -> None:
    """One status line, a text with its length, and the connection is closed."""
    answer = server.send(data)
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0].startswith(b"HTTP/1.1 %d " % status)
    assert answer.count(b"HTTP/1.1") == 1
    assert b"Connection: close" in lines
    assert b"Content-Type: text/plain" in lines
    if data.startswith(b"HEAD"):
        assert not body
    else:
        assert b"Content-Length: %d" % len(body) in lines


def test_what_follows_a_refused_message_is_never_a_request(server: Server) -> None:
    """Where a message ends is in doubt: nothing after it may be served."""
    hidden = b"GET /hidden HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"
    for _, data in CASES.values():
        server.send(data + hidden, timeout=0.5)
    assert not server.lines("begin hidden")


def test_a_refusal_reaches_a_client_that_is_still_sending(server: Server) -> None:
    answer = b""
    with server.connect() as sock:
        sock.sendall(request(POST, TOKEN, b"Content-Length: 99999999"))
        try:
            for _ in range(20):
                sock.sendall(b"x" * 100_000)
        finally:
            answer = sock.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_token_never_reaches_the_log(server: Server) -> None:
    server.send(request(GET, b"X-SLURM-USER-TOKEN: secret-one", b"Authorization: Bearer secret"))
    server.send(request(GET, b"Authorization: Basic secret-two"))
    server.get("/fail")
    assert "secret" not in server.log.read_text()


@pytest.fixture(scope="module")
def impatient(start_server: StartServer) -> Server:
    return start_server(timeouts={"idle": 1.0, "request": 1.0, "write": 1.0})


class TestTime:
    """Who does not get on with it."""

    @pytest.mark.parametrize(
        "data",
        [b"GET /ping", request(POST, TOKEN, b"Content-Length: 10", body=b"123")],
        ids=["head", "body"],
    )
    def test_a_request_that_does_not_arrive_is_refused(
        self, impatient: Server, data: bytes
    ) -> None:
        assert impatient.send(data, timeout=5).startswith(b"HTTP/1.1 408 ")

    @pytest.mark.parametrize(
        "head",
        [b"GET /ping HTTP/1.1\r\nX: ", request(POST, TOKEN, b"Content-Length: 1000000")],
        ids=["head", "body"],
    )
    def test_a_byte_now_and_then_is_not_enough(self, impatient: Server, head: bytes) -> None:
        """Each byte of a body buys a millisecond, and one of the head nothing."""
        answer = b""
        with impatient.connect() as sock:
            sock.sendall(head)
            sock.settimeout(0.05)
            for _ in range(200):
                sock.sendall(b"x")
                with suppress(TimeoutError):
                    answer = sock.recv(65536)
                    break
        assert answer.startswith(b"HTTP/1.1 408 ")

    def test_a_steady_body_may_take_longer(self, impatient: Server) -> None:
        size = 30_000
        with impatient.connect() as sock:
            sock.sendall(request(POST, TOKEN, JSON, b"Content-Length: %d" % size))
            for part in (b'"', *[b"x" * 2000] * ((size - 2) // 2000), b"x" * 1998, b'"'):
                sock.sendall(part)
                time.sleep(0.15)
            sock.settimeout(5)
            assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")

    def test_an_answer_that_is_hardly_taken_is_cut_off(self, impatient: Server) -> None:
        with impatient.connect() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.sendall(request(b"GET /pieces/8/3000000 HTTP/1.1", TOKEN))
            taken = 0
            for _ in range(400):
                time.sleep(0.02)
                if not (more := sock.recv(10)):
                    break
                taken += len(more)
        assert "takes too little" in impatient.log.read_text()

    def test_a_silent_connection_is_closed(self, impatient: Server) -> None:
        with impatient.connect() as sock:
            sock.settimeout(5)
            assert sock.recv(1) == b""

    def test_an_idle_connection_is_closed(self, impatient: Server) -> None:
        with impatient.connect() as sock:
            sock.sendall(request(GET, TOKEN))
            sock.settimeout(5)
            assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")
            assert sock.recv(1) == b""

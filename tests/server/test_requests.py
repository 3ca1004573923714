# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests and answers over a real connection."""

from __future__ import annotations

import socket

import pytest

from .conftest import Server, receive

PING = b"GET /ping HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"
LAST = PING.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


def answers(data: bytes) -> int:
    return data.count(b"HTTP/1.1 200 OK\r\n")


def test_a_request_is_answered(server: Server) -> None:
    response = server.get("/ping")
    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Length"] == str(len(response.body))
    assert response.json()["token"] == "t"


def test_a_connection_serves_one_request_after_another(server: Server) -> None:
    with server.connect() as sock:
        for _ in range(3):
            sock.sendall(PING)
            assert answers(sock.recv(65536)) == 1


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    requests = [b"GET /echo?n=%d HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n" % n for n in range(20)]
    data = server.send(b"".join(requests) + LAST)
    assert answers(data) == 21
    places = [data.index(b'{"n": "%d"}' % n) for n in range(20)]
    assert places == sorted(places)


def test_a_request_may_come_byte_by_byte(server: Server) -> None:
    with server.connect() as sock:
        for byte in LAST:
            sock.sendall(bytes([byte]))
        assert answers(receive(sock)) == 1


def test_line_ends_before_a_request_are_ignored(server: Server) -> None:
    assert answers(server.send(b"\r\n" + PING + b"\r\n" + LAST)) == 2


@pytest.mark.parametrize(
    "request_",
    [LAST, PING.replace(b"1.1", b"1.0"), PING.replace(b"/ping", b"/status/500")],
    ids=["asked for", "HTTP/1.0", "an error"],
)
def test_the_connection_is_closed(server: Server, request_: bytes) -> None:
    with server.connect() as sock:
        sock.sendall(request_)
        sock.settimeout(2)
        data = b""
        while more := sock.recv(65536):
            data += more
    assert b"Connection: close\r\n" in data


def test_a_client_that_sends_no_more_is_still_answered(server: Server) -> None:
    with server.connect() as sock:
        sock.sendall(b"GET /sleep/0.2 HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n" + PING)
        sock.shutdown(socket.SHUT_WR)
        assert answers(receive(sock)) == 2


def test_not_modified_has_no_body(server: Server) -> None:
    data = server.send(PING.replace(b"/ping", b"/status/304") + LAST)
    assert data.startswith(b"HTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\n")


def test_a_failure_is_a_500_and_in_the_log(server: Server) -> None:
    assert server.get("/fail").status == 500
    assert "this operation always fails" in server.log.read_text()
    assert server.get("/ping").status == 200


def test_a_body_is_read(server: Server) -> None:
    headers = "Content-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue"
    head = f"POST /echo HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n{headers}\r\n\r\n".encode()
    with server.connect() as sock:
        sock.sendall(head)
        assert sock.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b'{"a":[1]}')
        assert b'"query": {"a": [1]}' in sock.recv(65536)


def test_a_large_body_is_read(server: Server) -> None:
    body = b'{"a":"' + b"x" * (20 << 20) + b'"}'
    response = server.get("/echo", method="POST", body=body)
    assert response.status == 400  # no Content-Type: taken for form data
    assert len(body) > 20 << 20


class TestPieces:
    """Answers whose length is not known."""

    SIZE = 300_000
    BODY = b"".join(bytes([letter]) * 300_000 for letter in b"abcdefgh")
    TARGET = f"/pieces/8/{SIZE}"

    def test_http_1_1_gets_chunks(self, server: Server) -> None:
        response = server.get(self.TARGET)
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Length" not in response.headers
        assert response.body == self.BODY

    def test_http_1_0_gets_all_until_the_end(self, server: Server) -> None:
        data = server.send(
            b"GET %s HTTP/1.0\r\nX-SLURM-USER-TOKEN: t\r\n\r\n" % self.TARGET.encode()
        )
        head, _, body = data.partition(b"\r\n\r\n")
        assert b"Transfer-Encoding" not in head
        assert body == self.BODY

    def test_the_connection_goes_on_after_them(self, server: Server) -> None:
        request = PING.replace(b"/ping", self.TARGET.encode())
        data = server.send(request + LAST)
        assert answers(data) == 2

    def test_an_answer_may_be_one_piece(self, server: Server) -> None:
        assert server.get("/pieces/1/10").body == b"a" * 10

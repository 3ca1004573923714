# SPDX-License-Identifier: GPL-2.0-or-later
"""A real server process on fake operations; libslurm is not needed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from slurmrestd.server.limits import split

TOKEN = {"X-SLURM-USER-TOKEN": "t"}
DEADLINE = 10.0  # seconds within which something must come to pass


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition holds within DEADLINE."""
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    path: str
    journal: Path
    log: Path

    def connect(self) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(DEADLINE)
        try:
            sock.connect(self.path)
        except OSError:
            sock.close()
            raise
        return sock

    def get(self, target: str, method: str = "GET", **options: Any) -> Response:
        """One request on a connection of its own."""
        with self.connect() as sock:
            connection = http.client.HTTPConnection("ignored")
            connection.sock = sock
            connection.request(method, target, headers=TOKEN, **options)
            answer = connection.getresponse()
            return Response(answer.status, dict(answer.getheaders()), answer.read())

    def send(self, data: bytes, timeout: float = 2.0) -> bytes:
        """What comes back for raw bytes until the server closes, or is silent."""
        with self.connect() as sock:
            sock.sendall(data)
            return receive(sock, timeout)

    def lines(self, word: str) -> list[str]:
        return [line for line in self.journal.read_text().splitlines() if line.startswith(word)]

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def receive(sock: socket.socket, timeout: float = 2.0) -> bytes:
    """All that comes until the other end closes, or is silent for ``timeout``."""
    sock.settimeout(timeout)
    data = b""
    try:
        while more := sock.recv(1 << 20):
            data += more
    except TimeoutError:
        pass
    return data


StartServer = Callable[..., Server]


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start a server with Options and ``timeouts``; all end with the module."""
    servers: list[Server] = []

    def start(
        timeouts: dict[str, float] | None = None,
        prepare: Callable[[], None] | None = None,
        **options: Any,
    ) -> Server:
        folder = tmp_path_factory.mktemp("server")
        path = str(folder / "socket")
        options.setdefault("listeners", (f"unix:{path}",))
        options.setdefault("auth", "jwt")
        journal = folder / "journal"
        journal.touch()
        settings = {"options": options, "timeouts": timeouts or {}, "journal": str(journal)}
        log = folder / "log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.server.fake", json.dumps(settings)],
                stderr=stderr,
                preexec_fn=prepare,  # noqa: PLW1509 - this process has no threads
                close_fds=prepare is None,
            )
        server = Server(process, path, journal, log)
        servers.append(server)
        if prepare is None:
            assert eventually(lambda: _answers(server)), log.read_text()
            shares = split(options.get("max_connections", 124), options.get("threads", 20))
            assert eventually(lambda: len(server.workers()) == len(shares))
            # What was asked above may be answered before it is closed.
            assert eventually(lambda: len(server.lines("close")) == len(server.lines("begin")))
            journal.write_text("")
        return server

    yield start
    for server in servers:
        _stop(server)


def _answers(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text()
    try:
        return server.get("/status/200").status == 200
    except OSError:
        return False


def _stop(server: Server) -> None:
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGQUIT)
    try:
        server.process.wait(DEADLINE)
    except subprocess.TimeoutExpired:
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A server with the default options."""
    return start_server()

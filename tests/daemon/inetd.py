# SPDX-License-Identifier: GPL-2.0-or-later
"""The program with a pipe, a file, a socket or a terminal for its standard input."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from tests.conformance.raw import Peer, acting_as
from tests.fix_cluster import Cluster

SECONDS = 60
_TRIES = 20
PING = b"GET /slurm/v0.0.42/ping HTTP/1.1\r\n\r\n"
PING_AND_CLOSE = PING.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")
_SOURCE = re.compile(rb'"source": "([^"]*)"')
_NUMBER = re.compile(r"\[\d+\]|(?<=:)\d+(?=\(fd)")


@dataclass(frozen=True)
class Ended:
    """What came of it: all it wrote, and how it exited (None: it had to be ended)."""

    exit_code: int | None
    out: bytes
    said: str

    @property
    def statuses(self) -> list[int]:
        """Of every answer."""
        return [int(status) for status in _STATUS.findall(self.out)]

    @property
    def source(self) -> str:
        """``meta.client.source`` of the first answer, without the numbers of pipes and ports."""
        found = _SOURCE.search(self.out)
        return "" if found is None else _NUMBER.sub("N", found[1].decode().replace("\\/", "/"))

    @property
    def kept(self) -> tuple[list[int], int | None]:
        """What ours and the original have in common."""
        return self.statuses, self.exit_code


def settled(ask: Callable[[], Ended]) -> Ended:
    """What the original does where it does not fall over its own end, as it now and then does."""
    for _ in range(_TRIES):
        ended = ask()
        if "Unable to start polling" not in ended.said:
            break
    return ended


class Process(subprocess.Popen[bytes]):
    """One that a test which fails does not wait for."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.kill()
        super().__exit__(kind, error, traceback)


@dataclass(frozen=True)
class Program:
    """One program, and the arguments, environment and user that it is run with."""

    cluster: Cluster
    path: str
    folder: Path
    arguments: tuple[str, ...] = ("-a", "rest_auth/local")
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str = "slurmrestd"

    def start(
        self, standard_input: int, output: int = subprocess.PIPE, errors: int = subprocess.PIPE
    ) -> Process:
        """Start it."""
        uid = self.cluster.user(self.user).uid
        return Process(
            [self.path, *self.arguments],
            stdin=standard_input,
            stdout=output,
            stderr=errors,
            env={"PATH": os.environ["PATH"], **self.environment},
            user=uid,
            group=uid,
            extra_groups=[],
            cwd="/",
        )

    def pipe(self, data: bytes, owner: str = "", mode: int = 0o600) -> Ended:
        """Write ``data`` to a pipe of ``owner``, by default its own, and close it."""
        reading, writing = os.pipe()
        self._give(reading, owner, mode)
        process = self.start(reading)
        os.close(reading)
        writer = threading.Thread(target=_write, args=(writing, data))
        writer.start()
        try:
            return _end(process)
        finally:
            writer.join()

    def file(self, data: bytes, owner: str = "", mode: int = 0o600) -> Ended:
        """The same from a regular file."""
        path = self.folder / "requests"
        path.write_bytes(data)
        with path.open("rb") as file:
            self._give(file.fileno(), owner, mode)
            return _end(self.start(file.fileno()))

    def fifo(self, data: bytes, owner: str = "", mode: int = 0o600) -> Ended:
        """The same from a pipe that has a name."""
        path = self.folder / "fifo"
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        both = os.open(path, os.O_RDWR)
        reading = os.open(path, os.O_RDONLY)
        self._give(reading, owner, mode)
        process = self.start(reading)
        os.close(reading)
        _write(both, data)
        return _end(process)

    def unix(self, data: bytes, peer: str) -> Ended:
        """A unix socket that ``peer`` has connected, as inetd hands it over."""
        path = self.folder / "socket"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
            listener.bind(str(path))
            path.chmod(0o777)
            listener.listen()
            uid = self.cluster.user(peer).uid
            with acting_as(Peer(uid, uid)):
                client.connect(str(path))
            server, _ = listener.accept()
            return self._over(server, client, data)

    def tcp(self, data: bytes) -> Ended:
        """A TCP connection."""
        with (
            socket.create_server(("127.0.0.1", 0)) as listener,
            socket.create_connection(listener.getsockname()) as client,
        ):
            server, _ = listener.accept()
            return self._over(server, client, data)

    def _over(self, server: socket.socket, client: socket.socket, data: bytes) -> Ended:
        """Send ``data`` and no more; read until the other end closes."""
        with server:
            process = self.start(server.fileno(), server.fileno())
        client.settimeout(SECONDS)
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        out = b""
        while more := client.recv(1 << 16):
            out += more
        client.close()
        ended = _end(process)
        return Ended(ended.exit_code, out, ended.said)

    def _give(self, descriptor: int, owner: str, mode: int) -> None:
        uid = self.cluster.user(owner or self.user).uid
        os.fchown(descriptor, uid, uid)
        os.fchmod(descriptor, mode)


def _write(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        file.write(data)


def _end(process: subprocess.Popen[bytes]) -> Ended:
    """Read all that it says, and wait for it."""
    with process:
        try:
            out, said = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, said = process.communicate()
            return Ended(None, out or b"", said.decode(errors="replace"))
    return Ended(process.returncode, out or b"", (said or b"").decode(errors="replace"))

# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes by chance on a connection: answers or a refusal, however they are cut into packets."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slurmrestd.http.app import Application, Operations
from slurmrestd.rest_auth.selection import select
from slurmrestd.server.connection import Connection
from slurmrestd.server.host import Host
from slurmrestd.server.limits import Timeouts
from tests.fuzz import EXAMPLES
from tests.http.test_app import Answer, Inline, Routes

TURNS = 30
GOOD = [
    b"GET /there HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n",
    b"GET /nothing HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\n\r\n",
    b"GET /there HTTP/1.0\r\nX-SLURM-USER-TOKEN: t\r\n\r\n",
    b"GET /there HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /there HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\nContent-Length: 2\r\n\r\n{}",
    b"DELETE /there HTTP/1.1\r\nX-SLURM-USER-TOKEN: t\r\nConnection: close\r\n\r\n",
]
SCRAPS = [
    *(b"\r\n", b"\n", b"\r", b" ", b":", b"\0", b"\xff", b"HTTP/1.1", b"HTTP/9.9", b"\r\n\r\n"),
    *(b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(b"Expect: 100-continue\r\n", b"Connection: close\r\n", b"Upgrade: h2c\r\n", b"0\r\n\r\n"),
    *(b"Keep-Alive: x\r\n", b"Content-Length: 99999999999999999999\r\n", b" folded\r\n", b"{}"),
]
STREAMS = st.lists(
    st.sampled_from(GOOD) | st.sampled_from(SCRAPS) | st.binary(max_size=8), max_size=6
).map(b"".join)


class Transport(asyncio.Transport):
    """Takes all that is written, at once."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__({"socket": connection})
        self.written = b""
        self.closed = False
        self.ended = False

    def get_write_buffer_size(self) -> int:
        return 0

    def write(self, data: Any) -> None:
        assert not self.ended, "written after its end"
        if not self.closed:
            self.written += bytes(data)

    def write_eof(self) -> None:
        self.ended = True

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def talk(packets: list[bytes]) -> Transport:
    """What a connection answers to packets; raises what it raises."""

    async def main() -> Transport:
        loop = asyncio.get_running_loop()
        failures: list[Any] = []
        loop.set_exception_handler(lambda _, context: failures.append(context))
        near, far = socket.socketpair()
        with near, far:
            operations = Operations(Routes(), lambda *_: Answer(b"{}"))
            app = Application(operations, select("jwt"), Inline(), Inline())
            connection = Connection(Host(loop, app, Timeouts()))
            transport = Transport(near)
            connection.connection_made(transport)
            for packet in packets:
                if not transport.closed:
                    connection.data_received(packet)
                await settle()
            if not transport.closed and not connection.eof_received():
                transport.close()
            await settle()
            connection.connection_lost(None)
            await settle()
        assert not failures, failures
        return transport

    return asyncio.run(main())


async def settle() -> None:
    """Let everything happen that does not wait for us."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


def statuses(transport: Transport) -> list[bytes]:
    """Of the answers, in their order."""
    return re.findall(rb"(?:^|\}|\.|e)HTTP/1\.1 (\d{3})", transport.written)


@given(stream=STREAMS)
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_whatever_comes_is_answered_or_refused(stream: bytes) -> None:
    transport = talk([stream])
    assert transport.written == b"" or transport.written.startswith(b"HTTP/1.1 ")
    assert b"HTTP/1.1 500" not in transport.written


@given(stream=STREAMS, cuts=st.lists(st.integers(0, 400), max_size=6))
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_packets_do_not_matter(stream: bytes, cuts: list[int]) -> None:
    """The same bytes get the same answers, whole or in pieces."""
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[start:end] for start, end in itertools.pairwise(edges)]
    assert talk(pieces).written == talk([stream]).written

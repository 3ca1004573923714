# SPDX-License-Identifier: GPL-2.0-or-later
"""The transport of an accepted socket, and that of two pipes."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from slurmrestd.server.sockets import SocketTransport
from slurmrestd.server.streams import Streams

MUCH = b"x" * (8 << 20)  # more than sockets and pipes hold
SECONDS = 10.0


class Told(asyncio.Protocol):
    """What a protocol is told, in its order."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.said: list[str] = []
        self.received = b""
        self.keeps_open = False
        self.lost = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.said.append("made")

    def data_received(self, data: bytes) -> None:
        self.said.append("data")
        self.received += data

    def eof_received(self) -> bool:
        self.said.append("eof")
        return self.keeps_open

    def pause_writing(self) -> None:
        self.said.append("pause")

    def resume_writing(self) -> None:
        self.said.append("resume")

    def connection_lost(self, error: Exception | None) -> None:
        self.said.append("lost")
        self.lost.set()


class Failing(Told):
    def data_received(self, data: bytes) -> None:
        raise ValueError("a fault of ours")


Test = Callable[[Told, socket.socket], Awaitable[None]]


def on_socket(test: Test, kind: type[Told] = Told, sent: bytes = b"") -> Told:
    """Run a test with a protocol, and with the other end of its connection."""

    async def run() -> Told:
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(sent)
            ours.setblocking(False)
            theirs.settimeout(SECONDS)
            protocol = kind()
            transport = SocketTransport(asyncio.get_running_loop(), protocol, ours)
            try:
                await test(protocol, theirs)
            finally:
                transport.abort()
                await asyncio.wait_for(protocol.lost.wait(), SECONDS)
        assert ours.fileno() == -1
        assert protocol.said.count("lost") == 1
        return protocol

    return asyncio.run(run())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.001)


async def read(theirs: socket.socket, size: int) -> bytes:
    def all_of_it() -> Iterator[bytes]:
        left = size
        while left and (part := theirs.recv(min(left, 1 << 20))):
            left -= len(part)
            yield part

    return await asyncio.to_thread(lambda: b"".join(all_of_it()))


def test_what_was_sent_before_is_taken_at_once() -> None:
    async def test(protocol: Told, _: socket.socket) -> None:
        assert protocol.said == ["made", "data"]
        assert protocol.received == b"GET / HTTP/1.1\r\n"

    on_socket(test, sent=b"GET / HTTP/1.1\r\n")


def test_what_comes_later_is_taken_too() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        assert protocol.said == ["made"]
        theirs.sendall(b"late")
        await until(lambda: protocol.received == b"late")

    on_socket(test)


def test_a_paused_reader_is_told_nothing() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.transport.pause_reading()
        theirs.sendall(b"late")
        await asyncio.sleep(0.05)
        assert protocol.received == b""
        protocol.transport.resume_reading()
        await until(lambda: protocol.received == b"late")

    on_socket(test)


def test_what_does_not_fit_is_sent_when_it_does() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.transport.write(MUCH)
        assert protocol.said == ["made", "pause"]
        protocol.transport.write(b"end")
        assert 0 < protocol.transport.get_write_buffer_size() <= len(MUCH) + 3
        assert await read(theirs, len(MUCH) + 3) == MUCH + b"end"
        await until(lambda: protocol.said == ["made", "pause", "resume"])
        assert protocol.transport.get_write_buffer_size() == 0

    on_socket(test)


def test_closing_waits_for_what_is_not_sent_yet() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.transport.write(MUCH)
        protocol.transport.close()
        protocol.transport.write(b"never")
        assert protocol.transport.is_closing()
        assert await read(theirs, len(MUCH) + 1) == MUCH
        await until(protocol.lost.is_set)

    on_socket(test)


def test_an_end_that_is_written_comes_after_the_rest() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.transport.write(MUCH)
        protocol.transport.write_eof()
        assert await read(theirs, len(MUCH) + 1) == MUCH
        # The other direction is still open.
        theirs.sendall(b"late")
        await until(lambda: protocol.received == b"late")

    on_socket(test)


def test_aborting_drops_what_is_not_sent_yet() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.transport.write(MUCH)
        protocol.transport.abort()
        await until(protocol.lost.is_set)
        assert len(await read(theirs, len(MUCH))) < len(MUCH)

    on_socket(test)


@pytest.mark.parametrize("keeps_open", [False, True])
def test_the_end_of_the_input(keeps_open: bool) -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.keeps_open = keeps_open
        theirs.shutdown(socket.SHUT_WR)
        await until(lambda: "eof" in protocol.said)
        assert protocol.transport.is_closing() is not keeps_open
        if keeps_open:
            protocol.transport.write(b"answer")
            assert await read(theirs, 6) == b"answer"

    told = on_socket(test)
    assert told.said == ["made", "eof", "lost"]


def test_who_is_gone_is_told_by_the_next_write() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        protocol.keeps_open = True
        theirs.close()
        protocol.transport.write(b"answer")
        await until(protocol.lost.is_set)
        protocol.transport.write_eof()

    on_socket(test)


def test_a_fault_of_ours_ends_the_connection(caplog: pytest.LogCaptureFixture) -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        theirs.sendall(b"anything")
        await until(protocol.lost.is_set)
        assert await read(theirs, 1) == b""

    on_socket(test, Failing)
    assert "a fault of ours" in caplog.text


def test_pipes_carry_as_much_and_stay_open() -> None:
    async def run() -> None:
        (reading, theirs_in), (theirs_out, writing) = os.pipe(), os.pipe()
        protocol = Told()
        transport = Streams(asyncio.get_running_loop(), protocol, reading, writing)
        os.write(theirs_in, b"GET")
        await until(lambda: protocol.received == b"GET")
        transport.write(MUCH)

        def taken() -> bytes:
            parts, left = [], len(MUCH)
            while left and (part := os.read(theirs_out, left)):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)

        assert await asyncio.to_thread(taken) == MUCH
        await until(lambda: protocol.said == ["made", "data", "pause", "resume"])
        os.close(theirs_in)
        await asyncio.wait_for(protocol.lost.wait(), SECONDS)
        assert protocol.said[-2:] == ["eof", "lost"]
        # They are not ours to close.
        for descriptor in (reading, writing, theirs_out):
            os.close(descriptor)

    asyncio.run(run())

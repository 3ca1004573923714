# SPDX-License-Identifier: GPL-2.0-or-later
"""The transport of an accepted socket, and that of two pipes."""

from __future__ import annotations

import asyncio
import os
import selectors
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from slurmrestd.server.sockets import SocketTransport, Watch
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


def on_socket(
    test: Test, kind: Callable[[], Told] = Told, sent: bytes = b"", *, lends: bool = False
) -> Told:
    """Run a test with a protocol, and with the other end of its connection."""

    async def run() -> Told:
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(sent)
            ours.setblocking(False)
            theirs.settimeout(SECONDS)
            protocol = kind()
            loop = asyncio.get_running_loop()
            watch = Watch(selector.fileno()) if lends else None
            transport = SocketTransport(loop, protocol, ours, watch)
            try:
                await test(protocol, theirs)
            finally:
                transport.abort()
                await asyncio.wait_for(protocol.lost.wait(), SECONDS)
        assert ours.fileno() == -1
        assert protocol.said.count("lost") == 1
        return protocol

    selector = selectors.EpollSelector()
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        return runner.run(run())


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


def test_what_comes_is_the_borrowers_until_it_gives_it_back() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        transport = protocol.transport
        assert isinstance(transport, SocketTransport)
        assert transport.borrow()
        assert transport.borrow()
        theirs.sendall(b"for the borrower")
        assert transport.receive_within(SECONDS) == b"for the borrower"
        theirs.sendall(b"for the loop")
        await asyncio.sleep(0.05)
        assert protocol.said == ["made"]
        transport.give_back()
        transport.give_back()
        await until(lambda: protocol.received == b"for the loop")

    on_socket(test, lends=True)


def test_a_borrower_does_not_wait_for_ever() -> None:
    async def test(protocol: Told, theirs: socket.socket) -> None:
        transport = protocol.transport
        assert isinstance(transport, SocketTransport)
        assert transport.borrow()
        assert transport.receive_within(0.01) == b""
        theirs.shutdown(socket.SHUT_WR)
        assert transport.receive_within(SECONDS) == b""
        transport.give_back()
        await until(lambda: protocol.said == ["made", "eof"])

    def stays() -> Told:
        protocol = Told()
        protocol.keeps_open = True
        return protocol

    on_socket(test, kind=stays, lends=True)


def test_only_what_is_listened_to_can_be_borrowed() -> None:
    async def test(protocol: Told, _: socket.socket) -> None:
        transport = protocol.transport
        assert isinstance(transport, SocketTransport)
        transport.pause_reading()
        assert not transport.borrow()
        transport.resume_reading()
        assert transport.borrow()
        transport.give_back()

    on_socket(test, lends=True)


def test_without_a_watch_nothing_can_be_borrowed() -> None:
    async def test(protocol: Told, _: socket.socket) -> None:
        assert isinstance(protocol.transport, SocketTransport)
        assert not protocol.transport.borrow()

    on_socket(test)


def test_what_is_told_just_now_is_not_lent() -> None:
    class Borrowing(Told):
        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            assert isinstance(self.transport, SocketTransport)
            self.said.append(f"lent: {self.transport.borrow()}")

    async def test(protocol: Told, theirs: socket.socket) -> None:
        theirs.sendall(b"x")
        await until(lambda: protocol.said == ["made", "data", "lent: False"])

    on_socket(test, kind=Borrowing, lends=True)


def test_a_borrowed_socket_is_closed_when_it_is_given_back() -> None:
    async def test(protocol: Told, _: socket.socket) -> None:
        transport = protocol.transport
        assert isinstance(transport, SocketTransport)
        assert transport.borrow()
        transport.abort()
        await protocol.lost.wait()
        ours = transport.get_extra_info("socket")
        # Its number must not become another connection's while a thread waits there.
        assert ours.fileno() != -1
        transport.give_back()
        assert ours.fileno() == -1

    on_socket(test, lends=True)


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

# SPDX-License-Identifier: GPL-2.0-or-later
"""The waiting room by itself: who is looked after, when, and who is sent away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from slurmrestd.http.refusals import Refused
from slurmrestd.server import waiting as module
from slurmrestd.server.exchange import ClientGone
from slurmrestd.server.pool import Pool
from slurmrestd.server.waiting import WaitingRoom

MESSAGE = b"\0\0\0\x03abc"
SOON = 5.0


class FakeAnswer:
    def __init__(self, status: int = 200) -> None:
        self.status = status


class FakeWaiting:
    """Is granted when ``granted`` is set and somebody looks."""

    def __init__(self) -> None:
        self.answer: Any = None
        self.status = 200
        self.granted = threading.Event()
        self.looks = 0
        self.acknowledged = 0
        self.abandoned = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def look(self) -> None:
        self.looks += 1
        if self.granted.is_set():
            self.answer = FakeAnswer(self.status)

    def acknowledge(self, descriptor: int) -> None:
        assert descriptor >= 0
        self.acknowledged += 1

    def abandon(self) -> None:
        self.abandoned.set()
        self.close()

    def close(self) -> None:
        self.socket.close()

    async def call(self, said: bytes = MESSAGE) -> None:
        """Be the controller."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(said)
        await writer.drain()
        if said == MESSAGE:
            await reader.read()
        writer.close()


class Client:
    """``left`` waits until it has left."""

    def __init__(self) -> None:
        self._gone = asyncio.Event()

    def leave(self) -> None:
        self._gone.set()

    async def left(self) -> None:
        await self._gone.wait()


Scenario = Callable[[WaitingRoom, FakeWaiting, Client], Awaitable[None]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is looked after without a call, and a call rings at once."""
    monkeypatch.setattr(module, "LOOK_SECONDS", 60.0)
    monkeypatch.setattr(module, "REST_SECONDS", 0.0)


def play(scenario: Scenario, seats: int = 1) -> FakeWaiting:
    waiting = FakeWaiting()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        pool = Pool(loop, 1, "test")
        try:
            room = WaitingRoom(loop, pool, seats)
            await asyncio.wait_for(scenario(room, waiting, Client()), SOON)
        finally:
            pool.close()

    try:
        asyncio.run(main())
    finally:
        waiting.close()
    return waiting


def test_an_answer_that_is_there_is_not_waited_for() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        waiting.answer = FakeAnswer()
        client.leave()
        assert (await room.wait(waiting, client.left)).status == 200
        assert waiting.socket.fileno() == -1

    assert play(scenario).looks == 0


def test_a_call_is_acknowledged_and_looked_after() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await waiting.call()
        while not waiting.looks:
            await asyncio.sleep(0.01)
        waiting.granted.set()
        await waiting.call()
        assert (await wait).status == 200
        assert waiting.socket.fileno() == -1

    waiting = play(scenario)
    assert (waiting.looks, waiting.acknowledged) == (2, 2)


def test_a_caller_is_not_told_so_when_the_look_fails() -> None:
    """The controller then ends the job, of which the client has no word but an error."""

    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        waiting.status = 511
        waiting.granted.set()
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await waiting.call()
        assert (await wait).status == 511
        assert waiting.socket.fileno() == -1

    assert play(scenario).acknowledged == 0


def test_an_error_that_nobody_called_for_is_listened_for_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.05)

    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        waiting.status = 500
        waiting.granted.set()
        assert (await room.wait(waiting, client.left)).status == 500
        assert waiting.socket.fileno() == -1

    play(scenario)


@pytest.mark.parametrize("said", [b"", b"\0", MESSAGE[:-1], b"GET / HTTP/1.1\r\n\r\n"])
def test_half_a_message_is_none(said: bytes) -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await waiting.call(said)
        await asyncio.sleep(0.1)
        assert waiting.looks == 0
        waiting.granted.set()
        await waiting.call()
        await wait

    assert play(scenario).acknowledged == 1


def test_it_is_looked_after_without_a_call_and_listens_on_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The controller ends a job that it cannot call for, so a call that is late is taken."""
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.05)

    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        waiting.granted.set()
        await room.wait(waiting, client.left)
        assert waiting.acknowledged == 0
        await waiting.call()
        assert waiting.socket.fileno() == -1

    assert play(scenario).acknowledged == 1


def test_it_does_not_listen_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(module, "LINGER_SECONDS", 0.05)

    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        waiting.granted.set()
        await room.wait(waiting, client.left)
        assert waiting.socket.fileno() != -1
        await asyncio.sleep(0.2)
        assert waiting.socket.fileno() == -1

    play(scenario)


def test_whoever_calls_often_is_not_looked_after_more_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "REST_SECONDS", 0.3)

    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await asyncio.gather(*[waiting.call() for _ in range(10)])
        assert waiting.looks <= 3
        waiting.granted.set()
        await waiting.call()
        await wait

    play(scenario)


def test_a_client_that_leaves_ends_it() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await asyncio.sleep(0.05)
        client.leave()
        with pytest.raises(ClientGone):
            await wait
        assert waiting.socket.fileno() == -1

    play(scenario)


def test_the_end_of_the_server_ends_it_and_lets_nobody_in() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        wait = asyncio.ensure_future(room.wait(waiting, client.left))
        await asyncio.sleep(0.05)
        room.end()
        room.end()
        with pytest.raises(Refused) as refused:
            await wait
        assert refused.value.refusal.status == 503
        with pytest.raises(Refused), room.seat():
            pass

    play(scenario)


def test_a_place_is_free_again_when_it_is_left() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        with room.seat(), room.seat():
            with pytest.raises(Refused) as refused, room.seat():
                pass
            assert refused.value.refusal.retry_after
        with room.seat(), room.seat():
            pass

    play(scenario, seats=2)


def test_what_is_abandoned_keeps_the_room_busy_until_it_is() -> None:
    async def scenario(room: WaitingRoom, waiting: FakeWaiting, client: Client) -> None:
        seen = [room.busy]
        room.abandon(waiting)
        seen.append(room.busy)
        while room.busy:
            await asyncio.sleep(0.01)
        assert seen == [False, True]
        assert waiting.abandoned.is_set()

    play(scenario)

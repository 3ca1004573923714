# SPDX-License-Identifier: GPL-2.0-or-later
"""One call for those who ask for the same at the same moment, and for nobody else."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from slurmrestd.http import sharing
from slurmrestd.http.admission import Admitted
from slurmrestd.http.request import HeaderFields, Request
from slurmrestd.http.sharing import Member, Sharing
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from tests.http.test_app import Answer

ALICE = Credential(None, "alice's", None, None)
Done = Callable[[Any, BaseException | None], object]


class ByHand:
    """A pool whose calls end when the test says so."""

    def __init__(self) -> None:
        self.is_full = self.has_spare = False
        self.in_work = 0
        self.max_wait = math.inf
        self.caught_up = 0
        self.is_urgent: Callable[[], bool] = lambda: True
        self.pending: list[tuple[Callable[..., Any], tuple[Any, ...], Done]] = []

    def submit(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done,
        waited: float = 0.0,
        is_urgent: Callable[[], bool] = lambda: True,
        light: bool = False,
    ) -> None:
        self.is_urgent = is_urgent
        self.pending.append((function, args, done))

    def catch_up(self) -> None:
        self.caught_up += 1

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
        wish: bool = False,
    ) -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        future.set_result(function(*args))
        return future

    def end_one(self) -> None:
        function, args, done = self.pending.pop(0)
        try:
            result = function(*args)
        except RuntimeError as error:
            done(None, error)
        else:
            done(result, None)


class Bench:
    """Sharing on such a pool; ``calls`` has the paths of those whom each call served."""

    def __init__(self) -> None:
        self.pool = ByHand()
        self.calls: list[list[int]] = []
        self.answers: list[Answer] = []
        self.fails = False
        self.sharing = Sharing(self.pool, self._perform)

    def _perform(self, group: Sequence[Admitted]) -> list[Answer]:
        self.calls.append([admitted.request.peer.descriptor for admitted in group])
        if self.fails:
            raise RuntimeError("no")
        made = [Answer(b"%d" % admitted.request.peer.descriptor) for admitted in group]
        self.answers += made
        return made

    def ask(self, number: int, **other: Any) -> asyncio.Future[Any]:
        return self.sharing.join(admitted(number, **other))


def admitted(
    number: int,
    *,
    method: str = "GET",
    path: str = "/jobs",
    query: bytes = b"",
    credential: Credential = ALICE,
    media_type: str = "application/json",
) -> Admitted:
    peer = Peer(("::1", 1), number)
    request = Request(method, path, query=query, headers=HeaderFields([]), body=b"", peer=peer)
    return Admitted(None, credential, media_type, request)


def run(scenario: Callable[[Bench], Awaitable[None]]) -> None:
    async def main() -> None:
        await scenario(Bench())

    asyncio.run(main())


async def next_call(bench: Bench) -> None:
    """End a call, once there is one."""
    while not bench.pool.pending:
        await asyncio.sleep(0.001)
    bench.pool.end_one()


def test_those_who_come_while_a_call_is_made_share_the_next_and_have_an_answer_each() -> None:
    async def scenario(bench: Bench) -> None:
        futures = [bench.ask(number) for number in range(4)]
        await next_call(bench)
        assert not any(future.done() for future in futures[1:])
        await next_call(bench)
        assert bench.calls == [[0], [1, 2, 3]]
        assert [(await future).first for future in futures] == [b"0", b"1", b"2", b"3"]

    run(scenario)


def test_those_who_were_served_together_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for long in truth; for ever here."""
    monkeypatch.setattr(sharing, "GATHERING", 3600.0)

    async def scenario(bench: Bench) -> None:
        alone = bench.ask(0)
        waits = [bench.ask(1), bench.ask(2)]
        await next_call(bench)
        assert await alone
        assert not bench.pool.pending
        again = bench.ask(0)
        assert len(bench.pool.pending) == 1
        await next_call(bench)
        assert bench.calls == [[0], [1, 2, 0]]
        await asyncio.gather(again, *waits)
        back = [bench.ask(1), bench.ask(2)]
        assert not bench.pool.pending
        back.append(bench.ask(0))
        await next_call(bench)
        assert bench.calls[-1] == [1, 2, 0]
        await asyncio.gather(*back)

    run(scenario)


def test_those_who_do_not_come_back_are_not_waited_for() -> None:
    async def scenario(bench: Bench) -> None:
        once = [bench.ask(number) for number in range(3)]
        await next_call(bench)
        await next_call(bench)
        await asyncio.gather(*once)
        one = bench.ask(7)
        await next_call(bench)
        assert bench.calls == [[0], [1, 2], [7]]
        await one

    run(scenario)


@pytest.mark.parametrize(
    "other",
    [
        {"method": "DELETE"},
        {"path": "/nodes"},
        {"query": b"a=b"},
        {"credential": Credential(None, "bob's", None, None)},
        {"credential": Credential("alice", "alice's", None, None)},
        {"credential": Credential(None, "alice's", 1, None)},
        {"media_type": "application/yaml"},
    ],
    ids=str,
)
def test_those_who_differ_do_not_share(other: dict[str, Any]) -> None:
    async def scenario(bench: Bench) -> None:
        futures = [bench.ask(1), bench.ask(2, **other)]
        await next_call(bench)
        await next_call(bench)
        assert sorted(bench.calls) == [[1], [2]]
        await asyncio.gather(*futures)

    run(scenario)


def test_a_slow_call_holds_up_the_next_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", 0.001)

    async def scenario(bench: Bench) -> None:
        slow = bench.ask(1)
        later = bench.ask(2)
        while len(bench.pool.pending) < 2:
            await asyncio.sleep(0.001)
        assert not slow.done()
        bench.pool.pending.reverse()
        bench.pool.end_one()
        assert (await later).first == b"2"
        bench.pool.end_one()
        assert (await slow).first == b"1"

    run(scenario)


def test_where_no_thread_is_free_the_next_goes_on_gathering(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", 0.001)

    async def scenario(bench: Bench) -> None:
        futures = [bench.ask(1)]
        bench.pool.is_full = True
        futures.append(bench.ask(2))
        await asyncio.sleep(0.01)
        futures.append(bench.ask(3))
        await next_call(bench)
        await next_call(bench)
        assert bench.calls == [[1], [2, 3]]
        await asyncio.gather(*futures)

    run(scenario)


def test_an_error_is_everybodys() -> None:
    async def scenario(bench: Bench) -> None:
        first = bench.ask(0)
        futures = [bench.ask(1), bench.ask(2)]
        await next_call(bench)
        await first
        bench.fails = True
        await next_call(bench)
        for future in futures:
            with pytest.raises(RuntimeError, match="no"):
                await future
        bench.fails = False
        again = bench.ask(3)
        await next_call(bench)
        assert (await again).first == b"3"

    run(scenario)


def test_who_leaves_before_the_call_is_not_asked_for() -> None:
    async def scenario(bench: Bench) -> None:
        first, gone, stays = bench.ask(0), bench.ask(1), bench.ask(2)
        gone.cancel()
        await next_call(bench)
        await next_call(bench)
        assert bench.calls == [[0], [2]]
        await asyncio.gather(first, stays)

    run(scenario)


def test_where_all_have_left_no_call_is_made() -> None:
    async def scenario(bench: Bench) -> None:
        first, gone = bench.ask(0), bench.ask(1)
        gone.cancel()
        await next_call(bench)
        await first
        other = bench.ask(2, path="/nodes")
        await next_call(bench)
        await asyncio.sleep(0.01)
        assert bench.calls == [[0], [2]]
        await other

    run(scenario)


def test_the_answer_of_one_who_left_during_the_call_is_closed() -> None:
    async def scenario(bench: Bench) -> None:
        first, gone, stays = bench.ask(0), bench.ask(1), bench.ask(2)
        await next_call(bench)
        while not bench.pool.pending:
            await asyncio.sleep(0.001)
        gone.cancel()
        await next_call(bench)
        assert [answer.closed for answer in bench.answers] == [0, 1, 0]
        await asyncio.gather(first, stays)

    run(scenario)


class Sent:
    """A reply that has all it needs once it is hastened."""

    left = urgent = is_eager = False

    def hasten(self, answer: object) -> None:
        """It is sent."""

    def follow(self, accept: object) -> bool:
        """Nothing does."""
        return False

    def leave(self) -> None:
        """Nobody was there."""

    def settle(self, answer: object, error: BaseException | None) -> None:
        """Nothing is left to do."""


def test_an_answer_that_is_sent_is_urgent_only_where_others_wait_for_the_next() -> None:
    async def scenario(bench: Bench) -> None:
        bench.sharing.add(Member(admitted(0), Sent()))
        assert not bench.pool.is_urgent()
        is_urgent, caught_up = bench.pool.is_urgent, bench.pool.caught_up
        coming = bench.ask(1)
        assert is_urgent()
        # It may have ended before that, when nobody waited.
        await asyncio.sleep(0)
        assert bench.pool.caught_up > caught_up
        await next_call(bench)
        await next_call(bench)
        assert (await coming).first == b"1"

    run(scenario)


def test_it_is_known_whether_others_ask_for_the_same() -> None:
    async def scenario(bench: Bench) -> None:
        def concerned() -> bool:
            return bench.sharing.concerns(admitted(0))

        assert not concerned()
        first = bench.ask(0)
        assert concerned()
        second, third = bench.ask(0), bench.ask(0)
        assert not bench.sharing.concerns(admitted(0, path="/nodes"))
        await next_call(bench)
        await first
        assert concerned()
        await next_call(bench)
        await asyncio.gather(second, third)
        # They may come back together.
        assert concerned()
        alone = bench.ask(0)
        await next_call(bench)
        await alone
        assert not concerned()

    run(scenario)

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
from slurmrestd.http.sharing import Sharing
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from tests.http.test_app import Answer

ALICE = Credential(None, "alice's", None, None)
Done = Callable[[Any, BaseException | None], object]


class ByHand:
    """A pool whose calls end when the test says so."""

    def __init__(self) -> None:
        self.is_full = False
        self.max_wait = math.inf
        self.pending: list[tuple[Callable[..., Any], tuple[Any, ...], Done]] = []

    def submit(
        self, function: Callable[..., Any], *args: Any, done: Done, waited: float = 0.0
    ) -> None:
        self.pending.append((function, args, done))

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
    request = Request(method, path, query, HeaderFields([]), b"", peer)
    return Admitted(None, credential, media_type, request)


def run(scenario: Callable[[Bench], Awaitable[None]]) -> None:
    async def main() -> None:
        await scenario(Bench())

    asyncio.run(main())


async def turn() -> None:
    """Let the loop come round."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def test_those_who_come_together_share_a_call_and_have_an_answer_each() -> None:
    async def scenario(bench: Bench) -> None:
        futures = [bench.ask(number) for number in range(3)]
        await turn()
        bench.pool.end_one()
        assert bench.calls == [[0, 1, 2]]
        assert [(await future).first for future in futures] == [b"0", b"1", b"2"]

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
        await turn()
        bench.pool.end_one()
        bench.pool.end_one()
        assert sorted(bench.calls) == [[1], [2]]
        await asyncio.gather(*futures)

    run(scenario)


def test_who_comes_later_is_not_served_by_what_was_asked_before() -> None:
    async def scenario(bench: Bench) -> None:
        first = bench.ask(1)
        await turn()
        later = [bench.ask(2), bench.ask(3)]
        await turn()
        assert len(bench.pool.pending) == 1
        bench.pool.end_one()
        assert not any(future.done() for future in later)
        bench.pool.end_one()
        assert bench.calls == [[1], [2, 3]]
        await asyncio.gather(first, *later)

    run(scenario)


def test_a_slow_call_holds_up_the_next_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "PATIENCE", 0.001)

    async def scenario(bench: Bench) -> None:
        slow = bench.ask(1)
        await turn()
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
        await turn()
        bench.pool.is_full = True
        futures.append(bench.ask(2))
        await asyncio.sleep(0.01)
        futures.append(bench.ask(3))
        bench.pool.end_one()
        bench.pool.end_one()
        assert bench.calls == [[1], [2, 3]]
        await asyncio.gather(*futures)

    run(scenario)


def test_an_error_is_everybodys() -> None:
    async def scenario(bench: Bench) -> None:
        bench.fails = True
        futures = [bench.ask(1), bench.ask(2)]
        await turn()
        bench.pool.end_one()
        for future in futures:
            with pytest.raises(RuntimeError, match="no"):
                await future
        bench.fails = False
        again = bench.ask(3)
        await turn()
        bench.pool.end_one()
        assert (await again).first == b"3"

    run(scenario)


def test_who_leaves_before_the_call_is_not_asked_for() -> None:
    async def scenario(bench: Bench) -> None:
        gone, stays = bench.ask(1), bench.ask(2)
        gone.cancel()
        await turn()
        bench.pool.end_one()
        assert bench.calls == [[2]]
        await stays
        alone = bench.ask(3)
        alone.cancel()
        await turn()
        assert not bench.pool.pending

    run(scenario)


def test_the_answer_of_one_who_left_during_the_call_is_closed() -> None:
    async def scenario(bench: Bench) -> None:
        gone, stays = bench.ask(1), bench.ask(2)
        await turn()
        gone.cancel()
        bench.pool.end_one()
        assert [answer.closed for answer in bench.answers] == [1, 0]
        await stays

    run(scenario)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads for blocking calls."""

from __future__ import annotations

import asyncio
import gc
import math
import os
import threading
import time
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from slurmrestd.http.refusals import OVERLOADED, Refused
from slurmrestd.server.pool import Lane, Pool


def run(
    scenario: Callable[[Pool], Awaitable[None]], threads: int = 1, max_wait: float = math.inf
) -> None:
    async def main() -> None:
        pool = Pool(asyncio.get_running_loop(), threads, "test", max_wait)
        try:
            await scenario(pool)
        finally:
            pool.close()

    asyncio.run(main())


def test_a_result_comes_back() -> None:
    async def scenario(pool: Pool) -> None:
        assert await pool.call(lambda a, b: a + b, 1, 2) == 3

    run(scenario)


def test_an_exception_comes_back() -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(ZeroDivisionError):
            await pool.call(lambda: 1 / 0)

    run(scenario)


def test_an_exception_keeps_nothing_of_its_call() -> None:
    """Without the cycle collector: a body may be 50 MB."""

    class Body:
        pass

    def fail(body: Body) -> None:
        raise ZeroDivisionError

    async def scenario(pool: Pool) -> None:
        body = Body()
        kept = weakref.ref(body)
        with suppress(ZeroDivisionError):
            await pool.call(fail, body)
        del body
        await pool.call(int)
        assert kept() is None

    gc.disable()
    try:
        run(scenario)
    finally:
        gc.enable()


def test_a_call_that_is_cancelled_before_its_turn_is_not_made() -> None:
    async def scenario(pool: Pool) -> None:
        made: list[int] = []
        go = threading.Event()
        first = pool.call(go.wait)
        pool.call(made.append, 1).cancel()
        await asyncio.sleep(0)  # the pool hears of it by way of the loop
        go.set()
        await first
        await pool.call(made.append, 2)
        assert made == [2]

    run(scenario)


def test_a_result_that_nobody_waits_for_is_discarded() -> None:
    async def scenario(pool: Pool) -> None:
        discarded: list[str] = []
        begun, go = threading.Event(), threading.Event()

        def work() -> str:
            begun.set()
            go.wait()
            return "result"

        future = pool.call(work, discard=discarded.append)
        await asyncio.to_thread(begun.wait)
        future.cancel()
        go.set()
        await asyncio.sleep(0.05)
        assert discarded == ["result"]

    run(scenario)


def test_no_more_calls_at_once_than_threads() -> None:
    async def scenario(pool: Pool) -> None:
        barrier = threading.Barrier(3)
        await asyncio.gather(*[pool.call(barrier.wait) for _ in range(3)])

    run(scenario, threads=3)


def test_a_wish_that_waits_for_too_long_is_refused_and_not_made() -> None:
    async def scenario(pool: Pool) -> None:
        made: list[int] = []
        go = threading.Event()
        first = pool.call(go.wait, wish=True)
        with pytest.raises(Refused) as refused:
            await pool.call(made.append, 1, wish=True)
        assert refused.value.refusal is OVERLOADED
        go.set()
        await first
        await pool.call(made.append, 2, wish=True)
        assert made == [2]
        assert not pool.is_full

    run(scenario, max_wait=0.01)


def test_a_wish_that_is_being_made_is_not_given_up() -> None:
    async def scenario(pool: Pool) -> None:
        assert await pool.call(lambda: time.sleep(0.05) or 3, wish=True) == 3  # type: ignore[func-returns-value]

    run(scenario, max_wait=0.01)


def test_what_has_to_be_done_is_done_however_long_it_waits() -> None:
    async def scenario(pool: Pool) -> None:
        made: list[int] = []
        go = threading.Event()
        first, second = pool.call(go.wait), pool.call(made.append, 1)
        await asyncio.sleep(0.05)
        go.set()
        await first
        await second
        assert made == [1]

    run(scenario, max_wait=0.01)


def test_a_submitted_call_says_how_it_went_on_the_loop() -> None:
    async def scenario(pool: Pool) -> None:
        said: asyncio.Queue[tuple[object, BaseException | None]] = asyncio.Queue()
        pool.submit(int, "7", done=lambda *how: said.put_nowait(how))
        assert await said.get() == (7, None)
        pool.submit(int, "x", done=lambda *how: said.put_nowait(how))
        result, error = await said.get()
        assert result is None
        assert isinstance(error, ValueError)

    run(scenario)


def test_what_nobody_waits_for_is_done_at_the_next_catch_up() -> None:
    async def scenario(pool: Pool) -> None:
        said: list[int] = []
        pool.submit(int, "7", done=lambda result, _: said.append(result), is_urgent=lambda: False)
        await asyncio.sleep(0.05)
        assert said == []
        while not said:
            pool.catch_up()
            await asyncio.sleep(0.01)
        assert said == [7]

    run(scenario)


def test_what_somebody_waits_for_has_the_rest_done_too() -> None:
    async def scenario(pool: Pool) -> None:
        said: asyncio.Queue[int] = asyncio.Queue()
        pool.submit(int, "7", done=lambda it, _: said.put_nowait(it), is_urgent=lambda: False)
        pool.submit(int, "8", done=lambda it, _: said.put_nowait(it), is_urgent=lambda: True)
        assert [await said.get(), await said.get()] == [7, 8]

    run(scenario)


def test_what_cannot_be_taken_does_not_keep_the_rest_from_being_done() -> None:
    async def scenario(pool: Pool) -> None:
        said: asyncio.Queue[int] = asyncio.Queue()
        pool.submit(int, "7", done=lambda *_: 1 / 0, is_urgent=lambda: False)
        pool.submit(int, "8", done=lambda it, _: said.put_nowait(it))
        assert await said.get() == 8

    run(scenario)


def test_a_lane_that_is_awaited_is_urgent() -> None:
    async def scenario(pool: Pool) -> None:
        lane = Lane(pool, 1)
        said: asyncio.Queue[int] = asyncio.Queue()
        for number in range(3):
            lane.submit(
                int, number, done=lambda it, _: said.put_nowait(it), is_urgent=lambda: False
            )
        assert [await said.get(), await said.get()] == [0, 1]
        assert said.empty()

    run(scenario, threads=2)


def test_what_has_waited_elsewhere_waits_for_the_rest_only() -> None:
    async def scenario(pool: Pool) -> None:
        said: asyncio.Queue[BaseException | None] = asyncio.Queue()
        go = threading.Event()
        first = pool.call(go.wait)
        pool.submit(int, done=lambda _, error: said.put_nowait(error), waited=3600.0)
        assert isinstance(await said.get(), Refused)
        go.set()
        await first

    run(scenario, max_wait=3600.0)


def test_a_lane_takes_no_more_threads_than_it_may() -> None:
    """And leaves the others to whoever calls the pool; what waits has its turn afterwards."""

    async def scenario(pool: Pool) -> None:
        lane, gate = Lane(pool, 2), threading.Event()
        held = [lane.call(gate.wait, 10) for _ in range(5)]
        assert lane.is_full
        assert not pool.is_full
        assert await pool.call(lambda: "through") == "through"
        gate.set()
        assert await asyncio.gather(*held) == [True] * 5
        assert not lane.is_full

    run(scenario, threads=3)


def test_a_lane_is_full_where_its_pool_is() -> None:
    async def scenario(pool: Pool) -> None:
        lane, gate = Lane(pool, 1), threading.Event()
        held = [pool.call(gate.wait, 10) for _ in range(2)]
        assert lane.is_full
        gate.set()
        await asyncio.gather(*held)
        assert not lane.is_full

    run(scenario, threads=2)


def test_what_waits_too_long_in_a_lane_is_refused() -> None:
    """Its turn passes by without it."""

    async def scenario(pool: Pool) -> None:
        lane, gate = Lane(pool, 1), threading.Event()
        held = lane.call(gate.wait, 10)
        made: list[int] = []
        with pytest.raises(Refused):
            await lane.call(made.append, 1, wish=True)
        gate.set()
        await held
        assert await lane.call(lambda: "next") == "next"
        assert not made
        assert not lane.is_full

    run(scenario, threads=2, max_wait=0.05)


def test_a_lone_call_may_use_every_core() -> None:
    """Its thread is woken on the caller's core, and need not stay there."""
    cores = os.sched_getaffinity(0)

    async def scenario(pool: Pool) -> None:
        for _ in range(20):
            assert await pool.call(os.sched_getaffinity, 0) == cores
        assert os.sched_getaffinity(0) == cores

    run(scenario, threads=3)


def test_what_waits_when_the_pool_is_closed_is_done_first() -> None:
    done: list[int] = []

    async def scenario(pool: Pool) -> None:
        calls = [pool.call(done.append, number) for number in range(20)]
        pool.close()
        await asyncio.gather(*calls)

    run(scenario, threads=2)
    assert sorted(done) == list(range(20))

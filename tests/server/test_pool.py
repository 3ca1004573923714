# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads for blocking calls."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from slurmrestd.server.pool import Pool


def run(scenario: Callable[[Pool], Awaitable[None]], threads: int = 1) -> None:
    async def main() -> None:
        pool = Pool(asyncio.get_running_loop(), threads, "test")
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

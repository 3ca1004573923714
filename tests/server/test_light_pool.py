# SPDX-License-Identifier: GPL-2.0-or-later
"""Light work: on the event loop's thread while it is alone, on another where it has to be."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from slurmrestd.light import NeedsThread, here, may_wait
from slurmrestd.server.light_pool import LightPool
from slurmrestd.server.pool import Lane

Submit = Callable[..., asyncio.Future[Any]]


class ByHand:
    """Where fibers ask; the test answers."""

    def __init__(self) -> None:
        self.asking: list[Any] = []

    def ask(self) -> Any:
        """Wait for the test's answer; an exception is raised."""
        fiber = here.fiber
        assert fiber is not None
        self.asking.append(fiber)
        answer = fiber.wait()
        if isinstance(answer, BaseException):
            raise answer
        return answer


async def at_rest(pool: LightPool, threads: int) -> None:
    """Wait until all threads have begun to wait for a job: light work needs one that does."""
    async with asyncio.timeout(10):
        while len(pool._idle) < threads:
            await asyncio.sleep(0.001)


def run(scenario: Callable[[LightPool, ByHand, Submit], Awaitable[None]], threads: int = 2) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        pool = LightPool(loop, threads, "test")
        questions = ByHand()
        pool.use(questions)
        await at_rest(pool, threads)

        def submit(function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
            future = loop.create_future()

            def done(result: Any, error: BaseException | None) -> None:
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)

            pool.submit(function, *args, done=done, light=True)
            return future

        try:
            await asyncio.wait_for(scenario(pool, questions, submit), 10)
        finally:
            pool.close()

    asyncio.run(main())


def _go_on(pool: LightPool, questions: ByHand, answer: Any) -> None:
    questions.asking.pop(0).go_on(answer)
    pool.catch_up()


def _where() -> int:
    may_wait()
    return threading.get_ident()


def test_it_is_done_on_the_loops_thread_and_is_told_later() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        future = submit(threading.get_ident)
        assert not future.done(), "who submits it does not know yet that it has"
        assert await future == threading.get_ident()

    run(scenario)


def test_the_loop_goes_on_while_it_waits() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        future = submit(lambda: questions.ask() + questions.ask())
        assert here.fiber is None
        await asyncio.sleep(0.01)
        _go_on(pool, questions, 3)
        assert not future.done()
        _go_on(pool, questions, 4)
        assert future.result() == 7

    run(scenario)


def test_an_exception_comes_back() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        with pytest.raises(ZeroDivisionError):
            await submit(lambda: 1 / 0)
        future = submit(questions.ask)
        _go_on(pool, questions, KeyError("x"))
        with pytest.raises(KeyError):
            future.result()
        assert await submit(int, "7") == 7

    run(scenario)


def test_what_may_wait_is_done_anew_on_a_thread() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        assert await submit(_where) != threading.get_ident()
        future = submit(lambda: questions.ask() if here.fiber else "on a thread")
        _go_on(pool, questions, NeedsThread())
        assert await future == "on a thread"

    run(scenario)


def test_what_was_done_is_not_done_anew() -> None:
    """Once the controller may have acted, what may wait does."""

    def act() -> int:
        assert here.fiber is not None
        here.fiber.acted = True
        return _where()

    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        assert await submit(act) == threading.get_ident()
        assert await submit(_where) != threading.get_ident(), "that was true of one call only"

    run(scenario)


def test_beside_others_it_is_done_on_a_thread() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        first = submit(questions.ask)
        assert await submit(_where) != threading.get_ident()
        _go_on(pool, questions, "done")
        assert first.result() == "done"
        assert await submit(threading.get_ident) == threading.get_ident()

    run(scenario)


def test_a_thread_sleeps_for_it() -> None:
    """There are never more calls in flight than threads."""

    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        light = submit(questions.ask)
        assert pool.is_full
        heavy = pool.call(int, "7")
        await asyncio.sleep(0.05)
        assert not heavy.done()
        _go_on(pool, questions, "done")
        assert light.result() == "done"
        assert await heavy == 7
        assert not pool.is_full

    run(scenario, threads=1)


def test_a_lane_beside_it_is_not_alone() -> None:
    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        let_go = threading.Event()
        slow = Lane(pool, 1).call(let_go.wait, 10)
        assert await submit(threading.get_ident) != threading.get_ident()
        let_go.set()
        assert await slow

    run(scenario)


def test_it_keeps_nothing_of_its_call() -> None:
    """Neither the fiber, which is used again, nor an error."""

    class Body:
        pass

    def fail(body: Body) -> None:
        raise ZeroDivisionError

    async def scenario(pool: LightPool, questions: ByHand, submit: Submit) -> None:
        for function in (fail, type, lambda body: may_wait()):
            body = Body()
            gone = weakref.ref(body)
            future = submit(function, body)
            del body
            with suppress(ZeroDivisionError):
                await future
            del future
            # A thread lets go of its call after the loop has heard of it.
            for _ in range(100):
                if gone() is None:
                    break
                await asyncio.sleep(0.01)
            assert gone() is None, function

    gc.disable()
    try:
        run(scenario)
    finally:
        gc.enable()


def test_without_questions_it_is_like_the_rest() -> None:
    async def main() -> None:
        pool = LightPool(asyncio.get_running_loop(), 1, "test")
        future = asyncio.get_running_loop().create_future()
        pool.submit(_where, done=lambda it, _: future.set_result(it), light=True)
        assert await future != threading.get_ident()
        pool.close()

    asyncio.run(main())

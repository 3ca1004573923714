# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections are kept for a moment, and nobody gets one of somebody else."""

from __future__ import annotations

import base64
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm.accounting import keeping
from slurmrestd.slurm.accounting.keeping import KEEP_MOST, KEEP_SECONDS, Keeper, seconds_left
from slurmrestd.slurm.rpc import NoCredential, acting, set_acting


class Connection:
    """Stands for one to slurmdbd: who opened it, and whether it is in use."""

    def __init__(self) -> None:
        self.owner = acting()
        self.alive = True
        self.closed = 0
        self.begun = 0
        self.asked = False
        self.is_ready = True
        self.busy = threading.Lock()

    def _is_alive(self) -> bool:
        return self.alive and not self.closed

    def ask_to_begin_anew(self) -> bool:
        self.asked = self._is_alive()
        return self.asked

    def began_anew(self) -> bool:
        self.begun += self.asked
        self.asked = False
        return self._is_alive()

    def close(self) -> None:
        self.closed += 1


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes true: a thread of the keeper's sees to it."""
    deadline = time.monotonic() + 30
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return held


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(clock: Clock) -> Keeper[Connection]:
    return Keeper(Connection, clock)


@contextmanager
def somebody(token: str | None = None, name: str | None = "alice") -> Iterator[None]:
    set_acting(Credential(name, token, None, None))
    try:
        yield
    finally:
        set_acting(None)


def token(seconds: float, user: str = "alice") -> str:
    """A token that expires in a while, as slurmrestd(8) has them; its signature says nothing."""
    claims = {"exp": time.time() + seconds, "iat": 0, "sun": user}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"head.{body}.signature"


def test_a_connection_is_used_again(keeper: Keeper[Connection]) -> None:
    with somebody():
        first = keeper.take()
        keeper.give_back(first)
        assert keeper.take() is first


def test_one_that_is_in_use_is_nobody_elses(keeper: Keeper[Connection]) -> None:
    with somebody():
        assert keeper.take().connection is not keeper.take().connection


@pytest.mark.parametrize(
    "other",
    [("b", "alice"), ("a", "bob"), ("a", None), (None, "alice"), ("A", "alice"), ("a ", "alice")],
)
def test_nobody_gets_one_of_another_credential(
    keeper: Keeper[Connection], other: tuple[str | None, str | None], clock: Clock
) -> None:
    """Neither another token with the same name nor another name with the same token."""
    opened, claims = token(60), token(60)
    tokens = {"a": opened, "b": claims + "x", "A": opened.upper(), "a ": opened + " ", None: None}
    with somebody(opened, "alice"):
        keeper.give_back(keeper.take())
    with somebody(tokens[other[0]], other[1]):
        taken = keeper.take().connection
        assert taken.owner == acting()


def test_without_a_credential_there_is_none(keeper: Keeper[Connection]) -> None:
    with pytest.raises(NoCredential):
        keeper.take()


def test_it_is_kept_for_some_seconds_after_it_was_opened(
    keeper: Keeper[Connection], clock: Clock
) -> None:
    """Not after it was used: a client that polls does not keep it for ever."""
    with somebody():
        first = keeper.take()
        keeper.give_back(first)
        clock.now += KEEP_SECONDS - 0.1
        assert keeper.take() is first
        clock.now += 0.2
        keeper.give_back(first)
        assert first.connection.closed
        assert keeper.take() is not first


def test_it_is_not_kept_past_its_token(keeper: Keeper[Connection], clock: Clock) -> None:
    with somebody(token(2)):
        first = keeper.take()
        keeper.give_back(first)
        clock.now += 2.1
        assert keeper.take() is not first
        assert eventually(lambda: first.connection.closed == 1)


@pytest.mark.parametrize("expired", [token(-1), "worthless", "a.b.c", "..", "", "a.bnVsbA.c"])
def test_it_is_not_kept_for_a_token_that_is_over_or_cannot_be_read(
    keeper: Keeper[Connection], expired: str
) -> None:
    with somebody(expired):
        first = keeper.take()
        keeper.give_back(first)
        assert first.connection.closed


def test_a_dead_one_is_not_given_away(keeper: Keeper[Connection]) -> None:
    with somebody():
        first = keeper.take()
        keeper.give_back(first)
        first.connection.alive = False
        assert keeper.take() is not first
        assert eventually(lambda: first.connection.closed == 1)


def test_a_dead_one_is_not_kept(keeper: Keeper[Connection]) -> None:
    with somebody():
        first = keeper.take()
        first.connection.alive = False
        keeper.give_back(first)
        assert first.connection.closed == 1


def test_one_that_is_used_again_has_begun_anew(keeper: Keeper[Connection]) -> None:
    """Once for each time that it was given back."""
    with somebody():
        held = keeper.take()
        for times in range(1, 50):
            keeper.give_back(held)
            assert keeper.take() is held
            assert held.connection.begun == times


def test_who_comes_before_it_is_ready_gets_another(keeper: Keeper[Connection]) -> None:
    """And both of them in turns after that, the one that was given back first before the other."""
    with somebody():
        first = keeper.take()
        first.connection.is_ready = False
        keeper.give_back(first)
        second = keeper.take()
        assert second.connection is not first.connection
        second.connection.is_ready = False
        keeper.give_back(second)
        for _ in range(5):
            for held in (first, second):
                assert keeper.take() is held
                keeper.give_back(held)


def test_one_that_is_ready_is_enough_for_who_asks_now_and_then(
    keeper: Keeper[Connection],
) -> None:
    """Whatever others of somebody else do."""
    with somebody(name="bob"):
        other = keeper.take()
        other.connection.is_ready = False
        keeper.give_back(other)
    with somebody():
        held = keeper.take()
        for _ in range(5):
            keeper.give_back(held)
            assert keeper.take() is held


def test_only_so_many_are_kept(keeper: Keeper[Connection]) -> None:
    """Those that were given back first go."""
    with somebody():
        taken = [keeper.take() for _ in range(KEEP_MOST + 3)]
        for held in taken:
            keeper.give_back(held)
    assert eventually(lambda: sum(held.connection.closed for held in taken) == 3)
    assert [held.connection.closed for held in taken] == [1, 1, 1] + [0] * KEEP_MOST


def test_idle_ones_are_closed_though_nobody_asks_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "KEEP_SECONDS", 0.05)
    keeper: Keeper[Connection] = Keeper(Connection)
    with somebody():
        held = keeper.take()
        keeper.give_back(held)
    assert eventually(lambda: held.connection.closed == 1)


def test_many_threads_never_share_one(keeper: Keeper[Connection]) -> None:
    """Whatever they do, each has a connection of its own credential to itself."""
    wrong: list[str] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(300):
            name = chance.choice(["alice", "bob", "carol"])
            with somebody(name=name):
                held = keeper.take()
                mine = held.connection
                if mine.owner != acting() or not mine.busy.acquire(blocking=False):
                    wrong.append(name)
                    return
                mine.busy.release()
                mine.alive = chance.random() > 0.1
                keeper.give_back(held)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_token_without_an_end_holds() -> None:
    body = base64.urlsafe_b64encode(b'{"sun": "alice"}').decode()
    assert seconds_left(f"a.{body}.c") == float("inf")
    assert seconds_left(None) == float("inf")

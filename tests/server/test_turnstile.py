# SPDX-License-Identifier: GPL-2.0-or-later
"""-t over many processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from slurmrestd.server.turnstile import Turnstile

from .conftest import eventually

PLACES = 3


def fork(do: Callable[[], None]) -> int:
    """A child that does it and ends."""
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(0)
    return child


def end(children: list[int]) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_no_more_processes_than_places(tmp_path: Path) -> None:
    """Each notes when it is in and when it is out; all come through."""
    journal = os.open(tmp_path / "journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    turnstile = Turnstile(PLACES)

    def work() -> None:
        for _ in range(10):
            with turnstile:
                os.write(journal, b"+")
                time.sleep(0.005)
                os.write(journal, b"-")

    children = [fork(work) for _ in range(12)]
    for child in children:
        os.waitpid(child, 0)
    now = most = 0
    for step in (tmp_path / "journal").read_text():
        now += 1 if step == "+" else -1
        most = max(most, now)
    assert most <= PLACES
    assert now == 0


def test_as_many_processes_as_places() -> None:
    """Each stays in until all are."""
    turnstile = Turnstile(PLACES)
    came, go = os.pipe(), os.pipe()

    def work() -> None:
        with turnstile:
            os.write(came[1], b"+")
            os.read(go[0], 1)

    children = [fork(work) for _ in range(PLACES)]
    for _ in children:
        assert os.read(came[0], 1) == b"+"
    os.write(go[1], b"-" * PLACES)
    for child in children:
        os.waitpid(child, 0)
    for descriptor in (*came, *go):
        os.close(descriptor)


def test_a_process_that_is_killed_gives_its_place_back(tmp_path: Path) -> None:
    turnstile = Turnstile(1)
    inside = tmp_path / "inside"

    def stay() -> None:
        with turnstile:
            inside.touch()
            signal.pause()

    first = fork(stay)
    assert eventually(inside.exists)
    inside.unlink()
    second = fork(stay)
    time.sleep(0.2)
    assert not inside.exists()
    end([first])
    assert eventually(inside.exists)
    end([second])

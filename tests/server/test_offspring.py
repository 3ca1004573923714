# SPDX-License-Identifier: GPL-2.0-or-later
"""The children of a worker that forks for each connection."""

from __future__ import annotations

import os
import signal
import time

import pytest

from slurmrestd.server import offspring
from slurmrestd.server.offspring import Offspring

from .conftest import eventually


def fork(children: Offspring, *, beats: bool = False, ends: bool = False) -> int:
    place = children.free_place()
    child = os.fork()
    if child == 0:
        beat = children.beat_of(place)
        while not ends:
            time.sleep(0.02)
            if beats:
                beat()
        os._exit(0)
    children.add(child, place)
    return child


def is_left(children: Offspring, count: int) -> bool:
    """Whether so many are there, in the end."""

    def come_down() -> bool:
        children.look_after()
        return children.count == count

    return eventually(come_down)


def test_a_place_is_free_again_once_its_child_is_gone() -> None:
    children = Offspring(2)
    fork(children, ends=True)
    fork(children, ends=True)
    assert children.is_full
    assert is_left(children, 0)
    fork(children, ends=True)
    assert is_left(children, 0)


def test_one_that_stands_still_is_ended_and_one_that_beats_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its user may have stopped it, and would keep its place."""
    children = Offspring(3)
    beating = fork(children, beats=True)
    stopped = fork(children, beats=True)
    os.kill(stopped, signal.SIGSTOP)
    monkeypatch.setattr(offspring, "SILENCE", 1.0)
    assert is_left(children, 1)
    os.kill(beating, signal.SIGKILL)
    assert is_left(children, 0)


def test_all_are_told() -> None:
    children = Offspring(5)
    for _ in range(5):
        fork(children)
    children.tell(signal.SIGTERM)
    assert is_left(children, 0)

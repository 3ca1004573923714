# SPDX-License-Identifier: GPL-2.0-or-later
"""What is asked without libslurm's own functions has the answers that these have."""

from __future__ import annotations

import pytest

from tests.slurm import inside
from tests.slurm.conftest import Worker
from tests.slurm.test_answers import ALLOWED_BYTES, TIMES


@pytest.mark.parametrize("name", inside.LIGHT)
def test_it_answers_without_a_thread(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.load_lightly, name, token) == (True, True)


@pytest.mark.parametrize("name", ["jobs", "nodes", "shares"])
def test_what_is_no_light_work_is_done_on_a_thread(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.load_lightly, name, token) == (True, False)


@pytest.mark.parametrize("name", inside.LIGHT)
def test_the_process_does_not_grow(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.growth_lightly, name, token, TIMES) < ALLOWED_BYTES


def test_the_thread_acts_for_nobody_meanwhile(worker: Worker, token: str) -> None:
    assert worker(inside.acting_meanwhile, token) == [None, True, None]


@pytest.mark.parametrize("name", inside.DIRECT)
def test_a_thread_gets_the_same_without_libslurm(worker: Worker, token: str, name: str) -> None:
    by_libslurm, directly = worker(inside.load_directly, name, token)
    assert directly == by_libslurm > 0


@pytest.mark.parametrize("name", inside.DIRECT)
def test_the_process_does_not_grow_by_libslurm(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.growth_by_libslurm, name, token, TIMES) < ALLOWED_BYTES


@pytest.mark.parametrize(
    "kind",
    [
        *("no job", "no node", "no such change", "no such job to cancel", "a wrong job"),
        "node states",
    ],
)
def test_the_outcome_is_the_same(worker: Worker, token: str, kind: str) -> None:
    by_libslurm, on_a_thread, lightly, direct, light = worker(inside.outcomes, token, kind)
    assert on_a_thread == lightly == by_libslurm
    assert direct
    assert light

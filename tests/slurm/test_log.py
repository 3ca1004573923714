# SPDX-License-Identifier: GPL-2.0-or-later
"""libslurm's log lines in ours."""

from __future__ import annotations

import logging

import pytest

from slurmrestd.slurm import log
from tests.slurm import inside
from tests.slurm.conftest import Alone

STAMP = "[2025-01-31T12:00:00.000] "


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("error: it broke", logging.ERROR, "it broke"),
        ("fatal: it is over", logging.CRITICAL, "it is over"),
        ("warning: beware", logging.WARNING, "beware"),
        ("just so", logging.INFO, "just so"),
        ("debug:  detail", logging.DEBUG, "detail"),
        ("debug3: finer detail", logging.DEBUG - 2, "finer detail"),
    ],
)
def test_a_line_has_a_level(line: str, level: int, text: str) -> None:
    assert log.parse(STAMP + line, logging.NOTSET) == (level, text)


def test_a_line_without_a_stamp_goes_on_with_the_one_before() -> None:
    assert log.parse("more of it", logging.ERROR) == (logging.ERROR, "more of it")


def test_tokens_are_blotted_out() -> None:
    line = f"{STAMP}error: rejected {inside.WRONG_TOKEN} of alice"
    assert log.parse(line, 0)[1] == "rejected <token> of alice"


def test_what_is_of_a_body_is_blotted_out() -> None:
    line = f"{STAMP}error: invalid partition specified: mine, and more"
    assert log.parse(line, 0)[1] == "invalid partition specified: <name>"


def test_lines_arrive_in_pythons_logging(alone: Alone) -> None:
    ended = alone(inside.lines_logged, logging.INFO)
    assert ended.status == 0, ended
    assert "Invalid range: `n[5-1]'" in ended.said or "Invalid range: `5-1'" in ended.said
    assert "it has <token> in it" in ended.said
    assert inside.WRONG_TOKEN not in ended.said + ended.complained


def test_a_child_that_attaches_gets_its_own_lines(alone: Alone) -> None:
    assert alone(inside.lines_logged_after_fork, logging.INFO).said == "True"


def test_a_user_whose_pipes_have_used_up_their_room_still_logs(alone: Alone) -> None:
    """Other daemons of the same user may have; a worker must not fail to start for that."""
    ended = alone(inside.lines_logged_without_room, logging.INFO, 54321)
    assert ended.said == "True", ended


@pytest.mark.parametrize(
    ("level", "slurm"),
    [(50, 1), (40, 2), (30, 3), (20, 3), (15, 4), (10, 5), (9, 6), (1, 9)],
)
def test_levels(level: int, slurm: int) -> None:
    assert log.slurm_level(level) == slurm

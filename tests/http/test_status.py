# SPDX-License-Identifier: GPL-2.0-or-later
"""Slurm's errors as HTTP statuses."""

from __future__ import annotations

import pytest

from slurmrestd.http.status import EMPTY_RESULT, ERROR_STATUSES, NO_CHANGE, reason, status_of


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (0, 200),
        (EMPTY_RESULT, 200),
        (NO_CHANGE, 304),
        (9000, 422),
        (2017, 404),
        (1800, 502),
        (5004, 504),
        (1007, 511),
        (-1, 500),
        (2000, 500),
    ],
)
def test_an_error_number_becomes_a_status(number: int, status: int) -> None:
    assert status_of(number) == status


def test_no_number_is_listed_twice() -> None:
    numbers = [row.number for row in ERROR_STATUSES]
    assert len(set(numbers)) == len(numbers)


def test_every_status_in_use_has_a_reason_phrase() -> None:
    assert all(reason(row.status) for row in ERROR_STATUSES)
    assert reason(200) == "OK"

# SPDX-License-Identifier: GPL-2.0-or-later
"""Points in time, as texts say them on a Wednesday afternoon in Berlin."""

from __future__ import annotations

import time

import pytest

from slurmrestd.data_parser.read import times

NOW = (2030, 5, 15, 14, 30, 20)

pytestmark = pytest.mark.usefixtures("_berlin")


def seconds(year: int, month: int, day: int, *clock: int) -> int:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return int(time.mktime((year, month, day, hour, minute, second, 0, 0, -1)))


def parse(text: str) -> int:
    return times.parse(text, lambda: seconds(*NOW))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", NOW),
        ("NOW+90", (2030, 5, 15, 14, 31, 50)),
        ("now + 2 hours", (2030, 5, 15, 16, 30, 20)),
        ("now-1day", (2030, 5, 14, 14, 30, 20)),
        ("now+1 0 minutes", (2030, 5, 15, 14, 40, 20)),
        ("today", (2030, 5, 15)),
        ("tomorrow", (2030, 5, 16)),
        ("midnight", (2030, 5, 16)),
        ("noon", (2030, 5, 16, 12)),
        ("elevenses tomorrow", (2030, 5, 16, 11)),
        ("fika", (2030, 5, 15, 15)),
        ("teatime", (2030, 5, 15, 16)),
        ("14:30", (2030, 5, 16, 14, 30)),
        ("14:31", (2030, 5, 15, 14, 31)),
        ("3:05pm", (2030, 5, 15, 15, 5)),
        ("12:00 AM", (2030, 5, 16)),
        ("12:00:59 pm", (2030, 5, 16, 12, 0, 59)),
        ("0516", (2030, 5, 16)),
        ("5/14", (2031, 5, 14)),
        ("12.24.29", (2029, 12, 24)),
        ("010230", (2030, 1, 2)),
        ("05/14-16:00", (2031, 5, 14, 16)),
        ("2031-2-3", None),
        ("2031-02-03", (2031, 2, 3)),
        ("2031-02-03T04:05", (2031, 2, 3, 4, 5)),
        ("2031-02-03T04:05:06", (2031, 2, 3, 4, 5, 6)),
        ("2031-02-31", (2031, 3, 3)),
        ("2030-03-31T02:30", (2030, 3, 31, 3, 30)),
        ("2031-02-03\nrest", (2031, 2, 3)),
        ("uts1700000000", (2023, 11, 14, 23, 13, 20)),
    ],
)
def test_a_text_says_when(text: str, moment: tuple[int, ...] | None) -> None:
    assert parse(text) == (seconds(*moment) if moment else 0)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-T-",
            "x",
            "5",
            "24:00",
            "12:60",
            "12:5",
            "13:00am",
            "13:00pm",
            "uts5",
            "uts1x",
        ),
        *(
            "now+",
            "now+hours",
            "now+5x",
            "nowhere",
            "now+99999999999999999999",
            "now+9223372036854775807",
        ),
        *("13/1", "1/32", "2031-13-01", "2031-01-32", "20310203", "9" * 400, "noonish"),
    ],
)
def test_some_texts_say_nothing(text: str) -> None:
    assert parse(text) == 0


def test_a_long_text_is_not_read() -> None:
    assert parse("-" * 40_000_000) == 0

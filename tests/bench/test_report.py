# SPDX-License-Identifier: GPL-2.0-or-later
"""What the report says of numbers that were measured."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bench import memory, whole
from bench.cases import READS
from bench.report import page, summary

MIB = 1 << 20
ABOUT = {
    "date": "2026-01-01",
    "commit": "abc1234",
    "machine": "a machine",
    "kernel": "6",
    "python": "3",
    "slurm": "slurm",
    "versions": {"cffi": "2"},
    "rounds": 3,
    "load_average": [0.0, 0.0, 0.0],
}


def samples(seconds: int, size: Mapping[int, float]) -> list[tuple[float, int]]:
    """A sample a second; each size, in MiB, holds from the second that is its key."""
    return [
        (float(at), int(size[max(start for start in size if start <= at)] * MIB))
        for at in range(seconds)
    ]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ({0: 100}, 0.0),
        ({0: 50, 300: 100}, 0.0),
        ({0: 100, 3000: 110}, 0.1),
        ({0: 100, 3000: 90}, -0.1),
        ({0: 100, 1500: 300, 1600: 100}, 0.0),
    ],
    ids=["flat", "after the warm-up only", "more at the end", "less at the end", "once between"],
)
def test_growth_of_an_hour(size: Mapping[int, float], expected: float) -> None:
    assert memory.growth(samples(3600, size)) == pytest.approx(expected)


def test_growth_of_a_moment_is_not_told() -> None:
    assert memory.growth(samples(19, {0: 100})) is None


def side(rate: float) -> dict[str, Any]:
    return {
        "rate": rate,
        "rates": [rate],
        "latency_us": {"50": 1000, "99": 2000},
        "server_cpu_us": 100.0,
        "controller_cpu_us": 50.0,
        "memory_bytes": MIB,
    }


def row(
    case: str, connections: int, original: float, ours: float, *, keep_alive: bool = True
) -> dict[str, Any]:
    return {
        "case": case,
        "target": next(one.target for one in READS if one.name == case),
        "connections": connections,
        "keep_alive": keep_alive,
        "original": side(original) if original else {"refused": "no answer in time"},
        "ours": side(ours),
    }


RESULTS: dict[str, Any] = {
    "about": ABOUT,
    "notes": ["something was started anew"],
    "reads": [
        row("partitions", 8, 100, 170),
        row("ping", 8, 1000, 2000),
        row("ping", 256, 0, 2000),
        row("ping", 8, 500, 400, keep_alive=False),
    ],
    "soak": {
        "ours": {
            "seconds": 3600.0,
            "requests": 20_000,
            "ended": "",
            "samples": samples(60, {0: 100, 40: 103}),
            "growth": 0.031,
        }
    },
}


def kept(results: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for promise in summary.promises(results):
        yield promise.what, promise.kept


def test_what_was_promised_is_held_against_what_was_found() -> None:
    assert dict(kept(RESULTS)) == {
        "ping, 8 connections": True,
        "partitions, 8 connections": False,
        "growth under 60 minutes of mixed load": False,
    }


def test_the_summary_has_a_table_for_each_way_of_using_connections() -> None:
    lines = summary.markdown(RESULTS).splitlines()
    assert "| ping |  | 1,000 / 2,000, **2.0 x** |  |  |" in lines
    assert "| ping |  | 500 / 400, **0.8 x** |  |  |" in lines
    assert "| partitions |  | 100 / 170, **1.7 x** |  |  |" in lines
    assert sum(line.startswith("| ping") for line in lines) == 2


def test_the_page_says_why_something_is_missing() -> None:
    shown = page.render(RESULTS)
    assert "no answer in time" in shown
    assert "something was started anew" in shown


def test_what_is_measured_anew_replaces_what_there_was() -> None:
    ping = [case for case in READS if case.name == "ping"]
    assert [one["case"] for one in whole._kept(RESULTS["reads"], ping)] == ["partitions"]

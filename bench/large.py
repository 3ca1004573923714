# SPDX-License-Identifier: GPL-2.0-or-later
"""Large answers, from small to large: the time over the number of records, and the floor."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Sequence
from typing import Any

from bench import records
from bench.records import Measured

JOBS = (1_000, 16_000, 100_000)
NODES = (1_000, 5_000)
LONG_SECONDS = 30.0
"""Whoever takes longer for one answer is measured once only."""


def jobs(counts: Sequence[int], rounds: int) -> list[dict[str, Any]]:
    """GET jobs and jobs/state with so many held jobs."""
    rows = []
    for count in counts:
        records.enough_jobs(count)
        for bench in (records.JOBS, records.STATES):
            results, bare = records.measure(bench, rounds, most=LONG_SECONDS)
            rows.append(_row(bench.title, count, results, bare))
    return rows


def mixed_jobs(rounds: int) -> dict[str, Any]:
    """GET jobs where half of what was pending is over; some run, as ever in the sandbox."""
    _cancel_every_second()
    results, bare = records.measure(records.JOBS, rounds, most=LONG_SECONDS)
    states = _states()
    what = ", ".join(f"{count} {state.lower()}" for state, count in sorted(states.items()))
    return _row("GET jobs, mixed", sum(states.values()), results, bare) | {"what": what}


def nodes(count: int, conf: str, rounds: int) -> dict[str, Any]:
    """GET nodes on the controller of ``conf``, which has so many."""
    results, bare = records.measure(records.NODES, rounds, conf)
    return _row("GET nodes", count, results, bare)


def _row(title: str, count: int, results: dict[str, Measured], bare: list[float]) -> dict[str, Any]:
    return {
        "title": title,
        "records": count,
        "bare_seconds": statistics.median(bare),
        "contenders": {
            name: {
                "seconds": statistics.median(one.seconds),
                "all_seconds": one.seconds,
                "first_byte_seconds": statistics.median(one.first_byte),
                "grown_bytes": statistics.median(one.grown),
                "body_bytes": one.body_bytes,
                "ended_at_bytes": one.ended_at,
            }
            for name, one in results.items()
        },
        "ratios": {
            ours: statistics.median(results[original].seconds)
            / statistics.median(results[ours].seconds)
            for ours, original in records.AGAINST.items()
        },
    }


def _cancel_every_second() -> None:
    listed = _squeue("-t", "PENDING", "-o", "%A")
    chosen = listed[::2]
    for start in range(0, len(chosen), 500):
        subprocess.run(["scancel", *chosen[start : start + 500]], check=False, capture_output=True)


def _states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in _squeue("-t", "all", "-o", "%T"):
        found[state] = found.get(state, 0) + 1
    return found


def _squeue(*arguments: str) -> list[str]:
    listed = subprocess.run(
        ["squeue", "-h", *arguments], check=True, capture_output=True, text=True
    )
    return listed.stdout.split()

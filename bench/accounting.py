# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmdbd's small answers under load, beside the bare calls that they are made of.

The bare calls are made one after the other on one kept connection, in one process: they
are what a single client could have at most.
"""

from __future__ import annotations

from typing import Any

from bench import loads, machine
from bench.cases import Case
from bench.whole import CONTENDERS

CASES = (
    Case("qos", "qos/", plugin="slurmdb", target=2.0),
    Case("tres", "tres/", plugin="slurmdb", target=2.0),
    Case("user/{name}", "user/alice", plugin="slurmdb", target=2.0),
    Case("clusters", "clusters/", plugin="slurmdb", target=2.0),
)
CONNECTIONS = (1, 8)
TURN_SECONDS = 1
"""Short: the pace of a machine that others share changes within seconds."""


def run(rounds: int) -> None:
    """Measure, and print a table."""
    token = machine.token("admin")
    bare: dict[str, float] = machine.printed_by("bench.bare_calls", token)
    notes: list[str] = []
    plan = loads.Plan(CONNECTIONS, rounds, TURN_SECONDS, keep_alive=(True,))
    with loads.bench(CONTENDERS, machine.pid_of("slurmdbd"), token, notes) as made:
        rows: list[dict[str, Any]] = []
        loads.measure_all(made, CASES, plan, tuple, say=print, rows=rows)
    print(f"\nanswers a second, medians of {rounds}, {machine.machine()}\n")
    print(
        f"{'':<14}{'connections':>12}{'original':>10}{'ours':>8}{'ratio':>8}{'processor':>11}"
        f"{'bare calls':>12}"
    )
    for row in rows:
        _line(row, bare)
    print(
        "\nprocessor: how many times more of its time the original takes for an answer, slurmdbd's "
        "included"
    )
    for note in notes:
        print(note)


def _line(row: dict[str, Any], bare: dict[str, float]) -> None:
    ratio, cost = loads.ratio(row), loads.cost_ratio(row)
    if ratio is None or cost is None:
        print(f"{row['case']:<14}{row['connections']:>12}  not reported: {row}")
        return
    rates = "".join(
        f"{row[side]['rate']:>{width}.0f}" for side, width in (("original", 10), ("ours", 8))
    )
    floor = bare[row["case"]]
    print(
        f"{row['case']:<14}{row['connections']:>12}{rates}{ratio:>7.1f}x{cost:>10.1f}x{floor:>12.0f}"
    )

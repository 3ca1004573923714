# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole bench, in an order in which nothing spoils what comes after it; raw numbers as JSON."""

from __future__ import annotations

import functools
import itertools
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from bench import cases, large, loads, machine, memory
from bench.cases import Case
from bench.loads import Plan, Say
from bench.records import COMPACT, ORIGINAL, OURS
from bench.report import page
from bench.servers import Contender
from tests.fix_cluster import Cluster
from tests.robustness.controller import Controller

CONTENDERS = {
    "original": Contender("original", ORIGINAL),
    "ours": Contender("ours", OURS),
}
PLACES = ("--max-connections", str(max(cases.CONNECTIONS) + 8))
"""By default both take 124 connections, and whoever else comes waits for one of them to go."""

UNDER_LOAD = {name: replace(one, arguments=PLACES) for name, one in CONTENDERS.items()}
MORE_NODES = ("NodeName=f[0001-4000] NodeAddr=127.0.0.1 State=DOWN",)
"""Beside the thousand that a controller of the tests has."""

HELD_FOR_WRITES = 3_000
IN_MEMORY = "/dev/shm"

Results = dict[str, Any]


@dataclass(frozen=True)
class Settings:
    """How much of it, and where the report goes.

    ``only`` are parts and ``cases`` names of what is put under load; empty is all.
    """

    rounds: int
    seconds: int
    soak_seconds: float
    quick: bool
    only: frozenset[str]
    cases: frozenset[str]
    output: Path


def run(settings: Settings) -> None:
    """Measure, and write results.json and report.html, again after each line of it."""
    settings.output.mkdir(parents=True, exist_ok=True)
    target = settings.output / "results.json"
    results: Results = {"notes": []}
    if settings.only and target.exists():
        # The other parts are those of the run before.
        results = json.loads(target.read_text())
    results["about"] = _about(settings)

    def say(text: str) -> None:
        print(text, flush=True)
        target.write_text(json.dumps(results, indent=1) + "\n")
        page.write(results, settings.output)

    for name, part in PARTS.items():
        if settings.only and name not in settings.only:
            continue
        say(f"== {name}")
        start = time.monotonic()
        part(settings, results, say)
        results["about"]["seconds"][name] = round(time.monotonic() - start)
    say(f"\nreport: {settings.output}/report.html, numbers: {target}")


def _reads(settings: Settings, results: Results, say: Say) -> None:
    sandbox = machine.facts()
    facts = {
        "held": str(Cluster(sandbox).jobs["held"]),
        "reservation": _reservation(),
        "cluster": sandbox["cluster"],
    }
    token = machine.token("admin")
    pid = machine.pid_of("slurmctld")
    chosen = _chosen(cases.READS, settings)
    rows = results["reads"] = _kept(results.get("reads", ()), chosen)
    with loads.bench(UNDER_LOAD, pid, token, results["notes"], facts=facts) as made:
        loads.measure_all(made, chosen, _plan(settings), tuple, say=say, rows=rows)


def _writes(settings: Settings, results: Results, say: Say) -> None:
    chosen = _chosen(cases.WRITES, settings)
    rows = results["writes"] = _kept(results.get("writes", ()), chosen)
    plan = _plan(settings)
    for case in chosen:
        for keep_alive, connections in itertools.product(plan.keep_alive, plan.connections):
            # A controller holds so many jobs and no more, and stands still while it saves many.
            cell = replace(plan, connections=[connections], keep_alive=[keep_alive])
            _write(case, cell, results["notes"], say, rows)


def _write(case: Case, plan: Plan, notes: list[str], say: Say, rows: list[Results]) -> None:
    # Without accounting nobody else may change what belongs to others.
    token = machine.token("root")
    with _controller() as controller:
        pid, conf = controller.pid, str(controller.conf)
        with loads.bench(UNDER_LOAD, pid, token, notes, conf=conf) as made:
            ids = _ids_for(case, controller)
            loads.measure_all(made, [case], plan, ids, say=say, rows=rows)


def _ids_for(case: Case, controller: Controller) -> Callable[[], Sequence[int]]:
    """What gives the jobs of a run: a job can be changed again, and be cancelled once."""
    if "{job}" not in case.path:
        return tuple
    if case.method == "DELETE":
        return functools.partial(_held, controller)
    held = _held(controller)
    return lambda: held


def _nodes(settings: Settings, results: Results, say: Say) -> None:
    results["nodes"] = []
    for count, lines in ((1_000, ()), (5_000, MORE_NODES)):
        with _controller(*lines) as controller:
            row = large.nodes(count, str(controller.conf), settings.rounds)
        results["nodes"].append(row)
        say(_summary(row))


def _rest(settings: Settings, results: Results, say: Say) -> None:
    token = machine.token("admin")
    results["rest"] = {name: memory.at_rest(one, token) for name, one in CONTENDERS.items()}
    for name, one in results["rest"].items():
        say(f"{name}: {one['fresh_bytes'] >> 20} MiB fresh, {one['used_bytes'] >> 20} MiB used")


def _soak(settings: Settings, results: Results, say: Say) -> None:
    token = machine.token("admin")
    seconds = {"original": min(60.0, settings.soak_seconds), "ours": settings.soak_seconds}
    results["soak"] = {}
    for name, one in CONTENDERS.items():
        results["soak"][name] = memory.soak(one, token, seconds[name], say)


def _jobs(settings: Settings, results: Results, say: Say) -> None:
    counts = large.JOBS[:1] if settings.quick else large.JOBS
    results["jobs"] = []
    for count in counts:
        rows = large.jobs([count], settings.rounds)
        if count == 16_000 or settings.quick:
            rows.append(large.mixed_jobs(settings.rounds))
        results["jobs"] += rows
        say("\n".join(map(_summary, rows)))


def _burst(settings: Settings, results: Results, say: Say) -> None:
    """Ours only: the original would take 75 GB."""
    with _controller() as controller:
        wanted = 1_000 if settings.quick else 16_000
        controller.add_held_jobs(wanted)
        contender = Contender("ours", OURS, environment=COMPACT, conf=str(controller.conf))
        found = memory.burst(contender, machine.token("admin")) | {"jobs": wanted}
    results["burst"] = found
    say(f"burst: {found['peak_bytes'] >> 20} MiB at most, {found['answered']} answered")


PARTS: Mapping[str, Callable[[Settings, Results, Say], None]] = {
    "reads": _reads,
    "writes": _writes,
    "nodes": _nodes,
    "rest": _rest,
    "soak": _soak,
    "jobs": _jobs,
    "burst": _burst,
}


def _plan(settings: Settings) -> Plan:
    connections = (1, 8) if settings.quick else cases.CONNECTIONS
    return Plan(connections, settings.rounds, settings.seconds)


def _chosen(all_cases: tuple[Case, ...], settings: Settings) -> list[Case]:
    wanted = settings.cases or (frozenset(cases.QUICK) if settings.quick else None)
    return [case for case in all_cases if wanted is None or case.name in wanted]


def _kept(rows: Sequence[Results], chosen: Sequence[Case]) -> list[Results]:
    """What is not measured anew of the run before."""
    names = {case.name for case in chosen}
    return [row for row in rows if row["case"] not in names]


@contextmanager
def _controller(*lines: str) -> Iterator[Controller]:
    """One of the bench's own, with its state in memory.

    On a disk a submitted job is two new files first of all, and the more of them were just
    deleted, by the controller before this one, the longer the file system looks for a place.
    """
    with tempfile.TemporaryDirectory(prefix="bench-controller-", dir=IN_MEMORY) as folder:
        Path(folder).chmod(0o755)
        controller = Controller(Cluster(machine.facts()), Path(folder), lines)
        controller.start()
        try:
            yield controller
        finally:
            controller.stop()


def _held(controller: Controller) -> list[int]:
    """New held jobs."""
    before = _last_id(controller)
    controller.add_held_jobs(HELD_FOR_WRITES)
    return list(range(before + 1, _last_id(controller) + 1))


def _last_id(controller: Controller) -> int:
    listed = controller.run("squeue", "-h", "-t", "all", "-o", "%A").split()
    return max(map(int, listed), default=0)


def _reservation() -> str:
    return _said("scontrol", "-o", "show", "reservations").split()[0].partition("=")[2]


def _summary(row: Mapping[str, Any]) -> str:
    ratios = ", ".join(f"{name}: {ratio:.1f} x" for name, ratio in row["ratios"].items())
    times = ", ".join(
        f"{name} {one['seconds'] * 1000:.0f} ms" for name, one in row["contenders"].items()
    )
    return f"{row['title']} ({row['records']}): {times}; {ratios}"


def _about(settings: Settings) -> dict[str, Any]:
    names = ("gunicorn", "gunicorn_h1c", "orjson", "cffi", "slurmrestd")
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": os.environ.get("SLURMRESTD_BENCH_COMMIT", "unknown"),
        "machine": machine.machine(),
        "kernel": os.uname().release,
        "python": platform.python_version(),
        "slurm": _said(ORIGINAL, "-V"),
        "versions": {name: metadata.version(name) for name in names},
        "rounds": settings.rounds,
        "seconds_each": settings.seconds,
        "load_average": os.getloadavg(),
        "seconds": {},
    }


def _said(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()

# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole bench, in an order in which nothing spoils what comes after it; raw numbers as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from bench import cases, large, loads, machine, memory
from bench.cases import Case
from bench.loads import Plan
from bench.records import COMPACT, ORIGINAL, OURS
from bench.report import page
from bench.servers import Contender
from tests.fix_cluster import Cluster
from tests.robustness.controller import Controller

CONTENDERS = {
    "original": Contender("original", ORIGINAL),
    "ours": Contender("ours", OURS),
}
MORE_NODES = ("NodeName=f[0001-4000] NodeAddr=127.0.0.1 State=DOWN",)
"""Beside the thousand that a controller of the tests has."""

HELD_FOR_WRITES = 3_000


@dataclass(frozen=True)
class Settings:
    """How much of it, and where the report goes."""

    rounds: int
    seconds: int
    soak_seconds: float
    quick: bool
    only: frozenset[str]
    output: Path


PARTS = ("reads", "writes", "nodes", "rest", "soak", "jobs", "burst")


def run(settings: Settings) -> None:
    """Measure, and write results.json and report.html."""
    settings.output.mkdir(parents=True, exist_ok=True)
    target = settings.output / "results.json"
    results: dict[str, Any] = {"about": _about(settings), "notes": []}
    parts = {
        "reads": _reads,
        "writes": _writes,
        "nodes": _nodes,
        "rest": _rest,
        "soak": _soak,
        "jobs": _jobs,
        "burst": _burst,
    }
    for name, part in parts.items():
        if settings.only and name not in settings.only:
            continue
        _say(f"== {name}")
        start = time.monotonic()
        results |= part(settings, results["notes"])
        results["about"]["seconds"][name] = round(time.monotonic() - start)
        # After each part: what was measured is not lost if a later one fails.
        target.write_text(json.dumps(results, indent=1) + "\n")
        page.write(results, settings.output)
    _say(f"\nreport: {settings.output}/report.html, numbers: {target}")


def _reads(settings: Settings, notes: list[str]) -> dict[str, Any]:
    cluster = Cluster(machine.facts())
    facts = {"held": str(cluster.jobs["held"]), "reservation": _reservation()}
    plan = _plan(settings)
    token = machine.token("admin")
    pid = machine.pid_of("slurmctld")
    with loads.bench(CONTENDERS, pid, token, notes, facts=facts) as made:
        chosen = _chosen(cases.READS, settings)
        return {"reads": loads.measure_all(made, chosen, plan, lambda: (), _say)}


def _writes(settings: Settings, notes: list[str]) -> dict[str, Any]:
    rows = []
    with _controller() as controller:
        token = machine.token("admin")
        pid, conf = controller.pid, str(controller.conf)
        for case in _chosen(cases.WRITES, settings):
            # Each run has jobs of its own to change or to cancel.
            ids = (lambda: ()) if case.name == "submit" else (lambda: _held(controller))
            with loads.bench(CONTENDERS, pid, token, notes, conf=conf) as made:
                rows += loads.measure_all(made, [case], _plan(settings), ids, _say)
    return {"writes": rows}


def _nodes(settings: Settings, notes: list[str]) -> dict[str, Any]:
    rows = []
    with _controller() as controller:
        rows.append(large.nodes(1_000, str(controller.conf), settings.rounds))
    with _controller(*MORE_NODES) as controller:
        rows.append(large.nodes(5_000, str(controller.conf), settings.rounds))
    for row in rows:
        _say(_summary(row))
    return {"nodes": rows}


def _rest(settings: Settings, notes: list[str]) -> dict[str, Any]:
    token = machine.token("admin")
    found = {name: memory.at_rest(one, token) for name, one in CONTENDERS.items()}
    for name, one in found.items():
        _say(f"{name}: {one['fresh_bytes'] >> 20} MiB fresh, {one['used_bytes'] >> 20} MiB used")
    return {"rest": found}


def _soak(settings: Settings, notes: list[str]) -> dict[str, Any]:
    token = machine.token("admin")
    seconds = {"original": min(60.0, settings.soak_seconds), "ours": settings.soak_seconds}
    return {
        "soak": {
            name: memory.soak(one, token, seconds[name], _say) for name, one in CONTENDERS.items()
        }
    }


def _jobs(settings: Settings, notes: list[str]) -> dict[str, Any]:
    counts = large.JOBS[:1] if settings.quick else large.JOBS
    rows = []
    for count in counts:
        rows += large.jobs([count], settings.rounds)
        _say("\n".join(map(_summary, rows[-2:])))
        if count == 16_000 or settings.quick:
            rows.append(large.mixed_jobs(settings.rounds))
            _say(_summary(rows[-1]))
    return {"jobs": rows}


def _burst(settings: Settings, notes: list[str]) -> dict[str, Any]:
    """Ours only: the original would take 75 GB."""
    with _controller() as controller:
        wanted = 1_000 if settings.quick else 16_000
        controller.add_held_jobs(wanted)
        contender = Contender("ours", OURS, environment=COMPACT, conf=str(controller.conf))
        found = memory.burst(contender, machine.token("admin")) | {"jobs": wanted}
    _say(f"burst: {found['peak_bytes'] >> 20} MiB at most, {found['answered']} answered")
    return {"burst": found}


def _plan(settings: Settings) -> Plan:
    connections = (1, 8) if settings.quick else cases.CONNECTIONS
    return Plan(connections, settings.rounds, settings.seconds, connections[1:2])


def _chosen(all_cases: tuple[Case, ...], settings: Settings) -> list[Case]:
    return [case for case in all_cases if not settings.quick or case.name in cases.QUICK]


@contextmanager
def _controller(*lines: str) -> Iterator[Controller]:
    with tempfile.TemporaryDirectory(prefix="bench-controller-") as folder:
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
    said = subprocess.run(
        ["scontrol", "-o", "show", "reservations"], check=True, capture_output=True, text=True
    )
    return said.stdout.split()[0].partition("=")[2]


def _summary(row: Mapping[str, Any]) -> str:
    ratios = ", ".join(f"{name}: {ratio:.1f} x" for name, ratio in row["ratios"].items())
    times = ", ".join(
        f"{name} {one['seconds'] * 1000:.0f} ms" for name, one in row["contenders"].items()
    )
    return f"{row['title']} ({row['records']}): {times}; {ratios}"


def _say(text: str) -> None:
    print(text, flush=True)


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

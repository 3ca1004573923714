# SPDX-License-Identifier: GPL-2.0-or-later
"""Large answers: GET jobs, nodes, shares, finished jobs; ours, the original, the bare RPC.

The original leaks what it answered, so each of its measurements has a fresh process.
Both sides are asked once before they are measured (ours keeps its processes; the
original's first request would otherwise pay for what it loads at first use).
"""

from __future__ import annotations

import math
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import associations, finished_jobs, machine, servers
from bench.servers import Contender

MIB = 1 << 20
SETTLE_SECONDS = 1.0
"""An answer is freed after its last byte: what a server has at rest shows a moment later."""
MEMORY_PART = 0.85
"""Of what the machine has left: a server that takes more for an answer is ended."""
ANSWER_SECONDS = 180.0
"""For one answer; a server that takes longer is ended, too."""

OURS = str(Path(sys.executable).with_name("slurmrestd"))
ORIGINAL = "/usr/sbin/slurmrestd"
COMPACT = {"SLURMRESTD_JSON": "compact"}


@dataclass(frozen=True)
class Bench:
    """A large answer: its path, and the Python that makes the bare RPC and counts.

    ``count`` is how many finished jobs are asked for.
    """

    title: str
    path: str
    rpc: str
    plugin: str = "slurm"
    count: int = 0

    @property
    def query(self) -> str:
        """What the path is followed by."""
        return f"?{finished_jobs.query(self.count)}" if self.count else ""


JOBS = Bench("GET jobs", "jobs/", "jobs.load(0, SHOW_ALL | SHOW_DETAIL)")
NODES = Bench("GET nodes", "nodes/", "nodes.load(0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED)")
SHARES = Bench("GET shares", "shares", "shares.load()")
STATES = Bench("GET jobs/state", "jobs/state/", "jobs.load_states()")
ACCOUNTING_JOBS = Bench(
    "GET jobs of the accounting database",
    "jobs/",
    "accounting.jobs.load()",
    "slurmdb",
)
ASSOCIATIONS = Bench(
    "GET associations",
    "associations/",
    "accounting.associations.load()",
    "slurmdb",
)
ORIGINAL_MOST = 5000
"""How many finished jobs the original is asked for at most: each takes it half a megabyte."""

CONTENDERS = (
    Contender("original, as shipped", ORIGINAL),
    Contender("ours, as shipped", OURS),
    Contender("original, fastest", ORIGINAL, arguments=("-d", "v0.0.42+fast"), environment=COMPACT),
    Contender("ours, same setting", OURS, arguments=("-d", "v0.0.42+fast"), environment=COMPACT),
)
AGAINST = {"ours, as shipped": "original, as shipped", "ours, same setting": "original, fastest"}


@dataclass
class Measured:
    """What a contender did, round by round."""

    seconds: list[float] = field(default_factory=list)
    first_byte: list[float] = field(default_factory=list)
    grown: list[int] = field(default_factory=list)
    body_bytes: int = 0
    ended_at: int = 0

    def ended(self, seconds: float, at: int) -> None:
        """It took too much memory or too long: it would have taken longer than this."""
        self.seconds.append(seconds)
        self.first_byte.append(seconds)
        self.grown.append(at)
        self.ended_at = at


@dataclass(frozen=True)
class Least:
    """How much of what is asked for there must be; what is missing is added."""

    jobs: int
    associations: int
    finished_jobs: int


def run(bench: Bench, rounds: int, least: Least) -> None:
    """Measure, and print a table."""
    if bench is JOBS:
        enough_jobs(least.jobs)
    elif bench in (SHARES, ASSOCIATIONS):
        _say(f"seeing that there are {least.associations} associations")
        associations.enough(least.associations)
    elif bench is ACCOUNTING_JOBS:
        _say(f"seeing that there are {least.finished_jobs} finished jobs")
        finished_jobs.enough(least.finished_jobs)
        bench = replace(bench, count=least.finished_jobs)
    results, bare = measure(bench, rounds)
    _table(bench, rounds, results, bare)


def measure(
    bench: Bench, rounds: int, conf: str = "", most: float = math.inf
) -> tuple[dict[str, Measured], list[float]]:
    """Every contender and the bare RPC in turns, on the controller of ``conf``.

    Whoever takes more than ``most`` seconds is measured once only.
    """
    contenders = _contenders(bench)
    results = {contender.name: Measured() for contender in contenders}
    bare: list[float] = []
    for number in range(1, rounds + 1):
        _say(f"{bench.title}, round {number} of {rounds}: the bare RPC")
        bare.append(_bare(bench, conf))
        for contender in contenders:
            measured = results[contender.name]
            if not measured.seconds or (measured.seconds[-1] < most and not measured.ended_at):
                _say(f"{bench.title}, round {number} of {rounds}: {contender.name}")
                _measure(bench, contender, measured, conf)
    return results, bare


def _contenders(bench: Bench) -> tuple[Contender, ...]:
    if bench.count <= ORIGINAL_MOST:
        return CONTENDERS
    _say(f"without the original: at most {ORIGINAL_MOST} finished jobs fit into its memory")
    return tuple(contender for contender in CONTENDERS if contender.program == OURS)


def _say(text: str) -> None:
    end = "\r" if sys.stdout.isatty() else "\n"
    print(f"{text:<60}", end=end, flush=True)


def enough_jobs(wanted: int) -> None:
    """Add held jobs until there are ``wanted`` jobs of all kinds."""
    listed = subprocess.run(["squeue", "-h", "-r", "-o", "%i"], check=True, capture_output=True)
    missing = wanted - len(listed.stdout.split())
    if missing > 0:
        _say(f"adding {missing} held jobs")
        subprocess.run([machine.facts()["held_jobs"], str(missing)], check=True)


def _bare(bench: Bench, conf: str) -> float:
    token = machine.token("admin")
    made = machine.printed_by("bench.bare_rpc", bench.rpc, token, conf, str(bench.count))
    return float(made["seconds"])


def _measure(bench: Bench, contender: Contender, measured: Measured, conf: str) -> None:
    url = f"/{bench.plugin}/{contender.version}/{bench.path}{bench.query}"
    jwt = machine.token("admin")
    with servers.running(replace(contender, conf=conf)) as server:
        for warm in ("ping/", "licenses/"):
            machine.get(server.socket, f"/slurm/{contender.version}/{warm}", jwt)
        if contender.program == OURS:
            machine.get(server.socket, url, jwt)
        time.sleep(SETTLE_SECONDS)
        pids = server.workers()
        before = sum(machine.resident_bytes(pid) for pid in pids)
        machine.forget_peaks(pids)
        most = int(machine.available_bytes() * MEMORY_PART)
        start = time.perf_counter()
        with machine.bounded(pids, most, ANSWER_SECONDS) as ended:
            try:
                reply = machine.get(server.socket, url, jwt)
            except OSError:
                if not ended.happened:
                    raise
        if ended.happened:
            measured.ended(time.perf_counter() - start, ended.at)
            return
        peak = sum(machine.peak_bytes(pid) for pid in pids)
    if reply.status != 200 or b'"errors"' not in reply.tail:
        raise SystemExit(f"{contender.name} answered {reply.status}: not reported")
    if re.search(rb'"errors":\s*\[\s*\{', reply.tail):
        raise SystemExit(f"{contender.name} answered with errors: not reported")
    measured.seconds.append(reply.seconds)
    measured.first_byte.append(reply.first_byte_seconds)
    measured.grown.append(peak - before)
    measured.body_bytes = reply.body_bytes


def _table(bench: Bench, rounds: int, results: dict[str, Measured], bare: list[float]) -> None:
    floor = statistics.median(bare)
    print(
        f"\n{bench.title}, {time.strftime('%Y-%m-%d')}, medians of {rounds}, {machine.machine()}\n"
    )
    print(f"{'':<24}{'time':>10}{'first byte':>12}{'body':>10}{'memory':>10}{'ratio':>9}")
    print(f"{'bare RPC':<24}{floor * 1000:>7.0f} ms{'':>12}{'':>10}{'':>10}")
    for name, one in results.items():
        seconds = statistics.median(one.seconds)
        against = AGAINST.get(name) if AGAINST.get(name) in results else None
        ratio = f"{statistics.median(results[against].seconds) / seconds:.0f} x" if against else ""
        if one.ended_at:
            ratio = f"ended at {one.ended_at >> 30} GiB"
        print(
            f"{name:<24}{seconds * 1000:>7.0f} ms"
            f"{statistics.median(one.first_byte) * 1000:>9.0f} ms"
            f"{one.body_bytes / MIB:>6.0f} MiB"
            f"{statistics.median(one.grown) / MIB:>6.0f} MiB{ratio:>9}"
        )
    print(
        "\nmemory: the most that the serving processes had resident during the request, over"
        "\nwhat they had before it. ratio: how many times faster than the line above it."
    )
    for name in AGAINST:
        times = statistics.median(results[name].seconds) / floor
        print(f"{name}: {times:.1f} times the bare RPC")

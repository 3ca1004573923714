# SPDX-License-Identifier: GPL-2.0-or-later
"""Small answers under load: ours and the original on one cluster, in turns, medians.

The two take turns within seconds of each other, so that whatever else the machine does is
fair to both.  A case is reported only if both sides gave the same answer to it, and without
a single error.
"""

from __future__ import annotations

import itertools
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bench import machine, servers, wrk
from bench.cases import Case
from bench.servers import Contender, Running
from tests.conformance.compare import values_differ
from tests.conformance.raw import Address, Reply, exchange
from tests.conformance.volatile import VOLATILE, Rows, Volatile, at_most, soon_after

SIDES = ("original", "ours")
GIB = 1 << 30
MEMORY_LIMIT = 3 * GIB
"""How much the original may take before it is started anew, or its run given up."""

ASK_AGAIN = 5
LONGER = (1, 4, 16)
"""How many times as long a load lasts until both sides have answered at all."""

NO_ANSWER = "no answer in time"
REST_SECONDS, REST_TICK = 1.0, 0.1
"""How long a server may be at work when the load is over, and how often it is looked at."""
VERSION = "v0.0.42"

_OWN = "our own requests count"
ANSWERS = Rows(
    (
        *VOLATILE,
        *(
            Volatile(f"/statistics/{counted}[]/{place}", alike, _OWN)
            for counted in ("RPCs", "users")
            for place, alike in (
                ("count", soon_after(50)),
                ("time/total", soon_after(10_000_000)),
                ("time/average", at_most(1_000_000)),
            )
        ),
    )
)
"""What is looked away from where the two answers are compared."""

Say = Callable[[str], None]


class TooLarge(Exception):
    """A server has reached the memory limit in the middle of a run."""


class Side:
    """One of the two: started, and started anew when it has taken too much memory."""

    def __init__(self, contender: Contender, notes: list[str]) -> None:
        self.contender = contender
        self._notes = notes
        self._stack = ExitStack()
        self.server = self._start()

    def _start(self) -> Running:
        return self._stack.enter_context(servers.running(self.contender))

    def memory(self) -> int:
        """Bytes that all its processes have."""
        return machine.proportional_bytes(self.server.processes())

    def watch(self) -> None:
        """Raise TooLarge where a run has to end."""
        # VmRSS and not PSS: this is asked for twenty times a second.
        if sum(map(machine.resident_bytes, self.server.processes())) > MEMORY_LIMIT:
            raise TooLarge

    def renew_if_large(self, why: str) -> None:
        """Start it anew if it is about to reach the limit."""
        if self.memory() > MEMORY_LIMIT // 2:
            self.renew(why)

    def renew(self, why: str) -> None:
        """Start it anew, and note that."""
        size = self.memory() / GIB
        self._notes.append(f"{self.contender.name} was started anew at {size:.1f} GiB: {why}")
        self.close()
        self._stack = ExitStack()
        self.server = self._start()

    def come_to_rest(self, why: str) -> None:
        """Wait until it has done with what nobody waits for any more, or start it anew.

        The other one would be measured beside it.
        """
        deadline = time.monotonic() + REST_SECONDS
        before = self._cpu()
        while time.monotonic() < deadline:
            time.sleep(REST_TICK)
            now = self._cpu()
            if now - before < REST_TICK / 10:
                return
            before = now
        self.renew(f"still at work after {why}")

    def _cpu(self) -> float:
        return machine.cpu_seconds(self.server.processes())

    def close(self) -> None:
        """End it."""
        self._stack.close()


@dataclass
class Measured:
    """The runs of one side of a case."""

    rates: list[float] = field(default_factory=list)
    latency: list[Mapping[str, int]] = field(default_factory=list)
    server_cpu: list[float] = field(default_factory=list)
    controller_cpu: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    refused: str = ""

    def summary(self) -> dict[str, Any]:
        """Medians; nothing but the reason where it is not reported."""
        if self.refused or not self.rates:
            return {"refused": self.refused or "never measured"}
        return {
            "rate": statistics.median(self.rates),
            "rates": self.rates,
            "latency_us": {
                p: statistics.median(run[p] for run in self.latency) for p in self.latency[0]
            },
            "server_cpu_us": statistics.median(self.server_cpu),
            "controller_cpu_us": statistics.median(self.controller_cpu),
            "memory_bytes": max(self.memory),
        }


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    connections: Sequence[int]
    rounds: int
    seconds: int
    keep_alive: Sequence[bool] = (True, False)


class Bench:
    """Both sides on one controller."""

    def __init__(
        self,
        sides: Mapping[str, Side],
        controller: int,
        token: str,
        facts: Mapping[str, str],
        conf: str = "",
    ) -> None:
        self._sides = sides
        self._controller = controller
        self._token = token
        self._facts = facts
        self._conf = conf

    def path(self, case: Case) -> str:
        """The case's path with what is there in place of names in braces."""
        path = f"/{case.plugin}/{VERSION}/{case.path}"
        return re.sub(r"\{(\w+)\}", lambda m: self._facts.get(m[1], m[0]), path)

    def disagreement(self, case: Case) -> str:
        """Why the two answers are not the same; "" where they are."""
        if case.writes:
            return ""
        why = "never asked"
        for _ in range(ASK_AGAIN):
            original, ours = (self._ask(side, case) for side in self._sides.values())
            if original.status != 200 or ours.status != 200:
                return f"statuses {original.status} and {ours.status}"
            bodies = json.loads(original.body), json.loads(ours.body)
            found = list(values_differ("", *bodies, ANSWERS))
            if not found:
                return ""
            why = str(found[0])
        return f"the answers differ: {why}"

    def _ask(self, side: Side, case: Case) -> Reply:
        head = (
            f"GET {self.path(case)} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
            f"X-SLURM-USER-TOKEN: {self._token}\r\n\r\n"
        )
        address = Address(path=str(side.server.socket))
        return exchange(address, head.encode(), timeout=machine.TIMEOUT_SECONDS)

    def measure(
        self,
        case: Case,
        connections: int,
        plan: Plan,
        ids: Callable[[], Sequence[int]],
        *,
        keep_alive: bool,
    ) -> dict[str, Any]:
        """Both sides in turns; a summary of each.

        Who is first in one round is last in the next: the jobs that a submit leaves behind
        slow down whoever comes after.
        """
        found = {name: Measured() for name in self._sides}
        bare: list[float] = []
        turns = list(self._sides.items())
        for _ in range(plan.rounds):
            for name, side in turns:
                if not found[name].refused:
                    request = wrk.Request(
                        side.server.port,
                        self.path(case),
                        self._token,
                        case.method,
                        case.body,
                        keep_alive,
                        ids(),
                    )
                    self._run(side, request, connections, plan.seconds, found[name])
            turns.reverse()
            if case.bare and keep_alive:
                how = (self._token, self._conf, str(connections), str(plan.seconds))
                bare.append(machine.printed_by(case.bare, *how))
        summary: dict[str, Any] = {name: one.summary() for name, one in found.items()}
        summary["seconds"] = plan.seconds
        return summary | ({"bare": {"rate": statistics.median(bare)}} if bare else {})

    def _run(
        self, side: Side, request: wrk.Request, connections: int, seconds: int, into: Measured
    ) -> None:
        pids = side.server.processes()
        before = machine.cpu_seconds(pids), machine.cpu_seconds([self._controller])
        try:
            load = wrk.run(request, connections, seconds, side.watch)
        except TooLarge:
            into.refused = f"took more than {MEMORY_LIMIT // GIB} GiB, and was ended"
            side.renew(f"{request.path} at {connections} connections")
            return
        errors = dict(load.errors)
        if not request.keep_alive:
            # The original closes without saying so, and wrk tries such a connection once more.
            # What was answered is counted, and nothing else.
            errors.pop("read", None)
        if errors or not load.requests:
            into.refused = f"errors: {errors}" if errors else NO_ANSWER
            # It may be at work on what it was asked for a long time yet.
            side.renew(f"{request.path} at {connections} connections: {into.refused}")
            return
        each = 1e6 / load.requests
        into.server_cpu.append((machine.cpu_seconds(pids) - before[0]) * each)
        into.controller_cpu.append((machine.cpu_seconds([self._controller]) - before[1]) * each)
        into.rates.append(load.rate)
        into.latency.append(load.latency)
        into.memory.append(side.memory())
        side.come_to_rest(f"{request.path} at {connections} connections")
        side.renew_if_large(f"after {request.path} at {connections} connections")


@contextmanager
def bench(
    contenders: Mapping[str, Contender],
    controller: int,
    token: str,
    notes: list[str],
    *,
    facts: Mapping[str, str] | None = None,
    conf: str = "",
) -> Iterator[Bench]:
    """Both sides started; ended afterwards."""
    sides: dict[str, Side] = {}
    try:
        for name, contender in contenders.items():
            sides[name] = Side(replace(contender, conf=conf), notes)
        yield Bench(sides, controller, token, facts or {}, conf)
    finally:
        for side in sides.values():
            side.close()


def measure_all(
    made: Bench,
    cases: Sequence[Case],
    plan: Plan,
    ids: Callable[[], Sequence[int]],
    *,
    say: Say,
    rows: list[dict[str, Any]],
) -> None:
    """Add a row for each case, number of connections, and way of using them."""
    for case in cases:
        why = made.disagreement(case)
        for keep_alive, connections in itertools.product(plan.keep_alive, plan.connections):
            row: dict[str, Any] = {
                "case": case.name,
                "target": case.target,
                "connections": connections,
                "keep_alive": keep_alive,
            }
            if why:
                row["refused"] = why
            else:
                measure = partial(made.measure, case, connections, ids=ids, keep_alive=keep_alive)
                row |= _until_answered(measure, plan)
            rows.append(row)
            say(_line(row))


def _until_answered(measure: Callable[[Plan], dict[str, Any]], plan: Plan) -> dict[str, Any]:
    """What is measured under a load that lasts until both sides have answered at all."""
    found: dict[str, Any] = {}
    for longer in LONGER:
        found = measure(replace(plan, seconds=plan.seconds * longer))
        if all(found[side].get("refused") != NO_ANSWER for side in SIDES):
            break
    return found


def ratio(row: Mapping[str, Any]) -> float | None:
    """Ours over the original; None where one of them is not reported."""
    if "refused" in row or any("refused" in row[side] for side in SIDES):
        return None
    return float(row["ours"]["rate"] / row["original"]["rate"])


def cost_ratio(row: Mapping[str, Any]) -> float | None:
    """How much more processor time an answer of the original takes, the controller's included."""
    if ratio(row) is None:
        return None
    costs = [row[side]["server_cpu_us"] + row[side]["controller_cpu_us"] for side in SIDES]
    return float(costs[0] / costs[1])


def _line(row: Mapping[str, Any]) -> str:
    how = "kept" if row["keep_alive"] else "closed"
    head = f"{row['case']:<22}{row['connections']:>4} {how:<7}"
    if "refused" in row:
        return f"{head} not reported: {row['refused']}"
    rates = [
        f"{name} {row[name]['rate']:>8.0f}/s" if "rate" in row[name] else f"{name} not reported"
        for name in SIDES
    ]
    found = ratio(row)
    bare = f"  the bare call {row['bare']['rate']:.0f}/s" if "bare" in row else ""
    return f"{head} {'  '.join(rates)}  {f'{found:.2f} x' if found else ''}{bare}"

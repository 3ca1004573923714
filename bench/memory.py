# SPDX-License-Identifier: GPL-2.0-or-later
"""Memory: at rest, in a burst of large answers, and over a long mixed load."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import machine, servers
from bench.loads import MEMORY_LIMIT, VERSION, Say
from bench.servers import Contender, Running

BURST_CLIENTS = 32
SOAK_CLIENTS = 8
SAMPLE_SECONDS = 1.0
SETTLE_SECONDS = 5.0
"""After the last answer, until a server has given back what it will."""

MIXED = (
    *("ping/", "partitions/", "diag/", "licenses/", "reservations/", "node/n1"),
    *("jobs/state/", "nodes/", "partition/normal", "jobs/"),
)


def pss(server: Running) -> int:
    """All its processes, in bytes."""
    return machine.proportional_bytes(server.processes())


def at_rest(contender: Contender, token: str) -> dict[str, int]:
    """Just started, and again after a few answers of each kind."""
    with servers.running(contender) as server:
        time.sleep(SETTLE_SECONDS)
        fresh = pss(server)
        for path in MIXED * 2:
            _get(server, path, token)
        time.sleep(SETTLE_SECONDS)
        return {"fresh_bytes": fresh, "used_bytes": pss(server)}


def burst(contender: Contender, token: str) -> dict[str, Any]:
    """Many clients that ask for all jobs at once: the most that all processes had together."""
    with servers.running(contender) as server:
        _get(server, "jobs/", token)
        most = 0
        done = threading.Event()

        def watch() -> None:
            nonlocal most
            while not done.wait(0.02):
                most = max(most, pss(server))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            with ThreadPoolExecutor(BURST_CLIENTS) as clients:
                asked = ["jobs/"] * BURST_CLIENTS
                replies = list(clients.map(lambda path: _get(server, path, token), asked))
        finally:
            done.set()
            watcher.join()
        time.sleep(SETTLE_SECONDS)
        return {
            "clients": BURST_CLIENTS,
            "answered": sum(reply.status == 200 for reply in replies),
            "body_bytes": min(reply.body_bytes for reply in replies),
            "peak_bytes": most,
            "rest_bytes": pss(server),
        }


def soak(contender: Contender, token: str, seconds: float, say: Say) -> dict[str, Any]:
    """A mixed load by several clients; memory of all processes, sampled.

    Ends early at the memory limit.
    """
    samples: list[tuple[float, int]] = []
    with servers.running(contender) as server:
        done = threading.Event()
        counts = [0] * SOAK_CLIENTS
        start = time.monotonic()

        def ask(number: int) -> None:
            for path in itertools.islice(itertools.cycle(MIXED), number, None):
                if done.is_set():
                    return
                try:
                    status = _get(server, path, token).status
                except OSError:
                    if ended.happened:
                        return
                    raise
                if status != 200:
                    raise RuntimeError(f"{path} failed with {status}")
                counts[number] += 1

        with (
            machine.bounded(server.processes(), MEMORY_LIMIT) as ended,
            ThreadPoolExecutor(SOAK_CLIENTS) as clients,
        ):
            running = [clients.submit(ask, number) for number in range(SOAK_CLIENTS)]
            try:
                _sample(server, start, seconds, samples, say, ended=ended)
            finally:
                done.set()
            for one in running:
                one.result()
    return {
        "seconds": seconds,
        "requests": sum(counts),
        "ended": "at the memory limit" if ended.happened else "",
        "samples": samples,
        "growth": growth(samples),
    }


def _sample(
    server: Running,
    start: float,
    seconds: float,
    samples: list[tuple[float, int]],
    say: Say,
    *,
    ended: machine.Ended,
) -> None:
    while (now := time.monotonic() - start) < seconds:
        try:
            samples.append((round(now, 1), pss(server)))
        except OSError:
            if ended.happened:
                return
            raise
        if len(samples) % 60 == 0:
            say(f"  {now:.0f} s: {samples[-1][1] / (1 << 20):.0f} MiB")
        time.sleep(SAMPLE_SECONDS)


def growth(samples: Sequence[tuple[float, int]]) -> float | None:
    """How much more there is in the last fifth than in the first after the warm-up, as a part.

    The warm-up is five minutes, or a quarter of a shorter run; a median of each.
    """
    if len(samples) < 20:
        return None
    warm = min(300.0, samples[-1][0] / 4)
    after = [size for at, size in samples if at >= warm]
    fifth = max(1, len(after) // 5)
    first, last = sorted(after[:fifth]), sorted(after[-fifth:])
    return last[len(last) // 2] / first[len(first) // 2] - 1


def _get(server: Running, path: str, token: str) -> machine.Reply:
    return machine.get(server.socket, f"/slurm/{VERSION}/{path}", token)

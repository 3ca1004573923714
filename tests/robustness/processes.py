# SPDX-License-Identifier: GPL-2.0-or-later
"""What proc(5) says of the workers of a daemon."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from tests.robustness.waiting import eventually

MIB = 1 << 20
_FORGET_PEAK = "5"
_REST_SECONDS = 0.3
_REST_BYTES = 64 << 10
_STILL = 8  # looks without a move: a worker gives memory back two seconds after its last request


@dataclass(frozen=True)
class State:
    """What must be the same before and after whatever a test does.

    Descriptors and threads are counts of each worker, by its process id.
    """

    descriptors: dict[int, int]
    threads: dict[int, int]

    def __le__(self, other: State) -> bool:
        """Whether the workers are the same and none has more of anything."""
        return _no_more(self.descriptors, other.descriptors) and _no_more(
            self.threads, other.threads
        )


class Workers:
    """The workers of the master ``pid``."""

    def __init__(self, master: int) -> None:
        self._master = master

    def pids(self) -> list[int]:
        """Those that run now, in the order of their ids."""
        children = Path(f"/proc/{self._master}/task/{self._master}/children")
        return sorted(int(pid) for pid in children.read_text().split())

    def state(self) -> State:
        """As it is now."""
        pids = self.pids()
        return State(
            {pid: len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids},
            {pid: len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids},
        )

    def rest(self) -> State:
        """As it is once nothing moves: connections that were closed take a moment to go."""
        last = self.state()

        def rests() -> bool:
            nonlocal last
            time.sleep(_REST_SECONDS)
            before, last = last, self.state()
            # There are none before the master has forked, and that does not move either.
            return before == last and bool(last.threads)

        assert eventually(rests, within=20)
        return last

    def come_back_to(self, before: State) -> bool:
        """Whether they are, in the end, those of then, with no more than they had."""
        return eventually(lambda: self.state() <= before, within=20)

    def processor_seconds(self) -> float:
        """What all of them have taken of the processors so far."""
        ticks = 0
        for pid in self.pids():
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident(self) -> int:
        """Bytes that all of them have resident, shared pages counted once for each."""
        return sum(_field(pid, "status", "VmRSS") for pid in self.pids())

    def proportional(self) -> int:
        """Bytes that all of them have resident, with their parts of what they share."""
        return sum(_field(pid, "smaps_rollup", "Pss") for pid in self.pids())

    def at_rest(self) -> int:
        """What ``proportional`` says once it says the same for a while."""
        last = still = 0

        def rests() -> bool:
            nonlocal last, still
            time.sleep(_REST_SECONDS)
            now = self.proportional()
            still = still + 1 if abs(now - last) < _REST_BYTES else 0
            last = now
            return still == _STILL

        assert eventually(rests, within=20)
        return last

    def forget_peak(self) -> None:
        """Start the measurement of ``peak`` anew."""
        for pid in self.pids():
            Path(f"/proc/{pid}/clear_refs").write_text(_FORGET_PEAK)

    def peak(self) -> int:
        """The sum of the most bytes that each had resident since ``forget_peak``."""
        return sum(_field(pid, "status", "VmHWM") for pid in self.pids())


def _no_more(now: dict[int, int], before: dict[int, int]) -> bool:
    return now.keys() == before.keys() and all(now[pid] <= before[pid] for pid in now)


def _field(pid: int, file: str, name: str) -> int:
    text = Path(f"/proc/{pid}/{file}").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    assert found, f"/proc/{pid}/{file} has no {name}"
    return int(found[1]) * 1024

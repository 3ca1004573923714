# SPDX-License-Identifier: GPL-2.0-or-later
"""The sandbox as a bench sees it: tokens, memory of processes, a client that only reads."""

from __future__ import annotations

import json
import math
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READ_BYTES = 1 << 20
TIMEOUT_SECONDS = 900.0
TOKEN_SECONDS = 24 * 3600
WATCH_SECONDS = 0.05


def facts() -> dict[str, Any]:
    """What the sandbox says of itself."""
    found: dict[str, Any] = json.loads(Path("/etc/slurmrestd-sandbox.json").read_text())
    return found


def token(user: str) -> str:
    """A fresh token of ``user``, good for longer than any part of the bench takes."""
    made = subprocess.run(
        ["scontrol", "token", f"lifespan={TOKEN_SECONDS}", f"username={user}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return made.stdout.strip().partition("=")[2]


def printed_by(module: str, *arguments: str) -> Any:
    """What a module of the bench, run as a program of its own, prints as JSON."""
    made = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )
    return json.loads(made.stdout)


@dataclass(frozen=True)
class Reply:
    """What a request brought: status, length and digest of nothing but the body's bytes."""

    status: int
    body_bytes: int
    seconds: float
    first_byte_seconds: float
    tail: bytes


def get(path: Path, url: str, jwt: str) -> Reply:
    """One GET over a unix socket, the body read to its end and thrown away."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(TIMEOUT_SECONDS)
        start = time.perf_counter()
        connection.connect(str(path))
        connection.sendall(
            f"GET {url} HTTP/1.1\r\nHost: bench\r\nX-SLURM-USER-TOKEN: {jwt}\r\n"
            "Accept: application/json\r\nConnection: close\r\n\r\n".encode()
        )
        window = memoryview(bytearray(READ_BYTES))
        got = connection.recv_into(window)
        first = time.perf_counter() - start
        head = bytes(window[:got])
        total, tail = got, head[-4096:]
        while got := connection.recv_into(window):
            total += got
            tail = (tail + bytes(window[max(0, got - 4096) : got]))[-4096:]
        seconds = time.perf_counter() - start
    if not head:
        raise ConnectionResetError("closed without an answer")
    header, _, _ = head.partition(b"\r\n\r\n")
    status = int(header.split(b" ", 2)[1])
    return Reply(status, total - len(header) - 4, seconds, first, tail)


def family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # the thread has ended meanwhile
            continue
        for child in children:
            yield from family(int(child))


def forget_peaks(pids: list[int]) -> None:
    """Start the peaks of resident memory anew."""
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_bytes(pid: int) -> int:
    """The most that a process had resident since ``forget_peaks``."""
    return _status(pid, "VmHWM")


def resident_bytes(pid: int) -> int:
    """What a process has resident now."""
    return _status(pid, "VmRSS")


def proportional_bytes(pids: Iterable[int]) -> int:
    """What processes have resident, with their parts of what they share (PSS)."""
    return sum(_field(pid, "smaps_rollup", "Pss") for pid in pids)


def cpu_seconds(pids: Iterable[int]) -> float:
    """What processes have used of the processors, threads that ended not among it.

    From schedstat, which counts nanoseconds; stat counts ticks of ten milliseconds.
    """
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(task.read_text().split()[0])
    return total / 1e9


def available_bytes() -> int:
    """What the machine could still give away."""
    found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    return int(found[1]) * 1024 if found else 0


@dataclass
class Ended:
    """Whether processes had to be ended, and how many bytes they had then."""

    happened: bool = False
    at: int = 0


@contextmanager
def bounded(pids: list[int], most: int, seconds: float = math.inf) -> Iterator[Ended]:
    """Kill the processes if they come to have more than ``most`` bytes together, or take longer."""
    done = threading.Event()
    ended = Ended()
    deadline = time.monotonic() + seconds

    def watch() -> None:
        while not done.wait(WATCH_SECONDS):
            size = sum(map(resident_bytes, pids))
            if size > most or time.monotonic() > deadline:
                ended.happened, ended.at = True, size
                for pid in pids:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield ended
    finally:
        done.set()
        watcher.join()


def pid_of(name: str) -> int:
    """The oldest process with this name."""
    found = subprocess.run(["pgrep", "-o", "-x", name], check=True, capture_output=True, text=True)
    return int(found.stdout)


def _status(pid: int, name: str) -> int:
    return _field(pid, "status", name)


def _field(pid: int, file: str, name: str) -> int:
    text = Path(f"/proc/{pid}/{file}").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def machine() -> str:
    """One line about where this was measured."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    gib = int(memory[1]) / (1 << 20) if memory else 0
    return f"{os.cpu_count()} x {model[1] if model else 'processor'}, {gib:.0f} GiB"

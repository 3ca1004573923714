# SPDX-License-Identifier: GPL-2.0-or-later
"""The project's checks and tests, in one cluster or in two at the same time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.layout import SOURCE, Layout
from slurmrestd.sandbox.progress import Progress

_CHECKS = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])
_DOES_NOT_START = ["false", "(our slurmrestd does not start)"]
_ROOM = 3 * 1024**3
# What each half compared with the original, for the tests that look back on all of it.
_COMPARED = "/var/tmp/compared-{}"


def may_halve(layout: Layout) -> bool:
    """Whether a second cluster can run beside: the first must be down to be copied."""
    room = layout.directory if layout.directory.exists() else layout.directory.parent
    has_room = shutil.disk_usage(room).free >= _ROOM
    return Cluster.running(layout) is None and len(os.sched_getaffinity(0)) > 1 and has_room


def in_one(cluster: Cluster, rest_starts: bool, arguments: Sequence[str]) -> int:
    """Everything, or what pytest's arguments say."""
    commands = [*_before(rest_starts), ["pytest", *arguments]]
    return _verdict(commands, [cluster.foreground(command) for command in commands])


def in_two(first: Cluster, second: Cluster, rest_starts: bool, progress: Progress) -> int:
    """Half of every module's tests in each, then those that look back on both halves."""
    halves = [
        ["pytest", "--part", f"{number}/2", "--compared", _COMPARED.format(number)]
        for number in (1, 2)
    ]
    commands = [*_before(rest_starts), halves[0]]
    with _in_background(second, halves[1]) as process:
        statuses = [first.foreground(command) for command in commands]
        with progress.step("Waiting for the second half"):
            statuses.append(process.wait())
    compared = second.layout.inside(_COMPARED.format(2))
    if compared.exists():
        shutil.copy2(compared, first.layout.inside(_COMPARED.format(2)))
    look_back = ["pytest", "tests/conformance"]
    for number in (1, 2):
        look_back += ["--look-back", _COMPARED.format(number)]
    statuses.append(first.foreground(look_back))
    return _verdict([*commands, halves[1], look_back], statuses)


def _before(rest_starts: bool) -> list[list[str]]:
    return [*([] if rest_starts else [_DOES_NOT_START]), *_CHECKS]


@contextmanager
def _in_background(cluster: Cluster, command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command of which the output is shown when it has ended."""
    log = cluster.layout.directory / "test.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            cluster.command(command, cwd=SOURCE),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            _show(command, log)


def _show(command: Sequence[str], log: Path) -> None:
    print(f"$ {' '.join(command)}", file=sys.stderr, flush=True)
    sys.stdout.write(log.read_text(errors="replace"))
    sys.stdout.flush()


def _verdict(commands: Sequence[Sequence[str]], statuses: Sequence[int]) -> int:
    failed = [" ".join(it[:3]) for it, bad in zip(commands, statuses, strict=True) if bad]
    if failed:
        print(f"sandbox: failed: {', '.join(failed)}", file=sys.stderr)
    return next(filter(None, statuses), 0)

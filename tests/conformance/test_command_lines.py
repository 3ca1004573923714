# SPDX-License-Identifier: GPL-2.0-or-later
"""The same command line starts both, or ends both with the same exit code on the same streams."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.conformance.cases import command_lines
from tests.conformance.cases.command_lines import RUNS, CommandLine
from tests.fix_cluster import Cluster

_ENDED_WITHIN = 20.0
_STARTED = 0.5


@pytest.fixture
def folder(cluster: Cluster, tmp_path: Path) -> Path:
    """Where the service user can bind sockets."""
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    os.chown(tmp_path, cluster.service_user.uid, cluster.service_user.uid)
    return tmp_path


@pytest.mark.parametrize("line", command_lines.CASES, ids=str)
def test_same_end(line: CommandLine, cluster: Cluster, our_program: str, folder: Path) -> None:
    """What is printed is ours; whether there is any on each stream is not."""
    original = _outcome(cluster, cluster.original, line, folder)
    ours = _outcome(cluster, our_program, line, folder)
    if line.why:
        assert original[0] != ours[0] == line.ours, (original, ours)
    else:
        assert ours[0] == original[0], (original, ours)
        if original[0] != RUNS:
            assert ours[1] == original[1], (original, ours)
    if ours[0] == 1:
        assert ours[2], "nothing says why"


def _outcome(
    cluster: Cluster, program: str, line: CommandLine, folder: Path
) -> tuple[object, bool, bool]:
    """The exit code or RUNS, and whether there was anything on stdout, and on stderr."""
    place = str(folder)
    argv = [word.replace("<folder>", place) for word in line.argv]
    environ = {name: text.replace("<folder>", place) for name, text in line.environ.items()}
    with (folder / "stdout").open("wb") as stdout, (folder / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [program, *argv],
            env={"PATH": os.environ["PATH"], "SLURM_JWT": "daemon", **environ},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            user=cluster.service_user.uid,
            group=cluster.service_user.uid,
            extra_groups=[],
            cwd="/",
        )
        code: object = _code(process, folder)
    said = [bool((folder / name).stat().st_size) for name in ("stdout", "stderr")]
    for left in folder.glob("*.sock"):
        left.unlink()
    return code, said[0], said[1]


def _code(process: subprocess.Popen[bytes], folder: Path) -> object:
    """The exit code; RUNS, once it listens and stays, and is ended."""
    deadline = time.monotonic() + _ENDED_WITHIN
    while time.monotonic() < deadline and not _listens(process.pid):
        if process.poll() is not None:
            return process.returncode
        time.sleep(0.02)
    try:
        return process.wait(_STARTED)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()
        return RUNS


def _listens(pid: int) -> bool:
    """Whether the process has a socket that listens."""
    try:
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False
    sockets = {link.removeprefix("socket:[").rstrip("]") for link in links if "socket:[" in link}
    return bool(sockets & _listening())


def _listening() -> set[str]:
    tcp = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    unix = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    return {row[9] for row in tcp if row[3] == "0A"} | {
        row[6] for row in unix if row[3] == "00010000"
    }

# SPDX-License-Identifier: GPL-2.0-or-later
"""The systemd units of conf/: right by systemd's own judgement, and enough for the program."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.conformance.raw import Address, Peer, exchange
from tests.daemon.inetd import PING_AND_CLOSE
from tests.fix_cluster import Cluster
from tests.robustness.processes import Workers
from tests.robustness.waiting import eventually

UNITS = Path("conf/systemd")
SERVICES = ("slurmrestd.service", "slurmrestd-inetd@.service")
MOST_EXPOSED = 2.0  # of 10, as `systemd-analyze security` counts
SIGNALS_BY_THE_KERNEL = {"restart_syscall", "rt_sigreturn"}


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, cwd=UNITS, check=False
    )


def test_systemd_finds_nothing_wrong() -> None:
    units = sorted(f"./{path.name}" for path in UNITS.iterdir())
    verified = analyze("verify", "--man=no", *units)
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_is_shut_off(unit: str) -> None:
    judged = analyze("security", "--offline=yes", "--no-pager", f"./{unit}").stdout
    found = re.search(r"Overall exposure level for .*: ([0-9.]+)", judged)
    assert found, judged
    assert float(found[1]) <= MOST_EXPOSED


def members(group: str) -> set[str]:
    """The system calls of a group of systemd's."""
    found: set[str] = set()
    for line in analyze("syscall-filter", "--no-pager", group).stdout.splitlines()[1:]:
        name = line.strip()
        if name.startswith("@"):
            found |= members(name)
        elif name and not name.startswith("#"):
            found.add(name)
    return found


def test_the_filter_lets_all_system_calls_through(cluster: Cluster, folder: Path) -> None:
    """Those of a start, a request, a reload and an end, of the master and its workers."""
    folder.chmod(0o777)
    allowed = members("@system-service") - members("@privileged") | members("@default")
    trace = folder / "trace"
    uid = cluster.service_user.uid
    address = Address(path=f"{folder}/socket")
    strace = ["strace", "--kill-on-exit", "-f", "-qq", "-o", str(trace)]
    process = subprocess.Popen(
        [*strace, cluster.program, "-a", "rest_auth/local", f"unix:{address.path}"],
        env={"PATH": os.environ["PATH"]},
        user=uid,
        group=uid,
        extra_groups=[],
    )
    with process:
        try:
            assert eventually(lambda: answers(address, uid))
            (daemon,) = Workers(process.pid).pids()
            before = Workers(daemon).pids()
            os.kill(daemon, signal.SIGHUP)
            assert eventually(lambda: not set(before) & set(Workers(daemon).pids()))
            assert answers(address, uid)
            os.kill(daemon, signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()
    used = set(re.findall(r"^\d+ +(?:<\.\.\. )?([a-z_0-9]+)[( ]", trace.read_text(), re.MULTILINE))
    assert "accept4" in used
    assert used - SIGNALS_BY_THE_KERNEL <= allowed


def answers(address: Address, uid: int) -> bool:
    try:
        return exchange(address, PING_AND_CLOSE, peer=Peer(uid, uid)).status == 200
    except OSError:
        return False

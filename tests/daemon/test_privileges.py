# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom the program runs as, what it gives up before it serves, and that it gives it up."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from slurmrestd.cli.options import Options
from slurmrestd.server.limits import split
from tests.conformance.raw import Address
from tests.daemon.sharing import FILES, SYSVSEM, shares
from tests.fix_cluster import Cluster
from tests.robustness.processes import Workers
from tests.robustness.waiting import eventually

WORKERS = len(split(Options().max_connections, Options().threads))
OTHER = 4711  # neither a user nor a group
SLURM_NOBODY = 99
USER_CHECK_OFF = {"SLURMRESTD_SECURITY": "disable_user_check"}


@dataclass
class Runner:
    """Starts programs on a socket in a folder that everybody may write to."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, program: str, *arguments: str) -> list[str]:
        return [program, "-a", "rest_auth/local", *arguments, f"unix:{self.folder}/socket"]

    def refusal(
        self, command: Sequence[str], uid: int, gid: int, groups: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """What becomes of a start that must not succeed."""
        return subprocess.run(
            command,
            env={"PATH": os.environ["PATH"], **self.environment},
            user=uid,
            group=gid,
            extra_groups=list(groups),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(
        self, command: Sequence[str], uid: int = 0, gid: int = 0, groups: Sequence[int] = ()
    ) -> Iterator[int]:
        """Start it, wait until it listens, give its process id, and stop it."""
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], **self.environment},
            user=uid,
            group=gid,
            extra_groups=list(groups),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        with process:
            assert process.stdout is not None
            own = command[0] != sys.executable
            pid = process.pid if own else int(process.stdout.readline())
            try:
                assert eventually(lambda: process.poll() is not None or self._listens())
                assert process.poll() is None
                yield pid
            finally:
                os.kill(pid, signal.SIGTERM)
                try:
                    process.wait(60)
                finally:
                    process.kill()

    def _listens(self) -> bool:
        try:
            Address(path=f"{self.folder}/socket").connect(1).close()
        except OSError:
            return False
        return True


@pytest.fixture
def runner(folder: Path) -> Runner:
    folder.chmod(0o777)
    return Runner(folder)


def ids(cluster: Cluster, *names: str) -> list[int]:
    """Numbers of the users that are named, each of which is its group's too."""
    known = {"slurm": pwd.getpwnam(cluster.facts["daemons"]["slurmctld"]["user"]).pw_uid}
    fixed = {"root": 0, "other": OTHER, "nobody": SLURM_NOBODY, "service": cluster.service_user.uid}
    return [(known | fixed)[name] for name in names]


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("root root", "must not run as root"),
        ("root other", "must not run as root"),
        ("slurm slurm", "must not run as SlurmUser"),
        ("slurm other", "must not run as SlurmUser"),
        ("service root", "group of root"),
        ("service slurm", "group of SlurmUser"),
        ("service service root", "group of root"),
        ("service service other slurm", "group of SlurmUser"),
        ("nobody other", "nobody"),
        ("service nobody", "nobody"),
    ],
)
def test_who_may_do_more_than_clients_may_not_serve_them(
    cluster: Cluster, runner: Runner, identity: str, words: str
) -> None:
    """A user, its group, and supplementary ones."""
    uid, gid, *others = ids(cluster, *identity.split())
    refused = runner.refusal(runner.command(cluster.program), uid, gid, others)
    assert refused.returncode == 1
    assert refused.stderr.startswith("slurmrestd: fatal: ")
    assert words in refused.stderr
    assert not (runner.folder / "socket").exists()


@pytest.mark.parametrize(("user", "group"), [("root", "root"), ("slurm", "slurm")])
def test_unless_told_otherwise(cluster: Cluster, runner: Runner, user: str, group: str) -> None:
    runner.environment = USER_CHECK_OFF
    uid, gid = ids(cluster, user, group)
    with runner.running(runner.command(cluster.program), uid, gid) as pid:
        assert fields_of(pid)["Uid"].split() == [str(uid)] * 4


def fields_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in pairs}


def all_of(master: int) -> list[int]:
    """The master and all its workers."""
    assert eventually(lambda: len(Workers(master).pids()) == WORKERS)
    return [master, *Workers(master).pids()]


@pytest.mark.parametrize(
    ("arguments", "user", "group"),
    [
        (("-u", "alice"), "alice", "alice"),
        (("-u", "alice", "-g", "bob"), "alice", "bob"),
        (("-u", "20004", "-g", "20005"), "alice", "bob"),
        (("-u", str(OTHER), "-g", str(OTHER)), "", ""),
    ],
)
def test_another_user_and_group_are_become_for_good(
    cluster: Cluster, runner: Runner, arguments: tuple[str, ...], user: str, group: str
) -> None:
    """By name and by number; without any other group, and with nothing to come back with."""
    uid = cluster.user(user).uid if user else OTHER
    gid = cluster.user(group).uid if group else OTHER
    command = runner.command(cluster.program, *arguments)
    with runner.running(command, groups=[1, 2, 3]) as pid:
        for process in all_of(pid):
            fields = fields_of(process)
            assert fields["Uid"].split() == [str(uid)] * 4
            assert fields["Gid"].split() == [str(gid)] * 4
            assert fields["Groups"] == ""
            for capabilities in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
                assert int(fields[capabilities], 16) == 0


def test_nobody_gains_privileges_from_a_program(cluster: Cluster, runner: Runner) -> None:
    uid = cluster.service_user.uid
    with runner.running(runner.command(cluster.program), uid, uid) as pid:
        assert {fields_of(process)["NoNewPrivs"] for process in all_of(pid)} == {"1"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-u", "nosuchuser"), "there is no user 'nosuchuser'"),
        (("-g", "nosuchgroup"), "there is no group 'nosuchgroup'"),
        (("-u", str(OTHER)), "has no primary group: name one with -g"),
        (("-u", "root"), "must not run as root"),
    ],
)
def test_who_cannot_be_become_is_fatal(
    cluster: Cluster, runner: Runner, arguments: tuple[str, ...], words: str
) -> None:
    refused = runner.refusal(runner.command(cluster.program, *arguments), 0, 0)
    assert refused.returncode == 1
    assert words in refused.stderr


def test_who_is_not_root_cannot_become_another(cluster: Cluster, runner: Runner) -> None:
    uid = cluster.service_user.uid
    command = runner.command(cluster.program, "-u", "alice")
    refused = runner.refusal(command, uid, uid)
    assert refused.returncode == 1
    assert "cannot become user" in refused.stderr


@pytest.mark.parametrize("option", ["", "disable_unshare_sysv"])
def test_semaphores_are_not_shared_with_who_started_it(
    cluster: Cluster, runner: Runner, option: str
) -> None:
    """Unless they are to be; never with a worker."""
    runner.environment = {"SLURMRESTD_SECURITY": option} if option else {}
    command = runner.command(cluster.program, "-u", "slurmrestd")
    starter = [sys.executable, "-m", "tests.daemon.sharing", *command]
    with runner.running(starter) as pid:
        parent = int(fields_of(pid)["PPid"])
        assert shares(parent, pid, SYSVSEM) == bool(option)
        for worker in all_of(pid)[1:]:
            assert not shares(parent, worker, SYSVSEM)


def test_files_are_not_shared(cluster: Cluster, runner: Runner) -> None:
    """Neither with who started it nor between its processes."""
    uid = cluster.service_user.uid
    with runner.running(runner.command(cluster.program), uid, uid) as pid:
        processes = [os.getpid(), *all_of(pid)]
        for number, one in enumerate(processes):
            assert not any(shares(one, other, FILES) for other in processes[number + 1 :])


def traced(command: Sequence[str], *expressions: str) -> list[str]:
    """The command under strace(1)."""
    asked = [word for expression in expressions for word in ("-e", expression)]
    return ["strace", "--kill-on-exit", "-f", "-qq", *asked, *command]


@pytest.mark.parametrize(
    ("option", "seen"),
    [
        ("", ["CLONE_FILES", "CLONE_SYSVSEM"]),
        ("disable_unshare_files", ["CLONE_SYSVSEM"]),
        ("disable_unshare_sysv", ["CLONE_FILES"]),
        ("disable_unshare_files,disable_unshare_sysv", []),
    ],
)
def test_what_is_unshared(cluster: Cluster, runner: Runner, option: str, seen: list[str]) -> None:
    """All of it before libslurm reads anything: here slurm.conf is not there."""
    runner.environment = {"SLURMRESTD_SECURITY": option} if option else {}
    command = runner.command(cluster.program, "-f", "/nowhere", "-u", "slurmrestd")
    said = runner.refusal(traced(command, "trace=unshare"), 0, 0).stderr
    calls = [line for line in said.splitlines() if line.startswith("unshare(")]
    assert sorted(line.partition("(")[2].partition(")")[0] for line in calls) == seen
    assert all(line.endswith("= 0") for line in calls)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("unshare:error=EPERM:when=1", "cannot unshare System V semaphores"),
        ("unshare:error=EPERM:when=2", "cannot unshare file descriptors"),
        ("prctl:error=EINVAL", "cannot give up new privileges"),
        ("setgroups:error=EPERM", "cannot become user"),
        ("setresgid:error=EPERM", "cannot become user"),
        ("setresuid:error=EAGAIN", "cannot become user"),
    ],
)
def test_what_is_asked_for_and_cannot_be_had_is_fatal(
    cluster: Cluster, runner: Runner, call: str, words: str
) -> None:
    """strace makes the system call fail."""
    command = runner.command(cluster.program, "-u", "slurmrestd")
    name = call.partition(":")[0]
    refused = runner.refusal(traced(command, f"trace={name}", f"inject={call}"), 0, 0)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert not (runner.folder / "socket").exists()

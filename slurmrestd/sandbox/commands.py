# SPDX-License-Identifier: GPL-2.0-or-later
"""What each command does."""

import os
import shutil
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from slurmrestd.sandbox import heldjobs, lifecycle, project, rest, settings, testing, welcome
from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.host import locked
from slurmrestd.sandbox.layout import CHECKOUT, SOURCE, Layout
from slurmrestd.sandbox.progress import Progress

_DOWN = 3
_REPORT = "bench-report"


@dataclass(frozen=True)
class Context:
    """What every command has."""

    layout: Layout
    progress: Progress

    def cluster(self) -> Cluster:
        """The running cluster.

        Raises:
            SandboxError: There is none.
        """
        cluster = Cluster.running(self.layout)
        if cluster is None:
            raise SandboxError("The cluster is down: bring it up with `up` or `run` first.")
        return cluster


def run(context: Context, options: Namespace) -> int:
    """Bring it up and hold it until we are interrupted."""
    if Cluster.running(context.layout):
        raise SandboxError("The cluster is up already: take it down first (`down`).")
    ours = False
    try:
        with locked(context.layout):
            ours = True
            cluster = _bring_up(context, options)
        print(welcome.text(cluster), flush=True)
        print("Ctrl-C takes it down.", flush=True)
        with suppress(KeyboardInterrupt):
            _wait_for_end(context)
    finally:
        if ours:
            _end(context)
    return 0


def up(context: Context, options: Namespace) -> int:
    """Bring it up, or what of it is not up yet."""
    with locked(context.layout):
        cluster = _bring_up(context, options)
    print(welcome.text(cluster))
    return 0


def down(context: Context, options: Namespace) -> int:
    """Take it down."""
    with locked(context.layout):
        _end(context)
    return 0


def status(context: Context, options: Namespace) -> int:
    """Tell what is running."""
    cluster = Cluster.running(context.layout)
    if cluster is None:
        built = "built" if context.layout.root.exists() else "not built yet"
        print(f"down ({built}): {context.layout.directory}")
        return _DOWN
    print(welcome.text(cluster))
    return 0


def clean(context: Context, options: Namespace) -> int:
    """Take it down and remove everything."""
    if context.layout.directory.exists():
        with locked(context.layout), context.progress.step("Removing the sandbox"):
            _end(context)
            shutil.rmtree(context.layout.directory)
    return 0


def token(context: Context, options: Namespace) -> int:
    """Print a token."""
    cluster = context.cluster()
    known = ["root", *settings.users()]
    if options.user not in known:
        raise SandboxError(f"The cluster has no user {options.user}, only {', '.join(known)}.")
    print(rest.token(cluster, options.user, options.lifespan))
    return 0


def shell(context: Context, options: Namespace) -> int:
    """Become a shell inside."""
    return _become(context.cluster().command(["bash"], cwd=_cwd(context.layout)))


def execute(context: Context, options: Namespace) -> int:
    """Become one command inside."""
    command = _after_dashes(options.arguments)
    if not command:
        raise SandboxError("exec needs a command: exec -- squeue")
    cwd = _cwd(context.layout) if options.user == "root" else f"/home/{options.user}"
    return _become(
        context.cluster().command(command, user=options.user, env=_pairs(options.env), cwd=cwd)
    )


def jobs(context: Context, options: Namespace) -> int:
    """Add held jobs."""
    cluster = context.cluster()
    with context.progress.step(f"Submitting {options.count} held jobs"):
        heldjobs.submit(cluster, options.count)
    return 0


def original(context: Context, options: Namespace) -> int:
    """Become the original slurmrestd."""
    cluster = context.cluster()
    command = rest.original(cluster, _after_dashes(options.arguments), _pairs(options.env))
    print(welcome.original(cluster), flush=True)
    return _become(command)


def install(context: Context, options: Namespace) -> int:
    """Copy and install the checkout."""
    with locked(context.layout):
        if Cluster.running(context.layout) is None:
            lifecycle.build(context.layout, context.progress)
        lifecycle.install(context.layout, context.progress)
    return 0


def restart(context: Context, options: Namespace) -> int:
    """Install, and restart ours."""
    cluster = context.cluster()
    with locked(context.layout):
        lifecycle.install(context.layout, context.progress)
        lifecycle.start_rest(cluster, context.progress)
    return 0


def test(context: Context, options: Namespace) -> int:
    """Run every check and test; the exit status is that of the first one that failed.

    All tests are more than one core is for: half of them run in a second cluster.
    """
    arguments = _after_dashes(options.arguments)
    if arguments or not testing.may_halve(context.layout):
        with _borrowed(context) as cluster:
            return testing.in_one(cluster, _rest_starts(context, cluster), arguments)
    with locked(context.layout):
        lifecycle.build(context.layout, context.progress)
        lifecycle.install(context.layout, context.progress)
        second = Context(lifecycle.copy(context.layout, context.progress), context.progress)
    try:
        with _borrowed(context) as cluster, _borrowed(second) as other:
            starts = _rest_starts(context, cluster) and _rest_starts(second, other)
            return testing.in_two(cluster, other, starts, context.progress)
    finally:
        shutil.rmtree(second.layout.directory)


def _rest_starts(context: Context, cluster: Cluster) -> bool:
    """Start ours; most checks can do without."""
    try:
        _ensure_rest(context, cluster)
    except SandboxError as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return False
    return True


def bench(context: Context, options: Namespace) -> int:
    """Run a benchmark; a report that it writes is copied into the checkout."""
    with _borrowed(context) as cluster:
        _ensure_rest(context, cluster)
        heldjobs.make(cluster)
        command = ["python", "-m", "bench", *_after_dashes(options.arguments)]
        status = cluster.foreground(command, {"SLURMRESTD_BENCH_COMMIT": project.commit()})
    report = context.layout.inside(f"{SOURCE}/{_REPORT}")
    if report.exists():
        shutil.copytree(report, CHECKOUT / _REPORT, dirs_exist_ok=True)
        print(f"the last report: {CHECKOUT / _REPORT / 'report.html'}", file=sys.stderr)
    return status


@contextmanager
def _borrowed(context: Context) -> Iterator[Cluster]:
    """The cluster with the checkout installed; down again afterwards if it was before."""
    was_up = Cluster.running(context.layout) is not None
    try:
        with locked(context.layout):
            cluster = _ensure_slurm(context, fresh=False, install=True)
        yield cluster
    finally:
        if not was_up:
            _end(context)


def _bring_up(context: Context, options: Namespace) -> Cluster:
    cluster = _ensure_slurm(context, fresh=options.fresh, install=not options.no_install)
    if not options.no_install:
        _ensure_rest(context, cluster)
    return cluster


def _ensure_slurm(context: Context, *, fresh: bool, install: bool) -> Cluster:
    cluster = Cluster.running(context.layout)
    if cluster is not None and not cluster.is_complete():
        cluster.end()
        cluster = None
    if cluster is not None and fresh:
        raise SandboxError("--fresh needs the cluster to be down: take it down first (`down`).")
    if cluster is None:
        lifecycle.build(context.layout, context.progress, fresh=fresh)
    if install:
        lifecycle.install(context.layout, context.progress)
    return cluster or lifecycle.start_cluster(context.layout, context.progress)


def _ensure_rest(context: Context, cluster: Cluster) -> None:
    if not (rest.is_running(cluster) and rest.is_current(cluster)):
        lifecycle.start_rest(cluster, context.progress)


def _wait_for_end(context: Context) -> None:
    # Someone else's `down` ends it, or Ctrl-C.
    while Cluster.running(context.layout):
        time.sleep(1)


def _end(context: Context) -> None:
    # A test command that was killed may have left the second one.
    for layout in (context.layout.beside, context.layout):
        cluster = Cluster.running(layout)
        if cluster is not None:
            cluster.end()


def _become(command: Sequence[str]) -> int:
    sys.stdout.flush()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(command[0], list(command))


def _after_dashes(arguments: Sequence[str]) -> list[str]:
    given = list(arguments)
    return given[1:] if given[:1] == ["--"] else given


def _pairs(given: Sequence[str]) -> dict[str, str]:
    if wrong := [pair for pair in given if "=" not in pair]:
        raise SandboxError(f"--env wants NAME=VALUE, not {wrong[0]!r}.")
    return dict(pair.split("=", 1) for pair in given)


def _cwd(layout: Layout) -> str:
    return SOURCE if layout.inside(SOURCE).exists() else "/root"

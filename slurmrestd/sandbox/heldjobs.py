# SPDX-License-Identifier: GPL-2.0-or-later
"""Many held jobs, quickly, by the program in ``heldjobs.c``."""

import shutil
from pathlib import Path

from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import HELD_JOBS

_SOURCE = Path(__file__).with_suffix(".c")


def submit(cluster: Cluster, count: int) -> None:
    """Add ``count`` held jobs of several users."""
    if count < 1:
        raise SandboxError("jobs wants a number of jobs above 0.")
    make(cluster)
    cluster.run([HELD_JOBS, str(count)])


def make(cluster: Cluster) -> None:
    """Compile the program, if it is not there yet or older than its source."""
    built = cluster.layout.inside(HELD_JOBS)
    if not built.exists() or built.stat().st_mtime < _SOURCE.stat().st_mtime:
        built.parent.mkdir(parents=True, exist_ok=True)
        source = f"{HELD_JOBS}.c"
        shutil.copyfile(_SOURCE, cluster.layout.inside(source))
        cluster.run(["gcc", "-std=gnu11", "-O2", "-Wall", "-o", HELD_JOBS, source, "-lslurm"])

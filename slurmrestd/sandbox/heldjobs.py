# SPDX-License-Identifier: GPL-2.0-or-later
"""Many held jobs, quickly, by the program in ``heldjobs.c``."""

import shutil
from pathlib import Path

from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import HELPERS

_SOURCE = Path(__file__).with_suffix(".c")


def submit(cluster: Cluster, count: int) -> None:
    """Add ``count`` held jobs of several users."""
    if count < 1:
        raise SandboxError("jobs wants a number of jobs above 0.")
    cluster.run([_compiled(cluster), str(count)])


def _compiled(cluster: Cluster) -> str:
    program = f"{HELPERS}/heldjobs"
    built = cluster.layout.inside(program)
    if not built.exists() or built.stat().st_mtime < _SOURCE.stat().st_mtime:
        built.parent.mkdir(parents=True, exist_ok=True)
        source = f"{program}.c"
        shutil.copyfile(_SOURCE, cluster.layout.inside(source))
        cluster.run(["gcc", "-std=gnu11", "-O2", "-Wall", "-o", program, source, "-lslurm"])
    return program

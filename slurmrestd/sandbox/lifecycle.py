# SPDX-License-Identifier: GPL-2.0-or-later
"""Building the sandbox, bringing its cluster up and taking it down."""

import hashlib
import subprocess

from slurmrestd.sandbox import daemons, debian, facts, host, project, rest, settings, snapshot
from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.debian import remove_tree
from slurmrestd.sandbox.layout import CONF, Layout
from slurmrestd.sandbox.progress import Progress
from slurmrestd.sandbox.stamps import Stamp, clear_all

# What the accounting database's first content is made from.
_SNAPSHOT_SOURCES = (
    "accounting.sacctmgr",
    "qos.sacctmgr",
    "slurm.conf",
    "slurmdbd.conf",
    "gres.conf",
    "mariadb.cnf",
    "users.json",
)


def build(layout: Layout, progress: Progress, *, fresh: bool = False) -> None:
    """Make what is missing: the root, its configuration, the accounting database."""
    host.check_namespaces()
    root = Stamp(layout, "root")
    wanted = "\n".join([debian.SUITE, *debian.PACKAGES])
    if not (layout.root.exists() and root.is_at(wanted)):
        host.check_before_build(layout)
        with progress.step("Installing Debian and Slurm in a directory of their own"):
            clear_all(layout)
            remove_tree(layout.root)
            debian.build_root(layout)
            root.set(wanted)
    settings.write(layout)
    database = Stamp(layout, "snapshot")
    sources = hashlib.sha256(b"\0".join((CONF / name).read_bytes() for name in _SNAPSHOT_SOURCES))
    if fresh or not (layout.snapshot.exists() and database.is_at(sources.hexdigest())):
        with progress.step("Filling the accounting database"):
            database.clear()
            snapshot.build(layout)
            database.set(sources.hexdigest())


def install(layout: Layout, progress: Progress) -> None:
    """Copy the checkout into the root and install it."""
    with progress.step("Installing this project"):
        project.install(layout)


def copy(layout: Layout, progress: Progress) -> Layout:
    """Make a second sandbox like this one, which must be down."""
    with progress.step("Copying the sandbox for a second cluster beside it"):
        remove_tree(layout.beside.directory)
        layout.beside.create()
        parts = [str(part) for part in (layout.root, layout.snapshot, layout.stamps)]
        command = ["cp", "-a", "--reflink=auto", *parts, str(layout.beside.directory)]
        subprocess.run(command, check=True)
    return layout.beside


def start_cluster(layout: Layout, progress: Progress) -> Cluster:
    """Start Slurm with its jobs; the cluster ends again if that fails."""
    with progress.step("Starting Slurm"):
        snapshot.restore(layout)
        with host.not_interrupted():
            cluster = Cluster.create(layout)
        try:
            daemons.start_all(cluster)
            jobs = _submit_workload(cluster)
        except BaseException:
            cluster.end()
            raise
    facts.write(layout, jobs, None)
    cluster.record(starting=False)
    return cluster


def start_rest(cluster: Cluster, progress: Progress) -> int:
    """(Re)start our two slurmrestd; return the TCP port."""
    with progress.step("Starting our slurmrestd"):
        rest.stop(cluster)
        port = rest.start(cluster)
    facts.write(cluster.layout, facts.jobs(cluster.layout), port)
    return port


def _submit_workload(cluster: Cluster) -> dict[str, int]:
    script = (CONF / "workload.sh").read_text()
    pairs = (line.split() for line in cluster.run(["bash"], stdin=script).splitlines())
    return {name: int(number) for name, number in pairs}

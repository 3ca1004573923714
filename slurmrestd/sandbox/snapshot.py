# SPDX-License-Identifier: GPL-2.0-or-later
"""The accounting database that every start of the cluster begins with.

Filling it takes longer than all the rest of a start, and is the same each time. So it is done
once, in a cluster of its own that is shut down cleanly, and its files are kept.
"""

import shlex
import shutil
import subprocess

from slurmrestd.sandbox import daemons
from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.debian import remove_tree
from slurmrestd.sandbox.layout import CONF, DATABASE, LOGS, SLURM_STATE, Layout

_CREATE_DATABASE = """
CREATE DATABASE slurm_acct_db;
CREATE USER 'slurm'@'localhost' IDENTIFIED VIA unix_socket;
GRANT ALL ON slurm_acct_db.* TO 'slurm'@'localhost';
"""


def build(layout: Layout) -> None:
    """Fill an empty database and keep its files."""
    remove_tree(layout.snapshot)
    _reset(layout)
    layout.inside(DATABASE).mkdir()
    cluster = Cluster.create(layout)
    try:
        cluster.run(["chown", "mysql:mysql", DATABASE])
        cluster.run(["mariadb-install-db", "--user=mysql", f"--datadir={DATABASE}"])
        _fill(cluster)
    finally:
        cluster.end()
    unfinished = layout.snapshot.with_name("snapshot.unfinished")
    remove_tree(unfinished)
    layout.inside(DATABASE).rename(unfinished)
    unfinished.rename(layout.snapshot)


def restore(layout: Layout) -> None:
    """Put the kept database in place, and forget what the last cluster left."""
    _reset(layout)
    subprocess.run(
        ["cp", "-a", "--reflink=auto", layout.snapshot, layout.inside(DATABASE)], check=True
    )


def _reset(layout: Layout) -> None:
    for path in (DATABASE, SLURM_STATE, LOGS):
        remove_tree(layout.inside(path))
    state = layout.inside(SLURM_STATE)
    state.mkdir()
    controller = state / "slurmctld"
    controller.mkdir()
    owner = layout.inside("/etc/slurm/slurmdbd.conf").stat()
    shutil.chown(state, owner.st_uid, owner.st_gid)
    shutil.chown(controller, owner.st_uid, owner.st_gid)


def _fill(cluster: Cluster) -> None:
    daemons.start_munge(cluster)
    daemons.start_database(cluster)
    daemons.wait_for_munge(cluster)
    cluster.run(["mariadb"], stdin=_CREATE_DATABASE)
    daemons.start_slurmdbd(cluster)
    cluster.run(["sacctmgr", "-i", "add", "cluster", daemons.CLUSTER_NAME])
    _sacctmgr(cluster, "qos.sacctmgr")
    # slurmctld tells slurmdbd of the TRES that the QOS's and accounts' limits name.
    daemons.start_slurmctld(cluster)
    known_tres = ["sacctmgr", "-nP", "show", "tres", "format=type,name"]
    cluster.wait("slurmctld", lambda: "gres|gpu\n" in cluster.run(known_tres))
    _sacctmgr(cluster, "accounting.sacctmgr")
    for name in ("slurmctld", "slurmdbd", "mariadbd"):
        cluster.stop(name)


def _sacctmgr(cluster: Cluster, file: str) -> None:
    for line in _lines(file):
        cluster.run(["sacctmgr", "-i", *shlex.split(line)])


def _lines(file: str) -> list[str]:
    lines = (CONF / file).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]

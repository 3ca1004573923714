# SPDX-License-Identifier: GPL-2.0-or-later
"""munge, MariaDB and Slurm's daemons, each started when the one it needs answers."""

from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.layout import DATABASE

NODES = ("n1", "n2", "n3", "n4")
DECLARED_NODES = "e[0001-1000]"
CLUSTER_NAME = "sandbox"
# Slurm's daemons (and munge's) with the users that they run as.
COMMANDS = {
    "munged": ("munge", ["munged", "--foreground"]),
    "slurmdbd": ("slurm", ["slurmdbd", "-D"]),
    "slurmctld": ("slurm", ["slurmctld", "-D"]),
}


def start_munge(cluster: Cluster) -> None:
    """Start munged, which every other daemon authenticates by; nobody waits for it yet."""
    cluster.run(["install", "-d", "-o", "munge", "-g", "munge", "/run/munge"])
    _start(cluster, "munged")


def wait_for_munge(cluster: Cluster) -> None:
    """Wait until munged makes credentials."""
    cluster.wait("munged", lambda: cluster.succeeds(["munge", "--no-input"]))


def start_database(cluster: Cluster) -> None:
    """Start MariaDB and wait until it answers."""
    cluster.run(["install", "-d", "-o", "mysql", "-g", "mysql", "/run/mysqld"])
    cluster.daemon("mariadbd", ["mariadbd", f"--datadir={DATABASE}"], user="mysql")
    cluster.wait("mariadbd", lambda: cluster.succeeds(["mariadb-admin", "ping"]))


def start_slurmdbd(cluster: Cluster) -> None:
    """Start slurmdbd and wait until it answers."""
    _start(cluster, "slurmdbd")
    cluster.wait("slurmdbd", lambda: cluster.succeeds(["sacctmgr", "ping"]))


def start_slurmctld(cluster: Cluster) -> None:
    """Start slurmctld and wait until it answers."""
    _start(cluster, "slurmctld")
    cluster.wait("slurmctld", lambda: cluster.succeeds(["scontrol", "ping"]))


def start_nodes(cluster: Cluster) -> None:
    """Start the live nodes' slurmd and wait until slurmctld has use for all of them."""
    for node in NODES:
        in_own_name = f"hostname {node}; exec slurmd -D"
        cluster.daemon(f"slurmd-{node}", ["unshare", "--uts", "sh", "-c", in_own_name])
    cluster.wait(f"slurmd-{NODES[-1]}", lambda: _idle_nodes(cluster) == set(NODES))


def start_all(cluster: Cluster) -> None:
    """Start everything, in the order in which one needs another."""
    start_munge(cluster)
    start_database(cluster)
    wait_for_munge(cluster)
    start_slurmdbd(cluster)
    start_slurmctld(cluster)
    start_nodes(cluster)


def _start(cluster: Cluster, name: str) -> None:
    user, command = COMMANDS[name]
    cluster.daemon(name, command, user=user)


def _idle_nodes(cluster: Cluster) -> set[str]:
    states = cluster.run(["sinfo", "-h", "-N", "-n", ",".join(NODES), "-o", "%N %T"])
    return {line.split()[0] for line in states.splitlines() if line.endswith(" idle")}

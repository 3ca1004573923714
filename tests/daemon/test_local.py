# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/local on the unix socket of a daemon that serves with what -a has by default."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conformance.raw import Address, Peer, exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import Daemon
from tests.robustness.clients import message
from tests.robustness.controller import free_port

NOBODY = 99


@contextmanager
def serving(
    cluster: Cluster, program: str, folder: Path, *arguments: str, **environment: str
) -> Iterator[Daemon]:
    folder.chmod(0o777)
    address = Address(path=f"{folder}/{Path(program).parent.name}.sock")
    command = [program, *arguments, f"unix:{address.path}"]
    daemon = Daemon(address, command, folder / "log", cluster.service_user, environment)
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.stop()


def peer_of(cluster: Cluster, user: str) -> Peer:
    uid = cluster.user(user).uid
    return Peer(uid, uid)


@pytest.mark.parametrize("program", ["ours", "original"])
def test_it_answers_first(cluster: Cluster, folder: Path, program: str) -> None:
    """A stranger is refused there, with a valid token too; on TCP tokens count."""
    path = cluster.program if program == "ours" else cluster.original
    port = free_port()
    with serving(cluster, path, folder, f"127.0.0.1:{port}", SLURM_JWT="daemon") as daemon:
        alice = message("ping", cluster.token("alice"))
        assert exchange(daemon.address, alice, peer=peer_of(cluster, "alice")).status == 401
        assert exchange(daemon.address, alice, peer=peer_of(cluster, "mallory")).status == 401
        assert exchange(Address(port=port), alice).status == 200


@pytest.mark.parametrize("program", ["ours", "original"])
@pytest.mark.parametrize(
    ("identity", "status"),
    [
        ("slurmrestd slurmrestd", 200),
        ("root root", 200),
        ("alice alice", 401),
        ("alice slurmrestd", 401),
        ("nobody nobody", 401),
        ("slurmrestd nobody", 401),
        ("nobody slurmrestd", 401),
    ],
)
def test_who_is_let_in_with_munge(
    cluster: Cluster, folder: Path, program: str, identity: str, status: int
) -> None:
    """The daemon's own user and root, and nobody who is nobody in any way."""
    uid, gid = (NOBODY if name == "nobody" else cluster.user(name).uid for name in identity.split())
    path = cluster.program if program == "ours" else cluster.original
    with serving(cluster, path, folder) as daemon:
        data = message("ping", None)
        assert exchange(daemon.address, data, peer=Peer(uid, gid)).status == status

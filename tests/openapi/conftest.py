# SPDX-License-Identifier: GPL-2.0-or-later
"""Daemons that serve their document."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

import pytest

from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon

VERSIONS = "v0.0.40,v0.0.41,v0.0.42"


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Site:
    """A daemon and a token for it."""

    daemon: Daemon
    token: str

    def get(self, path: str, *, token: bool = True, **headers: str) -> Reply:
        """Ask for a path."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["X-SLURM-USER-TOKEN"] = self.token
        connection = http.client.HTTPConnection("localhost")
        connection.sock = self.daemon.address.connect(60)
        try:
            connection.request("GET", path, headers=sent)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="session")
def original_site(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[Site]:
    """The original, its versions in the order of ours."""
    with start_daemon(cluster.original, JWT, "-d", VERSIONS) as daemon:
        yield Site(daemon, cluster.token("alice"))


@pytest.fixture(scope="session")
def site(cluster: Cluster, start_daemon: StartDaemon) -> Iterator[Site]:
    """Ours, as it is without any option."""
    with start_daemon(cluster.program, JWT) as daemon:
        yield Site(daemon, cluster.token("alice"))

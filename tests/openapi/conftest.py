# SPDX-License-Identifier: GPL-2.0-or-later
"""Daemons that serve their document."""

from __future__ import annotations

import functools
import http.client
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message

import pytest

from tests.fix_cluster import Cluster
from tests.fix_daemon import JWT, Daemon, StartDaemon
from tests.hostile.conftest import hostile_controller
from tests.openapi.judge import Judge, Target
from tests.robustness.conftest import make_controller
from tests.robustness.controller import Controller, free_port

__all__ = ["hostile_controller", "make_controller"]

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


@pytest.fixture(scope="session")
def judge_of(
    cluster: Cluster, start_daemon: StartDaemon, hostile_controller: Controller
) -> Iterator[Callable[[str], Judge]]:
    """The judge of the operation at a path, for an ordinary user.

    What asks the controller has one of its own, whose nodes are all down; what asks slurmdbd has
    the sandbox's, where an ordinary user may change next to nothing.
    """
    with ExitStack() as stack:

        def start(program: str, *arguments: str) -> Target:
            port = free_port()
            given = (*arguments, f"127.0.0.1:{port}")
            return Target(stack.enter_context(start_daemon(program, JWT, *given)), port)

        @functools.cache
        def judge(kind: str) -> Judge:
            conf = ("-f", str(hostile_controller.conf)) if kind == "slurm" else ()
            arguments = ("-s", "slurmctld" if kind == "slurm" else "slurmdbd", *conf)
            original = functools.cache(lambda: start(cluster.original, *arguments))
            ours = start(cluster.program, *arguments)
            return Judge(ours, original, cluster.token("alice"))

        yield lambda path: judge(path.split("/")[1])

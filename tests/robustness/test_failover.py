# SPDX-License-Identifier: GPL-2.0-or-later
"""A backup controller takes over: errors for no longer than Slurm's own tools see any."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fix_cluster import Cluster
from tests.robustness.clients import Server
from tests.robustness.conftest import StartServer
from tests.robustness.controller import free_port
from tests.robustness.waiting import eventually

BACKUP = "backup"
TAKEOVER_SECONDS = 5
LATER_SECONDS = 10.0
"""How much later than a tool may ours be: an RPC that began before may still be waiting."""


class Pair:
    """Two controllers with one state; the backup has a host name of its own."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._folder = folder
        self._account = pwd.getpwnam(cluster.facts["daemons"]["slurmctld"]["user"])
        self.cluster = cluster
        self._port = free_port()
        self._hosts = folder / "hosts"
        self._hosts.write_text(f"127.0.0.1 {socket.gethostname()}\n127.0.0.2 {BACKUP}\n")
        self._own(folder)
        self.conf = self._write_conf(socket.gethostname())
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def _write_conf(self, host: str) -> Path:
        """The same for both, but for the file of the process id."""
        path = self._folder / f"{host}.conf"
        path.write_text(
            "\n".join(
                [
                    "ClusterName=failover",
                    f"SlurmctldHost={socket.gethostname()}(127.0.0.1)",
                    f"SlurmctldHost={BACKUP}(127.0.0.2)",
                    f"SlurmctldPort={self._port}",
                    "CommunicationParameters=NoCtldInAddrAny",
                    f"SlurmUser={self._account.pw_name}",
                    "AuthType=auth/munge",
                    "AuthAltTypes=auth/jwt",
                    f"AuthAltParameters=jwt_key={self.cluster.facts['jwt_key']}",
                    f"StateSaveLocation={self._folder}",
                    f"SlurmctldPidFile={self._folder}/{host}.pid",
                    f"SlurmctldTimeout={TAKEOVER_SECONDS}",
                    "MessageTimeout=5",
                    "ProctrackType=proctrack/linuxproc",
                    "TaskPlugin=task/none",
                    "NodeName=e[0001-0010] NodeAddr=127.0.0.1 State=DOWN",
                    "PartitionName=normal Nodes=ALL Default=YES",
                    "",
                ]
            )
        )
        self._own(path)
        return path

    def _own(self, path: Path) -> None:
        os.chown(path, self._account.pw_uid, self._account.pw_gid)
        path.chmod(0o755)

    def start(self, host: str) -> None:
        """Start the controller of a host."""
        become = f"setpriv --reuid={self._account.pw_uid} --regid={self._account.pw_gid}"
        command = (
            f"mount --bind {self._hosts} /etc/hosts; hostname {host};"
            f" exec {become} --clear-groups slurmctld -D"
        )
        conf = self._write_conf(host)
        with (self._folder / f"{host}.log").open("ab") as log:
            self.processes[host] = subprocess.Popen(
                ["unshare", "--uts", "--mount", "sh", "-ec", command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"SLURM_CONF": str(conf)},
                cwd=self._folder,
            )

    def log(self, host: str) -> str:
        """The end of what it said."""
        return (self._folder / f"{host}.log").read_text(errors="replace")[-2000:]

    def tool_answers(self) -> bool:
        """Whether squeue gets an answer."""
        done = subprocess.run(
            ["squeue", "-h"],
            env=os.environ | {"SLURM_CONF": str(self.conf)},
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def kill_all(self) -> None:
        """At the end."""
        for host in list(self.processes):
            self.kill(host)

    def kill(self, host: str) -> None:
        """As a crash would."""
        process = self.processes.pop(host)
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def pair(
    cluster: Cluster, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """Both run, and the primary answers."""
    made = Pair(cluster, tmp_path_factory.mktemp("failover"))
    primary = socket.gethostname()
    with ExitStack() as stack:
        made.start(primary)
        stack.callback(made.kill_all)
        assert eventually(made.tool_answers), made.log(primary)
        made.start(BACKUP)
        assert eventually(lambda: "running in background mode" in made.log(BACKUP)), made.log(
            BACKUP
        )
        yield made


def first_good(server: Server, pair: Pair) -> tuple[float, float]:
    """When squeue and when ours first had an answer, both asked without pause."""
    ours = tool = 0.0
    while not (ours and tool):
        if not tool and pair.tool_answers():
            tool = time.monotonic()
        if not ours and server.get("jobs").status == 200:
            ours = time.monotonic()
    return tool, ours


def test_a_backup_takes_over(pair: Pair, start_server: StartServer) -> None:
    with start_server(pair.conf) as server:
        assert server.get("jobs").status == 200
        server.workers.rest()
        workers = server.workers.pids()
        pair.kill(socket.gethostname())
        tool, ours = first_good(server, pair)
        assert ours < tool + LATER_SECONDS
        assert {server.get(path).status for path in ("jobs", "nodes", "diag")} == {200}
        assert server.workers.pids() == workers


def test_controllers_are_told_apart(pair: Pair, start_server: StartServer) -> None:
    """The one that is gone is DOWN, the backup UP."""
    if (primary := socket.gethostname()) in pair.processes:
        pair.kill(primary)
        assert eventually(pair.tool_answers), pair.log(BACKUP)
    with start_server(pair.conf) as server:
        reply = server.get("ping")
    assert reply.status == 200
    assert reply.body.count(b'"DOWN"') == 1
    assert reply.body.count(b'"UP"') == 1

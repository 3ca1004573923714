# SPDX-License-Identifier: GPL-2.0-or-later
"""The examples of the manual page, as somebody types them; and its notes."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.raw import Address
from tests.fix_cluster import Cluster
from tests.robustness.waiting import eventually

USER = "admin"
PLUGINS = "slurmrestd -s slurmctld,slurmdbd -d v0.0.42"
JOB = {
    "job": {
        "script": "#!/bin/bash\nsleep 1",
        "name": "ExampleJob",
        "account": "root",
        "environment": ["PATH=/usr/bin/:/bin/"],
        "current_working_directory": "/tmp/",
        "tasks": 2,
        "memory_per_cpu": 100,
        "time_limit": 240,
    }
}


class Shell:
    """An administrator's, who may ask for all of this.

    ``slurmrestd`` is our program, $SLURMRESTD a socket.
    """

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self.socket = Address(path=f"{folder}/rest")
        self._start = (
            f'cd {folder}; slurmrestd() {{ {cluster.program} "$@"; }};'
            f" export SLURMRESTD={self.socket.path};"
        )

    def type(self, line: str) -> str:
        """What a line prints."""
        return self._cluster.run("bash", "-ec", self._start + line, user=USER)

    def json(self, line: str) -> Any:
        return json.loads(self.type(line))


@pytest.fixture
def shell(cluster: Cluster, folder: Path) -> Shell:
    folder.chmod(0o777)
    return Shell(cluster, folder)


@pytest.fixture
def listening(cluster: Cluster, shell: Shell) -> Iterator[Shell]:
    """With the server of the second example."""
    arguments = shlex.split(PLUGINS)[1:]
    uid = cluster.user(USER).uid
    with subprocess.Popen(
        [cluster.program, *arguments, f"unix:{shell.socket.path}"],
        user=uid,
        group=uid,
        extra_groups=[],
        stdin=subprocess.DEVNULL,
    ) as process:
        try:
            assert eventually(lambda: listens(shell.socket))
            yield shell
        finally:
            process.terminate()


def listens(address: Address) -> bool:
    try:
        address.connect(1).close()
    except OSError:
        return False
    return True


def test_the_specification_is_generated_without_a_configuration(shell: Shell) -> None:
    line = "slurmrestd -f /dev/null --generate-openapi-spec -s slurmdbd,slurmctld -d v0.0.42"
    document = shell.json(f"{line} > openapi.json; cat openapi.json")
    assert "/slurmdb/v0.0.42/diag/" in document["paths"]
    assert "/slurm/v0.0.42/ping/" in document["paths"]


def curl(path: str, options: str = "") -> str:
    """The token is taken along; on a unix socket it is the socket's peer that counts."""
    return (
        f"export $(scontrol token); curl -s {options} --unix-socket $SLURMRESTD"
        f' -H "X-SLURM-USER-TOKEN:$SLURM_JWT" http://ignored_with_unix_sockets{path}'
    )


def test_slurmctld_is_pinged(listening: Shell) -> None:
    (ping,) = listening.json(curl("/slurm/v0.0.42/ping"))["pings"]
    assert (ping["pinged"], ping["mode"]) == ("UP", "primary")


def test_slurmdbd_is_reached(listening: Shell) -> None:
    assert listening.json(curl("/slurmdb/v0.0.42/diag"))["statistics"]["time_start"] > 0


def test_a_node_is_asked_for_in_inetd_mode(shell: Shell) -> None:
    request = r"GET http://ignored/slurm/v0.0.42/node/n1 HTTP/1.1\r\n"
    head, _, body = shell.type(f'echo -e "{request}" | {PLUGINS}').partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 OK")
    assert json.loads(body)["nodes"][0]["name"] == "n1"


@pytest.mark.parametrize("wrong", [False, True])
def test_a_job_is_submitted(listening: Shell, wrong: bool) -> None:
    """What is of the wrong type is named in a warning, with its place."""
    job = JOB if not wrong else {"job": {**JOB["job"], "environment": {"PATH": "/usr/bin/:/bin/"}}}
    options = '-H "Content-Type: application/json" --data-binary @example_job.json'
    write = f"echo {shlex.quote(json.dumps(job))} > example_job.json; "
    answer = listening.json(write + curl("/slurm/v0.0.42/job/submit", options))
    assert answer["errors"] == []
    assert answer["job_id"] > 0
    assert answer["step_id"] == "batch"
    sources = [warning["source"] for warning in answer["warnings"]]
    assert ("#/job/environment/" in sources) == wrong, answer["warnings"]


def test_spank_and_cli_filter_plugins_are_not_loaded(cluster: Cluster, shell: Shell) -> None:
    """Nothing happens although neither of them is there."""
    folder = Path(shell.socket.path).parent
    plugins = folder / "plugstack.conf"
    plugins.write_text("required /nowhere/plugin.so\n")
    conf = folder / "slurm.conf"
    lines = ["CliFilterPlugins=cli_filter/nowhere", f"PlugStackConfig={plugins}"]
    conf.write_text("\n".join([Path("/etc/slurm/slurm.conf").read_text(), *lines, ""]))
    request = r"GET /slurm/v0.0.42/ping HTTP/1.1\r\n"
    assert "200 OK" in shell.type(f'echo -e "{request}" | slurmrestd -f {conf}')

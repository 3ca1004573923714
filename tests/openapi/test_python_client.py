# SPDX-License-Identifier: GPL-2.0-or-later
"""A client that openapi-python-client makes of the document works with the live server."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conformance.case import VERSIONS
from tests.fix_cluster import Cluster
from tests.openapi.conftest import Site
from tests.openapi.documents import generate
from tests.robustness.waiting import eventually

_PACKAGE = "generated_slurm_client"
NAME = "from-a-generated-client"
_NO_HOOKS = '{"post_hooks": []}'


@pytest.fixture(scope="module")
def package(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The generated package, ready to be imported; the generator had nothing to say against it."""
    where = tmp_path_factory.mktemp("client")
    (where / "openapi.json").write_bytes(generate(cluster, cluster.program).stdout)
    (where / "config.json").write_text(_NO_HOOKS)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", "openapi.json", "--config", "config.json", "--output-path", _PACKAGE]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arning" not in done.stdout + done.stderr
    sys.path.insert(0, str(where))
    yield _PACKAGE
    sys.path.remove(str(where))


@pytest.fixture(params=VERSIONS)
def client(request: pytest.FixtureRequest, package: str, site: Site) -> Iterator[Client]:
    """A client of one version."""
    client = Client(package, request.param, site)
    yield client
    client.close()


class Client:
    """The generated functions of one version, called with a token on the server's socket."""

    def __init__(self, package: str, version: str, site: Site) -> None:
        self._package = package
        self._version = version.replace(".", "")
        transport = httpx.HTTPTransport(uds=str(Path(site.daemon.address.path)))
        self._client = importlib.import_module(package).AuthenticatedClient(
            base_url="http://localhost",
            token=site.token,
            prefix="",
            auth_header_name="X-SLURM-USER-TOKEN",
            httpx_args={"transport": transport},
        )

    def close(self) -> None:
        """Close its connections."""
        self._client.get_httpx_client().close()

    def __call__(self, tag: str, name: str, **arguments: Any) -> Any:
        """Call an operation: what it answers as the generated classes have it."""
        return self._function(tag, name)(client=self._client, **arguments)

    def body(self, tag: str, name: str, value: dict[str, Any]) -> Any:
        """A body in the class that the operation takes."""
        kind = inspect.signature(self._function(tag, name), eval_str=True).parameters["body"]
        return typing.get_args(kind.annotation)[0].from_dict(value)

    def _function(self, tag: str, name: str) -> Any:
        module = f"{self._package}.api.{tag}.{tag}_{self._version}_{name}"
        return importlib.import_module(module).sync


def test_nodes_are_listed(client: Client) -> None:
    answer = client("slurm", "get_nodes")
    assert not answer.errors
    assert {"n1", "n2", "n3", "n4"} <= {node.name for node in answer.nodes}


def test_associations_are_listed(client: Client) -> None:
    answer = client("slurmdb", "get_associations", account="physics")
    assert not answer.errors
    assert {("physics", "alice"), ("physics", "carol")} <= {
        (found.account, found.user) for found in answer.associations
    }


def test_a_job_is_submitted_listed_and_cancelled(client: Client) -> None:
    taken = _submit(client, hold=True)
    assert not taken.errors
    listed = {found.job_id: found for found in client("slurm", "get_jobs").jobs}
    assert listed[taken.job_id].name == NAME
    assert [str(state) for state in listed[taken.job_id].job_state] == ["PENDING"]
    assert not client("slurm", "delete_job", job_id=str(taken.job_id)).errors
    assert eventually(lambda: _state(client, taken.job_id) == ["CANCELLED"])


def test_what_cannot_be_done_is_said(client: Client) -> None:
    errors = _submit(client, partition="nowhere").errors
    assert errors[0].error_number == 2000  # ESLURM_INVALID_PARTITION_NAME
    assert "partition" in errors[0].error


def _submit(client: Client, **fields: object) -> Any:
    job = {
        "name": NAME,
        "script": "#!/bin/sh\nsleep 300\n",
        "environment": ["PATH=/usr/bin:/bin"],
        "current_working_directory": "/tmp",
        **fields,
    }
    body = client.body("slurm", "post_job_submit", {"job": job})
    return client("slurm", "post_job_submit", body=body)


def _state(client: Client, number: int) -> list[str]:
    states = client("slurm", "get_jobs_state", job_id=str(number)).jobs[0].state
    return [str(state) for state in states]


def test_words_of_a_query_are_an_enumeration(client: Client) -> None:
    words = inspect.signature(client._function("slurm", "get_jobs"), eval_str=True)
    kind = typing.get_args(words.parameters["flags"].annotation)[0]
    assert not client("slurm", "get_jobs", flags=kind("DETAIL")).errors

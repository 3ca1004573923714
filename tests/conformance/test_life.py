# SPDX-License-Identifier: GPL-2.0-or-later
"""A job's whole life through REST, by a user without any right of an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.answer import Answer
from tests.conformance.case import NO_BODY, VERSIONS, Case
from tests.conformance.pair import Pair
from tests.conformance.submission import Submitter
from tests.fix_daemon import Daemon
from tests.robustness.waiting import eventually

USER = "alice"
HOME = Path("/home") / USER
PATIENCE = 60.0
SCRIPT = """#!/bin/bash
trap 'echo heard > "heard.$SLURM_JOB_ID"' USR1
touch "listens.$SLURM_JOB_ID"
while :; do sleep 0.1; done
"""
JOB = {
    "name": "life",
    "account": "physics",
    "partition": "normal",
    "tasks": 1,
    "memory_per_node": {"set": True, "number": 20},
    "time_limit": {"set": True, "number": 5},
    "current_working_directory": str(HOME),
    "environment": ["PATH=/usr/bin:/bin"],
    "comment": "as it was submitted",
    "script": SCRIPT,
}


@dataclass(frozen=True)
class Client:
    """Asks one daemon in one version; each answer must be a success."""

    pair: Pair
    daemon: Daemon
    version: str

    def ask(self, method: str, path: str, body: Any = NO_BODY, query: str | None = None) -> Any:
        """The content of the answer."""
        case = Case(f"{method} {path}", "life", path, query, body=body, user=USER)
        answer: Answer = self.pair.ask(self.daemon, case, self.version)
        assert answer.status == 200, answer
        assert answer.content["errors"] == []
        return answer.content

    def job(self, number: int) -> Any:
        """The job as the controller has it."""
        (job,) = self.ask("GET", f"job/{number}")["jobs"]
        return job

    def record(self, number: int) -> Any:
        """The job as the database has it, None before it is there."""
        found = self.ask("GET", f"slurmdb/job/{number}")["jobs"]
        return found[0] if found else None


@contextmanager
def submitted(client: Client, submitter: Submitter) -> Iterator[int]:
    """A job; what is left of it is cancelled, and what it wrote removed."""
    number = client.ask("POST", "job/submit", {"job": JOB})["job_id"]
    try:
        yield number
    finally:
        submitter.graveyard.add(number)
        for file in HOME.glob(f"*.{number}"):
            file.unlink()


def _has_state(job: Any, state: str) -> bool:
    return job is not None and state in job["state"]["current"]


@pytest.mark.parametrize("program", ["ours", "original"])
@pytest.mark.parametrize("version", VERSIONS)
def test_submitted_seen_changed_signalled_cancelled_and_remembered(
    version: str, program: str, pair: Pair, submitter: Submitter
) -> None:
    client = Client(pair, getattr(pair, program), version)
    with submitted(client, submitter) as number:
        assert client.job(number)["comment"] == JOB["comment"]
        assert eventually(lambda: "RUNNING" in client.job(number)["job_state"], within=PATIENCE)
        assert client.job(number)["user_name"] == USER

        client.ask("POST", f"job/{number}", {"comment": "as it was changed"})
        assert client.job(number)["comment"] == "as it was changed"

        assert eventually((HOME / f"listens.{number}").exists, within=PATIENCE)
        client.ask("DELETE", f"job/{number}", query="signal=USR1&flags=FULL_JOB")
        assert eventually((HOME / f"heard.{number}").exists, within=PATIENCE)
        assert "RUNNING" in client.job(number)["job_state"]
        assert eventually(lambda: _has_state(client.record(number), "RUNNING"), within=PATIENCE)

        client.ask("DELETE", f"job/{number}")
        assert eventually(lambda: "CANCELLED" in client.job(number)["job_state"], within=PATIENCE)
        assert eventually(lambda: _has_state(client.record(number), "CANCELLED"), within=PATIENCE)
        record = client.record(number)
        assert (record["user"], record["kill_request_user"]) == (USER, USER)
        assert record["comment"]["job"] == "as it was changed"
        assert record["association"]["account"] == JOB["account"]
        assert [step["step"]["name"] for step in record["steps"]] == ["batch"]

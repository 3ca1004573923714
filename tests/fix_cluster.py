# SPDX-License-Identifier: GPL-2.0-or-later
"""The sandbox's cluster, as tests see it from inside.

``python3 -m slurmrestd.sandbox test`` runs the tests there; the file that describes the cluster
is that of slurmrestd.sandbox.facts.
"""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_FACTS = Path("/etc/slurmrestd-sandbox.json")
_TOKEN_LIFESPAN = 7200


@dataclass(frozen=True)
class User:
    """A user of the cluster."""

    name: str
    uid: int


class Cluster:
    """What there is, and commands run in it."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts
        self.jobs: dict[str, int] = facts["jobs"]
        self.program = f"{facts['venv']}/bin/slurmrestd"
        self.original: str = facts["original"]["program"]
        self.service_user = self.user(facts["original"]["user"])

    def user(self, name: str) -> User:
        """A user by name."""
        if name == "root":
            return User("root", 0)
        return User(name, self.facts["users"][name]["uid"])

    @functools.cache  # noqa: B019 - there is one cluster in a session
    def token(self, user: str) -> str:
        """A JWT of a user that outlives the session."""
        said = self.run("scontrol", "token", f"username={user}", f"lifespan={_TOKEN_LIFESPAN}")
        return said.strip().partition("=")[2]

    def run(self, *command: str | bytes, user: str = "root", stdin: bytes = b"") -> str:
        """What a command said; invalid UTF-8 in it is kept as surrogates."""
        # Not user= of subprocess: Python would copy its page tables, of some hundred megabytes.
        ids = f"--reuid={self.user(user).uid}", f"--regid={self.user(user).uid}"
        done = subprocess.run(
            ["setpriv", *ids, "--clear-groups", "--", *command],
            input=stdin,
            capture_output=True,
            cwd="/tmp",
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{command!r} as {user} failed: {done.stderr.decode()}")
        return done.stdout.decode("utf-8", "surrogateescape")


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The running cluster."""
    if not _FACTS.exists():
        pytest.fail("this test needs a cluster: run it with `python3 -m slurmrestd.sandbox test`")
    return Cluster(json.loads(_FACTS.read_text()))

# SPDX-License-Identifier: GPL-2.0-or-later
"""With local authentication, who is let in and what it sees is the same."""

from __future__ import annotations

import dataclasses

import pytest

from tests.conformance.case import Case
from tests.conformance.cases.refusals import READS, TEMPLATES, TOKEN
from tests.conformance.check import check, each
from tests.conformance.pair import Pair
from tests.conformance.raw import Peer
from tests.conformance.schema import Schema

_CASES = (
    *(Case(f"GET {TEMPLATES.get(path, path)}", "local", path, user=None) for path in READS),
    Case("GET jobs", "local, garbage token", "jobs", user=None, headers={TOKEN: "garbage"}),
    Case("GET jobs", "local, token", "jobs", user="alice"),
    Case("GET jobs", "local, name", "jobs", user=None, headers={"X-SLURM-USER-NAME": "alice"}),
    Case("GET jobs", "local, bearer", "jobs", user=None, headers={"Authorization": "Bearer x"}),
    Case("refusal", "local, unknown URL", "nope", method="GET", user=None),
    Case("POST job/submit", "local, no job", "job/submit", body={}, user=None),
    Case("DELETE job/{id}", "local", "job/<running>", "signal=CONT", user=None),
)


@pytest.mark.parametrize("peer", ["root", "slurmrestd", "alice", "mallory"])
@pytest.mark.parametrize(("case", "version"), each(_CASES))
def test_peer(case: Case, version: str, peer: str, local_pair: Pair, schema: Schema) -> None:
    """For each kind of peer: root, the daemon's own user, others."""
    user = local_pair.cluster.user(peer)
    named = dataclasses.replace(case, name=f"{case.name}, as {peer}")
    check(local_pair, schema, named, version, Peer(user.uid, user.uid))

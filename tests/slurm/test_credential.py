# SPDX-License-Identifier: GPL-2.0-or-later
"""No request without a credential, and a credential for no longer than the request."""

from __future__ import annotations

import pytest

from slurmrestd.slurm.numbers import ESLURM_AUTH_CRED_INVALID, SLURM_PROTOCOL_AUTHENTICATION_ERROR
from tests.fix_cluster import Cluster
from tests.slurm import inside
from tests.slurm.conftest import Worker

NOBODY = ("NoCredential", 0)


@pytest.mark.parametrize("name", inside.LOADS)
def test_nothing_is_asked_without_a_credential(worker: Worker, name: str) -> None:
    assert worker(inside.without_credential, name) == NOBODY


def test_a_token_is_taken(worker: Worker, token: str) -> None:
    assert worker(inside.with_token, token) == "True"


def test_a_wrong_token_is_an_error_with_slurms_number(worker: Worker) -> None:
    refused = ("SlurmError", SLURM_PROTOCOL_AUTHENTICATION_ERROR)
    assert worker(inside.with_token, inside.WRONG_TOKEN) == refused


@pytest.mark.parametrize("missing", [None, "", "a\0b"])
def test_a_credential_without_a_token_is_refused_before_a_request(
    worker: Worker, missing: str | None
) -> None:
    assert worker(inside.with_token, missing) == ("CredentialError", ESLURM_AUTH_CRED_INVALID)


def test_a_credential_is_gone_after_an_exception(worker: Worker, token: str) -> None:
    assert worker(inside.after_an_exception, token) == NOBODY


def test_a_credential_is_its_threads_alone(worker: Worker, token: str) -> None:
    assert worker(inside.on_another_thread, token) == NOBODY


def test_a_thread_acts_for_one_at_a_time(worker: Worker, token: str) -> None:
    assert worker(inside.twice, token) == ("RuntimeError", 0)


def test_the_controller_judges_the_user_of_the_token(worker: Worker, cluster: Cluster) -> None:
    """A user may look, and may not reconfigure."""
    token = cluster.token("alice")
    assert worker(inside.with_token, token) == "True"
    assert worker(inside.reconfigure, token)[0] == "SlurmError"

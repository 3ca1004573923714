# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers of Slurm's daemons, and their memory."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.read import initial
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.data_parser.tables.qos import QOS
from slurmrestd.slurm.numbers import ESLURM_INVALID_PARTITION_NAME, SLURM_NO_CHANGE_IN_DATA
from tests.fix_cluster import Cluster
from tests.slurm import inside
from tests.slurm.conftest import Worker

TIMES = 200
# Less than one byte of each of the smallest answers.
ALLOWED_BYTES = 256 << 10


@pytest.mark.parametrize("name", inside.LOADS)
def test_it_answers(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.load, name, token)


@pytest.mark.parametrize("name", inside.LOADS)
def test_the_process_does_not_grow(worker: Worker, token: str, name: str) -> None:
    assert worker(inside.growth, name, token, TIMES) < ALLOWED_BYTES


def test_jobs_that_did_not_change_are_an_error_with_its_number(worker: Worker, token: str) -> None:
    assert worker(inside.unchanged_jobs, token) == ("SlurmError", SLURM_NO_CHANGE_IN_DATA)


def test_a_message_that_nobody_closed_is_freed_with_a_warning(worker: Worker, token: str) -> None:
    assert worker(inside.forgotten_message, token) == ["ResourceWarning"]


def test_a_closed_message_has_no_pointer(worker: Worker, token: str) -> None:
    assert worker(inside.closed_message, token) == ("ValueError", 0)


def test_nodes_come_with_their_partitions(worker: Worker, token: str) -> None:
    partitions = worker(inside.node_partitions, token)
    assert partitions["n1"] == "normal,gpu"
    assert partitions["e1000"] == "wide"


def test_the_private_layout_of_job_resources_is_true(
    worker: Worker, token: str, cluster: Cluster
) -> None:
    job_id = cluster.jobs["running"]
    public, private, nodes, hosts = worker(inside.running_job_resources, token, job_id)
    assert private == public
    assert hosts == nodes


def test_the_private_layouts_of_shares_and_lists_are_true(worker: Worker, token: str) -> None:
    counted, count, names, tres = worker(inside.shares_of_users, token)
    assert counted == count > 0
    assert {"alice", "bob"} <= set(names)
    assert tres[:2] == ["cpu", "mem"]


def test_the_private_layout_of_path_patterns_is_true(worker: Worker) -> None:
    path = worker(inside.expanded, "/log/%u/%x-%A_%a.%j@%N")
    assert path == "/log/alice/name-7_2.9@n1"


def test_a_job_is_submitted_changed_and_killed(worker: Worker, cluster: Cluster) -> None:
    done = worker(inside.submit_and_kill, cluster.token("alice"))
    assert done["name"] == "held by a test"
    assert done["renamed"] == "renamed by a test"
    assert [job["real_job_id"] for job in done["killed"]] == [done["id"]]
    assert done["killed"][0]["error_code"] == 0


def test_a_heterogeneous_job_is_submitted(worker: Worker, cluster: Cluster) -> None:
    assert worker(inside.submit_heterogeneous, cluster.token("alice")) == 2


def test_a_job_for_no_partition_is_refused(worker: Worker, cluster: Cluster) -> None:
    refused = worker(inside.submit_refused, cluster.token("alice"))
    assert refused == ("SlurmError", ESLURM_INVALID_PARTITION_NAME)


def test_changes_of_no_node_are_refused(worker: Worker, token: str) -> None:
    for refused in worker(inside.update_refused, token):
        assert refused[0] == "SlurmError"


def test_a_job_starts_as_libslurm_starts_it(worker: Worker) -> None:
    assert worker(inside.initial_job) == initial.values(JOB_DESC_MSG)


def test_a_qos_starts_as_libslurm_starts_it(worker: Worker) -> None:
    assert worker(inside.initial_qos) == initial.values(QOS)

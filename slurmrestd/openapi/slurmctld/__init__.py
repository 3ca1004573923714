# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurm/`` operations: what the controller knows and does.

Listed in the order in which the document shows them.
"""

from __future__ import annotations

from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.slurmctld import diag, jobs, nodes, partitions, reservations, submit

PLUGIN = Plugin(
    name="slurmctld",
    title="Slurm OpenAPI slurmctld",
    tag="slurm",
    operations=(
        diag.DIAG,
        diag.PING,
        diag.LICENSES,
        submit.SUBMIT,
        jobs.JOBS,
        jobs.STATES,
        jobs.JOB,
        jobs.CANCEL,
        nodes.NODES,
        nodes.NODE,
        partitions.PARTITIONS,
        partitions.PARTITION,
        reservations.RESERVATIONS,
        reservations.RESERVATION,
    ),
)

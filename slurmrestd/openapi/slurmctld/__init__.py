# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurm/`` operations: what the controller knows and does.

Listed in the order in which the document shows them.
"""

from __future__ import annotations

from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.slurmctld import (
    allocate,
    control,
    diag,
    job_update,
    jobs,
    nodes,
    partitions,
    reservations,
    shares,
    submit,
)

PLUGIN = Plugin(
    name="slurmctld",
    title="Slurm OpenAPI slurmctld",
    tag="slurm",
    operations=(
        shares.SHARES,
        control.RECONFIGURE,
        diag.DIAG,
        diag.PING,
        diag.LICENSES,
        submit.SUBMIT,
        allocate.ALLOCATE,
        jobs.JOBS,
        job_update.SIGNAL_MANY,
        jobs.STATES,
        jobs.JOB,
        job_update.UPDATE,
        jobs.CANCEL,
        jobs.CANCEL_V41,
        nodes.NODES,
        nodes.UPDATE_NODES,
        nodes.NODE,
        nodes.UPDATE_NODE,
        nodes.DELETE_NODE,
        partitions.PARTITIONS,
        partitions.PARTITION,
        reservations.RESERVATIONS,
        reservations.RESERVATION,
    ),
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""All of the ``slurm/`` operations, in the order in which the document shows them."""

from __future__ import annotations

from slurmrestd.frozen import replace
from slurmrestd.openapi.slurmctld import (
    BARE,
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

PLUGIN = replace(
    BARE,
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

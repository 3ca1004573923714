# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurmdb/`` operations: what the accounting database knows.

Listed in the order in which the document shows them.
"""

from __future__ import annotations

from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.slurmdbd import jobs, qos, tres

PLUGIN = Plugin(
    name="slurmdbd",
    title="Slurm OpenAPI slurmdbd",
    tag="slurmdb",
    operations=(
        jobs.JOB,
        tres.UPDATE_TRES,
        tres.TRES,
        qos.SINGLE,
        qos.DELETE,
        qos.ALL,
        qos.UPDATE,
        jobs.JOBS,
    ),
)

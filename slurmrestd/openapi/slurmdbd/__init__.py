# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurmdb/`` operations: what the accounting database knows.

Listed in the order in which the document shows them.
"""

from __future__ import annotations

from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.slurmdbd import (
    accounts,
    associations,
    clusters,
    config,
    diag,
    instances,
    jobs,
    qos,
    tres,
    users,
    wckeys,
)

PLUGIN = Plugin(
    name="slurmdbd",
    title="Slurm OpenAPI slurmdbd",
    tag="slurmdb",
    asks_slurmdbd=True,
    operations=(
        jobs.JOB,
        config.GET,
        config.UPDATE,
        tres.UPDATE_TRES,
        tres.TRES,
        qos.SINGLE,
        qos.DELETE,
        qos.ALL,
        qos.UPDATE,
        associations.UPDATE,
        associations.ALL,
        associations.DELETE_ALL,
        associations.SINGLE,
        associations.DELETE,
        instances.ALL,
        instances.SINGLE,
        users.DELETE,
        users.SINGLE,
        users.ADD_MANY,
        users.UPDATE,
        users.ALL,
        clusters.DELETE,
        clusters.SINGLE,
        clusters.ALL,
        clusters.UPDATE,
        wckeys.DELETE,
        wckeys.SINGLE,
        wckeys.ALL,
        wckeys.UPDATE,
        accounts.DELETE,
        accounts.SINGLE,
        accounts.ADD_MANY,
        accounts.ALL,
        accounts.UPDATE,
        jobs.JOBS,
        diag.DIAG,
        diag.PING,
    ),
)

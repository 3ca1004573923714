# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``slurm/`` operations: what the controller knows and does.

``plugin`` has them all.  What stands here is for who loads a few of them.
"""

from __future__ import annotations

from typing import Final

from slurmrestd.openapi.operation import Plugin

BARE: Final = Plugin(name="slurmctld", title="Slurm OpenAPI slurmctld", tag="slurm", operations=())
"""The plugin without operations."""

MODULES: Final = {
    "diag": ("diag",),
    "job": ("submit", "allocate", "job_update", "jobs"),
    "jobs": ("job_update", "jobs"),
    "licenses": ("diag",),
    "node": ("nodes",),
    "nodes": ("nodes",),
    "partition": ("partitions",),
    "partitions": ("partitions",),
    "ping": ("diag",),
    "reconfigure": ("control",),
    "reservation": ("reservations",),
    "reservations": ("reservations",),
    "shares": ("shares",),
}
"""Where the operations are, by what follows the version in their paths; the first that fits
is meant."""

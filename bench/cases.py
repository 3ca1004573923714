# SPDX-License-Identifier: GPL-2.0-or-later
"""What is asked for under load: every GET, and the writes of a front end's daily life."""

from __future__ import annotations

from dataclasses import dataclass

SUBMIT_BODY = (
    '{"job": {"name": "bench", "hold": true, "current_working_directory": "/tmp",'
    ' "time_limit": 10, "environment": ["PATH=/bin:/usr/bin"]},'
    ' "script": "#!/bin/sh\\nsleep 1\\n"}'
)


@dataclass(frozen=True)
class Case:
    """A request: ``path`` follows the version, and ``{job}`` in it is a job's id in turn.

    ``target`` is what must be reached against the original at 8 and 64 connections (submit:
    at 8), as a ratio of the rates.  ``bare`` is the module that tells how often
    the call behind the answer can be made without any server, if there is one.
    """

    name: str
    path: str
    method: str = "GET"
    body: str = ""
    plugin: str = "slurm"
    target: float = 1.0
    writes: bool = False
    bare: str = ""


READS = (
    Case("ping", "ping/"),
    Case("partitions", "partitions/", target=1.8),
    Case("partition/{name}", "partition/normal"),
    Case("node/{name}", "node/n1", target=1.8),
    Case("job/{id}", "job/{held}", target=1.8),
    Case("diag", "diag/", target=1.8),
    Case("licenses", "licenses/", target=1.8),
    Case("reservations", "reservations/", target=1.8),
    Case("reservation/{name}", "reservation/{reservation}"),
    Case("shares", "shares"),
    Case("jobs/state", "jobs/state/"),
    Case("jobs", "jobs/"),
    Case("nodes", "nodes/"),
    Case("slurmdb tres", "tres/", plugin="slurmdb"),
    Case("slurmdb qos", "qos/", plugin="slurmdb"),
    Case("slurmdb qos/{name}", "qos/normal", plugin="slurmdb"),
    Case("slurmdb clusters", "clusters/", plugin="slurmdb"),
    Case("slurmdb cluster/{name}", "cluster/{cluster}", plugin="slurmdb"),
    Case("slurmdb accounts", "accounts/", plugin="slurmdb"),
    Case("slurmdb account/{name}", "account/physics", plugin="slurmdb"),
    Case("slurmdb users", "users/", plugin="slurmdb"),
    Case("slurmdb user/{name}", "user/alice", plugin="slurmdb"),
    Case("slurmdb wckeys", "wckeys/", plugin="slurmdb"),
    Case("slurmdb wckey/{name}", "wckey/teaching", plugin="slurmdb"),
    Case("slurmdb instances", "instances/", plugin="slurmdb"),
    Case("slurmdb instance", "instance/", plugin="slurmdb"),
    Case("slurmdb jobs", "jobs/", plugin="slurmdb"),
    Case("slurmdb job/{id}", "job/{held}", plugin="slurmdb"),
    Case("slurmdb config", "config", plugin="slurmdb"),
    Case("slurmdb diag", "diag/", plugin="slurmdb"),
    Case("slurmdb ping", "ping/", plugin="slurmdb"),
    Case("slurmdb associations", "associations/", plugin="slurmdb"),
    Case("slurmdb association", "association/?user=alice&account=theory", plugin="slurmdb"),
)
"""On the sandbox's cluster, which has something of everything."""

WRITES = (
    Case(
        "submit",
        "job/submit",
        "POST",
        SUBMIT_BODY,
        target=1.2,
        writes=True,
        bare="bench.bare_submit",
    ),
    Case("update", "job/{job}", "POST", '{"comment": "bench"}', writes=True),
    Case("cancel", "job/{job}", "DELETE", writes=True),
)
"""On a controller of their own, which is thrown away afterwards."""

CONNECTIONS = (1, 8, 64, 256)
QUICK = ("ping", "partitions", "job/{id}", "submit")
"""What ``--quick`` is content with."""

# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test needs to know about the cluster: ``/etc/slurmrestd-sandbox.json`` in the root.

==============  ================================================================================
``cluster``     name of the cluster
``users``       name -> ``uid``, ``role`` (administrator, operator, coordinator, user, stranger,
                service) and ``about``
``nodes``       ``live``: names of nodes with a slurmd; ``declared``: a host list of the others
``partitions``  names
``licenses``    local licenses: name -> how many
``jobs``        name of each job of conf/sandbox/workload.sh -> its id
``jwt_key``     the key file, readable for root and slurm
``sockets``     unix sockets inside: ``jwt`` and ``local`` are ours, ``original`` that of
                ``sandbox original``; each as the path that processes inside use
``tcp``         ``host`` and ``port`` of ours, in the host's network: not reachable from inside;
                null when ours does not run
``host_root``   the host's path of the root
``venv``        the virtual environment with our slurmrestd in it
``source``      the copy of the checkout
``original``    ``program``: the original slurmrestd; ``user``: the user that it and ours run as
``daemons``     munged, slurmdbd, slurmctld -> ``user`` and ``command``, to start one that was ended
``held_jobs``   program that adds as many held jobs as its argument says
``logs``        directory of the daemons' logs
``pids``        directory of the daemons' process id files (``slurmctld.pid``, ...)
==============  ================================================================================
"""

import json
from collections.abc import Mapping

from slurmrestd.sandbox import daemons, layout, rest, settings
from slurmrestd.sandbox.layout import Layout


def write(where: Layout, jobs: Mapping[str, int], port: int | None) -> None:
    """Write the file; ``port`` is None while ours does not run."""
    known = {
        "cluster": daemons.CLUSTER_NAME,
        "users": settings.users(),
        "nodes": {"live": list(daemons.NODES), "declared": daemons.DECLARED_NODES},
        "partitions": settings.partitions(),
        "licenses": settings.licenses(),
        "jobs": dict(jobs),
        "jwt_key": layout.JWT_KEY,
        "sockets": {
            "jwt": layout.JWT_SOCKET,
            "local": layout.LOCAL_SOCKET,
            "original": layout.ORIGINAL_SOCKET,
        },
        "tcp": {"host": "127.0.0.1", "port": port} if port else None,
        "host_root": str(where.root),
        "venv": layout.VENV,
        "source": layout.SOURCE,
        "original": {"program": layout.ORIGINAL, "user": rest.USER},
        "daemons": {
            name: {"user": user, "command": command}
            for name, (user, command) in daemons.COMMANDS.items()
        },
        "held_jobs": layout.HELD_JOBS,
        "logs": layout.LOGS,
        "pids": layout.PIDS,
    }
    where.inside(layout.FACTS).write_text(json.dumps(known, indent=2) + "\n")


def jobs(where: Layout) -> dict[str, int]:
    """The ids of the workload's jobs, as the file has them."""
    known: dict[str, int] = json.loads(where.inside(layout.FACTS).read_text())["jobs"]
    return known

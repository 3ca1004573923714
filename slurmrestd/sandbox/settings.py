# SPDX-License-Identifier: GPL-2.0-or-later
"""The root's configuration: the files of ``conf/sandbox``, users, keys."""

import json
import secrets
import shutil
from typing import TypedDict

from slurmrestd.sandbox import namespaces
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import CONF, JWT_KEY, LOGS, SOCKETS, Layout

_FILES = {
    "slurm.conf": "/etc/slurm/slurm.conf",
    "slurmdbd.conf": "/etc/slurm/slurmdbd.conf",
    "gres.conf": "/etc/slurm/gres.conf",
    "cgroup.conf": "/etc/slurm/cgroup.conf",
    "plugstack.conf": "/etc/slurm/plugstack.conf",
    "mariadb.cnf": "/etc/mysql/mariadb.conf.d/90-sandbox.cnf",
    "hosts": "/etc/hosts",
}
_GPUS_PER_NODE = 4


class User(TypedDict):
    """A row of ``conf/sandbox/users.json``."""

    uid: int
    role: str
    about: str


def users() -> dict[str, User]:
    """The cluster's users by name."""
    table: dict[str, User] = json.loads((CONF / "users.json").read_text())
    return table


def write(layout: Layout) -> None:
    """Copy the configuration into the root, and make the users and keys that are missing."""
    for source, target in _FILES.items():
        shutil.copyfile(CONF / source, layout.inside(target))
    key = layout.inside(JWT_KEY)
    if not key.exists():
        key.write_bytes(secrets.token_bytes(32))
    for number in range(_GPUS_PER_NODE):
        layout.inside(f"/etc/slurm/gpu{number}").touch()
    status = namespaces.run_in_root(layout.root, ["sh", "-ec", _script()], log=layout.log)
    if status:
        raise SandboxError(f"Users cannot be made in the root; the reason: end of {layout.log}.")


def _script() -> str:
    lines = [
        f"getent passwd {name} >/dev/null || "
        f"useradd --uid {user['uid']} --user-group --create-home --shell /bin/bash {name}"
        for name, user in users().items()
    ]
    return "\n".join(
        [
            # What a useradd leaves that was ended half-way.
            "rm -f /etc/passwd.lock /etc/shadow.lock /etc/group.lock /etc/gshadow.lock",
            *lines,
            f"chown slurm:slurm {JWT_KEY} /etc/slurm/slurmdbd.conf",
            f"chmod 600 {JWT_KEY} /etc/slurm/slurmdbd.conf",
            f"install -d -o slurmrestd -g slurmrestd {SOCKETS}",
            f"install -d {LOGS}",
        ]
    )


def partitions() -> list[str]:
    """The partitions of slurm.conf."""
    return [
        line.split()[0].partition("=")[2]
        for line in (CONF / "slurm.conf").read_text().splitlines()
        if line.startswith("PartitionName=")
    ]


def licenses() -> dict[str, int]:
    """The licenses of slurm.conf and how many there are."""
    for line in (CONF / "slurm.conf").read_text().splitlines():
        if line.startswith("Licenses="):
            pairs = (pair.split(":") for pair in line.partition("=")[2].split(","))
            return {name: int(count) for name, count in pairs}
    return {}

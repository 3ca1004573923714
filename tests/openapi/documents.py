# SPDX-License-Identifier: GPL-2.0-or-later
"""Documents of both programs, for every choice of plugins, versions and flags."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from tests.fix_cluster import Cluster

PLUGINS = ("slurmctld", "slurmdbd", "slurmctld,slurmdbd", "slurmdbd,slurmctld")
ALL_VERSIONS = "v0.0.40,v0.0.41,v0.0.42"
VERSIONS = (
    *ALL_VERSIONS.split(","),
    ALL_VERSIONS,
    "v0.0.42,v0.0.40",
    "v0.0.42+minimize_refs,v0.0.41",
    "v0.0.41,v0.0.42+minimize_refs",
    "v0.0.41+prefer_refs",
    "v0.0.42+minimize_refs",
    "v0.0.42+inline_enums",
    "v0.0.42+minimize_refs+inline_enums",
    "v0.0.40+fast+complex",
    "v0.0.41+complex",
    "v0.0.42+complex",
    "v0.0.40+prefer_refs",
    "v0.0.41+minimize_refs+inline_enums",
    "v0.0.42+prefer_refs",
    "latest+Inline_Enums",
    f"{ALL_VERSIONS}+minimize_refs",
)


@dataclass(frozen=True)
class Said:
    """What a program printed and how it ended."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def document(self) -> dict[str, Any]:
        """The document that was printed."""
        assert self.code == 0, self.stderr
        found: dict[str, Any] = json.loads(self.stdout)
        return found


def generate(cluster: Cluster, program: str, *arguments: str, **environment: str) -> Said:
    """Have a program print its document, without any configuration."""
    done = subprocess.run(
        [program, "-f", "/dev/null", "--generate-openapi-spec", *arguments],
        capture_output=True,
        user=cluster.service_user.uid,
        group=cluster.service_user.uid,
        extra_groups=[],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", **environment},
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr.decode())

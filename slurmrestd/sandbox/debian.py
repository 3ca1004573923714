# SPDX-License-Identifier: GPL-2.0-or-later
"""The private Debian root with Slurm 24.11 in it."""

import os
import shutil
import subprocess
from pathlib import Path

from slurmrestd.sandbox import namespaces
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import Layout

# trixie is the Debian release that ships Slurm 24.11.
SUITE = "trixie"
PACKAGES = (
    # Slurm: the daemons, the original slurmrestd, and what a build against libslurm takes
    "slurmctld",
    "slurmdbd",
    "slurmd",
    "slurmrestd",
    "slurm-client",
    "slurm-wlm-jwt-plugin",
    "slurm-wlm-mysql-plugin",
    "libslurm-dev",
    "munge",
    "mariadb-server",
    # Python, and a compiler (gcc brings libasan and libubsan)
    "python3",
    "python3-dev",
    "python3-venv",
    "gcc",
    "libc6-dev",
    # to look and to measure
    "curl",
    "iproute2",
    "jq",
    "procps",
    "strace",
    "wrk",
)

_TREE_OPTIONS = (
    "--variant=apt",
    "--components=main",
    "--format=directory",
    "--aptopt=Apt::Install-Recommends false",
    "--dpkgopt=force-unsafe-io",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
)
_NO_NETWORK = ("Temporary failure", "Could not resolve", "Could not connect", "Failed to fetch")


def build_root(layout: Layout) -> None:
    """Make the root under another name first, so that a broken one is never taken for good."""
    remove_tree(layout.unfinished_root)
    try:
        _bootstrap(layout)
    except BaseException:
        remove_tree(layout.unfinished_root)
        raise
    layout.unfinished_root.rename(layout.root)


def _bootstrap(layout: Layout) -> None:
    status = namespaces.run_isolated(
        [
            *("--mount-proc", "mmdebstrap", "--mode=root", *_TREE_OPTIONS),
            f"--include={','.join(PACKAGES)}",
            *_proxy_options(),
            *(SUITE, str(layout.unfinished_root)),
            *os.environ.get("SLURMRESTD_SANDBOX_MIRROR", "").split(),
        ],
        log=layout.log,
        env=dict(os.environ) | {"LC_ALL": "C"},
    )
    if status:
        raise SandboxError(_explain(layout.log))


def remove_tree(tree: Path) -> None:
    """Remove a root, without leaving it half-removed under its own name."""
    if tree.exists():
        doomed = tree.with_name(f"{tree.name}.removing")
        shutil.rmtree(doomed, ignore_errors=True)
        tree.rename(doomed)
        shutil.rmtree(doomed)


def _proxy_options() -> list[str]:
    """What the host's apt is told about proxies; mmdebstrap does not look there by itself."""
    wanted = ("Acquire::http::Proxy", "Acquire::https::Proxy")
    dump = subprocess.run(
        ["apt-config", "dump", *wanted], capture_output=True, text=True, check=False
    )
    lines = [line.rstrip(";") for line in dump.stdout.splitlines() if '""' not in line]
    return [f"--aptopt={line}" for line in lines]


def _explain(log: Path) -> str:
    tail = log.read_text(errors="replace")[-20000:]
    if any(sign in tail for sign in _NO_NETWORK):
        return (
            "Debian's packages cannot be fetched: see that this machine reaches a Debian "
            f"mirror (SLURMRESTD_SANDBOX_MIRROR names another one). Details: {log}"
        )
    if "NO_PUBKEY" in tail or "unavailable key" in tail:
        return "This machine does not know Debian's keys: apt-get install debian-archive-keyring."
    if "No space left" in tail:
        return f"The disk is full: make room below {log.parent} and try again."
    return f"mmdebstrap could not build the Debian root; the reason is at the end of {log}."

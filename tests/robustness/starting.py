# SPDX-License-Identifier: GPL-2.0-or-later
"""The start of one of Slurm's daemons that is the tests' own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from pwd import struct_passwd

from tests.robustness.waiting import eventually


def start(
    daemon: str, folder: Path, conf: Path, account: struct_passwd, answers: Callable[[], bool]
) -> subprocess.Popen[bytes]:
    """Start ``daemon`` with this slurm.conf, and wait until it ``answers``; logs to the folder."""
    log = folder / "log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [daemon, "-D"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | {"SLURM_CONF": str(conf)},
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd=folder,
        )
    settled = eventually(lambda: process.poll() is not None or answers())
    if not settled or process.poll() is not None:
        process.kill()
        process.wait()
        said = log.read_text(errors="replace")[-2000:]
        raise AssertionError(f"{daemon} does not answer: {said}")
    return process

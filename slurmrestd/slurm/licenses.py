# SPDX-License-Identifier: GPL-2.0-or-later
"""Licenses."""

from __future__ import annotations

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import REQUEST_LICENSE_INFO, RESPONSE_LICENSE_INFO
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import Message, ask, fetch


def load(since: int = 0, show_flags: int = 0) -> Message:
    """All licenses (``license_info_msg_t``). Raises SlurmError."""
    return fetch(
        "license_info_msg_t",
        lib.slurm_free_license_info_msg,
        "slurm_load_licenses()",
        lambda answer: ask(lib.slurm_load_licenses, since, answer, show_flags),
        question=lambda: Question(
            REQUEST_LICENSE_INFO,
            RESPONSE_LICENSE_INFO,
            ffi.new("license_info_request_msg_t *", (since, show_flags)),
        ),
    )

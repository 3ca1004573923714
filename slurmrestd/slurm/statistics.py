# SPDX-License-Identifier: GPL-2.0-or-later
"""The controller's own statistics."""

from __future__ import annotations

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import REQUEST_STATS_INFO, RESPONSE_STATS_INFO
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import Message, ask, fetch


def load() -> Message:
    """What the controller counted since it started (``stats_info_response_msg_t``).

    Raises SlurmError.
    """
    request = ffi.new("stats_info_request_msg_t *", {"command_id": lib.STAT_COMMAND_GET})
    return fetch(
        "stats_info_response_msg_t",
        lib.slurm_free_stats_response_msg,
        "slurm_get_statistics()",
        lambda answer: ask(lib.slurm_get_statistics, answer, request),
        question=lambda: Question(REQUEST_STATS_INFO, RESPONSE_STATS_INFO, request),
    )

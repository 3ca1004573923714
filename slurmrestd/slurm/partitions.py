# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions."""

from __future__ import annotations

from slurmrestd.slurm import federation
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import (
    REQUEST_PARTITION_INFO,
    RESPONSE_PARTITION_INFO,
    SHOW_FEDERATION,
    SHOW_LOCAL,
)
from slurmrestd.slurm.question import Indirect, Question
from slurmrestd.slurm.rpc import Message, ask, fetch


def load(since: int, show_flags: int) -> Message:
    """All partitions (``partition_info_msg_t``).

    Raises SlurmError, with SLURM_NO_CHANGE_IN_DATA if none changed since ``since``.
    """
    return fetch(
        "partition_info_msg_t",
        lib.slurm_free_partition_info_msg,
        "slurm_load_partitions()",
        lambda answer: ask(lib.slurm_load_partitions, since, answer, show_flags),
        question=lambda: _question(since, show_flags),
    )


def _question(since: int, show_flags: int) -> Question:
    """What slurm_load_partitions() asks."""
    everywhere = show_flags & SHOW_FEDERATION and not show_flags & SHOW_LOCAL
    if everywhere and federation.is_member():
        raise Indirect  # the other clusters are asked, too
    here_only = (show_flags | SHOW_LOCAL) & ~SHOW_FEDERATION
    wanted = ffi.new("part_info_request_msg_t *", (since, here_only))
    return Question(REQUEST_PARTITION_INFO, RESPONSE_PARTITION_INFO, wanted)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions."""

from __future__ import annotations

from slurmrestd.slurm.ffi import lib
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
    )

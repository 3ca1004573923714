# SPDX-License-Identifier: GPL-2.0-or-later
"""Reservations."""

from __future__ import annotations

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import REQUEST_RESERVATION_INFO, RESPONSE_RESERVATION_INFO
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import Message, ask, fetch


def load(since: int) -> Message:
    """All reservations (``reserve_info_msg_t``).

    Raises SlurmError, with SLURM_NO_CHANGE_IN_DATA if none changed since ``since``.
    """
    return fetch(
        "reserve_info_msg_t",
        lib.slurm_free_reservation_info_msg,
        "slurm_load_reservations()",
        lambda answer: ask(lib.slurm_load_reservations, since, answer),
        question=lambda: Question(
            REQUEST_RESERVATION_INFO,
            RESPONSE_RESERVATION_INFO,
            ffi.new("resv_info_request_msg_t *", (since,)),
        ),
    )

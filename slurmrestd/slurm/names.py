# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers to words, as libslurm knows them."""

from __future__ import annotations

from slurmrestd.slurm import job_ids
from slurmrestd.slurm.errors import error_text
from slurmrestd.slurm.ffi import lib, text
from slurmrestd.slurm.memory import take_text
from slurmrestd.slurm.numbers import SLURM_MAX_NORMAL_STEP_ID

__all__ = [
    "error_text",
    "format_step",
    "reason_text",
    "rpc_name",
    "signal_name",
    "slurmdbd_rpc_name",
    "step_name",
]

format_step = job_ids.form


def signal_name(number: int) -> str:
    """The name of a signal without SIG, or the number as text."""
    return take_text(lib.sig_num2name(number))


def reason_text(number: int) -> str:
    """Why a job waits (enum job_state_reason)."""
    return text(lib.job_state_reason_string(number))


def rpc_name(number: int) -> str:
    """The name of a kind of message to the controller, or the number as text."""
    return text(lib.rpc_num2string(number))


def slurmdbd_rpc_name(number: int) -> str:
    """The name of a kind of message to slurmdbd."""
    return text(lib.slurmdbd_msg_type_2_str(number, 1))


def step_name(number: int) -> str:
    """The name of a step id: its number, or batch, extern, interactive, TBD; "" if unset."""
    if number <= SLURM_MAX_NORMAL_STEP_ID:
        return str(number)
    return job_ids.STEP_NAMES.get(number, "")

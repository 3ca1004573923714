# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers to words, as libslurm knows them."""

from __future__ import annotations

from slurmrestd.slurm import job_ids
from slurmrestd.slurm.errors import error_text
from slurmrestd.slurm.ffi import ffi, lib, text
from slurmrestd.slurm.memory import take_text
from slurmrestd.slurm.numbers import SLURM_MAX_NORMAL_STEP_ID

__all__ = [
    "cpu_frequency",
    "distribution",
    "error_text",
    "format_step",
    "reason_text",
    "rpc_name",
    "signal_name",
    "slurmdbd_rpc_name",
    "step_name",
]

CPU_FREQUENCY_BYTES = 64
"""More than any of these texts takes."""

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


def cpu_frequency(number: int) -> str:
    """A CPU frequency in kHz, or what stands for one: ``2.60G``, ``Low``, ``OnDemand``."""
    room = ffi.new("char[]", CPU_FREQUENCY_BYTES)
    lib.cpu_freq_to_string(room, CPU_FREQUENCY_BYTES, number)
    return text(room)


def distribution(number: int) -> str:
    """How the tasks of a step were laid out over nodes, sockets and cores."""
    return take_text(lib.slurm_step_layout_type_name(number))

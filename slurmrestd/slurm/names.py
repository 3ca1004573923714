# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers to words and words to numbers, as libslurm knows them.

What comes from outside is bounded here before libslurm reads it.
"""

from __future__ import annotations

import re

from slurmrestd.slurm import job_ids
from slurmrestd.slurm.errors import SlurmError, check, error_text
from slurmrestd.slurm.ffi import ffi, lib, text
from slurmrestd.slurm.memory import encode, take_text
from slurmrestd.slurm.numbers import (
    ESLURM_INVALID_TIME_VALUE,
    NO_VAL,
    NO_VAL64,
    SLURM_MAX_NORMAL_STEP_ID,
)

__all__ = [
    "cpu_frequency",
    "cpu_frequency_text",
    "distribution_name",
    "error_text",
    "format_step",
    "frequency_name",
    "mebibytes",
    "node_count",
    "reason_text",
    "rpc_name",
    "seconds",
    "signal_name",
    "signal_number",
    "slurmdbd_rpc_name",
    "step_name",
]

MAX_WORD = 64
MAX_TIME = 128
MAX_COUNTS = 4096

_FREQUENCY = re.compile(r"[^-:]+(-[^-:]+)?(:[^-:]+)?")
_COUNTS = re.compile(r"[0-9kKmM,:\- \t]+")

format_step = job_ids.form


def signal_name(number: int) -> str:
    """The name of a signal without SIG, or the number as text."""
    return take_text(lib.sig_num2name(number))


def signal_number(word: str) -> int | None:
    """The number of a signal by its name, with or without SIG, or a number; else None."""
    return (lib.sig_name2num(encode(word)) or None) if _is_short(word, MAX_WORD) else None


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


def distribution_name(number: int) -> str:
    """The name of how tasks are distributed (enum task_dist_states)."""
    return take_text(lib.slurm_step_layout_type_name(number))


def frequency_name(number: int) -> str:
    """A CPU frequency or governor in words."""
    buffer = ffi.new("char[]", MAX_WORD)
    lib.cpu_freq_to_string(buffer, MAX_WORD, number)
    return text(buffer)


def cpu_frequency_text(low: int, high: int, governor: int) -> str:
    """A request for CPU frequencies as --cpu-freq has it; "" if nothing is set."""
    return take_text(lib.cpu_freq_to_cmdline(low, high, governor))


def cpu_frequency(word: str) -> tuple[int, int, int]:
    """``low-high:governor`` to (low, high, governor), NO_VAL where not given.

    Raises ValueError; which governors may be used, slurm.conf says.
    """
    if not _is_short(word, MAX_WORD) or not _FREQUENCY.fullmatch(word):
        raise ValueError("not a CPU frequency")
    made = ffi.new("uint32_t[3]", [NO_VAL] * 3)
    if lib.cpu_freq_verify_cmdline(encode(word), made, made + 1, made + 2):
        raise ValueError("not a CPU frequency that is allowed here")
    return made[0], made[1], made[2]


def mebibytes(word: str) -> int | None:
    """A size like 10, 512M or 2G in MiB; None if it is none."""
    if not _is_short(word, MAX_WORD):
        return None
    size = lib.str_to_mbytes(encode(word))
    return None if size == NO_VAL64 else int(size)


def node_count(word: str) -> tuple[int, int, str]:
    """How many nodes: ``4``, ``2-8``, ``1,3-5`` to (least, most, sizes).

    ``sizes`` is "" unless single sizes are listed. Raises ValueError.
    """
    if len(word) > MAX_COUNTS or not _COUNTS.fullmatch(word):
        raise ValueError("not a number of nodes")
    bounds = ffi.new("int[2]")
    sizes = ffi.new("char **")
    is_count = lib.verify_node_count(encode(word), bounds, bounds + 1, sizes)
    listed = take_text(sizes[0])
    if not is_count:
        raise ValueError("not a number of nodes")
    return bounds[0], bounds[1], listed


def seconds(word: str) -> int:
    """A point in time as Slurm's commands take it, in seconds since 1970 (UTC).

    For example ``2025-01-31T12:00``, ``now+1hour``, ``tomorrow``. Raises SlurmError.
    """
    if not _is_short(word, MAX_TIME):
        raise SlurmError(ESLURM_INVALID_TIME_VALUE, "time")
    ffi.errno = 0
    moment = int(lib.parse_time(encode(word), 0))
    if not moment and ffi.errno:
        check(ffi.errno, "time")
    return moment


def _is_short(word: str, length: int) -> bool:
    return 0 < len(word) <= length and "\0" not in word

# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs and steps by name: ``1234``, ``1234_5``, ``1234+1``, ``1234.batch``, ``1234.0+2``."""

from __future__ import annotations

from typing import Any

from slurmrestd.data_parser.read.context import Reading, Record, Unreadable, Value
from slurmrestd.data_parser.read.convert import fold, to_text, type_name
from slurmrestd.data_parser.read.numbers import UINT32_MAX
from slurmrestd.data_parser.read.scan import strtol
from slurmrestd.slurm import numbers as slurm

CTYPE = "slurm_selected_step_t"
LONG_MAX = 2**63 - 1

STEP_NAMES = {
    "TBD": slurm.SLURM_PENDING_STEP,
    "extern": slurm.SLURM_EXTERN_CONT,
    "batch": slurm.SLURM_BATCH_SCRIPT,
    "interactive": slurm.SLURM_INTERACTIVE_STEP,
}
"""The steps that have a name instead of a number."""


def selected_step(reading: Reading, value: Value, path: str) -> Record:
    """A job, a task of an array, a component of a heterogeneous job, or one of their steps."""
    text = to_text(value)
    if text is None:
        raise reading.refuse(
            path, slurm.ESLURM_DATA_CONV_FAILED, f"A job id cannot be {type_name(value)}"
        )
    return parse(text)


def parse(text: str) -> Record:
    """What a job id names.  Raises Unreadable, without an entry in the errors."""
    step = Record(
        CTYPE,
        {
            "array_bitmap": None,
            "array_task_id": slurm.NO_VAL,
            "het_job_offset": slurm.NO_VAL,
            "step_id.job_id": slurm.NO_VAL,
            "step_id.step_het_comp": slurm.NO_VAL,
            "step_id.step_id": slurm.NO_VAL,
        },
    )
    rest = _component(step, _task(step, _job(step, text)))
    if not rest:
        return step
    if not rest.startswith("."):
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ID_NON_NUMERIC)
    rest = _step(step, rest[1:])
    if rest:
        _step_component(step, rest)
    return step


def _job(step: Record, text: str) -> str:
    if not text:
        raise Unreadable(slurm.ESLURM_EMPTY_JOB_ID)
    job, rest = strtol(text)
    if job == 0:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ID_ZERO)
    if job < 0:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ID_NEGATIVE)
    if job >= slurm.MAX_FED_JOB_ID:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ID_TOO_LARGE)
    step["step_id.job_id"] = job
    return rest


def _task(step: Record, text: str) -> str:
    """Past ``_5``; a set of tasks (``_[1-3]``) names no one task."""
    if not text.startswith("_"):
        return text
    if text.startswith("_["):
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ID_NON_NUMERIC)
    text = text[1:]
    if not text:
        raise Unreadable(slurm.ESLURM_EMPTY_JOB_ARRAY_ID)
    task, rest = strtol(text)
    if task < 0:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ARRAY_ID_NEGATIVE)
    if task == LONG_MAX:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ARRAY_ID_TOO_LARGE)
    if rest == text:
        raise Unreadable(slurm.ESLURM_INVALID_JOB_ARRAY_ID_NON_NUMERIC)
    step["array_task_id"] = task & UINT32_MAX
    return rest


def _component(step: Record, text: str) -> str:
    """Past ``+1``."""
    if not text.startswith("+"):
        return text
    text = text[1:]
    if step["array_task_id"] != slurm.NO_VAL:
        raise Unreadable(slurm.ESLURM_INVALID_HET_JOB_AND_ARRAY)
    if not text:
        raise Unreadable(slurm.ESLURM_EMPTY_HET_JOB_COMP)
    component, rest = strtol(text)
    if component < 0:
        raise Unreadable(slurm.ESLURM_INVALID_HET_JOB_COMP_NEGATIVE)
    if component > slurm.MAX_HET_JOB_COMPONENTS:
        raise Unreadable(slurm.ESLURM_INVALID_HET_JOB_COMP_TOO_LARGE)
    if rest == text:
        raise Unreadable(slurm.ESLURM_INVALID_HET_JOB_COMP_NON_NUMERIC)
    if rest.startswith("_"):
        raise Unreadable(slurm.ESLURM_INVALID_HET_JOB_AND_ARRAY)
    step["het_job_offset"] = component
    return rest


def _step(step: Record, text: str) -> str:
    """Past the number or the name of a step."""
    if not text:
        raise Unreadable(slurm.ESLURM_EMPTY_STEP_ID)
    number, rest = strtol(text)
    if rest == text:
        number, rest = _named_step(text)
    elif number < 0:
        raise Unreadable(slurm.ESLURM_INVALID_STEP_ID_NEGATIVE)
    elif number >= slurm.SLURM_MAX_NORMAL_STEP_ID:
        raise Unreadable(slurm.ESLURM_INVALID_STEP_ID_TOO_LARGE)
    step["step_id.step_id"] = number
    return rest


def _named_step(text: str) -> tuple[int, str]:
    for name, number in STEP_NAMES.items():
        if fold(text[: len(name)]) == fold(name):
            return number, text[len(name) :]
    raise Unreadable(slurm.ESLURM_INVALID_STEP_ID_NON_NUMERIC)


def _step_component(step: Record, text: str) -> None:
    """The ``+2`` at the end; a plus with nothing after it says nothing."""
    if not text.startswith("+"):
        raise Unreadable(slurm.ESLURM_INVALID_STEP_ID_NON_NUMERIC)
    if step["het_job_offset"] != slurm.NO_VAL:
        raise Unreadable(slurm.ESLURM_INVALID_HET_STEP_JOB)
    text = text[1:]
    if not text:
        return
    component, rest = strtol(text)
    if rest == text:
        raise Unreadable(slurm.ESLURM_EMPTY_HET_STEP)
    if component == 0:
        raise Unreadable(slurm.ESLURM_INVALID_HET_STEP_ZERO)
    if component < 0:
        raise Unreadable(slurm.ESLURM_INVALID_HET_STEP_NEGATIVE)
    if component >= slurm.MAX_HET_JOB_COMPONENTS:
        raise Unreadable(slurm.ESLURM_INVALID_HET_STEP_TOO_LARGE)
    if rest:
        raise Unreadable(slurm.ESLURM_INVALID_HET_STEP_NON_NUMERIC)
    step["step_id.step_het_comp"] = component


def format_step(step: dict[str, Any]) -> str:
    """The text that names what :func:`parse` has read.  Raises Unreadable."""
    job, task, component = (
        step["step_id.job_id"],
        step["array_task_id"],
        step["het_job_offset"],
    )
    if job == slurm.NO_VAL:
        raise Unreadable(slurm.ESLURM_EMPTY_JOB_ID)
    text = str(job)
    if task != slurm.NO_VAL:
        text += f"_{task}"
    if component != slurm.NO_VAL:
        text += f"+{component}"
    return text + _format_tail(step)


def _format_tail(step: dict[str, Any]) -> str:
    number, component = step["step_id.step_id"], step["step_id.step_het_comp"]
    if number == slurm.NO_VAL:
        return ""
    name = next((name for name, named in STEP_NAMES.items() if named == number), str(number))
    return f".{name}" if component == slurm.NO_VAL else f".{name}+{component}"

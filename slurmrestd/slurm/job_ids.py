# SPDX-License-Identifier: GPL-2.0-or-later
"""Ids of jobs, array tasks, components and steps: ``12``, ``12_3``, ``12+1``, ``12.batch``.

A selected step is a mapping like the C struct: ``step_id`` (``job_id``, ``step_id``,
``step_het_comp``), ``array_task_id`` and ``het_job_offset``, each NO_VAL where it is
not given. Parsed here and not by libslurm, which reads beyond its table of names when
a step is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slurmrestd.slurm import numbers as n
from slurmrestd.slurm.errors import SlurmError

SOURCE = "job id"
MAX_LENGTH = 256
_LONG_MAX = (1 << 63) - 1

STEP_NAMES = {
    n.SLURM_PENDING_STEP: "TBD",
    n.SLURM_EXTERN_CONT: "extern",
    n.SLURM_BATCH_SCRIPT: "batch",
    n.SLURM_INTERACTIVE_STEP: "interactive",
}

_INTEGER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")


def parse(text: str) -> dict[str, Any]:
    """The selected step that ``text`` names. Raises SlurmError with what is wrong."""
    if len(text) > MAX_LENGTH:
        raise _error(n.ESLURM_INVALID_JOB_ID_TOO_LARGE)
    if not text:
        raise _error(n.ESLURM_EMPTY_JOB_ID)
    job, rest = _job(text)
    step = _selected(job)
    if rest.startswith("_"):
        step["array_task_id"], rest = _array_task(rest[1:])
    if rest.startswith("+"):
        if step["array_task_id"] != n.NO_VAL:
            raise _error(n.ESLURM_INVALID_HET_JOB_AND_ARRAY)
        step["het_job_offset"], rest = _component(rest[1:])
    if not rest:
        return step
    if not rest.startswith("."):
        raise _error(n.ESLURM_INVALID_JOB_ID_NON_NUMERIC)
    step["step_id"]["step_id"], rest = _step(rest[1:])
    if rest:
        step["step_id"]["step_het_comp"] = _step_component(rest, step["het_job_offset"])
    return step


def form(step: Mapping[str, Any]) -> str:
    """The text of a selected step. Raises SlurmError where it has none."""
    job, name = step["step_id"]["job_id"], step["step_id"]["step_id"]
    task, component = step["array_task_id"], step["het_job_offset"]
    step_component = step["step_id"]["step_het_comp"]
    if job == n.NO_VAL:
        raise _error(n.ESLURM_EMPTY_JOB_ID)
    if n.NO_VAL not in (task, component):
        raise _error(n.ESLURM_INVALID_HET_JOB_AND_ARRAY)
    if name == n.NO_VAL != step_component:
        raise _error(n.ESLURM_EMPTY_STEP_ID)
    parts = [str(job)]
    if task != n.NO_VAL:
        parts.append(f"_{task}")
    if component != n.NO_VAL:
        parts.append(f"+{component}")
    if name != n.NO_VAL:
        parts.append(f".{STEP_NAMES.get(name, name)}")
    if step_component != n.NO_VAL:
        parts.append(f"+{step_component}")
    return "".join(parts)


def fill(target: Any, step: Mapping[str, Any]) -> None:
    """Put a selected step into a ``slurm_selected_step_t *``."""
    target.array_task_id = step["array_task_id"]
    target.het_job_offset = step["het_job_offset"]
    for member, value in step["step_id"].items():
        setattr(target.step_id, member, value)


def read(source: Any) -> dict[str, Any]:
    """The selected step in a ``slurm_selected_step_t *``."""
    return {
        "step_id": {
            "job_id": source.step_id.job_id,
            "step_id": source.step_id.step_id,
            "step_het_comp": source.step_id.step_het_comp,
        },
        "array_task_id": source.array_task_id,
        "het_job_offset": source.het_job_offset,
    }


def _selected(job: int) -> dict[str, Any]:
    return {
        "step_id": {"job_id": job, "step_id": n.NO_VAL, "step_het_comp": n.NO_VAL},
        "array_task_id": n.NO_VAL,
        "het_job_offset": n.NO_VAL,
    }


def _error(number: int) -> SlurmError:
    return SlurmError(number, SOURCE)


def _integer(text: str) -> tuple[int | None, str]:
    """The number at the beginning, as C's strtol reads it, and what follows."""
    found = _INTEGER.match(text)
    if not found:
        return None, text
    return max(-_LONG_MAX - 1, min(int(found[1]), _LONG_MAX)), text[found.end() :]


def _job(text: str) -> tuple[int, str]:
    job, rest = _integer(text)
    if not job:
        raise _error(n.ESLURM_INVALID_JOB_ID_ZERO)
    if job < 0:
        raise _error(n.ESLURM_INVALID_JOB_ID_NEGATIVE)
    if job >= n.MAX_FED_JOB_ID:
        raise _error(n.ESLURM_INVALID_JOB_ID_TOO_LARGE)
    return job, rest


def _array_task(text: str) -> tuple[int, str]:
    if text.startswith("["):
        raise _error(n.ESLURM_INVALID_JOB_ID_NON_NUMERIC)
    if not text:
        raise _error(n.ESLURM_EMPTY_JOB_ARRAY_ID)
    task, rest = _integer(text)
    if task is None:
        raise _error(n.ESLURM_INVALID_JOB_ARRAY_ID_NON_NUMERIC)
    if task < 0:
        raise _error(n.ESLURM_INVALID_JOB_ARRAY_ID_NEGATIVE)
    if task >= n.NO_VAL:
        raise _error(n.ESLURM_INVALID_JOB_ARRAY_ID_TOO_LARGE)
    return task, rest


def _component(text: str) -> tuple[int, str]:
    if not text:
        raise _error(n.ESLURM_EMPTY_HET_JOB_COMP)
    component, rest = _integer(text)
    if component is None:
        raise _error(n.ESLURM_INVALID_HET_JOB_COMP_NON_NUMERIC)
    if component < 0:
        raise _error(n.ESLURM_INVALID_HET_JOB_COMP_NEGATIVE)
    if component > n.MAX_HET_JOB_COMPONENTS:
        raise _error(n.ESLURM_INVALID_HET_JOB_COMP_TOO_LARGE)
    if rest.startswith("_"):
        raise _error(n.ESLURM_INVALID_HET_JOB_AND_ARRAY)
    return component, rest


def _step(text: str) -> tuple[int, str]:
    if not text:
        raise _error(n.ESLURM_EMPTY_STEP_ID)
    step, rest = _integer(text)
    if step is None:
        return _named_step(text)
    if step < 0:
        raise _error(n.ESLURM_INVALID_STEP_ID_NEGATIVE)
    if step >= n.SLURM_MAX_NORMAL_STEP_ID:
        raise _error(n.ESLURM_INVALID_STEP_ID_TOO_LARGE)
    return step, rest


def _named_step(text: str) -> tuple[int, str]:
    for number, name in STEP_NAMES.items():
        if text.lower().startswith(name.lower()):
            return number, text[len(name) :]
    raise _error(n.ESLURM_INVALID_STEP_ID_NON_NUMERIC)


def _step_component(text: str, job_component: int) -> int:
    if not text.startswith("+"):
        raise _error(n.ESLURM_INVALID_STEP_ID_NON_NUMERIC)
    if job_component != n.NO_VAL:
        raise _error(n.ESLURM_INVALID_HET_STEP_JOB)
    if text == "+":
        return n.NO_VAL
    component, rest = _integer(text[1:])
    if component is None:
        raise _error(n.ESLURM_EMPTY_HET_STEP)
    if component == 0:
        raise _error(n.ESLURM_INVALID_HET_STEP_ZERO)
    if component < 0:
        raise _error(n.ESLURM_INVALID_HET_STEP_NEGATIVE)
    if component >= n.MAX_HET_JOB_COMPONENTS:
        raise _error(n.ESLURM_INVALID_HET_STEP_TOO_LARGE)
    if rest:
        raise _error(n.ESLURM_INVALID_HET_STEP_NON_NUMERIC)
    return component

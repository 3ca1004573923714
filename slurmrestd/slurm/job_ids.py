# SPDX-License-Identifier: GPL-2.0-or-later
"""Ids of jobs, array tasks, components and steps as text: ``12``, ``12_3``, ``12+1``, ``12.batch``.

A selected step is a mapping of the members of ``slurm_selected_step_t``: ``step_id.job_id``,
``step_id.step_id``, ``step_id.step_het_comp``, ``array_task_id`` and ``het_job_offset``, each
NO_VAL where it is not given.  ``slurmrestd.data_parser.read.steps`` makes one from text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slurmrestd.slurm import numbers as n
from slurmrestd.slurm.errors import SlurmError

SOURCE = "job id"
STEP_MEMBERS = ("job_id", "step_id", "step_het_comp")

STEP_NAMES = {
    n.SLURM_PENDING_STEP: "TBD",
    n.SLURM_EXTERN_CONT: "extern",
    n.SLURM_BATCH_SCRIPT: "batch",
    n.SLURM_INTERACTIVE_STEP: "interactive",
}


def whole(job: int) -> dict[str, int]:
    """The selected step that is a whole job."""
    return {
        "step_id.job_id": job,
        "step_id.step_id": n.NO_VAL,
        "step_id.step_het_comp": n.NO_VAL,
        "array_task_id": n.NO_VAL,
        "het_job_offset": n.NO_VAL,
    }


def form(step: Mapping[str, Any]) -> str:
    """The text of a selected step. Raises SlurmError where it has none."""
    job, name = step["step_id.job_id"], step["step_id.step_id"]
    task, component = step["array_task_id"], step["het_job_offset"]
    step_component = step["step_id.step_het_comp"]
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
    for member in STEP_MEMBERS:
        setattr(target.step_id, member, step[f"step_id.{member}"])


def read(source: Any) -> dict[str, int]:
    """The selected step in a ``slurm_selected_step_t *``."""
    step = {f"step_id.{member}": getattr(source.step_id, member) for member in STEP_MEMBERS}
    return {
        **step,
        "array_task_id": source.array_task_id,
        "het_job_offset": source.het_job_offset,
    }


def _error(number: int) -> SlurmError:
    return SlurmError(number, SOURCE)

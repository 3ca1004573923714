# SPDX-License-Identifier: GPL-2.0-or-later
"""Ids of jobs, tasks, components and steps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd.data_parser.read import steps
from slurmrestd.data_parser.read.context import Unreadable
from slurmrestd.slurm import job_ids
from slurmrestd.slurm import numbers as n
from slurmrestd.slurm.errors import SlurmError
from tests.slurm import inside
from tests.slurm.conftest import Worker


def step(
    job: int,
    task: int = n.NO_VAL,
    component: int = n.NO_VAL,
    name: int = n.NO_VAL,
    step_component: int = n.NO_VAL,
) -> dict[str, Any]:
    return {
        "step_id.job_id": job,
        "step_id.step_id": name,
        "step_id.step_het_comp": step_component,
        "array_task_id": task,
        "het_job_offset": component,
    }


def parsed(text: str) -> dict[str, Any]:
    return {name: value for name, value in steps.parse(text).items() if name != "array_bitmap"}


TEXTS = {
    "1": step(1),
    "12_3": step(12, task=3),
    "12+1": step(12, component=1),
    "12.0": step(12, name=0),
    "12_3.4": step(12, task=3, name=4),
    "12+1.batch": step(12, component=1, name=n.SLURM_BATCH_SCRIPT),
    "12.extern": step(12, name=n.SLURM_EXTERN_CONT),
    "12.interactive": step(12, name=n.SLURM_INTERACTIVE_STEP),
    "12.TBD": step(12, name=n.SLURM_PENDING_STEP),
    "12.3+1": step(12, name=3, step_component=1),
}
REFUSED = {
    "": n.ESLURM_EMPTY_JOB_ID,
    "0": n.ESLURM_INVALID_JOB_ID_ZERO,
    "abc": n.ESLURM_INVALID_JOB_ID_ZERO,
    "-1": n.ESLURM_INVALID_JOB_ID_NEGATIVE,
    "99999999999": n.ESLURM_INVALID_JOB_ID_TOO_LARGE,
    "1x": n.ESLURM_INVALID_JOB_ID_NON_NUMERIC,
    "1_": n.ESLURM_EMPTY_JOB_ARRAY_ID,
    "1_x": n.ESLURM_INVALID_JOB_ARRAY_ID_NON_NUMERIC,
    "1_-1": n.ESLURM_INVALID_JOB_ARRAY_ID_NEGATIVE,
    "1_99999999999999999999": n.ESLURM_INVALID_JOB_ARRAY_ID_TOO_LARGE,
    "1_[1-3]": n.ESLURM_INVALID_JOB_ID_NON_NUMERIC,
    "1_2+3": n.ESLURM_INVALID_HET_JOB_AND_ARRAY,
    "1+2_3": n.ESLURM_INVALID_HET_JOB_AND_ARRAY,
    "1+": n.ESLURM_EMPTY_HET_JOB_COMP,
    "1+x": n.ESLURM_INVALID_HET_JOB_COMP_NON_NUMERIC,
    "1+-1": n.ESLURM_INVALID_HET_JOB_COMP_NEGATIVE,
    "1+1000": n.ESLURM_INVALID_HET_JOB_COMP_TOO_LARGE,
    "1.": n.ESLURM_EMPTY_STEP_ID,
    "1.nosuch": n.ESLURM_INVALID_STEP_ID_NON_NUMERIC,
    "1.-1": n.ESLURM_INVALID_STEP_ID_NEGATIVE,
    "1.4294967295": n.ESLURM_INVALID_STEP_ID_TOO_LARGE,
    "1.0x": n.ESLURM_INVALID_STEP_ID_NON_NUMERIC,
    "1+1.0+1": n.ESLURM_INVALID_HET_STEP_JOB,
    "1.0+x": n.ESLURM_EMPTY_HET_STEP,
    "1.0+0": n.ESLURM_INVALID_HET_STEP_ZERO,
    "1.0+-1": n.ESLURM_INVALID_HET_STEP_NEGATIVE,
    "1.0+1000": n.ESLURM_INVALID_HET_STEP_TOO_LARGE,
    "1.0+1x": n.ESLURM_INVALID_HET_STEP_NON_NUMERIC,
    "1" * 1000: n.ESLURM_INVALID_JOB_ID_TOO_LARGE,
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_and_its_step(text: str) -> None:
    assert parsed(text) == TEXTS[text]
    assert job_ids.form(TEXTS[text]) == text


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_id_has_a_number_that_says_why(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        steps.parse(text)
    assert caught.value.errno == REFUSED[text]


def test_libslurm_forms_the_same_texts(worker: Worker) -> None:
    assert worker(inside.formed, list(TEXTS.values())) == list(TEXTS)


@pytest.mark.parametrize(
    "wrong",
    [step(n.NO_VAL), step(1, task=1, component=1), step(1, step_component=1)],
    ids=["no job", "task and component", "component of no step"],
)
def test_a_step_that_has_no_text_is_refused_as_by_libslurm(
    worker: Worker, wrong: dict[str, Any]
) -> None:
    with pytest.raises(SlurmError) as caught:
        job_ids.form(wrong)
    assert [caught.value.number] == worker(inside.formed, [wrong])


@given(st.text(st.sampled_from("0123456789_+.-[] batchextrniv"), max_size=12))
def test_what_is_parsed_is_formed_and_parsed_again(text: str) -> None:
    try:
        found = parsed(text)
    except Unreadable:
        return
    assert parsed(job_ids.form(found)) == found

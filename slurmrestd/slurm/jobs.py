# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the controller holds them: load, signal, update."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from slurmrestd.slurm import federation, job_ids, quick
from slurmrestd.slurm.errors import SlurmError, check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    REQUEST_JOB_INFO_SINGLE,
    REQUEST_KILL_JOBS,
    REQUEST_UPDATE_JOB,
    RESPONSE_JOB_ARRAY_ERRORS,
    RESPONSE_JOB_INFO,
    RESPONSE_KILL_JOBS,
    SHOW_LOCAL,
    SLURM_UNEXPECTED_MSG_ERROR,
)
from slurmrestd.slurm.question import Indirect, Question
from slurmrestd.slurm.rpc import Message, ask, ask_directly, fetch

JOB_BYTES = 2500
"""About what a job takes in libslurm's memory, strings included."""


_NOT_SENT = 1
"""What slurm_kill_jobs() gives back where there is no answer, whatever the reason."""


def load(since: int, show_flags: int) -> Message:
    """All jobs (``job_info_msg_t``).

    Raises SlurmError, with SLURM_NO_CHANGE_IN_DATA if none changed since ``since``
    (seconds; 0 is always).
    """
    return fetch(
        "job_info_msg_t",
        lib.slurm_free_job_info_msg,
        "slurm_load_jobs()",
        lambda answer: ask(lib.slurm_load_jobs, since, answer, show_flags),
        lambda message: int(message.record_count) * JOB_BYTES,
    )


def load_one(job_id: int, show_flags: int) -> Message:
    """One job, of an array all its records (``job_info_msg_t``). Raises SlurmError."""
    return fetch(
        "job_info_msg_t",
        lib.slurm_free_job_info_msg,
        "slurm_load_job()",
        lambda answer: ask(lib.slurm_load_job, answer, job_id, show_flags),
        lambda message: int(message.record_count) * JOB_BYTES,
        question=lambda: _question(job_id, show_flags),
    )


def _question(job_id: int, show_flags: int) -> Question:
    """What slurm_load_job() asks, which asks about the federation before."""
    if not show_flags & SHOW_LOCAL and federation.is_member():
        raise Indirect  # the other clusters are asked, too
    wanted = ffi.new("job_id_msg_t *", (job_id, show_flags | SHOW_LOCAL))
    return Question(REQUEST_JOB_INFO_SINGLE, RESPONSE_JOB_INFO, wanted, returns_number=True)


def load_states(wanted: Sequence[Mapping[str, Any]] = ()) -> Message:
    """The states of ``wanted`` jobs, or of all (``job_state_response_msg_t``).

    A job is a selected step as slurmrestd.slurm.job_ids describes it. Raises SlurmError.
    """
    owned = Owned()
    steps: Any = ffi.NULL
    if wanted:
        steps = owned.new("slurm_selected_step_t[]", len(wanted))
        for index, step in enumerate(wanted):
            job_ids.fill(steps + index, step)
    return fetch(
        "job_state_response_msg_t",
        lib.slurm_free_job_state_response_msg,
        "slurm_load_job_state()",
        lambda answer: ask(lib.slurm_load_job_state, len(wanted), steps, answer),
    )


def kill(jobs: Iterable[str | bytes], signal: int, flags: int) -> Message:
    """Signal a few jobs by their ids as text (``kill_jobs_resp_msg_t``). Raises SlurmError."""
    owned = Owned()
    request = new_kill_request(owned)
    texts = [*jobs]
    request.jobs_array = owned.texts(texts)
    request.jobs_cnt = len(texts)
    request.signal = signal
    request.flags = flags
    return _kill(request, quick.free_kill_jobs_response)


def new_kill_request(owned: Owned) -> Any:
    """A ``kill_jobs_msg_t`` of ours that selects nothing yet; SIGKILL for any state."""
    request = owned.new("kill_jobs_msg_t *")
    request.signal = 9
    request.state = lib.JOB_END
    request.user_id = lib.SLURM_AUTH_NOBODY
    return request


def kill_matching(request: Any) -> Message:
    """Signal what a ``kill_jobs_msg_t`` selects. Raises SlurmError."""
    return _kill(request, lib.slurm_free_kill_jobs_response_msg)


def _kill(request: Any, free: Callable[[Any], None]) -> Message:
    return fetch(
        "kill_jobs_resp_msg_t",
        free,
        "slurm_kill_jobs()",
        lambda answer: ask(lib.slurm_kill_jobs, request, answer),
        question=lambda: Question(
            *(REQUEST_KILL_JOBS, RESPONSE_KILL_JOBS, request),
            acts=True,
            returns_number=True,
            failed=_NOT_SENT,
        ),
    )


def kill_results(message: Message) -> Iterator[dict[str, Any]]:
    """What came of a signal, for each job: the members of ``kill_jobs_resp_job_t``.

    Texts are bytes, None where there is none; ``id`` is the text of a selected step.
    """
    answer = message.pointer
    for index in range(answer.jobs_cnt):
        job = answer.job_responses[index]
        yield {
            "error_code": job.error_code,
            "error_msg": _bytes(job.error_msg),
            "id": _step_text(job.id),
            "real_job_id": job.real_job_id,
            "sibling_name": _bytes(job.sibling_name),
        }


def update(request: Any) -> Message | None:
    """Change a job by a ``job_desc_msg_t``; ``job_array_resp_msg_t``, or None.

    There is an answer only where Slurm has something to say about single tasks.
    Raises SlurmError.
    """
    source = "slurm_update_job2()"
    try:
        pointer = ffi.cast("job_array_resp_msg_t *", ask_directly(_update(request), source))
    except Indirect:
        answer = ffi.new("job_array_resp_msg_t **")
        check(ask(lib.slurm_update_job2, request, answer), source)
        pointer = answer[0]
    return None if pointer == ffi.NULL else Message(pointer, lib.slurm_free_job_array_resp)


def _update(request: Any) -> Question:
    return Question(
        *(REQUEST_UPDATE_JOB, RESPONSE_JOB_ARRAY_ERRORS, request),
        acts=True,
        returns_number=True,
        failed=SLURM_UNEXPECTED_MSG_ERROR,
    )


def update_results(message: Message) -> list[dict[str, Any]]:
    """What came of a change, for each part of an array that it met differently.

    ``id`` is the text that names the part, ``step`` and ``step.step_id.job_id`` what it
    stands for, ``rc`` an error number, ``msg`` a text or None.
    """
    answer = message.pointer
    return [
        {
            "id": _bytes(answer.job_array_id[index]),
            "step": _bytes(answer.job_array_id[index]),
            "step.step_id.job_id": _leading_number(_bytes(answer.job_array_id[index])),
            "rc": answer.error_code[index],
            "msg": _bytes(answer.err_msg[index]),
        }
        for index in range(answer.job_array_count)
    ]


def _leading_number(text: bytes | None) -> int:
    found = re.match(rb"[0-9]+", text or b"")
    return int(found[0]) if found else 0


def _step_text(step: Any) -> bytes | None:
    """Formed by libslurm only where a step of an answer holds its tasks as bits."""
    if step == ffi.NULL:
        return None
    if step.array_bitmap == ffi.NULL:
        with suppress(SlurmError):
            return job_ids.form(job_ids.read(step)).encode()
        return None
    made = ffi.new("char **")
    lib.fmt_job_id_string(step, made)
    found = _bytes(made[0])
    lib.slurm_xfree(ffi.cast("void **", made))
    return found


def _bytes(pointer: Any) -> bytes | None:
    return None if pointer == ffi.NULL else bytes(ffi.string(pointer))

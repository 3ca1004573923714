# SPDX-License-Identifier: GPL-2.0-or-later
"""What is asked of the controller without a function of libslurm, and what may come of it."""

from __future__ import annotations

from typing import Any

from slurmrestd.frozen import Frozen
from slurmrestd.slurm.ffi import ffi, lib


class Question(Frozen):
    """The type of a message, the type of its answer, and the message's data.

    One that ``acts`` must not be asked twice. ``returns_number`` and ``failed`` are for what the
    function of libslurm gives back that asks the same: the number of a refusal, or -1; the
    error number where there is no answer, if that is always the same.
    """

    type: int
    answer: int
    data: Any = ffi.NULL
    acts: bool = False
    returns_number: bool = False
    failed: int = 0


class NoAnswer(Exception):
    """The controller was asked, and did not answer; ``number`` is an error number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Declined(Exception):
    """The controller answered with a number: of an error, or 0 for none."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def take_number(answer: Any) -> int:
    """The number in a ``return_code_msg_t *``, which is freed; some are less than 0."""
    number = ffi.cast("return_code_msg_t *", answer).return_code
    lib.slurm_free_return_code_msg(answer)
    return int(ffi.cast("int", number))

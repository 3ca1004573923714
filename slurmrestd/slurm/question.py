# SPDX-License-Identifier: GPL-2.0-or-later
"""What is asked of the controller without a function of libslurm, and what may come of it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from slurmrestd.slurm import quick
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import (
    ESLURM_IN_STANDBY_MODE,
    ESLURM_IN_STANDBY_USE_BACKUP,
    RESPONSE_SLURM_RC,
    RESPONSE_SLURM_REROUTE_MSG,
    SLURM_COMMUNICATIONS_CONNECTION_ERROR,
    SLURM_COMMUNICATIONS_RECEIVE_ERROR,
    SLURM_COMMUNICATIONS_SEND_ERROR,
    SLURM_COMMUNICATIONS_SHUTDOWN_ERROR,
    SLURM_UNEXPECTED_MSG_ERROR,
    SLURMCTLD_COMMUNICATIONS_BACKOFF,
    SLURMCTLD_COMMUNICATIONS_CONNECTION_ERROR,
    SLURMCTLD_COMMUNICATIONS_RECEIVE_ERROR,
    SLURMCTLD_COMMUNICATIONS_SEND_ERROR,
    SLURMCTLD_COMMUNICATIONS_SHUTDOWN_ERROR,
)

CONNECT_SECONDS: Final = 1.0
"""How long a controller may take until it has the question; libslurm is more patient."""

_OF_THE_CONTROLLER: Final = {
    SLURM_COMMUNICATIONS_CONNECTION_ERROR: SLURMCTLD_COMMUNICATIONS_CONNECTION_ERROR,
    SLURM_COMMUNICATIONS_SEND_ERROR: SLURMCTLD_COMMUNICATIONS_SEND_ERROR,
    SLURM_COMMUNICATIONS_RECEIVE_ERROR: SLURMCTLD_COMMUNICATIONS_RECEIVE_ERROR,
    SLURM_COMMUNICATIONS_SHUTDOWN_ERROR: SLURMCTLD_COMMUNICATIONS_SHUTDOWN_ERROR,
}
"""Numbers that libslurm tells apart by who did not answer."""

_NOT_NOW: Final = frozenset(
    {ESLURM_IN_STANDBY_MODE, ESLURM_IN_STANDBY_USE_BACKUP, SLURMCTLD_COMMUNICATIONS_BACKOFF}
)


class Question(NamedTuple):
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
        self.number = _OF_THE_CONTROLLER.get(number, number)


class Declined(Exception):
    """The controller answered with a number: of an error, or 0 for none."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Indirect(Exception):
    """Nothing was done, and libslurm has to ask: with its patience, or somebody else.

    ``is_away`` is whether it was this controller who did not take the question.
    """

    def __init__(self, *, is_away: bool = False) -> None:
        super().__init__(is_away)
        self.is_away = is_away


def data_of(question: Question, answer: Any) -> Any:
    """The data of a ``slurm_msg_t *`` that answers a question, as a ``void *``.

    It is the caller's. Raises Declined, NoAnswer and Indirect.
    """
    if answer.msg_type == question.answer:
        return answer.data
    if answer.msg_type == RESPONSE_SLURM_RC:
        number = take_number(answer.data)
        if number in _NOT_NOW:
            raise Indirect(is_away=True)
        raise Declined(number)
    lib.slurm_free_msg_data(answer.msg_type, answer.data)
    if answer.msg_type == RESPONSE_SLURM_REROUTE_MSG:
        raise Indirect
    raise NoAnswer(SLURM_UNEXPECTED_MSG_ERROR)


def take_number(answer: Any) -> int:
    """The number in a ``return_code_msg_t *``, which is freed; some are less than 0."""
    number = ffi.cast("return_code_msg_t *", answer).return_code
    quick.free_return_code(answer)
    return int(ffi.cast("int", number))

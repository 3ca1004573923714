# SPDX-License-Identifier: GPL-2.0-or-later
"""A question to the controller and its answer, on a thread that waits in between.

libslurm's own functions do the same with 37 calls of the system in place of 7
(_native/binding/question.c). What does not go smoothly is left to them.
"""

from __future__ import annotations

import time
from typing import Any

from slurmrestd.slurm.addresses import controllers
from slurmrestd.slurm.ffi import conf, ffi, lib
from slurmrestd.slurm.question import CONNECT_SECONDS, Indirect, NoAnswer, Question, data_of


def ask(question: Question) -> Any:
    """The data of the answer, as a ``void *``, which is the caller's.

    Raises Indirect where nothing was done, NoAnswer and Declined.
    """
    now = time.monotonic()
    if controllers.take_turn(now):
        controllers.find()
    where = controllers.one(now)
    patience = int(1000 * CONNECT_SECONDS), 1000 * conf.msg_timeout
    answer = ffi.new("slurm_msg_t *")
    progress = lib.sr_exchange(where, question.type, question.data, patience, answer)
    try:
        if progress == lib.SR_NOT_ASKED:
            raise Indirect(is_away=True)
        if progress != lib.SR_ANSWERED:
            raise NoAnswer(ffi.errno)
        return data_of(question, answer)
    except Indirect as indirect:
        if indirect.is_away:
            controllers.rest(time.monotonic())
        raise

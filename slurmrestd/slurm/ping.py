# SPDX-License-Identifier: GPL-2.0-or-later
"""Which controllers answer."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import conf, lib
from slurmrestd.slurm.memory import calloc, free
from slurmrestd.slurm.numbers import REQUEST_PING, RESPONSE_SLURM_RC
from slurmrestd.slurm.question import Indirect, Question, take_number
from slurmrestd.slurm.rpc import Message, ask, ask_directly

_QUESTION = Question(REQUEST_PING, RESPONSE_SLURM_RC)


class Pings(Message):
    """An array of ``count`` ``controller_ping_t``, one for each controller."""

    @property
    def count(self) -> int:
        """How many controllers slurm.conf names."""
        return int(conf.control_cnt)


def ping_all() -> Pings:
    """Ask every controller, one after the other; one that is down takes a time-out."""
    if conf.control_cnt == 1:
        with suppress(Indirect):
            return Pings(_ping_the_one(), free)
    return Pings(ask(lib.ping_all_controllers), free)


def _ping_the_one() -> Any:
    """The same array for the only controller there is, asked directly."""
    pings = calloc("controller_ping_t", 2)
    pings[0].hostname = conf.control_machine[0]
    began = time.monotonic_ns()
    try:
        pings[0].pinged = _answers()
    except BaseException:
        free(pings)
        raise
    pings[0].latency = (time.monotonic_ns() - began) // 1000
    return pings


def _answers() -> bool:
    try:
        answer = ask_directly(_QUESTION, "slurm_ping()")
    except SlurmError:
        return False
    return not take_number(answer)

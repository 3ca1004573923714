# SPDX-License-Identifier: GPL-2.0-or-later
"""Which controllers answer."""

from __future__ import annotations

from slurmrestd.slurm.ffi import lib
from slurmrestd.slurm.memory import free
from slurmrestd.slurm.rpc import Message, ask


class Pings(Message):
    """An array of ``count`` ``controller_ping_t``, one for each controller."""

    @property
    def count(self) -> int:
        """How many controllers slurm.conf names."""
        return int(lib.slurm_conf.control_cnt)


def ping_all() -> Pings:
    """Ask every controller, one after the other; one that is down takes a time-out."""
    return Pings(ask(lib.ping_all_controllers), free)

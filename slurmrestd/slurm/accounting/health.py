# SPDX-License-Identifier: GPL-2.0-or-later
"""How slurmdbd fares: its statistics, and whether it answers."""

from __future__ import annotations

from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import free
from slurmrestd.slurm.rpc import Message, ask


def load_statistics(lease: Lease) -> Message:
    """Statistics of slurmdbd (``slurmdb_stats_rec_t``).  Raises SlurmError."""
    answer = ffi.new("slurmdb_stats_rec_t **")
    lease.read(lib.slurmdb_get_stats, answer, source="slurmdb_get_stats()")
    return Message(answer[0], lib.slurmdb_destroy_stats_rec)


class Pings(Message):
    """``slurmdbd_ping_t`` in a row, ended by one without a host."""

    @property
    def count(self) -> int:
        """How many slurmdbd slurm.conf names."""
        number = 0
        while self.pointer[number].hostname != ffi.NULL:
            number += 1
        return number


def ping_all() -> Pings:
    """Ask each slurmdbd whether it is there, one after the other."""
    return Pings(ask(lib.slurmdb_ping_all), free)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the controllers are, and whether there is one to ask without libslurm."""

from __future__ import annotations

import os
import time
from typing import Any, Final

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.question import Indirect

REST_SECONDS: Final = 1.0
"""How long only libslurm asks when a controller was not there."""

GOOD_SECONDS: Final = 30.0
"""How long addresses are good for."""


class Controllers:
    """What all threads of a process know of the controllers. Moments are time.monotonic()."""

    def __init__(self) -> None:
        self._addresses: list[Any] = []
        self._which = 0
        self._not_before = 0.0
        self._good_until = 0.0

    def take_turn(self, now: float) -> bool:
        """Whether it is time to ``find`` them, and for the caller to do so."""
        if now < self._good_until:
            return False
        self._good_until = now + GOOD_SECONDS
        return True

    def find(self) -> None:
        """Ask where they are, which may take time; others go on with what was known before."""
        self._addresses = _find()

    def one(self, now: float) -> Any:
        """The ``slurm_addr_t *`` to ask at; raises Indirect where none is known, or was there."""
        if now < self._not_before or not self._addresses:
            raise Indirect
        return self._addresses[self._which % len(self._addresses)]

    def rest(self, now: float) -> None:
        """Ask the next one, but not at once: libslurm finds out who is there."""
        self._not_before = now + REST_SECONDS
        self._which += 1


controllers: Final = Controllers()


def _find() -> list[Any]:
    """Each controller's address; or that of all, if they share one.

    Those whose names the system does not know are left out.
    """
    conf = lib.slurm_conf
    names = [conf.control_addr[index] for index in range(conf.control_cnt)]
    if conf.slurmctld_addr != ffi.NULL:
        names = [conf.slurmctld_addr]
    # One of several ports, as libslurm takes turns between them.
    port = conf.slurmctld_port + (int(time.time()) + os.getpid()) % conf.slurmctld_port_count
    found = [_address(name, port) for name in names if name != ffi.NULL]
    return [address for address in found if address.ss_family]


def _address(name: Any, port: int) -> Any:
    address = ffi.new("slurm_addr_t *")
    lib.slurm_set_addr(address, port, name)
    return address

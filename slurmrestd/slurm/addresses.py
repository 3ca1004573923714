# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the controllers are."""

from __future__ import annotations

import os
import time
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib


def controllers() -> list[Any]:
    """Each controller's address, a ``slurm_addr_t *``; or that of all, if they share one.

    Those whose names the system does not know are left out. Asks the name service, which
    may take time.
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

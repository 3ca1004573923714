# SPDX-License-Identifier: GPL-2.0-or-later
"""From options to a running server: libslurm, sockets, then the master and its fork."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Sequence

from slurmrestd import docs
from slurmrestd.cli.options import Options
from slurmrestd.http.app import Operations
from slurmrestd.rest_auth import selection
from slurmrestd.server import listeners
from slurmrestd.server.limits import Timeouts, split
from slurmrestd.server.listeners import CannotListen, Listener
from slurmrestd.server.master import Program
from slurmrestd.server.service import Service

log = logging.getLogger(__name__)


def open_listeners(options: Options) -> list[Listener]:
    """The sockets that were passed in, and those that are asked for; raises CannotListen."""
    found = listeners.inherited(os.environ, os.getpid())
    # gunicorn would take them too, and a child process must not.
    for variable in ("LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"):
        os.environ.pop(variable, None)
    found += listeners.listen(options.listeners)
    if not found:
        raise CannotListen(
            "no listener is given, and inetd mode is not there yet:"
            " give [host]:port or unix:/path/to/socket"
        )
    return found


def serve(
    options: Options,
    operations: Operations,
    sockets: Sequence[Listener],
    timeouts: Timeouts | None = None,
) -> None:
    """Serve ``operations`` on ``sockets`` until told to stop; ends with SystemExit."""
    service = Service(
        operations=operations,
        authentication=selection.select(options.auth),
        shares=split(options.max_connections, options.threads),
        timeouts=timeouts or Timeouts(idle=options.max_idle),
        max_wait=options.max_wait,
        pages=docs.pages() if options.docs else {},
    )
    names = ", ".join(str(sock) for sock in sockets)
    log.info("listening on %s with %d workers", names, len(service.shares))
    # What is there now stays: neither a worker's collector nor the kernel need look at it again.
    gc.collect()
    gc.freeze()
    Program(service, sockets).run()

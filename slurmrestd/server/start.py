# SPDX-License-Identifier: GPL-2.0-or-later
"""From options to a running server, or to the one connection of inetd mode."""

# ruff: noqa: PLC0415 - gunicorn is not imported for a single connection

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from slurmrestd.cli.options import Options
from slurmrestd.frozen import replace
from slurmrestd.rest_auth import Authentication, selection
from slurmrestd.server import listeners, stdio
from slurmrestd.server.errors import CannotListen
from slurmrestd.server.limits import ALONE, PATIENT, Share, Timeouts, split
from slurmrestd.server.listeners import Listener
from slurmrestd.server.stdio import Standard

if TYPE_CHECKING:
    from slurmrestd.http.app import Operations
    from slurmrestd.server.service import Service

log = logging.getLogger(__name__)


def becomes_user(options: Options) -> bool:
    """Whether each process is to become its peer."""
    return "become_user" in options.security


def authentication(options: Options) -> Authentication:
    """The methods that are asked for; raises what selection.select does."""
    return selection.select(options.auth, becomes_user=becomes_user(options), keys=options.keys)


def reload_keys(options: Options) -> None:
    """Read the keys of tokens again, if there are any; those of before stay where that fails."""
    if options.keys.is_on:
        from slurmrestd.rest_auth.edge import edge

        edge(options.keys).reload()


def shares_of(options: Options) -> list[Share]:
    """Those of the workers. One is enough where each connection has a process of its own."""
    if becomes_user(options):
        return [Share(options.max_connections, options.threads)]
    return split(options.max_connections, options.threads)


def standard(options: Options) -> Standard | None:
    """What is served in inetd mode; None where there is something to listen on.

    Raises CannotListen.
    """
    if options.listeners:
        return None
    passed = listeners.passed(os.environ, os.getpid())
    if passed and not (len(passed) == 1 and _is_taken(passed[0])):
        return None
    return stdio.examine()


def _is_taken(descriptor: int) -> bool:
    try:
        return stdio.take(descriptor)
    except OSError as error:
        raise CannotListen(f"descriptor {descriptor} is no socket: {error.strerror}") from None


def open_listeners(options: Options) -> list[Listener]:
    """The sockets that were passed in, and those that are asked for; raises CannotListen."""
    passed = listeners.passed(os.environ, os.getpid())
    # gunicorn would take them too, and a child process must not.
    for variable in ("LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"):
        os.environ.pop(variable, None)
    found = [listeners.inherit(descriptor) for descriptor in passed]
    found += listeners.listen(options.listeners)
    # Without any of these, standard input listens, or we would be in inetd mode.
    found = found or [listeners.inherit(stdio.INPUT)]
    if becomes_user(options):
        listeners.require_unix(found)
    return found


def serve(
    options: Options,
    operations: Operations,
    sockets: Sequence[Listener],
    timeouts: Timeouts | None = None,
    reload: Callable[[], object] = lambda: None,
) -> NoReturn:
    """Serve ``operations`` on ``sockets`` until told to stop; ends with SystemExit.

    ``reload`` is called at SIGHUP; see Service.
    """
    from slurmrestd import docs
    from slurmrestd.server.balance import Balance
    from slurmrestd.server.master import Program
    from slurmrestd.server.turnstile import Turnstile

    def reload_all() -> None:
        reload()
        reload_keys(options)

    service = _service(options, operations, shares_of(options), timeouts)
    service = replace(service, reload=reload_all, pages=docs.pages() if options.docs else {})
    if service.becomes_user:
        service = replace(service, turnstile=Turnstile(options.threads))
    else:
        service = replace(service, balance=Balance(len(service.shares)))
    names = ", ".join(str(sock) for sock in sockets)
    log.info("listening on %s with %d workers", names, len(service.shares))
    # What is there now stays: neither a worker's collector nor the kernel need look at it again.
    gc.collect()
    gc.freeze()
    Program(service, sockets).run()


def serve_standard(
    options: Options,
    operations: Operations,
    connection: Standard,
    timeouts: Timeouts | None = None,
) -> int:
    """Serve the one connection of inetd mode, which is for programs: without the page for people.

    Returns the exit code.
    """
    from slurmrestd.server import inetd

    if timeouts is None and connection.is_terminal:
        timeouts = PATIENT
    return inetd.serve(_service(options, operations, [ALONE], timeouts), connection)


def _service(
    options: Options, operations: Operations, shares: Sequence[Share], timeouts: Timeouts | None
) -> Service:
    from slurmrestd.server.service import Service

    return Service(
        operations=operations,
        authentication=authentication(options),
        shares=shares,
        timeouts=timeouts
        or Timeouts(idle=options.max_idle, request=options.max_stall, write=options.max_stall),
        max_wait=options.max_wait,
        becomes_user=becomes_user(options),
    )

# SPDX-License-Identifier: GPL-2.0-or-later
"""From argv to a running daemon, or to a sentence that says why not.

Each way through imports only what it needs, so that --help is there at once.
"""

# ruff: noqa: T201, PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from slurmrestd.cli.options import Options
from slurmrestd.cli.parse import BadValue, UsageError, parse
from slurmrestd.cli.usage import usage

LIST = "list"
INTERRUPTED = 130  # as a shell counts SIGINT


class Fatal(Exception):
    """The daemon cannot start; the message says what to do about it."""


def main(argv: Sequence[str]) -> int:
    """Run the command; returns its exit code."""
    try:
        _obey(parse(argv, os.environ))
    except UsageError as error:
        print(f"slurmrestd: {error}\n\n{usage()}", file=sys.stderr)
        return 1
    except (BadValue, Fatal) as error:
        print(f"slurmrestd: fatal: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _obey(options: Options) -> None:
    if options.help:
        print(usage())
    elif options.version:
        print(f"slurm {_release()}")
    elif not _show_lists(options):
        if options.generate_openapi_spec:
            _generate(options)
        else:
            _run(options)


def _release() -> str:
    """The release of Slurm that this program is built for."""
    from slurmrestd.slurm.release import RELEASE

    return RELEASE


def _show_lists(options: Options) -> bool:
    """Answer ``-a list``, ``-d list`` and ``-s list``."""
    from slurmrestd.cli import plugins
    from slurmrestd.rest_auth import selection

    lists = (
        (options.auth, "REST authentication", selection.available),
        (options.data_parser, "data_parser", plugins.data_parsers),
        (options.openapi, "OpenAPI", plugins.openapi),
    )
    for asked, kind, names in lists:
        if asked is not None and asked.lower() == LIST:
            print(f"Possible {kind} plugins:", file=sys.stderr)
            print("\n".join(names()))
            return True
    return False


def _generate(options: Options) -> None:
    """Write the OpenAPI document.  Neither slurm.conf nor a cluster has to be there."""
    import logging

    from slurmrestd.cli import plugins
    from slurmrestd.openapi.spec import generate

    logging.basicConfig(format="slurmrestd: warning: %(message)s", level=logging.WARNING)
    try:
        made = generate.generate(options)
    except plugins.UnknownPlugin as error:
        raise Fatal(str(error)) from None
    try:
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
    except OSError as error:
        raise Fatal(f"the specification cannot be written: {error.strerror}") from None


def _run(options: Options) -> None:
    from slurmrestd.privileges import Refused
    from slurmrestd.privileges.drop import lock_down
    from slurmrestd.privileges.user_check import check_user
    from slurmrestd.rest_auth.selection import UnknownMethod
    from slurmrestd.server import log, slurm, start
    from slurmrestd.server.listeners import CannotListen

    try:
        if "become_user" in options.security:
            raise Fatal("SLURMRESTD_SECURITY=become_user is not there yet")
        lock_down(options.user, options.group, options.security)
        log.configure(options.log_level)
        slurm_user = slurm.start(options)
        if "disable_user_check" not in options.security:
            check_user(slurm_user)
        operations = slurm.operations(options)
        start.serve(options, operations, start.open_listeners(options))
    except (Refused, UnknownMethod, CannotListen, slurm.NotReady) as error:
        raise Fatal(str(error)) from None

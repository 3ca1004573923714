# SPDX-License-Identifier: GPL-2.0-or-later
"""From argv to a running daemon, or to a sentence that says why not.

Each way through imports only what it needs, so that --help is there at once.
"""

# ruff: noqa: T201, PLC0415

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from slurmrestd.cli.options import Options
from slurmrestd.cli.parse import BadValue, UsageError, parse
from slurmrestd.cli.usage import usage
from slurmrestd.cli.values import Invalid, check_threads

if TYPE_CHECKING:
    from slurmrestd.server.stdio import Standard

LIST = "list"
INTERRUPTED = 130  # as a shell counts SIGINT
ABORT = "ABORT_ON_FATAL"  # whatever its value


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
        if ABORT in os.environ:
            sys.stderr.flush()
            os.abort()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _obey(options: Options) -> None:
    if options.help:
        # Where the original has it.
        print(usage(), file=sys.stderr)
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
    """Answer ``-a list``, ``-d list`` and ``-s list``: the first, if those before it can be had."""
    from slurmrestd.cli import plugins
    from slurmrestd.rest_auth import selection

    lists = (
        (options.auth, "REST authentication", selection.available, selection.select),
        (options.data_parser, "data_parser", plugins.data_parsers, plugins.select_data_parsers),
        (options.openapi, "OpenAPI", plugins.openapi, plugins.select_openapi),
    )
    if not any(_is_list(asked) for asked, *_ in lists):
        return False
    for asked, kind, names, select in lists:
        if _is_list(asked):
            print(f"Possible {kind} plugins:", file=sys.stderr)
            print("\n".join(names()))
            break
        try:
            select(asked)
        except (selection.UnknownMethod, plugins.UnknownPlugin) as error:
            raise Fatal(str(error)) from None
    return True


def _is_list(asked: str | None) -> bool:
    return asked is not None and asked.lower() == LIST


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


def _run(options: Options) -> NoReturn:
    """Serve, in listen mode or in inetd mode, and exit."""
    from slurmrestd.privileges import Refused
    from slurmrestd.privileges.drop import lock_down
    from slurmrestd.rest_auth.keys import BadKey
    from slurmrestd.rest_auth.selection import Incompatible, UnknownMethod
    from slurmrestd.server import start
    from slurmrestd.server.errors import CannotListen, NotReady

    try:
        start.authentication(options)
        if start.becomes_user(options) and options.jwt:
            raise Fatal("SLURMRESTD_SECURITY=become_user needs munge: unset SLURM_JWT")
        lock_down(options.user, options.group, options.security)
        if (standard := start.standard(options)) is not None:
            _serve_one(options, standard)
        _listen(options)
    except (Refused, UnknownMethod, Incompatible, BadKey, CannotListen, NotReady) as error:
        raise Fatal(str(error)) from None


def _listen(options: Options) -> NoReturn:
    """Serve until told to stop, and exit."""
    from slurmrestd.privileges.user_check import check_user
    from slurmrestd.server import log, slurm, start

    try:
        check_threads(options.threads)
    except Invalid as invalid:
        raise Fatal(f"-t: {invalid}") from None
    log.configure(options.log_level)
    check_user(slurm.start(options), options.security)
    operations = slurm.operations(options)
    gc.enable()
    start.serve(options, operations, start.open_listeners(options), reload=slurm.reload)


def _serve_one(options: Options, standard: Standard) -> NoReturn:
    """Serve one connection on standard input and output, and exit.

    Most of the time goes to what Python does before the first request and after the last.
    """
    # asyncio takes it for missing, which it may be. It would be a third of asyncio.
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]
    from slurmrestd.privileges.user_check import check_user
    from slurmrestd.server import log, slurm, start

    if standard.is_terminal:
        options = options.interactive()
    log.configure(options.log_level, to_syslog=standard.logs_to_client)
    check_user(slurm.start(options, try_first=False), options.security)
    operations = slurm.operations(options, lazily=True)
    gc.freeze()
    gc.enable()
    code = start.serve_standard(options, operations, standard)
    sys.stderr.flush()
    os._exit(code)

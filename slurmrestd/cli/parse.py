# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line and the environment, to Options."""

from __future__ import annotations

import getopt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from slurmrestd.cli.options import OPTIONS, Option, Options
from slurmrestd.cli.values import Invalid

# Obeyed at once: the original looks at nothing that follows them.
_ENDING: Final = frozenset({"help", "version"})


class UsageError(Exception):
    """The command line is not understood: the summary is shown."""


class BadValue(Exception):
    """An option or a variable has a value that cannot be used."""


def parse(argv: Sequence[str], environ: Mapping[str, str]) -> Options:
    """The options of a start; raises UsageError and BadValue.

    As with getopt_long(3), options and listeners may be mixed, and a long option
    may be cut short as long as it is clear which one is meant.
    """
    found = _from_environment(environ)
    listeners = found.pop("listeners", ())
    for option, text in _from_command_line(argv):
        if option.name in _ENDING:
            found[option.name] = True
            break
        if option.name == "listeners":
            listeners += (text,)
        elif option.counted:
            found[option.name] = found.get(option.name, 0) + 1
        elif option.metavar is None:
            found[option.name] = True
        else:
            found[option.name] = _read(option, text, option.flags[0])
    return Options(listeners=listeners, **found)


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        option.name: _read(option, environ[option.variable], option.variable)
        for option in OPTIONS
        if option.variable is not None and option.variable in environ
    }


def _from_command_line(argv: Sequence[str]) -> list[tuple[Option, str]]:
    by_flag = {flag: option for option in OPTIONS for flag in option.flags}
    short = "".join(
        flag[1] + (":" if option.metavar else "")
        for flag, option in by_flag.items()
        if not flag.startswith("--")
    )
    long = [
        flag[2:] + ("=" if option.metavar else "")
        for flag, option in by_flag.items()
        if flag.startswith("--")
    ]
    ending = {flag for flag, option in by_flag.items() if option.name in _ENDING}
    given, listeners = _split(list(argv), short, long, ending)
    listener = next(option for option in OPTIONS if option.name == "listeners")
    return [(by_flag[flag], text) for flag, text in given] + [
        (listener, text) for text in listeners
    ]


def _split(
    argv: list[str], short: str, long: list[str], ending: set[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Options and listeners; those up to an option that ends the program, if there is one."""
    for count in range(1, len(argv)):
        # A part may lack an argument that follows.
        with suppress(getopt.GetoptError):
            given, listeners = getopt.gnu_getopt(argv[:count], short, long)
            if any(flag in ending for flag, _ in given):
                return given, listeners
    try:
        return getopt.gnu_getopt(argv, short, long)
    except getopt.GetoptError as error:
        raise UsageError(str(error)) from None


def _read(option: Option, text: str, where: str) -> Any:
    try:
        return option.read(text)
    except Invalid as invalid:
        raise BadValue(f"{where}: {invalid}") from None

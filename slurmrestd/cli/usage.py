# SPDX-License-Identifier: GPL-2.0-or-later
"""What --help shows: the options and variables, from their rows."""

from __future__ import annotations

import textwrap

from slurmrestd.cli.options import OPTIONS, Option

_INDENT = " " * 8
_WIDTH = 80


def usage() -> str:
    options = [_entry(_synopsis(option), option) for option in OPTIONS if option.flags]
    listeners = [_entry("LISTENER", option) for option in OPTIONS if option.name == "listeners"]
    variables = [_variable(option.variable, option) for option in OPTIONS if option.variable]
    return "\n".join(
        [
            "Usage: slurmrestd [OPTION]... [LISTENER]...",
            "",
            *listeners,
            "",
            "Options:",
            *options,
            "",
            "Environment:",
            *variables,
            "",
        ]
    )


def _synopsis(option: Option) -> str:
    names = ", ".join(option.flags)
    return f"{names} {option.metavar}" if option.metavar else names


def _variable(name: str, option: Option) -> str:
    return _described(name, f"See {option.flags[0]}.") if option.flags else _entry(name, option)


def _entry(head: str, option: Option) -> str:
    return _described(head, option.manual)


def _described(head: str, text: str) -> str:
    body = textwrap.fill(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return f"  {head}\n{body}"

# SPDX-License-Identifier: GPL-2.0-or-later
"""What --help shows: the options and variables, from their rows."""

from __future__ import annotations

import textwrap

from slurmrestd.cli.options import OPTIONS, Option

_INDENT = " " * 8
_WIDTH = 80


_EXAMPLES = """\
Serve clients with tokens (of 'scontrol token') on all interfaces:
  SLURM_JWT=daemon slurmrestd -a rest_auth/jwt :6820
  curl -H "X-SLURM-USER-TOKEN: $TOKEN" localhost:6820/slurm/v0.0.42/ping
Serve programs of the same user on a socket, as whoever munge says they are:
  slurmrestd -a rest_auth/local unix:/run/slurmrestd/slurmrestd.sock
Answer one request from standard input (inetd mode):
  printf 'GET /slurm/v0.0.42/ping HTTP/1.1\\r\\n\\r\\n' | slurmrestd
Write the OpenAPI specification, without a cluster:
  slurmrestd -f /dev/null --generate-openapi-spec -d v0.0.42 > openapi.json"""


def usage() -> str:
    """The summary for a terminal."""
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
            "Examples:",
            textwrap.indent(_EXAMPLES, "  "),
            "",
        ]
    )


def table() -> str:
    """The same rows for the README."""
    head = ["| option | variable | |", "|---|---|---|"]
    return "\n".join([*head, *map(_row, OPTIONS)])


def _row(option: Option) -> str:
    given = "LISTENER..." if option.name == "listeners" else _synopsis(option)
    return f"| {_code(given)} | {_code(_assignment(option))} | {option.manual} |"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _synopsis(option: Option) -> str:
    names = ", ".join(option.flags)
    return f"{names} {option.metavar}" if names and option.metavar else names


def _assignment(option: Option) -> str:
    """The variable, and what it takes where no flag says so."""
    variable = option.variable or ""
    return f"{variable}={option.metavar}" if option.metavar and not option.flags else variable


def _variable(name: str, option: Option) -> str:
    return _described(name, f"See {option.flags[0]}.") if option.flags else _entry(name, option)


def _entry(head: str, option: Option) -> str:
    return _described(head, option.manual)


def _described(head: str, text: str) -> str:
    body = textwrap.fill(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return f"  {head}\n{body}"

# SPDX-License-Identifier: GPL-2.0-or-later
"""Command lines and environments, good and bad.

``UNIX`` and ``BESIDE`` stand for sockets that can be bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

UNIX, BESIDE = "unix:<folder>/a.sock", "unix:<folder>/b.sock"
RUNS = "runs"
"""A daemon that serves: it never gives an exit code."""


@dataclass(frozen=True)
class CommandLine:
    """Arguments and variables.  ``ours`` is our exit code where it differs, ``why`` the reason."""

    argv: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)
    ours: Any = None
    why: str = ""

    def __str__(self) -> str:
        return " ".join([*(f"{name}={value}" for name, value in self.environ.items()), *self.argv])


def _line(text: str, ours: Any = None, why: str = "") -> CommandLine:
    """``NAME=value`` words come first; two quotes are an empty word, ``_`` is a space in one."""
    words = [word.replace("''", "").replace("_ ", "  ").strip("\n") for word in text.split(" ")]
    environ = {}
    while words and words[0].split("=")[0].isupper() and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        environ[name] = value
    return CommandLine(tuple(words), environ, ours, why)


_ENDING = (
    *("-h", "--help", "-V", "-V -h", "-h -V", "-hV", "-Vh", "-V -x", "-x -V", "-x", "--nope"),
    *("-t", "--max", "--max 5 -V", "--version", "--help=x", "--he", "--gen -V", "-a -V"),
    *("-u nope -V", "-V -u nope", "-t 1 -V", "--max-connections x -V", "-a nope -V", "-d nope -V"),
    *("SLURMRESTD_YAML=bogus -V", "SLURMRESTD_JSON=bogus -h", "SLURMRESTD_JSON=bogus -x"),
    *("SLURMRESTD_DEBUG=bogus -V", "SLURMRESTD_SECURITY=bogus -V", "-vvvvvvvvv -V"),
    *("-a list", "-a LIST", "-d list", "-s list", "-a list -V", "-V -a list", "-a list -x"),
    *("-a list -d nope", "-d list -a nope", "-s list -d nope", "-d list -s nope", "-d list+fast"),
    *("-s list -t 1", "-a list,jwt " + UNIX, "-d v0.0.42,list " + UNIX, "-a list -d list"),
    *("SLURMRESTD_AUTH_TYPES=list", "SLURMRESTD_OPENAPI_PLUGINS=list"),
    "SLURMRESTD_DATA_PARSER_PLUGINS=list",
)
_PLUGINS = (
    *("-a nope", "-a ''", "-a JWT", "-a rest_auth/jwt", "-a jwt,jwt", "-a jwt,,local", "-a jwt,"),
    *("-a openapi/jwt", "-a=jwt", "-a nope -a jwt", "-a jwt -a nope"),
    *("-d nope", "-d v0.0.39", "-d V0.0.42", "-d v0.0.42,", "-d ,", "-d latest,v0.0.42"),
    *("-d data_parser/v0.0.42", "-d data_parser/latest", "-d LATEST", "-d latest+fast"),
    *("-d v0.0.42+nope", "-d v0.0.42+FAST", "-d v0.0.42+", "-d nope -d v0.0.42"),
    *("-d v0.0.40+fast", "-d v0.0.41+prefer_refs", "-d v0.0.42+minimize_refs+inline_enums"),
    *("-d v0.0.40+prefer_refs", "-d v0.0.41+minimize_refs", "-d v0.0.42+prefer_refs"),
    *("-d v0.0.40+complex", "-d v0.0.41+complex", "-d v0.0.42+complex"),
    *("-s nope", "-s ''", "-s slurmctld", "-s openapi/slurmdbd", "-s slurmctld,slurmctld"),
    *("-s SLURMCTLD", "-s rest_auth/slurmctld"),
    *("SLURMRESTD_AUTH_TYPES=nope", "SLURMRESTD_AUTH_TYPES=nope -a jwt"),
    *("SLURMRESTD_DATA_PARSER_PLUGINS=nope", "SLURMRESTD_DATA_PARSER_PLUGINS=nope -d latest"),
    *("SLURMRESTD_OPENAPI_PLUGINS=nope", "SLURMRESTD_OPENAPI_PLUGINS=nope -s slurmctld"),
)
_VALUES = (
    *("-t 0", "-t 1", "-t 2", "-t 1024", "-t 1025", "-t x", "-t -1", "-t 5x", "-t ''", "-t 1 -t 5"),
    *("--max-connections 0", "--max-connections -1", "--max-connections x", "--max-connections 5x"),
    *("--max-connections 2147483648", "SLURMRESTD_MAX_CONNECTIONS=0", "--max=7"),
    *("SLURMRESTD_MAX_CONNECTIONS=x", "SLURMRESTD_MAX_CONNECTIONS=7"),
    "SLURMRESTD_MAX_CONNECTIONS=x --max-connections 3",
    *("-u nope", "-u ''", "-u -1", "-g nope", "-u nope -u slurmrestd", "-u slurmrestd"),
    *("SLURMRESTD_DEBUG=10", "SLURMRESTD_DEBUG=-1", "SLURMRESTD_DEBUG=0", "SLURMRESTD_DEBUG="),
    *("SLURMRESTD_DEBUG=9", "SLURMRESTD_DEBUG=quiet", "SLURMRESTD_DEBUG=DEBUG2"),
    *("SLURMRESTD_DEBUG=bogus -v", "-vvvvvv"),
    *("SLURMRESTD_JSON=", "SLURMRESTD_JSON=Compact", "SLURMRESTD_JSON=compact,pretty"),
    *("SLURMRESTD_JSON=bogus", "SLURMRESTD_YAML=", "SLURMRESTD_YAML=PRETTY"),
    *("SLURMRESTD_YAML=bogus", "SLURMRESTD_YAML=compact,"),
    *(
        "SLURMRESTD_SECURITY=",
        "SLURMRESTD_SECURITY=bogus",
        "SLURMRESTD_SECURITY=DISABLE_USER_CHECK",
    ),
    *("SLURMRESTD_SECURITY=disable_user_check,disable_unshare_files",),
    *("SLURM_DEBUG_FLAGS=NET", "SLURM_DEBUG_FLAGS=bogus", "SLURM_DEBUG_FLAGS="),
    *("-f /dev/null", "SLURM_CONF=/dev/null", "SLURM_CONF=/dev/null -f /etc/slurm/slurm.conf"),
)
_ABORTS = (
    *("-a nope", "-u nope", "--max=0", "SLURMRESTD_YAML=bogus", "-x", "-V", "-d nope", "-s nope"),
)
_LISTENERS = (
    *("nope", "unix:", "unix:/nope/x", "UNIX:/x", ":0", "localhost:0", f"{UNIX} {BESIDE}"),
    *(f"{UNIX} :0", f"SLURMRESTD_LISTEN={UNIX}", f"SLURMRESTD_LISTEN={UNIX},:0"),
    *(f"SLURMRESTD_LISTEN={UNIX} {BESIDE}", f"SLURMRESTD_LISTEN=nope {UNIX}"),
    *(f"{UNIX} nope", f"-- {UNIX}", f"{UNIX} -V", f"{UNIX} -x"),
)
_GENERATED = (
    *("", "-f /dev/null", "-d nope", "-s nope", "-d latest", "-s slurmctld", "-t 1", "-u nope"),
    *("unix:/nope/x", "-d v0.0.42+inline_enums", "-x", "-V"),
)

_MORE_TO_SAY = "a flag that no manual names, and that makes every answer its own schema"
_NO_PORT = "no port is meant: the original listens on one that nobody knows"


def _all() -> Iterator[CommandLine]:
    yield from map(_line, _ENDING)
    for text in (*_PLUGINS, *_VALUES):
        auth = "" if "-a" in text.split(" ") or "AUTH_TYPES" in text else " -a jwt"
        yield _line(f"{text}{auth} {UNIX}")
    for text in _LISTENERS:
        line = _line(text)
        yield CommandLine(("-a", "jwt", *line.argv), line.environ)
    yield CommandLine(("-a", " jwt", UNIX))
    yield CommandLine(("-a", "jwt", "-d", " v0.0.42", UNIX))
    yield CommandLine(("-a", "jwt", "-s", " slurmctld", UNIX))
    yield CommandLine(("-a", "jwt", "-t", " 5", UNIX))
    yield CommandLine(("-a", "jwt", "-d", "", UNIX))
    yield CommandLine(("-a", "jwt", "-d", "v0.0.42+spec_only", UNIX), ours=1, why=_MORE_TO_SAY)
    yield CommandLine(("-a", "jwt", ":"), ours=1, why=_NO_PORT)
    yield CommandLine(("-a", "jwt", ":99999"), ours=1, why=_NO_PORT)
    for text in _ABORTS:
        yield _line(f"ABORT_ON_FATAL=1 {text} {UNIX}")
    yield _line("ABORT_ON_FATAL= -a jwt unix:/nope/x")
    for text in _GENERATED:
        yield _line(f"--generate-openapi-spec {text}".strip())


CASES = tuple(_all())

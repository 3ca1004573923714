# SPDX-License-Identifier: GPL-2.0-or-later
"""Command line and environment to Options."""

from __future__ import annotations

import os
import pwd
from typing import Any

import pytest

from slurmrestd import frozen
from slurmrestd.cli import values
from slurmrestd.cli.options import OPTIONS, Options
from slurmrestd.cli.parse import BadValue, UsageError, parse


def options(*argv: str, **environ: str) -> Options:
    return parse(argv, environ)


def test_nothing_given_is_the_defaults() -> None:
    assert options() == Options()
    assert (options().threads, options().max_connections) == (20, 124)


def test_every_field_has_its_row() -> None:
    assert {option.name for option in OPTIONS} == set(frozen.names(Options))


def test_no_flag_and_no_variable_is_taken_twice() -> None:
    names = [flag for option in OPTIONS for flag in option.flags]
    names += [option.variable for option in OPTIONS if option.variable]
    assert len(names) == len(set(names))


ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize(
    ("argv", "name", "value"),
    [
        (["-a", "jwt"], "auth", "jwt"),
        (["-ajwt"], "auth", "jwt"),
        (["-d", "v0.0.42+fast"], "data_parser", "v0.0.42+fast"),
        (["-f", "/etc/slurm.conf"], "conf", "/etc/slurm.conf"),
        (["--generate-openapi-spec"], "generate_openapi_spec", True),
        (["--gen"], "generate_openapi_spec", True),
        (["-g", "4711"], "group", 4711),
        (["-h"], "help", True),
        (["--help"], "help", True),
        (["--max-connections", "7"], "max_connections", 7),
        (["--max-connections=7"], "max_connections", 7),
        (["--max=7"], "max_connections", 7),
        (["-s", "slurmctld"], "openapi", "slurmctld"),
        (["-t", "2"], "threads", 2),
        (["-u", ME], "user", os.getuid()),
        (["-u", "4711"], "user", 4711),
        (["-vvv"], "verbose", 3),
        (["-v", "-v"], "verbose", 2),
        (["-V"], "version", True),
        ([":6820", "unix:/x"], "listeners", (":6820", "unix:/x")),
        ([":6820", "-v", "unix:/x"], "listeners", (":6820", "unix:/x")),
        (["-t", "2", "-t", "3"], "threads", 3),
        (["-t", "1"], "threads", 1),
        (["-t", "0"], "threads", 20),
        (["-t", "nonsense"], "threads", 20),
        (["-t", " 5x"], "threads", 5),
        (["--max=7x"], "max_connections", 7),
    ],
)
def test_an_option_is_read(argv: list[str], name: str, value: Any) -> None:
    assert getattr(options(*argv), name) == value


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("SLURMRESTD_AUTH_TYPES", "jwt", "auth", "jwt"),
        ("SLURMRESTD_DATA_PARSER_PLUGINS", "latest", "data_parser", "latest"),
        ("SLURM_CONF", "/x", "conf", "/x"),
        ("SLURMRESTD_MAX_CONNECTIONS", "7", "max_connections", 7),
        ("SLURMRESTD_MAX_WAIT", "7", "max_wait", 7),
        ("SLURMRESTD_MAX_IDLE", "7", "max_idle", 7),
        ("SLURMRESTD_OPENAPI_PLUGINS", "slurmctld", "openapi", "slurmctld"),
        ("SLURMRESTD_LISTEN", ":1,unix:/x,", "listeners", (":1", "unix:/x")),
        ("SLURMRESTD_DEBUG", "debug3", "debug", 7),
        ("SLURMRESTD_DEBUG", "9", "debug", 9),
        ("SLURMRESTD_DEBUG", "10", "debug", 9),
        ("SLURM_DEBUG_FLAGS", "net", "debug_flags", "net"),
        ("SLURMRESTD_JSON", "compact", "json", "compact"),
        ("SLURMRESTD_JSON", "compact,pretty", "json", "pretty"),
        ("SLURMRESTD_YAML", "Compact", "yaml", "compact"),
        ("SLURM_JWT", "", "jwt", True),
        ("SLURMRESTD_SECURITY", "disable_user_check", "security", {"disable_user_check"}),
        ("SLURMRESTD_RESPONSE_STATUS_CODES", "200,404", "response_status_codes", ("200", "404")),
        (
            "SLURMRESTD_RESPONSE_STATUS_CODES",
            "default,Not Found,,OK,404",
            "response_status_codes",
            ("default", "404", "200"),
        ),
        ("ABORT_ON_FATAL", "1", "abort_on_fatal", True),
    ],
)
def test_a_variable_is_read(variable: str, text: str, name: str, value: Any) -> None:
    assert getattr(options(**{variable: text}), name) == value


def test_an_option_wins_over_its_variable() -> None:
    found = options(
        "-a", "local", "--max=3", SLURMRESTD_AUTH_TYPES="jwt", SLURMRESTD_JSON="compact"
    )
    assert (found.auth, found.max_connections, found.json) == ("local", 3, "compact")


def test_listeners_of_both_are_used() -> None:
    assert options(":2", SLURMRESTD_LISTEN=":1").listeners == (":1", ":2")


@pytest.mark.parametrize(
    ("argv", "environ", "level"),
    [
        ([], {}, 3),
        (["-v"], {}, 4),
        (["-vvvvvv"], {}, 9),
        (["-vvvvvvvv"], {}, 9),
        ([], {"SLURMRESTD_DEBUG": "1"}, 1),
        ([], {"SLURMRESTD_DEBUG": "0"}, 3),
        (["-v"], {"SLURMRESTD_DEBUG": "9"}, 4),
    ],
)
def test_the_log_level(argv: list[str], environ: dict[str, str], level: int) -> None:
    assert parse(argv, environ).log_level == level


@pytest.mark.parametrize(
    ("argv", "ending"),
    [
        (["-V", "-x"], "version"),
        (["-h", "--nope"], "help"),
        (["-V", "-u", "no-such-user"], "version"),
        (["-Vh"], "version"),
        (["-hV"], "help"),
        (["-V", "-h"], "version"),
        (["-a", "jwt", "--help", "-V"], "help"),
        ([":1", "-V", "-t"], "version"),
    ],
)
def test_what_follows_help_or_version_is_not_looked_at(argv: list[str], ending: str) -> None:
    found = parse(argv, {})
    assert [name for name in ("help", "version") if getattr(found, name)] == [ending]


def test_an_argument_is_no_option() -> None:
    assert parse(["-a", "-V"], {}) == Options(auth="-V")


@pytest.mark.parametrize("argv", [["-x", "-V"], ["--nope", "-h"]])
def test_what_comes_before_them_is(argv: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(argv, {})


@pytest.mark.parametrize("count", [-1, 0, 1, 1025])
def test_a_server_has_2_to_1024_threads(count: int) -> None:
    with pytest.raises(values.Invalid):
        values.check_threads(count)


@pytest.mark.parametrize("argv", [["-x"], ["--nope"], ["-t"], ["--help=1"], ["--max-connections"]])
def test_what_is_no_option_is_a_usage_error(argv: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(argv, {})


@pytest.mark.parametrize(
    ("argv", "environ"),
    [
        (["--max=0"], {}),
        (["--max=x"], {}),
        (["--max=2147483648"], {}),
        (["--max=" + "9" * 30], {}),
        (["--max=-1"], {}),
        (["-u", "no-such-user"], {}),
        (["-g", "no-such-group"], {}),
        (["-u", "-1"], {}),
        (["-u", "4294967295"], {}),
        ([], {"SLURMRESTD_MAX_CONNECTIONS": "x"}),
        ([], {"SLURMRESTD_DEBUG": "loud"}),
        ([], {"SLURMRESTD_DEBUG": "-1"}),
        ([], {"SLURMRESTD_DEBUG": ""}),
        ([], {"SLURMRESTD_JSON": "ugly"}),
        ([], {"SLURMRESTD_SECURITY": "disable_everything"}),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    argv: list[str], environ: dict[str, str]
) -> None:
    with pytest.raises(BadValue) as error:
        parse(argv, environ)
    assert str(error.value).startswith((*environ, "-"))

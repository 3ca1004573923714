# SPDX-License-Identifier: GPL-2.0-or-later
"""The command as it is typed: what it prints, and its exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from slurmrestd.cli.options import OPTIONS
from slurmrestd.cli.usage import table, usage


def slurmrestd(*argv: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "slurmrestd", *argv],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_printed(flag: str) -> None:
    result = slurmrestd(flag)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", usage() + "\n")


def test_help_names_every_option_and_every_variable() -> None:
    text = usage()
    for option in OPTIONS:
        for name in (*option.flags, option.variable or ""):
            assert name in text


def test_the_readme_has_the_same_table() -> None:
    assert table() in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_no_line_of_the_help_is_wider_than_a_terminal() -> None:
    assert max(map(len, usage().splitlines())) <= 80


@pytest.mark.parametrize(
    ("flag", "plugins"),
    [
        ("-a", "rest_auth/local\nrest_auth/jwt\n"),
        ("-d", "data_parser/v0.0.40\ndata_parser/v0.0.41\ndata_parser/v0.0.42\n"),
        ("-s", "openapi/slurmctld\nopenapi/slurmdbd\n"),
    ],
)
def test_list_shows_what_there_is(flag: str, plugins: str) -> None:
    result = slurmrestd(flag, "list")
    assert (result.returncode, result.stdout) == (0, plugins)


def test_a_usage_error_shows_the_summary() -> None:
    result = slurmrestd("-x")
    assert result.returncode == 1
    assert usage() in result.stderr


def test_a_fatal_error_aborts_where_that_is_asked_for() -> None:
    result = slurmrestd("-u", "no-such-user", ABORT_ON_FATAL="")
    assert result.returncode == -signal.SIGABRT
    assert "no-such-user" in result.stderr


@pytest.mark.parametrize(
    ("argv", "environ", "words"),
    [
        (["-t", "1", ":1"], {}, "-t: 1 is not a number from 2 to 1024"),
        ([":1"], {"SLURMRESTD_SECURITY": "x"}, "SLURMRESTD_SECURITY: 'x' is none of"),
        (["--generate-openapi-spec", "-s", "bogus"], {}, "there is no openapi/bogus"),
        (["--generate-openapi-spec", "-d", "v0.0.39"], {}, "there is no data_parser/v0.0.39"),
        ([":1"], {"SLURMRESTD_RESPONSE_STATUS_CODES": "4xx"}, "'4xx' is no HTTP status"),
        ([":1"], {"SLURMRESTD_RESPONSE_STATUS_CODES": "99"}, "'99' is not a number from 100"),
        ([":1"], {"SLURMRESTD_SECURITY": "become_user"}, "combined with rest_auth/jwt"),
    ],
)
def test_a_start_that_cannot_be_says_why(
    argv: list[str], environ: dict[str, str], words: str
) -> None:
    result = slurmrestd(*argv, **environ)
    assert result.returncode == 1
    assert result.stderr.startswith("slurmrestd: fatal: ")
    assert words in result.stderr
    assert "Traceback" not in result.stderr

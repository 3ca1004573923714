# SPDX-License-Identifier: GPL-2.0-or-later
"""What follows a command that passes things on reaches what it is passed on to."""

import pytest

from slurmrestd.sandbox import cli, commands


@pytest.mark.parametrize(
    ("line", "passed_on"),
    [
        ("test", []),
        ("test -q", ["-q"]),
        ("test tests/http -x --lf", ["tests/http", "-x", "--lf"]),
        ("bench jobs --count 3", ["jobs", "--count", "3"]),
        ("exec -- squeue -h", ["squeue", "-h"]),
        ("exec squeue -h", ["squeue", "-h"]),
        ("exec --user alice -- sh -c 'a'", ["sh", "-c", "'a'"]),
        ("original --env A=1 -- -d v0.0.42+fast", ["-d", "v0.0.42+fast"]),
        ("original", []),
    ],
)
def test_arguments_are_passed_on(line: str, passed_on: list[str]) -> None:
    options = cli._parser().parse_args(cli._protect(line.split()))
    assert commands._after_dashes(options.arguments) == passed_on

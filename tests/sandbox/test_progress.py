# SPDX-License-Identifier: GPL-2.0-or-later
"""Progress is plain lines where there is no terminal, and one line per step where there is."""

import io

import pytest

from slurmrestd.sandbox.progress import Progress, elapsed


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 00 s"), (605, "10 min 05 s")],
)
def test_elapsed(seconds: float, text: str) -> None:
    assert elapsed(seconds) == text


def test_plain_lines() -> None:
    stream = io.StringIO()
    with Progress(stream).step("Doing it"):
        pass
    assert stream.getvalue().splitlines() == ["Doing it ...", "Doing it: done (0.0 s)"]


def test_a_terminal_keeps_one_line() -> None:
    stream = Terminal()
    with Progress(stream).step("Doing it"):
        pass
    assert stream.getvalue().count("\n") == 1


def test_a_step_that_fails_says_so() -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError, match="no"), Progress(stream).step("Doing it"):
        raise ValueError("no")
    assert stream.getvalue().splitlines()[-1] == "Doing it: stopped (0.0 s)"

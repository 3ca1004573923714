# SPDX-License-Identifier: GPL-2.0-or-later
"""Try something in a child that may end its process."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable

STANDARD_ERROR = 2
_SHOWN_LINES = 3


def run(attempt: Callable[[], None]) -> str | None:
    """Call ``attempt`` in a child. None if it came back, else why it did not.

    The reason is the end of what the child wrote to its standard error.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(attempt, reading, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return None if code == 0 else _reason(said, code)


def _in_child(attempt: Callable[[], None], reading: int, writing: int) -> None:
    code = 1
    try:
        os.close(reading)
        os.dup2(writing, STANDARD_ERROR)
        attempt()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on
        traceback.print_exc()
    os._exit(code)


def _reason(said: str, code: int) -> str:
    lines = [line.split(": ", 1)[-1] for line in said.splitlines() if line.strip()]
    if lines:
        return "; ".join(lines[-_SHOWN_LINES:])
    return f"it was ended by {signal.Signals(-code).name}" if code < 0 else f"it exited with {code}"

# SPDX-License-Identifier: GPL-2.0-or-later
"""Try something in a child that may end its process."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from io import RawIOBase

STANDARD_ERROR = 2
SECONDS = 120.0
_SHOWN_LINES = 3


def run(attempt: Callable[[], None], seconds: float = SECONDS) -> str | None:
    """Call ``attempt`` in a child. None if it came back, else why it did not.

    The reason is the end of what the child wrote to its standard error. A child that does
    not come back within ``seconds`` is ended.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(attempt, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as stream:
        said = _read(stream, time.monotonic() + seconds)
    if said is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if said is None:
        return f"it was not done within {seconds:g} s"
    code = os.waitstatus_to_exitcode(status)
    return None if code == 0 else _reason(said, code)


def _read(stream: RawIOBase, deadline: float) -> str | None:
    """All of it; None if it does not end in time."""
    said = b""
    while select.select([stream], [], [], max(0.0, deadline - time.monotonic()))[0]:
        more = stream.read(select.PIPE_BUF)
        if not more:
            return said.decode("utf-8", "replace")
        said += more
    return None


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

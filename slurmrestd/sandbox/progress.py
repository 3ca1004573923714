# SPDX-License-Identifier: GPL-2.0-or-later
"""Telling a person what is being done and for how long already.

A terminal gets one line per step that is kept up to date; anything else gets a plain line when
a step begins and one when it ends.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_FRAMES = "|/-\\"
_INTERVAL = 0.2


def elapsed(seconds: float) -> str:
    """A duration for the eye.

    >>> elapsed(3.21), elapsed(75)
    ('3.2 s', '1 min 15 s')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s"


class Progress:
    """Shows steps on standard error, which leaves standard output to results."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._terminal = stream.isatty()

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show ``text`` while the body runs, then how long it took."""
        begin = time.monotonic()
        with self._spinning(text, begin):
            try:
                yield
            except BaseException:
                self._finish(text, "stopped", begin)
                raise
        self._finish(text, "done", begin)

    def say(self, text: str) -> None:
        """Print a line of its own."""
        print(text, file=self._stream, flush=True)

    @contextmanager
    def _spinning(self, text: str, begin: float) -> Iterator[None]:
        if not self._terminal:
            self.say(f"{text} ...")
            yield
            return
        stop = threading.Event()
        spinner = threading.Thread(target=self._spin, args=(text, begin, stop), daemon=True)
        spinner.start()
        try:
            yield
        finally:
            stop.set()
            spinner.join()

    def _spin(self, text: str, begin: float, stop: threading.Event) -> None:
        turn = 0
        while not stop.is_set():
            frame = _FRAMES[turn % len(_FRAMES)]
            took = elapsed(time.monotonic() - begin)
            self._stream.write(f"\r\x1b[K{frame} {text} ... {took}")
            self._stream.flush()
            turn += 1
            stop.wait(_INTERVAL)

    def _finish(self, text: str, how: str, begin: float) -> None:
        start_of_line = "\r\x1b[K" if self._terminal else ""
        took = elapsed(time.monotonic() - begin)
        self.say(f"{start_of_line}{text}: {how} ({took})")

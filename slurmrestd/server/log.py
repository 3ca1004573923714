# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon's log: one line a message, on stderr, at Slurm's levels.

Neither tokens nor bodies are ever given to it.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Final

from gunicorn.glogging import Logger

VERBOSE: Final = 15

# Slurm's levels (0 quiet to 9 debug5) on Python's scale.
LEVELS: Final = (100, logging.CRITICAL, logging.ERROR, logging.INFO, VERBOSE, 10, 9, 8, 7, 6)
# libslurm repeats names that clients send: they are not to drive the reader's terminal.
_CONTROL: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
_NAMES: Final = {
    logging.CRITICAL: "fatal: ",
    logging.ERROR: "error: ",
    logging.WARNING: "warning: ",
    logging.INFO: "",
    VERBOSE: "",
}


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        prefix = _NAMES.get(record.levelno, "debug: ")
        message = _CONTROL.sub(_escape, super().format(record))
        return f"slurmrestd: {prefix}{message}"


def _escape(letter: re.Match[str]) -> str:
    return f"\\x{ord(letter[0]):02x}"


def configure(level: int) -> None:
    """Log at Slurm's level ``level``, 0 to 9."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter())
    logging.basicConfig(level=LEVELS[level], handlers=[handler], force=True)


class GunicornLog(Logger):  # type: ignore[misc]
    """gunicorn's messages in our log; what it says of its daily life is for debugging."""

    def setup(self, cfg: object) -> None:
        self.error_log = logging.getLogger("slurmrestd.gunicorn")

    def info(self, message: str, *args: object) -> None:
        self.error_log.debug(message, *args)

    def reopen_files(self) -> None:
        pass

    def close_on_exec(self) -> None:
        pass

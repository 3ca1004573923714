# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon's log: one line a message, on stderr, at Slurm's levels.

Neither tokens nor bodies are ever given to it. Where standard error is the client's
connection, as inetd makes it, the log goes to syslog instead.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import syslog
from typing import Final

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

_PRIORITIES: Final = (
    (logging.CRITICAL, syslog.LOG_CRIT),
    (logging.ERROR, syslog.LOG_ERR),
    (logging.WARNING, syslog.LOG_WARNING),
    (logging.INFO, syslog.LOG_INFO),
)


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        prefix = _NAMES.get(record.levelno, "debug: ")
        message = _CONTROL.sub(_escape, super().format(record))
        return f"slurmrestd: {prefix}{message}"


def _escape(letter: re.Match[str]) -> str:
    return f"\\x{ord(letter[0]):02x}"


class _Syslog(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        levels = (priority for level, priority in _PRIORITIES if record.levelno >= level)
        syslog.syslog(next(levels, syslog.LOG_DEBUG), self.format(record))


def configure(level: int, *, to_syslog: bool = False) -> None:
    """Log at Slurm's level ``level``, 0 to 9."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if to_syslog:
        # libslurm writes there too, until its lines are ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        syslog.openlog("slurmrestd", syslog.LOG_PID, syslog.LOG_DAEMON)
        handler = _Syslog()
    handler.setFormatter(_Formatter())
    logging.basicConfig(level=LEVELS[level], handlers=[handler], force=True)

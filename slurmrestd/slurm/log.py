# SPDX-License-Identifier: GPL-2.0-or-later
"""libslurm's log: to standard error while starting, then into Python's logging.

libslurm has no callback for its lines, but writes them to any FILE. Once ``attach``
was called, that is a pipe which a thread of this process reads. A thread does not
survive a fork: each process attaches for itself.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import threading
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib

PROGRAM = b"slurmrestd"
"""The name by which libslurm and the controller know this program."""

PIPE_BYTES = 1 << 20
"""Room for lines that wait: libslurm stands still for seconds when there is none."""

LEAST_PIPE_BYTES = 1 << 12

_LAST_LINES_SECONDS = 1.0

logger = logging.getLogger("slurmrestd.libslurm")

_LINE = re.compile(
    r"^\[[^\]]*\] (?:(?P<kind>fatal|error|warning|debug[2-5]?|internal error): +)?(?P<text>.*)$"
)
_LEVELS = {
    None: logging.INFO,
    "fatal": logging.CRITICAL,
    "error": logging.ERROR,
    "internal error": logging.ERROR,
    "warning": logging.WARNING,
    "debug": logging.DEBUG,
    "debug2": logging.DEBUG - 1,
    "debug3": logging.DEBUG - 2,
    "debug4": logging.DEBUG - 3,
    "debug5": logging.DEBUG - 4,
}
# A JWT is three base64url words with dots between; the first begins with '{"'.
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*")
# Where libslurm repeats what stands in a body.
_REPEATED = re.compile(r"(?<=invalid partition specified: ).*")


class _State:
    """What a process knows of its log: the descriptor of libslurm's end of the pipe."""

    descriptor: int | None = None
    reader: threading.Thread | None = None


def slurm_level(level: int) -> int:
    """The level of libslurm's log for one of Python's.

    libslurm counts warnings among information; between INFO and DEBUG lies its
    "verbose", below DEBUG its debug2 to debug5.
    """
    if level > logging.ERROR:
        return int(lib.LOG_LEVEL_FATAL)
    if level > logging.WARNING:
        return int(lib.LOG_LEVEL_ERROR)
    if level >= logging.INFO:
        return int(lib.LOG_LEVEL_INFO)
    if level > logging.DEBUG:
        return int(lib.LOG_LEVEL_VERBOSE)
    return int(min(lib.LOG_LEVEL_DEBUG + logging.DEBUG - level, lib.LOG_LEVEL_DEBUG5))


def begin(level: int) -> None:
    """Start libslurm's log on standard error, from Python's ``level`` on.

    To be called before slurm_init: the first name of the program stays.
    """
    lib.slurm_log_init(PROGRAM, _options(to_stderr=slurm_level(level)), 0, ffi.NULL)


def attach(level: int) -> None:
    """Take libslurm's lines into the logger "slurmrestd.libslurm" of this process.

    Fatal ones still go to standard error too: nothing reads the pipe after them.
    """
    reading, writing = os.pipe2(os.O_CLOEXEC)
    _widen(writing)
    if _State.descriptor is None:
        _State.descriptor = writing
        file = lib.fdopen(writing, b"a")
        if file == ffi.NULL:
            raise OSError(ffi.errno, "cannot open libslurm's log")
        lib.slurm_log_alter_with_fp(_options(to_file=slurm_level(level)), 0, file)
    else:
        # libslurm keeps its FILE; what was behind its descriptor is the parent's.
        os.dup2(writing, _State.descriptor, inheritable=False)
        os.close(writing)
    _State.reader = threading.Thread(
        target=_read, args=(reading,), name="libslurm-log", daemon=True
    )
    _State.reader.start()


def detach() -> None:
    """Take the last lines, and no more: the process is about to end."""
    reader, _State.reader = _State.reader, None
    if reader is None or _State.descriptor is None:
        return
    nothing = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    os.dup2(nothing, _State.descriptor, inheritable=False)
    os.close(nothing)
    reader.join(_LAST_LINES_SECONDS)


def _widen(pipe: int) -> None:
    """Make room for PIPE_BYTES, or for as much as the kernel grants.

    It bounds what all pipes of a user take together (pipe(7)), over all of that user's
    processes: where that is used up, narrow pipes must do.
    """
    size = PIPE_BYTES
    while size > LEAST_PIPE_BYTES:
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, size)
        except PermissionError:
            size //= 2
        else:
            return


def _options(*, to_stderr: int | None = None, to_file: int = 0) -> Any:
    options = ffi.new("log_options_t *")
    options.stderr_level = lib.LOG_LEVEL_FATAL if to_stderr is None else to_stderr
    options.logfile_level = to_file
    options.prefix_level = True
    return options[0]


def _read(descriptor: int) -> None:
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as lines:
        level = logging.INFO
        for line in lines:
            level, text = parse(line.rstrip("\n"), level)
            logger.log(level, "%s", text)


def parse(line: str, previous: int) -> tuple[int, str]:
    """Python's level and the text of a line; one that continues keeps ``previous``.

    Tokens are blotted out, and what is of a request's body.
    """
    found = _LINE.match(line)
    if not found:
        return previous, _blotted(line)
    return _LEVELS[found["kind"]], _blotted(found["text"])


def _blotted(text: str) -> str:
    return _REPEATED.sub("<name>", _TOKEN.sub("<token>", text))

# SPDX-License-Identifier: GPL-2.0-or-later
"""Users, groups and signals, by name or number."""

from __future__ import annotations

import grp
import pwd
import signal as signals

from slurmrestd.data_parser.model import V40
from slurmrestd.data_parser.read.context import Reading, Unreadable, Value, quote
from slurmrestd.data_parser.read.convert import BLANKS, detect, fold, to_int, to_text, type_name
from slurmrestd.data_parser.read.initial import NOBODY
from slurmrestd.data_parser.read.numbers import EINVAL, INT32_MAX, UINT16_MAX, UINT32_MAX
from slurmrestd.data_parser.read.scan import strtol
from slurmrestd.light import may_wait
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_CONV_FAILED,
    ESLURM_GROUP_ID_INVALID,
    ESLURM_GROUP_ID_UNKNOWN,
    ESLURM_USER_ID_INVALID,
    ESLURM_USER_ID_UNKNOWN,
    NO_VAL16,
)

LONGEST = 1024
"""No name is longer than this; glibc's getpwnam(3) ends the process on a very long one."""

_SIGNALS = {
    name: int(signals.Signals[f"SIG{name}"])
    for name in (
        *("HUP", "INT", "QUIT", "ABRT", "KILL", "ALRM", "TERM", "CHLD", "USR1"),
        *("USR2", "PIPE", "URG", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "XCPU"),
    )
}
"""The signals that have a name (scancel(1), ``--signal``)."""


# -- users and groups -------------------------------------------------------------------


def user(reading: Reading, value: Value, path: str) -> int:
    """A user id, from a number or a name; nothing is nobody."""
    value = detect(value)
    if isinstance(value, str):
        uid = user_id(value)
        if uid is None:
            raise reading.refuse(path, ESLURM_USER_ID_UNKNOWN, f"There is no user {quote(value)}")
        number = uid
    else:
        number = _number(reading, value, path, "user")
    if number >= INT32_MAX:
        raise reading.refuse(path, ESLURM_USER_ID_INVALID, f"{number} is no user id")
    return number


def group(reading: Reading, value: Value, path: str) -> int:
    """A group id, from a number or (not in v0.0.40) a name; nothing is nobody."""
    value = detect(value)
    if isinstance(value, str) and reading.version != V40:
        gid = group_id(value)
        if gid is None:
            raise reading.refuse(path, ESLURM_GROUP_ID_UNKNOWN, f"There is no group {quote(value)}")
        number = gid
    else:
        number = _number(reading, value, path, "group")
    if number >= INT32_MAX:
        raise reading.refuse(path, ESLURM_GROUP_ID_INVALID, f"{number} is no group id")
    return number


def _number(reading: Reading, value: Value, path: str, what: str) -> int:
    if value is None and reading.version != V40:
        return NOBODY
    is_number = isinstance(value, int) or (isinstance(value, float) and reading.version != V40)
    number = to_int(value) if is_number else None
    if number is None:
        raise reading.refuse(
            path, ESLURM_DATA_CONV_FAILED, f"A {what} cannot be {type_name(value)}"
        )
    return number & UINT32_MAX


def user_id(name: str) -> int | None:
    """The id of a user, by name or by a number that the system knows; None if there is none."""
    if len(name) > LONGEST:
        return None
    may_wait()
    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, UnicodeEncodeError):
        pass
    number, rest = strtol(name)
    if rest or not 0 <= number <= UINT32_MAX:
        return None
    try:
        return pwd.getpwuid(number).pw_uid
    except (KeyError, OverflowError):
        return None


def group_id(name: str) -> int | None:
    """The id of a group, by name or by a number that the system knows; None if there is none."""
    if len(name) > LONGEST:
        return None
    may_wait()
    try:
        return grp.getgrnam(name).gr_gid
    except (KeyError, UnicodeEncodeError):
        pass
    number, rest = strtol(name)
    if rest or not 0 <= number <= INT32_MAX:
        return None
    try:
        return grp.getgrgid(number).gr_gid
    except (KeyError, OverflowError):
        return None


# -- signals ----------------------------------------------------------------------------


def signal(reading: Reading, value: Value, path: str) -> int:
    """The number of a signal; an empty text is unset.

    From v0.0.41 on an unknown name is an error without a number, and the signal is 0.
    """
    number = to_int(value)
    if number is not None:
        return number & UINT16_MAX
    name = to_text(value)
    if name is None:
        raise reading.refuse(
            path, ESLURM_DATA_CONV_FAILED, f"A signal cannot be {type_name(value)}"
        )
    if not name:
        return NO_VAL16
    return _named_signal(reading, name, path)


def _named_signal(reading: Reading, name: str, path: str) -> int:
    number = signal_number(name) & UINT16_MAX
    if number == 0:
        errno = EINVAL if reading.version == V40 else 0
        reading.error(path, errno, f"There is no signal {quote(name)}")
        if errno:
            raise Unreadable(errno)
    elif number >= signals.SIGRTMAX:
        reading.warn_of(None, f"{number} is no signal of this system")
    return number


def signal_number(name: str) -> int:
    """The number of a signal by its name, with or without SIG, or as a text; 0 if there is none."""
    number, rest = strtol(name)
    if rest != name:
        return 0 if rest.strip(BLANKS) else number
    bare = fold(name.lstrip(BLANKS)).removeprefix("sig").rstrip(BLANKS).upper()
    return _SIGNALS.get(bare, 0)

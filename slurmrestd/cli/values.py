# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers of option values: text to value, or Invalid with what to do instead."""

from __future__ import annotations

import grp
import logging
import pwd
import re
from http import HTTPStatus
from typing import Final

LOG_LEVELS: Final = {
    "quiet": 0, "fatal": 1, "error": 2, "info": 3, "verbose": 4,
    "debug": 5, "debug2": 6, "debug3": 7, "debug4": 8, "debug5": 9,
}  # fmt: skip
SECURITY: Final = frozenset(
    {"become_user", "disable_unshare_files", "disable_unshare_sysv", "disable_user_check"}
)
STYLES: Final = ("compact", "pretty")
DEFAULT_THREADS: Final = 20
MAX_CONNECTIONS: Final = 2**31 - 1
MIN_THREADS: Final = 2
MAX_THREADS: Final = 1024
MAX_SECONDS: Final = 86_400
_LEADING: Final = re.compile(r"\s*([+-]?[0-9]{1,20})")

log = logging.getLogger(__name__)


class Invalid(ValueError):
    """The value cannot be used; the message says what can."""


def user(text: str) -> int:
    """A uid, of a user's name or a number."""
    try:
        return pwd.getpwnam(text).pw_uid
    except KeyError:
        return _id(text, "user")


def group(text: str) -> int:
    """A gid, of a group's name or a number."""
    try:
        return grp.getgrnam(text).gr_gid
    except KeyError:
        return _id(text, "group")


def _id(text: str, kind: str) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) >= 2**32 - 1:
        raise Invalid(f"there is no {kind} {text!r}: give a name that exists or a number")
    return int(text)


def connections(text: str) -> int:
    """The number that the text begins with."""
    number = _leading_number(text)
    if not 1 <= number <= MAX_CONNECTIONS:
        raise Invalid(f"{text!r} is not a number from 1 to {MAX_CONNECTIONS}")
    return number


def _leading_number(text: str) -> int:
    number = _LEADING.match(text)
    if number is None or number.end() != len(text):
        log.warning("slurmrestd: warning: %r is taken for %s", text, number[1] if number else 0)
    return int(number[1]) if number else 0


def threads(text: str) -> int:
    """The number that the text begins with, as the original reads it; none, and 0, is the default.

    Whether so many can be had is only asked where there are threads: see ``check_threads``.
    """
    return _leading_number(text) or DEFAULT_THREADS


def check_threads(count: int) -> None:
    """Raises Invalid where a server cannot have so many."""
    if not MIN_THREADS <= count <= MAX_THREADS:
        raise Invalid(f"{count} is not a number from {MIN_THREADS} to {MAX_THREADS}")


def seconds(text: str) -> int:
    return _count(text, 1, MAX_SECONDS)


def _count(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= most:
        raise Invalid(f"{text!r} is not a number from {least} to {most}")
    return int(text)


def log_level(text: str) -> int:
    """0 to 9; what is more is 9."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(int(text), LOG_LEVELS["debug5"])
    if text.lower() in LOG_LEVELS:
        return LOG_LEVELS[text.lower()]
    raise Invalid(f"{text!r} is no log level: give 0 to 9 or one of {', '.join(LOG_LEVELS)}")


def style(text: str) -> str:
    """The last of a comma-delimited list of styles."""
    for name in _names(text):
        if name not in STYLES:
            raise Invalid(f"{name!r} is neither 'compact' nor 'pretty'")
    return (_names(text) or ["pretty"])[-1]


def security(text: str) -> frozenset[str]:
    names = frozenset(_names(text))
    for name in sorted(names - SECURITY):
        raise Invalid(f"{name!r} is none of {', '.join(sorted(SECURITY))}")
    return names


def status_codes(text: str) -> tuple[str, ...]:
    """HTTP statuses as the OpenAPI document has them, each once: numbers, and 'default'."""
    return tuple(dict.fromkeys(_status_code(name.strip()) for name in _names(text)))


def _status_code(name: str) -> str:
    if name == "default":
        return name
    if re.fullmatch(r"[0-9]{1,10}", name):
        return str(_count(name, 100, 599))
    for status in HTTPStatus:
        if status.phrase.lower() == name:
            return str(status.value)
    raise Invalid(f"{name!r} is no HTTP status: give its number, its name or 'default'")


def listeners(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)


def claim(text: str) -> str:
    if not text:
        raise Invalid("no claim is named")
    return text


def switch(text: str) -> bool:
    """Whether something is on."""
    if text.lower() not in ("on", "off"):
        raise Invalid(f"{text!r} is neither 'on' nor 'off'")
    return text.lower() == "on"


def is_set(text: str) -> bool:
    return True


def _names(text: str) -> list[str]:
    return [name.lower() for name in text.split(",") if name]

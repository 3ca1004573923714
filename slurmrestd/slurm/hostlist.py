# SPDX-License-Identifier: GPL-2.0-or-later
"""Host lists: ``n[1-4,7],login`` to names and back.

libslurm ends the process on a list that is too long. Every text is parsed and
counted here before it sees one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import encode, take_text

MAX_BYTES = 1 << 20
MAX_HOSTS = 1 << 17
MAX_RANGES = 1 << 16
MAX_NAME = 255
MAX_DIGITS = 18

_SEPARATORS = "\t, \n"
_TOKEN = re.compile(r"(?:[^\t, \n\[\]]|\[[^\[\]]*\])+")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_RANGE = re.compile(r"\s*([0-9]+)(?:-\s*([0-9]*))?")


class HostlistError(ValueError):
    """The text is no host list, or one that is longer than we take."""


def count(text: str) -> int:
    """How many hosts ``text`` stands for. Raises HostlistError."""
    if len(text) > MAX_BYTES:
        raise HostlistError("the host list is too long")
    if "\0" in text:
        raise HostlistError("the host list has a NUL in it")
    hosts = ranges = 0
    for token in _tokens(text):
        token_hosts, token_ranges = _measure(token)
        hosts += token_hosts
        ranges += token_ranges
        if hosts > MAX_HOSTS or ranges > MAX_RANGES:
            raise HostlistError("the host list has too many hosts")
    return hosts


def expand(text: str) -> list[str]:
    """The names of the hosts, in order, repetitions included. Raises HostlistError."""
    count(text)
    hosts = lib.slurm_hostlist_create(encode(text))
    if hosts == ffi.NULL:
        raise HostlistError("the host list cannot be read")
    try:
        names = []
        while (name := lib.slurm_hostlist_shift(hosts)) != ffi.NULL:
            names.append(ffi.string(name).decode("utf-8", "surrogateescape"))
            lib.free(name)
        return names
    finally:
        lib.slurm_hostlist_destroy(hosts)


def compress(names: Iterable[str]) -> str:
    """The shortest host list of ``names``, which may be host lists. Raises HostlistError."""
    text = ",".join(names)
    count(text)
    hosts = lib.slurm_hostlist_create(encode(text))
    if hosts == ffi.NULL:
        raise HostlistError("the host list cannot be read")
    try:
        return take_text(lib.slurm_hostlist_ranged_string_xmalloc(hosts))
    finally:
        lib.slurm_hostlist_destroy(hosts)


def _tokens(text: str) -> Iterable[str]:
    position = 0
    while position < len(text):
        if text[position] in _SEPARATORS:
            position += 1
            continue
        found = _TOKEN.match(text, position)
        if not found:
            raise HostlistError("the host list has a bracket without its other half")
        yield found[0]
        position = found.end()
        if position < len(text) and text[position] not in _SEPARATORS:
            raise HostlistError("the host list has a bracket without its other half")


def _measure(token: str) -> tuple[int, int]:
    """Hosts and ranges of one token."""
    hosts, ranges = 1, 1
    for inside in _BRACKETS.findall(token):
        parts = inside.split(",")
        ranges += len(parts)
        if ranges > MAX_RANGES:
            break
        hosts *= sum(_range(part) for part in parts)
    if len(_BRACKETS.sub("", token)) > MAX_NAME:
        raise HostlistError("the host list has a name that is too long")
    return hosts, ranges


def _range(part: str) -> int:
    found = _RANGE.fullmatch(part)
    if not found:
        raise HostlistError(f"the host list has a range that is none: {part[:40]}")
    low, high = found[1], found[2] or found[1]
    if len(low) > MAX_DIGITS or len(high) > MAX_DIGITS:
        raise HostlistError("the host list has a number that is too long")
    if int(high) < int(low):
        raise HostlistError(f"the host list has a range that goes backwards: {part}")
    return int(high) - int(low) + 1

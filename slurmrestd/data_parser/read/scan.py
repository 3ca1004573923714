# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers at the start of a text, as strtol(3) and strtoul(3) find them."""

from __future__ import annotations

import re

from slurmrestd.data_parser.read.convert import INT64_MAX, INT64_MIN, UINT64_MAX

_NUMBER = re.compile(r"[ \t\n\v\f\r]*+([+-]?)([0-9]++)")


def strtol(text: str) -> tuple[int, str]:
    """The decimal number that a text starts with, held within 64 bits, and what follows.

    A text that starts with none gives 0 and itself.
    """
    found = _NUMBER.match(text)
    if found is None:
        return 0, text
    number = _held(found[2], INT64_MAX + 1)
    number = max(-number, INT64_MIN) if found[1] == "-" else min(number, INT64_MAX)
    return number, text[found.end() :]


def strtoul(text: str) -> tuple[int, str]:
    """:func:`strtol` without a sign: a minus counts down from 2 ** 64."""
    found = _NUMBER.match(text)
    if found is None:
        return 0, text
    number = _held(found[2], UINT64_MAX + 1)
    if number > UINT64_MAX:
        return UINT64_MAX, text[found.end() :]
    return (-number & UINT64_MAX if found[1] == "-" else number), text[found.end() :]


def _held(digits: str, limit: int) -> int:
    """The number of digits, at most ``limit``; int() refuses thousands of them."""
    digits = digits.lstrip("0")
    return limit if len(digits) > 20 else min(int(digits or "0"), limit)

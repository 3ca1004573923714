# SPDX-License-Identifier: GPL-2.0-or-later
"""The JSON that the original also takes: a reader for what orjson refuses.

Measured on slurmrestd 24.11.5: comments, ``'single quotes'``, trailing commas,
words in any case (TRUE, NaN, -Infinity), ``01``, ``1.`` and ``1e``, control
characters and bytes that are not UTF-8 in strings, and anything after the value.
A key ends at its first ``\\u0000``.
Null, a zero byte in a string, and a bare number or word with nothing after it, are
refused.

The reader keeps its own stack, so that no body can exhaust the interpreter's, looks
at each byte a bounded number of times, and ends after a bounded number of steps: it
takes microseconds for each value, and no other thread runs Python meanwhile.
"""

from __future__ import annotations

import re
from typing import Final

from slurmrestd.serializer.errors import Unreadable

MAX_DEPTH: Final = 32  # values within each other, the original's limit

MAX_STEPS: Final = 1_000_000  # values and escapes in a body

# Possessive: what it takes to go back would be kept for each of its rounds.
_SPACE = re.compile(rb"(?:[ \t\n\r]++|/\*.*?\*/|//[^\n]*+(?:\n|\Z))*+", re.DOTALL)
_WORD = re.compile(rb"true|false|null|nan|-?infinity", re.IGNORECASE)
_NUMBER = re.compile(rb"-?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]*)?")
_PLAIN = {b'"': re.compile(rb'[^"\\\0]*'), b"'": re.compile(rb"[^'\\\0]*")}
_ESCAPES: Final = {
    b'"': '"', b"\\": "\\", b"/": "/", b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t",
}  # fmt: skip
_HEX = re.compile(rb"[0-9A-Fa-f]{4}")
_WORDS: Final[dict[bytes, object]] = {
    b"true": True,
    b"false": False,
    b"null": None,
    b"nan": float("nan"),
    b"infinity": float("inf"),
    b"-infinity": float("-inf"),
}
_INT64_MAX: Final = 2**63 - 1
_INT64_MIN: Final = -(2**63)


def read(body: bytes) -> object:
    """The value of a body in lenient JSON; raises Unreadable."""
    reader = _Reader(body)
    value = reader.value()
    if value is None:
        raise Unreadable("a body of null")
    if reader.at_end and not isinstance(value, dict | list | str):
        raise Unreadable("a bare number or word that may not be over")
    return value


def held_integer(digits: bytes | str) -> int:
    """An integer, held within 64 bits; more digits than any integer has are cut first."""
    return max(_INT64_MIN, min(_INT64_MAX, int(digits[:40])))


class _Reader:
    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._steps = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._body)

    def value(self) -> object:
        """One value and all that is in it."""
        root: list[object] = []
        stack: list[dict[str, object] | list[object]] = [root]
        key = ""
        while True:
            container = stack[-1]
            if isinstance(container, dict):
                key = self._key()
            value = self._start()
            if isinstance(container, dict):
                container[key] = value
            else:
                container.append(value)
            if len(stack) > MAX_DEPTH:
                raise self._error("too many levels")
            if isinstance(value, dict | list) and not self._closes(value):
                stack.append(value)
                continue
            while len(stack) > 1 and not self._goes_on(stack[-1]):
                stack.pop()
            if len(stack) == 1:
                return root[0]

    def _start(self) -> object:
        """A scalar, or an empty container to be filled."""
        self._step()
        self._skip_space()
        head = self._body[self._at : self._at + 1]
        if head == b"{":
            self._at += 1
            return {}
        if head == b"[":
            self._at += 1
            return []
        if head in (b'"', b"'"):
            return self._string()
        if word := _WORD.match(self._body, self._at):
            self._at = word.end()
            return _WORDS[word[0].lower()]
        return self._number()

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise self._error("too many values")

    def _closes(self, container: object) -> bool:
        """Whether a container that was just opened is empty."""
        return self._take(b"}" if isinstance(container, dict) else b"]")

    def _goes_on(self, container: object) -> bool:
        """Past a member: True before the next one, False past the end of the container."""
        if self._closes(container):
            return False
        if not self._take(b","):
            raise self._error("neither a comma nor the end")
        return not self._closes(container)

    def _key(self) -> str:
        self._skip_space()
        if self._body[self._at : self._at + 1] not in (b'"', b"'"):
            raise self._error("no key")
        # The original's keys are C strings.
        key = self._string().partition("\0")[0]
        if not self._take(b":"):
            raise self._error("no colon")
        return key

    def _take(self, token: bytes) -> bool:
        self._skip_space()
        if self._body[self._at : self._at + 1] != token:
            return False
        self._at += 1
        return True

    def _skip_space(self) -> None:
        space = _SPACE.match(self._body, self._at)
        self._at = space.end() if space else self._at

    def _number(self) -> int | float:
        number = _NUMBER.match(self._body, self._at)
        if number is None:
            raise self._error("no value")
        self._at = number.end()
        if number[1] is None and number[2] is None:
            return held_integer(number[0])
        return float(number[0].rstrip(b"eE+-") or b"0")

    def _string(self) -> str:
        quote = self._body[self._at : self._at + 1]
        self._at += 1
        parts: list[str] = []
        while True:
            plain = _PLAIN[quote].match(self._body, self._at)
            if plain is None:
                raise self._error("no string")
            self._at = plain.end()
            parts.append(plain[0].decode("utf-8", "surrogateescape"))
            if self.at_end:
                raise self._error("a string without an end")
            if self._body[self._at : self._at + 1] == quote:
                self._at += 1
                return "".join(parts)
            if self._body[self._at] == 0:
                raise self._error("a zero byte")
            parts.append(self._escape())

    def _escape(self) -> str:
        """The character that an escape stands for; a lone surrogate becomes U+FFFD."""
        self._step()
        name = self._body[self._at + 1 : self._at + 2]
        if name != b"u":
            if name not in _ESCAPES:
                raise self._error("an unknown escape")
            self._at += 2
            return _ESCAPES[name]
        unit = self._unit()
        if not 0xD800 <= unit < 0xE000:
            return chr(unit)
        if unit < 0xDC00 and self._body[self._at : self._at + 2] == b"\\u":
            before = self._at
            low = self._unit()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            self._at = before
        return "\N{REPLACEMENT CHARACTER}"

    def _unit(self) -> int:
        digits = _HEX.match(self._body, self._at + 2)
        if digits is None:
            raise self._error("an escape that is not four hexadecimal digits")
        self._at = digits.end()
        return int(digits[0], 16)

    def _error(self, what: str) -> Unreadable:
        return Unreadable(f"{what} at byte {self._at}")

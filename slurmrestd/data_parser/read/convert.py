# SPDX-License-Identifier: GPL-2.0-or-later
"""By which rules one JSON type stands for another.

They are those of the original's conversions, which are scanf(3)'s in the end: a text is
a number if sscanf takes all of it, and a number beyond 64 bits is held at the limit.
Texts are C strings: they end at a NUL, and only ASCII has blanks, digits and case.
"""

from __future__ import annotations

import math
import re
from typing import Any

INT64_MIN = -(2**63)
INT64_MAX = 2**63 - 1
UINT64_MAX = 2**64 - 1

BLANKS = " \t\n\v\f\r"
# Possessive, so that no text takes more than one look at each of its letters.
_INTEGER = re.compile(r"[ \t\n\v\f\r]*+([+-]?)0*+([0-9]*+)\Z")
_HEX = re.compile(r"0[xX]0*+([0-9A-Fa-f]*+)\Z")
# glibc's scanf takes an exponent without digits for none.
_FLOAT = re.compile(r"([0-9]++\.?[0-9]*+)(?:[eE][+-]?([0-9]*+))?\Z")
_HEX_FLOAT = re.compile(
    r"(0[xX](?:[0-9A-Fa-f]++\.?[0-9A-Fa-f]*+|\.[0-9A-Fa-f]++))(?:[pP][+-]?([0-9]*+))?\Z"
)
_TRUE = frozenset({"y", "yes", "t", "true", "on"})
_FALSE = frozenset({"n", "no", "f", "false", "off"})


def c_string(text: str) -> str:
    """The part of a text that a C string holds: all before the first NUL."""
    return text.partition("\0")[0] if "\0" in text else text


def fold(text: str) -> str:
    """A text in the case in which C compares it: only ASCII letters have one."""
    return text.lower() if text.isascii() else _fold_ascii(text)


def _fold_ascii(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def type_name(value: Any) -> str:
    """What a value is, in JSON's words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int):
        return "an integer"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an object" if isinstance(value, dict) else "an array"


def to_int(value: Any) -> int | None:
    """The integer that a value stands for; null is 0, a number is rounded to the even."""
    if type(value) is int:
        return clamp(value)
    if isinstance(value, str):
        return text_to_int(value)
    if isinstance(value, float):
        return round_to_int64(value)
    return 0 if value is None else None


def clamp(value: int) -> int:
    """An integer held within 64 bits."""
    return max(INT64_MIN, min(INT64_MAX, value))


def text_to_int(text: str) -> int | None:
    """The integer that a text is, decimal or (with 0x) hexadecimal; None if it is none."""
    text = c_string(text)
    if text[:2] in ("0x", "0X"):
        digits = _HEX.match(text)
        return _hex(digits[1]) if digits else None
    digits = _INTEGER.match(text)
    # The zeros that the pattern drops may be all there is.
    if digits is None or not (digits[2] or text.endswith("0")):
        return None
    return _decimal(digits[1], digits[2])


def _hex(digits: str) -> int:
    value = UINT64_MAX if len(digits) > 16 else int(digits or "0", 16)
    return value - 2**64 if value > INT64_MAX else value


def _decimal(sign: str, digits: str) -> int:
    # More digits than any 64-bit number has: int() would refuse thousands of them.
    value = INT64_MAX + 1 if len(digits) > 19 else int(digits or "0")
    return clamp(-value if sign == "-" else value)


def round_to_int64(value: float) -> int:
    """As lrint(3) on x86-64: what has no integer is the least one."""
    if not math.isfinite(value):
        return INT64_MIN
    rounded = round(value)
    return rounded if INT64_MIN <= rounded <= INT64_MAX else INT64_MIN


def to_text(value: Any) -> str | None:
    """The text that a scalar stands for; null is the empty one; None for an array or object."""
    if isinstance(value, str):
        return c_string(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(clamp(value))
    if isinstance(value, float):
        return _float_text(value)
    return None


def _float_text(value: float) -> str:
    if math.isnan(value):
        return "-nan" if math.copysign(1.0, value) < 0 else "nan"
    return f"{value:f}"


def to_bool(value: Any) -> bool | None:
    """The boolean that a scalar stands for; a text that is nothing else is true."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        value = detect(value)
    if value is None:
        return False
    if isinstance(value, str):
        return True
    return value != 0 if isinstance(value, int | float) else None


def to_float(value: Any) -> float | None:
    """The number that a scalar stands for; null and booleans stand for none."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _int_to_float(clamp(value))
    return text_to_float(value) if isinstance(value, str) else None


def _int_to_float(value: int) -> float:
    # INFINITE64 and NO_VAL64, as a signed number holds them.
    if value == -1:
        return math.inf
    return math.nan if value == -2 else float(value)


def text_to_float(text: str) -> float | None:
    """The number that a text is; None if it is none."""
    text = c_string(text)
    negative = text.startswith("-")
    bare = text[1:] if text[:1] in ("+", "-") else text
    word = fold(bare)
    if word in ("inf", "infinity"):
        number = math.inf
    elif word == "nan":
        number = math.nan
    elif word == "0x.":
        number = 0.0
    elif digits := _FLOAT.match(bare):
        number = float(bare if digits[2] else digits[1])
    elif digits := _HEX_FLOAT.match(bare):
        number = _hex_float(bare if digits[2] else digits[1])
    else:
        return None
    return -number if negative else number


def _hex_float(text: str) -> float:
    try:
        return float.fromhex(text)
    except OverflowError:
        return math.inf


def detect(value: Any) -> Any:
    """What a text is if it is something else: null, an integer, a number or a boolean.

    Everything that is no text, and a text that is only a text, is given back as it is.
    """
    if not isinstance(value, str):
        return value
    text = c_string(value)
    if not text or text[0] == "~" or fold(text) == "null":
        return None
    if (text.isascii() and text.isdigit()) or text[:2] in ("0x", "0X"):
        integer = text_to_int(text)
        if integer is not None:
            return integer
    return _detect_number_or_bool(text)


def _detect_number_or_bool(text: str) -> float | bool | str:
    if (number := text_to_float(text)) is not None:
        return number
    if (integer := text_to_int(text)) is not None:
        return integer
    word = fold(text)
    if word in _TRUE:
        return True
    return False if word in _FALSE else text

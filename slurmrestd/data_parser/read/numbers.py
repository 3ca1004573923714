# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers, and numbers that may be unset or infinite.

A member is as wide as its C type: what does not fit is cut to its low bits, as a C
assignment cuts it, except where a reader says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from slurmrestd.data_parser.model import V40, Struct
from slurmrestd.data_parser.read.context import (
    KEEP,
    Change,
    Reading,
    Record,
    Unreadable,
    Value,
)
from slurmrestd.data_parser.read.convert import (
    INT64_MAX,
    INT64_MIN,
    clamp,
    text_to_float,
    text_to_int,
    to_bool,
    to_float,
    to_int,
    type_name,
)
from slurmrestd.data_parser.read.structs import read
from slurmrestd.slurm.numbers import (
    ESLURM_BAD_THREAD_PER_CORE,
    ESLURM_DATA_CONV_FAILED,
    ESLURM_DATA_EXPECTED_DICT,
    ESLURM_INVALID_CORE_CNT,
    ESLURM_INVALID_NICE,
    INFINITE,
    INFINITE16,
    INFINITE64,
    NICE_OFFSET,
    NO_VAL,
    NO_VAL16,
    NO_VAL64,
)

EINVAL = 22
UINT16_MAX = 2**16 - 1
UINT32_MAX = 2**32 - 1
UINT64_MAX = 2**64 - 1
INT32_MAX = 2**31 - 1
CORE_SPEC_THREAD = 0x8000
"""The bit of core_spec that says that threads are meant, not cores (slurm.h)."""

IntReader = Callable[[Reading, Value, str], int]


# -- plain numbers ----------------------------------------------------------------------


def _integer(value: Value) -> int:
    number = to_int(value)
    if number is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return number


def uint16(_reading: Reading, value: Value, _path: str) -> int:
    """16 bits; what does not fit is cut."""
    return _integer(value) & UINT16_MAX


def uint32(_reading: Reading, value: Value, _path: str) -> int:
    """32 bits; what does not fit, and so each negative number, is unset."""
    number = _integer(value)
    return number if 0 <= number <= UINT32_MAX else NO_VAL


def uint64(_reading: Reading, value: Value, _path: str) -> int:
    """64 bits; a negative number is what C makes of it."""
    return _integer(value) & UINT64_MAX


def int64(reading: Reading, value: Value, path: str) -> int:
    """64 bits with a sign."""
    number = to_int(value)
    if number is None:
        raise _no_integer(reading, value, path)
    return number


def int32(reading: Reading, value: Value, path: str) -> int:
    """32 bits with a sign; what does not fit is refused."""
    number = int64(reading, value, path)
    if not -INT32_MAX - 1 <= number <= INT32_MAX:
        raise Unreadable(EINVAL)
    return number


def _no_integer(reading: Reading, value: Value, path: str) -> Unreadable:
    return reading.refuse(
        path, ESLURM_DATA_CONV_FAILED, f"An integer is needed here, not {type_name(value)}"
    )


def float64(_reading: Reading, value: Value, _path: str) -> float:
    """A double; null is 0."""
    number = 0.0 if value is None else to_float(value)
    if number is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return number


def float128(_reading: Reading, value: Value, _path: str) -> float:
    """A long double; null is unset."""
    number = float(NO_VAL) if value is None else to_float(value)
    if number is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return number


def boolean(_reading: Reading, value: Value, _path: str) -> int:
    """0 or 1, from whatever can be one."""
    found = to_bool(value)
    if found is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return int(found)


def boolean_or_unset(reading: Reading, value: Value, path: str) -> int:
    """0 or 1; null and -1 are unset."""
    if value is None or (type(value) is int and value == -1):
        return NO_VAL16
    return boolean(reading, value, path)


# -- numbers of their own ---------------------------------------------------------------


def nice(reading: Reading, value: Value, path: str) -> int:
    """An adjustment of the priority as NICE_OFFSET counts it (slurm.h)."""
    # It is looked at as a plain integer too, with the same warning again.
    if type(value) is not int and value is not None and reading.checks_types:
        reading.warn(path, f"Documented as an integer, but given as {type_name(value)}")
    number = int64(reading, value, path)
    limit = NICE_OFFSET - 3
    if not -limit <= number <= limit:
        raise reading.refuse(path, ESLURM_INVALID_NICE, f"A nice value is within +/- {limit}")
    return number + NICE_OFFSET


def core_spec(reading: Reading, value: Value, path: str) -> int:
    """How many cores are the system's."""
    return _specialized(reading, value, path, ESLURM_INVALID_CORE_CNT)


def thread_spec(reading: Reading, value: Value, path: str) -> int:
    """How many threads are the system's, with the bit that says so."""
    return _specialized(reading, value, path, ESLURM_BAD_THREAD_PER_CORE) | CORE_SPEC_THREAD


def _specialized(reading: Reading, value: Value, path: str, errno: int) -> int:
    number = to_int(value)
    if number is None:
        raise _no_integer(reading, value, path)
    if not 0 < number < CORE_SPEC_THREAD:
        raise reading.refuse(path, errno, f"Must be more than 0 and less than {CORE_SPEC_THREAD}")
    return number


def hold(_reading: Reading, value: Value, _path: str) -> int | Change:
    """The priority of a job that is held, or released; null leaves it."""
    if value is None:
        return KEEP
    held = to_bool(value)
    if held is None:
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    return 0 if held else INFINITE


# -- numbers that may be unset or infinite ----------------------------------------------


class NoVal:
    """Readers of a number, a text, null, or an object ``{"set", "infinite", "number"}``.

    The tables of that object, for each kind of number, are given to it.
    """

    def __init__(self, unsigned: Struct, signed: Struct, floating: Struct) -> None:
        self._unsigned = unsigned
        self._signed = signed
        self._floating = floating

    def uint64(self, reading: Reading, value: Value, path: str) -> int:
        """64 bits without a sign, NO_VAL64 or INFINITE64."""
        return self._int(self._unsigned, reading, value, path) & UINT64_MAX

    def int64(self, reading: Reading, value: Value, path: str) -> int:
        """64 bits with a sign; -2 and -1 are NO_VAL64 and INFINITE64."""
        if isinstance(value, float) and math.isfinite(value):
            return int(value) if INT64_MIN <= value < INT64_MAX else INT64_MIN
        number = self._int(self._signed, reading, value, path) & UINT64_MAX
        return number if number <= INT64_MAX else number - 2**64

    def uint32(self, reading: Reading, value: Value, path: str) -> int:
        """32 bits; what does not fit is infinite."""
        number = self.uint64(reading, value, path)
        if number == NO_VAL64:
            return NO_VAL
        return number if number < NO_VAL else INFINITE

    def uint16(self, reading: Reading, value: Value, path: str) -> int:
        """16 bits; what does not fit is infinite in v0.0.40 and cut later."""
        number = self.uint64(reading, value, path)
        if number == NO_VAL64:
            return NO_VAL16
        limit = NO_VAL16 if reading.version == V40 else NO_VAL
        return number & UINT16_MAX if number < limit else INFINITE16

    def as_nested(self, reading: Reading, value: Value, path: str) -> int:
        """:meth:`uint64` where another type is read by it: v0.0.40 checks the type again."""
        if reading.version == V40 and reading.checks_types and not isinstance(value, dict | None):
            reading.warn(path, f"Documented as an object, but given as {type_name(value)}")
        return self.uint64(reading, value, path)

    def _int(self, struct: Struct, reading: Reading, value: Value, path: str) -> int:
        if type(value) is int:
            return clamp(value)
        if value is None:
            return NO_VAL64
        if isinstance(value, float):
            return _cut(value)
        if isinstance(value, str):
            number = text_to_int(value)
            if number is None:
                raise _no_number(reading, value, path)
            return number
        if not isinstance(value, dict):
            raise _no_number(reading, value, path)
        if reading.version == V40:
            return _loose_int(reading, value, path)
        return int(_of_struct(read(struct, value, reading, path), NO_VAL64, INFINITE64))

    def float64(self, reading: Reading, value: Value, path: str) -> float:
        """A double; NO_VAL and INFINITE, as numbers, are unset and infinite."""
        if isinstance(value, float):
            return value
        if type(value) is int or value is None:
            return _float_of(self.int64(reading, value, path))
        if isinstance(value, str):
            number = text_to_float(value)
            if number is None:
                raise _no_number(reading, value, path)
            return number
        if not isinstance(value, dict):
            raise _no_number(reading, value, path)
        if reading.version == V40:
            return _loose_float(reading, value, path)
        return float(_of_struct(read(self._floating, value, reading, path), NO_VAL, INFINITE))


def _of_struct(record: Record, unset: int, infinite: int) -> int | float:
    if record.get("infinite"):
        return infinite
    number: int | float = record.get("number", 0)
    return number if record.get("set") else unset


def _float_of(number: int) -> float:
    # INFINITE64 and NO_VAL64 with a sign.
    if number == -1:
        return float(INFINITE)
    return float(NO_VAL) if number == -2 else float(number)


def _cut(value: float) -> int:
    """A double as C cuts it to 64 bits on x86-64; its infinity and NaN have numbers."""
    if math.isinf(value):
        return INFINITE64
    if math.isnan(value):
        return NO_VAL64
    number = int(value)
    if number > UINT64_MAX:
        return 0
    return max(number, INT64_MIN)


def _no_number(reading: Reading, value: Value, path: str) -> Unreadable:
    # v0.0.40 has one number for whatever is neither number nor object.
    errno = ESLURM_DATA_EXPECTED_DICT if reading.version == V40 else ESLURM_DATA_CONV_FAILED
    return reading.refuse(path, errno, f"A number is needed here, not {type_name(value)}")


# -- v0.0.40's own reading of {"set", "infinite", "number"} -----------------------------


def _loose_int(reading: Reading, value: dict[str, Value], path: str) -> int:
    is_set, infinite = _flag(reading, value, path, "set"), _flag(reading, value, path, "infinite")
    number = to_int(value["number"]) if "number" in value else None
    if "number" in value and number is None:
        raise _wrong_key(reading, value, path, "number")
    if infinite:
        return INFINITE64
    if not is_set:
        return NO_VAL64
    if number is None:
        raise _no_key(reading, path)
    return number


def _loose_float(reading: Reading, value: dict[str, Value], path: str) -> float:
    is_set, infinite = _flag(reading, value, path, "set"), _flag(reading, value, path, "infinite")
    number = to_float(value["number"]) if "number" in value else None
    if "number" in value and number is None:
        raise _wrong_key(reading, value, path, "number")
    if infinite:
        return float(INFINITE)
    if not is_set:
        return float(NO_VAL)
    if number is None:
        raise _no_key(reading, path)
    return number


def _flag(reading: Reading, value: dict[str, Value], path: str, key: str) -> bool:
    found = to_bool(value.get(key, False))
    if found is None:
        raise _wrong_key(reading, value, path, key)
    return found


def _wrong_key(reading: Reading, value: dict[str, Value], path: str, key: str) -> Unreadable:
    found = type_name(value[key])
    return reading.refuse(path, ESLURM_DATA_CONV_FAILED, f"The field {key} cannot be {found}")


def _no_key(reading: Reading, path: str) -> Unreadable:
    return reading.refuse(
        path, ESLURM_DATA_CONV_FAILED, "The field number is needed where set is true"
    )

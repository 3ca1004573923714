# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers at the limits of every width, and floating point numbers that read back the same."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi

from .programs import (
    INFINITE,
    INFINITE16,
    INFINITE64,
    NO_VAL,
    NO_VAL16,
    NO_VAL64,
    UNLIMITED,
    UNSET,
    Program,
    encode,
    member,
    number,
    value_of,
)

FORMS = {1: "B", 2: "H", 4: "I", 8: "Q"}
NICE_OFFSET = 0x8000_0000
MEM_PER_CPU = 0x8000_0000_0000_0000


def signed(value: int) -> int:
    """Slurm's REST daemon keeps every integer in 64 bits with a sign."""
    return value - 2**64 if value >= 2**63 else value


def limits(bits: int) -> list[int]:
    powers = [10**n for n in range(20)] + [2**n for n in range(65)]
    near = {p + d for p in powers for d in (-1, 0, 1)} | {0}
    return sorted(n for n in near if 0 <= n < 2**bits)


@pytest.mark.parametrize("size", FORMS)
def test_unsigned_at_every_power(size: int) -> None:
    for value in limits(8 * size):
        assert value_of("UINT", member(FORMS[size], value), size=size) == signed(value)


@pytest.mark.parametrize("size", FORMS)
def test_signed_at_every_power(size: int) -> None:
    for value in limits(8 * size - 1):
        for same in (value, -value - 1):
            memory = member(FORMS[size].lower(), same)
            assert value_of("INT", memory, size=size) == same


def test_a_64_bit_number_that_is_unset_or_infinite_is_null() -> None:
    assert value_of("UINT64", member("Q", 12)) == 12
    assert value_of("UINT64", member("Q", NO_VAL64)) is None
    assert value_of("UINT64", member("Q", INFINITE64)) is None


@pytest.mark.parametrize("operation", ["NO_VAL", "NO_VAL_SIGNED"])
@pytest.mark.parametrize("size", FORMS)
def test_numbers_that_may_be_unset(operation: str, size: int) -> None:
    def value(raw: int, **options: bool) -> object:
        memory = member(FORMS[size], raw)
        return value_of(operation, memory, size=size, no_val=True, **options)

    highest = 2 ** (8 * size) - 1
    assert value(highest) == UNLIMITED
    assert value(highest - 1) == UNSET
    assert value(100) == number(100)
    assert value(0) == number(0)
    assert value(highest, complex=True) == "Infinity"
    assert value(highest - 1, complex=True) is None
    assert value(100, complex=True) == 100


def test_a_negative_number_that_may_be_unset_keeps_its_sign() -> None:
    assert value_of("NO_VAL_SIGNED", member("i", -3), size=4, no_val=True) == number(-3)


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.1)
@example(5e-324)
@example(1.7976931348623157e308)
@example(1e15)
@example(1e17)
@example(123456789012345.6)
@example(0.30000000000000004)
def test_floats_read_back_the_same(value: float) -> None:
    data = encode(Program().put("value", "FLOAT64"), member("d", value))
    found = json.loads(data)["value"]
    assert isinstance(found, float)
    assert (found, math.copysign(1, found)) == (value, math.copysign(1, value))


@given(st.floats(1e-6, 1e15))
@example(1e-6)
@example(12.5)
@example(0.07)
def test_floats_have_as_few_digits_as_python_needs(value: float) -> None:
    data = encode(Program().put("v", "FLOAT64"), member("d", value))
    digits = data.decode().removeprefix('{"v":').removesuffix("}")
    assert significant(digits) == significant(repr(value))


def significant(text: str) -> str:
    mantissa = text.partition("e")[0].replace(".", "")
    return mantissa.strip("0")


@pytest.mark.parametrize("value", [0.0, 1.0, 42.0, 1e14, 123456789.0])
def test_integral_floats_keep_a_point(value: float) -> None:
    data = encode(Program().put("v", "FLOAT64"), member("d", value))
    assert data == f'{{"v":{int(value)}.0}}'.encode()


def test_what_is_no_number_is_null() -> None:
    assert value_of("FLOAT64", member("d", math.nan)) is None


@pytest.mark.parametrize(("value", "digits"), [(math.inf, b"1e999"), (-math.inf, b"-1e999")])
def test_infinity_is_json_and_reads_back_as_infinity(value: float, digits: bytes) -> None:
    data = encode(Program().put("v", "FLOAT64"), member("d", value))
    assert data == b'{"v":' + digits + b"}"
    assert json.loads(data)["v"] == value


def test_floats_that_may_be_unset() -> None:
    def value(raw: float, **options: bool) -> object:
        return value_of("FLOAT64_NO_VAL", member("d", raw), no_val=True, **options)

    for infinite in (math.inf, -math.inf, float(INFINITE)):
        assert value(infinite) == UNLIMITED
        assert value(infinite, complex=True) == "Infinity"
    for unset in (math.nan, float(NO_VAL), NO_VAL + 0.5):
        assert value(unset) == UNSET
        assert value(unset, complex=True) is None
    assert value(1.5) == number(1.5)
    assert value(1.5, complex=True) == 1.5


def test_a_long_double_that_is_unset_or_infinite_is_null() -> None:
    for raw, value in ((1.5, 1.5), (0.0, 0.0), (float(NO_VAL), None), (float(INFINITE), None)):
        assert value_of("FLOAT128", ffi.new("long double *", raw)) == value
    # Its low 32 bits are what is looked at, as the original does.
    assert value_of("FLOAT128", ffi.new("long double *", 2.0**32 + INFINITE)) is None
    assert value_of("FLOAT128", ffi.new("long double *", 1e300)) == 1e300
    assert value_of("FLOAT128", ffi.new("long double *", math.nan)) is None


def test_memory_belongs_to_a_cpu_or_to_a_node() -> None:
    def both(raw: int, **options: bool) -> tuple[object, object]:
        memory = member("Q", raw)
        return (
            value_of("MEM_PER_CPU", memory, no_val=True, **options),
            value_of("MEM_PER_NODE", memory, no_val=True, **options),
        )

    assert both(1000 | MEM_PER_CPU) == (number(1000), UNSET)
    assert both(1000) == (UNSET, number(1000))
    assert both(1000, complex=True) == (None, 1000)
    # With the top bit gone these are ordinary numbers, as in the original.
    assert both(NO_VAL64) == (number(2**63 - 2), UNSET)


def test_specialized_cores_and_threads_share_a_member() -> None:
    for raw, cores, threads in ((3, 3, 0), (3 | 0x8000, 0, 3), (NO_VAL16, 0, 0x7FFE)):
        assert value_of("CORE_SPEC", member("H", raw)) == cores
        assert value_of("THREAD_SPEC", member("H", raw)) == threads


def test_nice_is_relative() -> None:
    assert value_of("NICE", member("I", NICE_OFFSET)) == 0
    assert value_of("NICE", member("I", NO_VAL)) == 0
    assert value_of("NICE", member("I", NICE_OFFSET - 5)) == -5
    assert value_of("NICE", member("I", NICE_OFFSET + 5)) == 5


def test_oversubscription_hides_its_force_bit() -> None:
    assert value_of("OVERSUBSCRIBE", member("H", 0x8004)) == 4
    assert value_of("OVERSUBSCRIBE", member("H", INFINITE16)) == 0x7FFF


def test_a_job_of_priority_0_is_held() -> None:
    assert value_of("HOLD", member("I", 0)) is True
    assert value_of("HOLD", member("I", 1)) is False


@pytest.mark.parametrize("size", [1, 2, 4])
def test_booleans(size: int) -> None:
    for raw in (0, 1, 2, 255):
        assert value_of("BOOL", member(FORMS[size], raw), size=size) is bool(raw)


def test_a_boolean_that_may_be_unset() -> None:
    for raw, plain, complex_ in ((0, False, False), (1, True, True), (NO_VAL16, False, None)):
        assert value_of("BOOL_NO_VAL", member("H", raw)) is plain
        assert value_of("BOOL_NO_VAL", member("H", raw), complex=True) is complex_

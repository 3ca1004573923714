# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of words that stand for bits."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.model import V40, V41, Flag, Flags, Version
from slurmrestd.data_parser.read import flags
from slurmrestd.data_parser.read.context import Reading
from slurmrestd.slurm.numbers import ESLURM_DATA_FLAGS_INVALID, ESLURM_DATA_FLAGS_INVALID_TYPE
from tests.data_parser.read.helpers import member, read_field

WORDS = Flags(
    "WORDS",
    "uint16_t",
    (
        Flag("RED", 1, 0x0F, equal=True),
        Flag("BLUE", 2, 0x0F, equal=True),
        Flag("BIG", 0x10),
        Flag("HEAVY", 0x20, hidden=True),
        Flag("NEW", 0x40, since=V41),
        Flag("OLD", 0, removed=True),
    ),
)
UNSET = 0xFFFE


def read_over(present: int, words: object) -> int:
    return flags.reader(WORDS, Version.V42)(Reading(Version.V42), words, "#/", present)


def test_words_set_their_bits() -> None:
    assert member(WORDS, ["BLUE", "BIG", "HEAVY"]) == 0x32


def test_one_word_may_stand_alone_and_in_any_case() -> None:
    assert member(WORDS, "big") == 0x10


def test_of_words_that_exclude_each_other_the_last_counts() -> None:
    assert member(WORDS, ["RED", "BLUE"]) == 2


def test_the_first_word_clears_what_was_there() -> None:
    assert read_over(0xFF, ["BIG"]) == 0x90


def test_no_word_clears_nothing() -> None:
    assert read_over(UNSET, []) == UNSET


def test_a_word_of_another_version_is_unknown() -> None:
    assert member(WORDS, "NEW", V41) == 0x40
    assert read_field(WORDS, "NEW", V40).errno == ESLURM_DATA_FLAGS_INVALID


def test_a_removed_word_is_ignored_and_named() -> None:
    found = read_field(WORDS, ["OLD", "BIG"])

    assert (found.record["member"], found.warnings) == (0x10, ["#/field[0]/"])


def test_an_unknown_word_is_an_error_that_ends_nothing() -> None:
    found = read_field(WORDS, ["NOPE", "BIG"])

    assert (found.errno, found.record["member"]) == (0, 0x10)
    assert found.errors == [(ESLURM_DATA_FLAGS_INVALID, "#/field[0]/")]


def test_an_unknown_word_ends_the_reading_in_the_first_version() -> None:
    found = read_field(WORDS, ["BIG", "NOPE", "RED"], V40)

    assert found.errno == ESLURM_DATA_FLAGS_INVALID
    assert found.errors == [
        (ESLURM_DATA_FLAGS_INVALID, "#/field[1]/"),
        (ESLURM_DATA_FLAGS_INVALID, "#/field/"),
    ]


def test_an_item_that_is_no_text_is_ignored_and_named() -> None:
    found = read_field(WORDS, [{}, "BIG"])

    assert (found.record["member"], found.warnings) == (0x10, ["#/field[0]/"])


@pytest.mark.parametrize("value", [None, 5, True, {}])
def test_only_a_list_or_a_word_is_read(value: object) -> None:
    found = read_field(WORDS, value)

    assert found.errors == [(ESLURM_DATA_FLAGS_INVALID_TYPE, "#/field/")]


def test_a_million_words_take_no_time() -> None:
    assert member(WORDS, ["BIG"] * 1_000_000) == 0x10

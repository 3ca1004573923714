# SPDX-License-Identifier: GPL-2.0-or-later
"""The walk over an object by the rows of its table."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.model import (
    V40,
    V41,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Pointer,
    Same,
    Struct,
    Version,
)
from slurmrestd.data_parser.read.context import MAX_ISSUES, MAX_STRUCTS, Items, Record
from slurmrestd.data_parser.tables.job_description import (
    JOB_ALLOC_REQ,
    JOB_DESC_MSG,
    JOB_SUBMIT_REQ,
)
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG
from slurmrestd.data_parser.tables.nodes import UPDATE_NODE_MSG
from slurmrestd.data_parser.types import STRING, UINT16, UINT32
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_CONV_FAILED,
    ESLURM_DATA_EXPECTED_DICT,
    ESLURM_DATA_EXPECTED_LIST,
    ESLURM_DATA_PATH_NOT_FOUND,
    ESLURM_REST_FAIL_PARSING,
)
from tests.data_parser.read.helpers import read_body, read_field

WORDS = Flags("WORDS", "uint16_t", (Flag("ONE", 1), Flag("TWO", 2)))
INNER = Struct("INNER", "inner_t", (Field("name", STRING, "name"),))
TABLE = Struct(
    "TABLE",
    "table_t",
    (
        Field("name", STRING, "name"),
        Field("limits/low", UINT16, "low"),
        Field("count", UINT32, "count"),
        Field("limits/high", UINT16, "high"),
        Field("gone", STRING, None, removed=True),
        Field("old", STRING, "old", until=V40),
        Field("", WORDS, "words", exploded=True),
    ),
)
TABLES = (JOB_DESC_MSG, JOB_SUBMIT_REQ, JOB_ALLOC_REQ, KILL_JOBS_MSG, UPDATE_NODE_MSG)
NEEDY = Struct("NEEDY", "needy_t", (Field("a/b", STRING, "b", required=True),))


def test_keys_become_members() -> None:
    found = read_body(TABLE, {"count": 5, "limits": {"high": 2, "low": 1}, "name": "x"})

    assert found.record == {"name": b"x", "low": 1, "high": 2, "count": 5, "words": 0}
    assert found.record.ctype == "table_t"
    assert not found.warnings


def test_what_is_not_given_is_not_in_the_record() -> None:
    assert read_body(TABLE, {}).record == {"words": 0}


def test_only_an_object_is_read() -> None:
    found = read_body(TABLE, ["x"])

    assert found.errno == ESLURM_DATA_EXPECTED_DICT
    assert found.errors == [(ESLURM_DATA_EXPECTED_DICT, "#/")]


def test_a_field_that_must_be_given_is_missed() -> None:
    bodies: list[object] = [{}, {"a": {}}, {"a": 5}]
    for body in bodies:
        assert read_body(NEEDY, body).errors == [(ESLURM_DATA_PATH_NOT_FOUND, "#/a/b/")]


def test_what_no_row_knows_is_named() -> None:
    found = read_body(
        TABLE, {"nope": 1, "limits": {"middle": 1}, "deep": {"er": {"still": [], "e": {}}}}
    )

    assert found.warnings == ["#/nope/", "#/limits/middle/", "#/deep/er/still/"]


def test_a_field_of_another_version_is_not_known() -> None:
    assert read_body(TABLE, {"old": "x"}, V40).warnings == []
    assert read_body(TABLE, {"old": "x"}, V41).warnings == ["#/old/"]


def test_a_removed_field_is_passed_over_in_silence() -> None:
    found = read_body(TABLE, {"gone": {"any": "thing"}})

    assert (found.record, found.errors, found.warnings) == ({"words": 0}, [], [])


def test_a_failure_ends_the_reading_and_unknown_fields_are_named_all_the_same() -> None:
    found = read_body(TABLE, {"name": [], "count": "never seen", "nope": 1})

    assert found.errno == ESLURM_DATA_CONV_FAILED
    assert found.errors == []
    assert found.warnings == ["#/name/", "#/nope/"]


def test_rows_are_read_in_the_order_of_the_table() -> None:
    found = read_body(TABLE, {"count": {}, "name": {}})

    assert found.warnings == ["#/name/"]


def test_a_type_that_is_not_the_documented_one_is_named_and_read() -> None:
    found = read_body(TABLE, {"name": 5, "count": "7"})

    assert (found.record["name"], found.record["count"]) == (b"5", 7)
    assert found.warnings == ["#/name/", "#/count/"]


def test_null_is_of_every_type() -> None:
    assert read_body(TABLE, {"name": None, "count": None}).warnings == []


def test_fast_warns_of_nothing_and_has_no_paths() -> None:
    found = read_body(TABLE, {"count": 5.0, "nope": 1}, fast=True)
    assert found.warnings == []

    assert read_body(NEEDY, {}, fast=True).errors == [(ESLURM_DATA_PATH_NOT_FOUND, None)]


def test_complex_warns_of_unknown_fields_alone() -> None:
    assert read_body(TABLE, {"count": 5.0, "nope": 1}, complex_=True).warnings == ["#/nope/"]


def test_flags_may_be_keys_of_their_own() -> None:
    found = read_body(TABLE, {"ONE": "yes", "TWO": False, "one": True})

    assert found.record["words"] == 1
    assert found.warnings == []


def test_a_flag_that_is_no_boolean_is_false() -> None:
    found = read_body(TABLE, {"TWO": []})

    assert found.record["words"] == 0
    assert found.warnings == ["#/TWO/"]


@pytest.mark.parametrize(
    ("key", "source"),
    [("a/b", "#/a/b/"), ("#x", "#/x/"), (" x ", "#/x/"), ("", "#/"), ("/", "#/")],
)
def test_the_path_of_an_odd_key_is_the_original_s(key: str, source: str) -> None:
    assert read_body(TABLE, {key: 1}).warnings == [source]


def test_a_list_has_an_item_for_each_value() -> None:
    found = read_field(ListOf("INNERS", Pointer("INNER_PTR", INNER)), [{"name": "a"}, {}])

    assert found.record["member"] == Items([Record("inner_t", {"name": b"a"}), Record("inner_t")])


def test_an_item_that_cannot_be_read_is_named_and_ends_the_list() -> None:
    found = read_field(ListOf("INNERS", INNER), [{}, {"name": 5}, 5, {"nope": 1}])

    assert found.errno == ESLURM_REST_FAIL_PARSING
    assert found.errors == [(ESLURM_DATA_EXPECTED_DICT, "#/field[2]/")]
    assert found.warnings == ["#/field[1]/name/"]


def test_a_scalar_is_a_list_of_itself() -> None:
    assert read_field(ListOf("STRINGS", STRING), 5).record["member"] == [b"5"]


def test_an_object_is_no_list() -> None:
    found = read_field(ListOf("STRINGS", STRING), {})

    assert found.errors == [(ESLURM_DATA_EXPECTED_LIST, "#/field/")]


def test_an_empty_object_points_to_a_new_one() -> None:
    assert read_field(Pointer("INNER_PTR", INNER), {}).record["member"] == Record("inner_t")
    assert read_field(Pointer("LIST_PTR", ListOf("L", STRING)), []).record["member"] == Items()


def test_null_is_no_object() -> None:
    found = read_field(Pointer("INNER_PTR", INNER), None)

    assert found.errors == [(ESLURM_DATA_EXPECTED_DICT, "#/field/")]


def test_another_name_of_a_type_is_that_type() -> None:
    assert read_field(Same("TEXT", STRING), "x").record["member"] == b"x"


def test_a_type_that_is_only_written_is_ignored() -> None:
    found = read_field(Leaf("REASON", "uint32_t", Format.STRING), "x")

    assert (found.errno, found.record, found.warnings) == (0, {}, ["#/field/"])


@pytest.mark.parametrize("version", Version)
def test_a_body_deeper_than_python_goes_is_read(version: Version) -> None:
    deep: object = 1
    for _ in range(10_000):
        deep = {"x": deep}

    found = read_body(TABLE, {"nope": deep, "name": {"also": deep}}, version)

    assert found.errno == ESLURM_DATA_CONV_FAILED
    assert found.warnings == ["#/name/", "#/nope/" + "x/" * 10_000]


def test_one_answer_does_not_name_a_million_places() -> None:
    found = read_body(TABLE, {str(number): 1 for number in range(MAX_ISSUES + 1)})

    assert found.errno == ESLURM_REST_FAIL_PARSING
    assert len(found.warnings) == MAX_ISSUES


def test_one_body_does_not_make_a_million_structs() -> None:
    kind = ListOf("INNERS", Pointer("INNER_PTR", INNER))
    found = read_field(kind, [{}] * (MAX_STRUCTS + 1))

    assert found.errno == ESLURM_REST_FAIL_PARSING


def test_no_field_is_deprecated_for_so_long_that_its_use_is_warned_of() -> None:
    # The original warns of what was deprecated in the oldest release that it talks to, 23.02,
    # or before: reading knows no such warning as long as no row needs it.
    rows = [row for table in TABLES for row in table.fields if row.deprecated]

    assert rows
    assert all(row.deprecated and row.deprecated.release > "23.02" for row in rows)

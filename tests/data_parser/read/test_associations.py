# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations by their number or what identifies them, and the conditions of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from slurmrestd.data_parser.model import V40, V41, V42, Struct, Version
from slurmrestd.data_parser.read.context import ROOT, Items, Reading, Record, Unreadable
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.tables.accounts import ACCOUNT_CONDITION
from slurmrestd.data_parser.tables.associations import ASSOC, ASSOC_CONDITION
from slurmrestd.slurm.accounting.known import Association, Qos, Tres
from slurmrestd.slurm.numbers import (
    ASSOC_COND_FLAG_ONLY_DEFS,
    ASSOC_COND_FLAG_WITH_DELETED,
    ASSOC_COND_FLAG_WOPI,
    ESLURM_DATA_CONV_FAILED,
    ESLURM_DATA_EXPECTED_DICT,
    ESLURM_INVALID_ASSOC,
    ESLURM_INVALID_QOS,
    ESLURM_REST_FAIL_PARSING,
    INFINITE,
    NO_VAL,
    SLURMDB_ACCT_FLAG_WASSOC,
    SLURMDB_ACCT_FLAG_WCOORD,
)


@dataclass
class Known:
    """What slurmdbd knows."""

    tres: tuple[Tres, ...] = (Tres(1, b"cpu", b""), Tres(1001, b"gres", b"gpu"))
    qos: tuple[Qos, ...] = (Qos(1, b"normal"), Qos(2, b"high"))
    associations: tuple[Association, ...] = field(
        default=(
            Association(3, b"physics", b"sandbox", None, None),
            Association(7, b"physics", b"sandbox", None, b"alice"),
            Association(9, b"physics", b"sandbox", b"wide", b"alice"),
        )
    )


def _read(struct: Struct, body: object, version: Version = V42) -> Record:
    return read(struct, body, Reading(version, look_ups=Known()), ROOT)


def _refused(body: dict[str, Any], version: Version) -> tuple[int, list[tuple[int | None, Any]]]:
    reading = Reading(version, look_ups=Known())
    with pytest.raises(Unreadable) as refusal:
        read(ASSOC, {"user": "x", **body}, reading, ROOT)
    return refusal.value.errno, [(issue.number, issue.source) for issue in reading.errors]


def test_what_is_not_given_is_unset() -> None:
    record = _read(ASSOC, {"user": "alice"})
    assert record["user"] == b"alice"
    assert record["shares_raw"] == record["grp_jobs"] == record["def_qos_id"] == NO_VAL
    assert "qos_list" not in record
    assert record.get("grp_tres") is None


def test_limits_lie_at_their_paths() -> None:
    body = {
        "user": "alice",
        "max": {
            "jobs": {"per": {"count": {"set": True, "number": 3}}, "active": {"infinite": True}},
            "tres": {"minutes": {"per": {"job": [{"type": "cpu", "count": 5}]}}},
        },
        "qos": ["high", "normal"],
        "default": {"qos": "high"},
    }
    record = _read(ASSOC, body)
    assert record["grp_jobs"] == 3
    assert record["max_jobs"] == INFINITE
    assert record["max_tres_mins_pj"] == b"1=5"
    assert record["qos_list"] == Items([b"2", b"1"])
    assert record["def_qos_id"] == 2


@pytest.mark.parametrize("version", [V41, V42])
@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("7", 7),
        (6.6, 7),
        ({"account": "physics", "user": "alice"}, 7),
        ({"account": "PHYSICS", "user": "ALICE", "cluster": "sandbox"}, 7),
        ({"account": "physics", "user": "alice", "partition": "wide"}, 9),
        ({"id": 3, "user": "anybody"}, 3),
    ],
)
def test_an_id_is_looked_up(value: object, number: int, version: Version) -> None:
    assert _read(ASSOC, {"user": "x", "id": value}, version)["id"] == number


@pytest.mark.parametrize("version", [V41, V42])
@pytest.mark.parametrize("value", [0, "0", None, "", {}])
def test_no_id_is_not_looked_up(value: object, version: Version) -> None:
    assert "id" not in _read(ASSOC, {"user": "x", "id": value}, version)


@pytest.mark.parametrize("version", [V41, V42])
@pytest.mark.parametrize(
    ("value", "errno"),
    [
        (8, ESLURM_INVALID_ASSOC),
        (-1, ESLURM_INVALID_ASSOC),
        ([], ESLURM_INVALID_ASSOC),
        (True, ESLURM_INVALID_ASSOC),
        ("x", ESLURM_DATA_CONV_FAILED),
        ({"user": "alice"}, ESLURM_INVALID_ASSOC),
        ({"account": "physics", "user": "alice", "partition": ""}, ESLURM_INVALID_ASSOC),
        ({"account": "physics", "user": "alice", "cluster": "other"}, ESLURM_INVALID_ASSOC),
    ],
)
def test_an_id_that_is_none_is_refused(value: object, errno: int, version: Version) -> None:
    assert _refused({"id": value}, version) == (errno, [(errno, "#/id/")])


def test_the_first_version_wants_all_that_identifies_and_sets_nothing() -> None:
    short = {"account": "physics", "cluster": "sandbox", "user": "alice"}
    assert "id" not in _read(ASSOC, {"user": "x", "id": short}, V40)
    assert "id" not in _read(ASSOC, {"user": "x", "id": 99}, V40)
    del short["cluster"]
    refused = ESLURM_REST_FAIL_PARSING
    assert _refused({"id": short}, V40) == (refused, [(refused, "#/id/")])
    expected = ESLURM_DATA_EXPECTED_DICT
    assert _refused({"id": []}, V40) == (expected, [(expected, "#/id/")])


@pytest.mark.parametrize(
    ("value", "errno"),
    [
        ("nope", ESLURM_REST_FAIL_PARSING),
        (99, ESLURM_REST_FAIL_PARSING),
        ([], ESLURM_REST_FAIL_PARSING),
        (-1, ESLURM_INVALID_QOS),
    ],
)
def test_a_qos_that_is_none_is_refused_once(value: object, errno: int) -> None:
    found = _refused({"default": {"qos": value}}, V42)
    assert found == (errno, [(errno, "#/default/qos/")]) or found[1] == [(errno, "#/default/qos/")]


@pytest.mark.parametrize("value", [None, "high", {}, 1])
def test_qos_are_a_list(value: object) -> None:
    errno = ESLURM_REST_FAIL_PARSING
    assert _refused({"qos": value}, V42) == (errno, [(errno, "#/qos/")])


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("13", [b"13"]),
        ("13,0x10,+1,-1", [b"13", b"16", b"1", b"-1"]),
        (["1", "2,3"], [b"1", b"2,3"]),
        ("", []),
        (",", []),
    ],
)
def test_ids_of_a_query_are_numbers(value: object, ids: list[bytes]) -> None:
    if ids == [b"1", b"2,3"]:
        with pytest.raises(Unreadable):
            _read(ASSOC_CONDITION, {"id": value})
        return
    assert _read(ASSOC_CONDITION, {"id": value})["id_list"] == Items(ids)


@pytest.mark.parametrize("value", ["x", "1.5", "1e1", "true", "13 ", "1,x"])
def test_what_is_no_number_cannot_be_asked_for(value: str) -> None:
    with pytest.raises(Unreadable):
        _read(ASSOC_CONDITION, {"qos": value})


def test_booleans_of_old_queries_are_bits() -> None:
    query = {"with_deleted": "true", "only_defaults": "1", "without_parent_info": "0"}
    flags = ASSOC_COND_FLAG_WITH_DELETED | ASSOC_COND_FLAG_ONLY_DEFS
    for version in (V40, V41):
        assert _read(ASSOC_CONDITION, query, version)["flags"] == flags
    assert _read(ASSOC_CONDITION, query, V42)["flags"] == 0
    accounts = {"with_assocs": "1", "with_coords": "1"}
    both = SLURMDB_ACCT_FLAG_WASSOC | SLURMDB_ACCT_FLAG_WCOORD
    assert _read(ACCOUNT_CONDITION, accounts, V40)["flags"] == both
    assert _read(ACCOUNT_CONDITION, accounts, V41)["flags"] == 0


def test_a_flag_with_a_slash_in_its_name_lies_below() -> None:
    name = "Exclude parent id/name"
    assert _read(ASSOC_CONDITION, {name: "true"})["flags"] == 0
    assert _read(ASSOC_CONDITION, {"Exclude parent id": {"name": True}})["flags"] == (
        ASSOC_COND_FLAG_WOPI
    )

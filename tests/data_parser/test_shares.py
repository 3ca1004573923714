# SPDX-License-Identifier: GPL-2.0-or-later
"""An association's fair share, as each version shows what may be unset or without bound."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from slurmrestd._encoder import ffi
from slurmrestd.data_parser.encode import Encoder, One
from slurmrestd.data_parser.model import V40, V41, V42, Version
from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.tables.shares import ASSOC_SHARES_OBJ_WRAP

NO_VAL = 0xFFFF_FFFE
UNSET = {"set": False, "infinite": False, "number": 0}
UNLIMITED = {"set": False, "infinite": True, "number": 0}


def number(value: float) -> dict[str, Any]:
    return {"set": True, "infinite": False, "number": value}


def shown(version: Version, **members: Any) -> dict[str, Any]:
    """An association as it is written."""
    association = ffi.new("assoc_shares_object_t *", members)
    encoder = Encoder(Form(version, pretty=False), ffi.NULL)
    try:
        encoder.struct(One(ASSOC_SHARES_OBJ_WRAP, association), 0)
        found: dict[str, Any] = json.loads(bytes(encoder.window()))
    finally:
        encoder.close()
    return found


OLD = pytest.mark.parametrize("version", [V40, V41], ids=str)


def test_a_level_may_be_without_bound() -> None:
    found = shown(V42, level_fs=math.inf, fs_factor=0.5)["fairshare"]
    assert found == {"factor": number(0.5), "level": UNLIMITED}


@OLD
def test_a_level_without_bound_is_a_number_in_old_versions(version: Version) -> None:
    found = shown(version, level_fs=math.inf, fs_factor=0.5)["fairshare"]
    assert found == {"factor": 0.5, "level": math.inf}


def test_what_is_unset_says_so() -> None:
    found = shown(V42, level_fs=float(NO_VAL), usage_efctv=float(NO_VAL))
    assert found["fairshare"]["level"] == found["effective_usage"] == UNSET


@OLD
def test_what_is_unset_is_a_number_in_old_versions(version: Version) -> None:
    found = shown(version, level_fs=float(NO_VAL), usage_efctv=float(NO_VAL))
    assert found["fairshare"]["level"] == found["effective_usage"] == NO_VAL


@pytest.mark.parametrize("version", list(Version), ids=str)
def test_the_root_has_no_shares_of_its_own(version: Version) -> None:
    assert shown(version, shares_raw=NO_VAL)["shares"] == UNSET
    assert shown(version, shares_raw=1)["shares"] == number(1)


@pytest.mark.parametrize(("user", "words"), [(1, ["USER"]), (0, ["ASSOCIATION"]), (2, [])])
def test_it_is_of_a_user_or_of_an_account(user: int, words: list[str]) -> None:
    assert shown(V42, user=user)["type"] == words

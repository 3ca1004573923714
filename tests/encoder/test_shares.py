# SPDX-License-Identifier: GPL-2.0-or-later
"""What an association has of each TRES: values of its own, names of its message."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .programs import INFINITE64, NO_VAL64, NOT_SKIPPED, Program, encoder, take

ASSOCIATION = "assoc_shares_object_t"
NAMES = (b"cpu", b"gres/gpu:a100")


def counts(*values: int) -> Any:
    return ffi.new("uint64_t[]", list(values))


def usages(*values: float) -> Any:
    return ffi.new("long double[]", list(values))


def message(*names: bytes | None, keep: list[Any]) -> Any:
    """A ``shares_response_msg_t *`` of these TRES."""
    texts = [ffi.NULL if name is None else ffi.new("char[]", name) for name in names]
    array = ffi.new("char *[]", texts)
    keep += [texts, array]
    return ffi.new("shares_response_msg_t *", {"tres_cnt": len(names), "tres_names": array})


def program(*, pretty: bool = False) -> Program:
    """The three lists of an association, their values as plain numbers."""
    made = Program(pretty=pretty)
    for member, function, record, operation in (
        ("tres_run_secs", "SHARES_COUNTS", "sr_shares_count", "UINT64"),
        ("tres_grp_mins", "SHARES_COUNTS", "sr_shares_count", "UINT64"),
        ("usage_tres_raw", "SHARES_USAGES", "sr_shares_usage", "FLOAT128"),
    ):
        inner = made.inner(items=True)
        inner.put("name", "STRING", ffi.offsetof(record, "name"))
        inner.put("value", operation, ffi.offsetof(record, "value"), size=8)
        offset = ffi.offsetof(ASSOCIATION, member)
        made.put(member, "CALL", offset, function=function, arg=made.nested(inner))
    return made


def written(associations: Any, parent: Any, *, pretty: bool = False) -> str:
    compiled = program(pretty=pretty)
    value = {
        "program": compiled.native,
        "base": associations,
        "parent": parent,
        "count": len(associations),
        "stride": ffi.sizeof(ASSOCIATION),
        "skip_offset": NOT_SKIPPED,
    }
    rows = ffi.new("sr_records *", value)
    data = b""
    with encoder(pretty=pretty) as made:
        while (status := lib.sr_write_records(made, rows, 1)) == lib.SR_FULL:
            assert made.parent == ffi.NULL
            data += take(made)
        assert status == lib.SR_DONE
        return (data + take(made)).decode()


def read(association: dict[str, Any], parent: Any) -> dict[str, Any]:
    """What is written of one association, each list as pairs."""
    found = json.loads(written(ffi.new(f"{ASSOCIATION}[]", [association]), parent))
    return {key: [(tres["name"], tres["value"]) for tres in list_] for key, list_ in found.items()}


def test_values_are_named_by_the_message() -> None:
    keep: list[Any] = []
    lists = {
        "tres_run_secs": counts(0, 2**40),
        "tres_grp_mins": counts(INFINITE64, NO_VAL64),
        "usage_tres_raw": usages(1195.385541, 0),
    }
    assert read(lists, message(*NAMES, keep=keep)) == {
        "tres_run_secs": [("cpu", 0), ("gres/gpu:a100", 2**40)],
        "tres_grp_mins": [("cpu", None), ("gres/gpu:a100", None)],
        "usage_tres_raw": [("cpu", 1195.385541), ("gres/gpu:a100", 0.0)],
    }


def test_a_name_may_be_missing() -> None:
    keep: list[Any] = []
    values = counts(3)
    found = read({"tres_run_secs": values}, message(None, keep=keep))
    assert found["tres_run_secs"] == [("", 3)]


def test_without_names_or_values_there_is_nothing() -> None:
    keep: list[Any] = []
    lists = {
        "tres_run_secs": counts(1, 2),
        "tres_grp_mins": counts(1, 2),
        "usage_tres_raw": usages(1, 2),
    }
    nothing: dict[str, Any] = {key: [] for key in lists}
    assert read({}, message(*NAMES, keep=keep)) == nothing
    assert read(lists, message(keep=keep)) == nothing
    assert read(lists, ffi.NULL) == nothing
    assert read(lists, ffi.new("shares_response_msg_t *", {"tres_cnt": 2})) == nothing


def test_every_window_knows_the_message() -> None:
    keep: list[Any] = []
    values = [counts(n) for n in range(5)]
    associations = ffi.new(f"{ASSOCIATION}[]", [{"tres_run_secs": value} for value in values])
    text = written(associations, message(b"cpu", keep=keep))
    found = [row["tres_run_secs"] for row in json.loads(f"[{text}]")]
    assert found == [[{"name": "cpu", "value": n}] for n in range(5)]


@pytest.mark.parametrize("names", [NAMES, ()])
def test_the_pretty_form_indents_the_lists(names: tuple[bytes, ...]) -> None:
    keep: list[Any] = []
    values, used = counts(1, 2), usages(1, 2)
    associations = ffi.new(f"{ASSOCIATION}[]", [{"tres_run_secs": values, "usage_tres_raw": used}])
    text = written(associations, message(*names, keep=keep), pretty=True).lstrip("\n")
    assert text == json.dumps(json.loads(text), indent=2)

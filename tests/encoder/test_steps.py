# SPDX-License-Identifier: GPL-2.0-or-later
"""Steps of the accounting database: their ids, and what they used of each TRES."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi

from .hosts import Host
from .lookups import lookups
from .programs import NO_VAL, Program, decode, text_of, value_of

TRES = {
    1: {"type": b"cpu"},
    2: {"type": b"mem"},
    6: {"type": b"fs", "name": b"disk"},
    1001: {"type": b"gres", "name": b"gpu"},
    2**31 - 1: {"type": b"last"},
}
UINT64_MAX = 2**64 - 1
TRES_TEXTS = st.one_of(
    st.lists(
        st.tuples(st.sampled_from([*TRES, 0, 3, 2**32 + 1]), st.integers(0, 2**64)), max_size=5
    ).map(lambda pairs: ",".join(f"{number}={count}" for number, count in pairs)),
    st.text("0126=,- +x", max_size=14),
)


# ---- ids ----


@pytest.mark.parametrize(
    ("step", "component", "text"),
    [
        (0, NO_VAL, "36.0"),
        (2**32 - 5, NO_VAL, "36.batch"),
        (2**32 - 4, NO_VAL, "36.extern"),
        (2**32 - 6, NO_VAL, "36.interactive"),
        (2**32 - 3, NO_VAL, "36.TBD"),
        (2**32 - 1, NO_VAL, "36.4294967295"),
        (NO_VAL, NO_VAL, "36"),
        (0, 0, "36.0+0"),
        (7, 2**32 - 1, "36.7+4294967295"),
        (2**32 - 6, 2**32 - 1, "36.interactive+4294967295"),
    ],
)
def test_ids_are_written_as_slurm_has_them(step: int, component: int, text: str) -> None:
    value = {"job_id": 36, "step_id": step, "step_het_comp": component}
    assert value_of("CALL", ffi.new("slurm_step_id_t *", value), function="STEP_ID") == text


# ---- TRES: how the texts are to be read ----


def entries(text: str) -> dict[int, int]:
    """Ids and counts of a TRES string, the first of each id, up to what is no entry."""
    found: dict[int, int] = {}
    rest: str | None = text.removeprefix(",")
    while rest and rest[0].isdigit():
        digits = re.match("[0-9]+", rest)
        assert digits
        number = _int32(min(int(digits[0]), 2**63 - 1))
        _, equals, rest = rest.partition("=")
        if number <= 0 or not equals:
            break
        found.setdefault(number, _unsigned(rest))
        _, comma, rest = rest.partition(",")
        if not comma:
            break
    return found


def _int32(number: int) -> int:
    return (number + 2**31) % 2**32 - 2**31


def _unsigned(text: str) -> int:
    """As strtoull(3) reads it."""
    found = re.match(r"\s*([+-]?)([0-9]+)", text)
    if not found:
        return 0
    number = int(found[2])
    if number > UINT64_MAX:
        return UINT64_MAX
    return -number % 2**64 if found[1] == "-" else number


def signed(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number


def step_of(keep: list[Any], nodes: bytes | None = b"", **texts: str) -> Any:
    step = ffi.new("slurmdb_step_rec_t *")
    members = {key: text.encode() for key, text in texts.items()}
    for key, text in members.items():
        keep.append(ffi.new("char[]", text))
        setattr(step.stats, f"tres_usage_{key}", keep[-1])
    if nodes is not None:
        keep.append(ffi.new("char[]", nodes))
        step.nodes = keep[-1]
    return step


def most_of(
    host: Host, step: Any, which: str = "IN_MAX", *, pretty: bool = False
) -> list[dict[str, Any]]:
    """What is written of the TRES of a step."""
    program = Program(pretty=pretty)
    inner = program.inner(items=True)
    record = "sr_step_tres"
    inner.put("type", "STRING", ffi.offsetof(record, "type"))
    inner.put("name", "STRING", ffi.offsetof(record, "name"))
    inner.put("id", "UINT", ffi.offsetof(record, "id"), size=4)
    for key in ("count", "task"):
        inner.put(key, "INT", ffi.offsetof(record, key), size=8)
    inner.put("node", "STRING", ffi.offsetof(record, "node"))
    program.put("v", "CALL", function=f"STEP_TRES_{which}", arg=program.nested(inner))
    with lookups(tres=TRES) as known:
        found: list[dict[str, Any]] = decode(program, step, host=host.native, lookups=known)["v"]
    assert host.open == {}
    return found


def expected(counts: str, nodes: str, tasks: str, names: list[str]) -> list[dict[str, Any]]:
    parts = [entries(text) for text in (counts, nodes, tasks)]
    numbers = sorted(set().union(*parts))
    if not all(number in TRES for number in numbers):
        return []
    rows = []
    for number in numbers:
        place = _int32(parts[1].get(number, 2**31 - 1) % 2**32)
        row = {
            "type": text_of(TRES[number].get("type", b"")),
            "name": text_of(TRES[number].get("name", b"")),
            "id": number,
            "count": signed(parts[0].get(number, 0)),
            "task": signed(parts[2].get(number, 0)),
            "node": names[place] if 0 <= place < len(names) else "",
        }
        if row["count"] or row["task"] or row["node"]:
            rows.append(row)
    return rows


@given(TRES_TEXTS, TRES_TEXTS, TRES_TEXTS, st.sampled_from(["", "n1", "n1,n2,n3"]), st.booleans())
def test_three_texts_make_one_list(
    counts: str, nodes: str, tasks: str, names: str, pretty: bool
) -> None:
    keep: list[Any] = []
    texts = {"in_max": counts, "in_max_nodeid": nodes, "in_max_taskid": tasks}
    step = step_of(keep, names.encode(), **texts)
    wanted = expected(counts, nodes, tasks, names.split(",") if names else [])
    assert most_of(Host(), step, pretty=pretty) == wanted


@pytest.mark.parametrize("which", ["IN_MAX", "IN_MIN", "OUT_MAX", "OUT_MIN"])
def test_each_list_has_its_own_texts(which: str) -> None:
    keep: list[Any] = []
    lower = which.lower()
    texts = {lower: "1=5", f"{lower}_nodeid": "1=1", f"{lower}_taskid": "1=3"}
    step = step_of(keep, b"n1,n2", **texts)
    row = {"type": "cpu", "name": "", "id": 1, "count": 5, "task": 3, "node": "n2"}
    for other in ("IN_MAX", "IN_MIN", "OUT_MAX", "OUT_MIN"):
        assert most_of(Host(), step, other) == ([row] if other == which else [])


def test_a_step_without_texts_has_no_tres() -> None:
    assert most_of(Host(), ffi.new("slurmdb_step_rec_t *")) == []


def test_a_list_of_nodes_that_is_none_has_no_names() -> None:
    keep: list[Any] = []
    step = step_of(keep, b"nope", in_max="1=5", in_max_nodeid="1=0")
    assert [row["node"] for row in most_of(Host(), step)] == [""]


def test_more_tres_than_are_usual() -> None:
    keep: list[Any] = []
    texts = {"in_max": ",".join(f"{number}={number}" for number in [1, 2, 6] * 100)}
    assert [row["id"] for row in most_of(Host(), step_of(keep, b"n1", **texts))] == [1, 2, 6]


@given(TRES_TEXTS)
def test_a_tres_string_keeps_its_order(text: str) -> None:
    program = Program()
    inner = program.inner(items=True)
    inner.put("id", "UINT", ffi.offsetof("slurmdb_tres_rec_t", "id"), size=4)
    inner.put("count", "INT", ffi.offsetof("slurmdb_tres_rec_t", "count"), size=8)
    inner.put("type", "STRING", ffi.offsetof("slurmdb_tres_rec_t", "type"))
    program.put("v", "CALL", function="TRES_STRING", arg=program.nested(inner))
    data = ffi.new("char[]", text.encode())
    with lookups(tres=TRES) as known:
        found = decode(program, ffi.new("char **", data), lookups=known)["v"]
    assert [(row["id"], row["count"]) for row in found] == [
        (number, signed(count)) for number, count in entries(text).items()
    ]
    kinds = [text_of(TRES.get(row["id"], {}).get("type", b"")) for row in found]
    assert [row["type"] for row in found] == kinds

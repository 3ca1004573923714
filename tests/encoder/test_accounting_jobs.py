# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs of the accounting database: what a member alone does not tell."""

from __future__ import annotations

import time
from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .lookups import lookups
from .programs import INFINITE, NO_VAL, UNSET, Program, decode, encoder, number, value_of
from .test_records import add, records, tables

ASSOCS = [
    (11, {"cluster": b"other", "acct": b"elsewhere"}),
    (11, {"cluster": b"here", "acct": b"physics", "user": b"carol"}),
    (12, {"cluster": b"HERE", "acct": b"theory"}),
]


def job_of(keep: list[Any], **members: Any) -> Any:
    job = ffi.new("slurmdb_job_rec_t *", {"array_task_id": NO_VAL, "jobid": 1234})
    for key, value in members.items():
        if isinstance(value, bytes):
            keep.append(ffi.new("char[]", value))
            setattr(job, key, keep[-1])
        else:
            setattr(job, key, value)
    return job


# ---- how long it waited ----


@pytest.mark.parametrize(
    ("eligible", "start", "end", "seconds"),
    [
        (100, 130, 200, 30),
        (100, 90, 200, -10),
        (0, 130, 200, 0),
        (INFINITE, 130, 200, 0),
        (100, NO_VAL, 200, 100),
        (100, 130, 0, 30),
    ],
)
def test_the_wait_is_until_the_start_or_the_end(
    eligible: int, start: int, end: int, seconds: int
) -> None:
    job = job_of([], eligible=eligible, start=start, end=end)
    assert value_of("PLANNED", job, no_val=True) == number(seconds)


@pytest.mark.parametrize("end", [0, 200])
def test_a_job_that_waits_has_waited_until_now(end: int) -> None:
    before = int(time.time())
    found = value_of("PLANNED", job_of([], eligible=100, end=end), no_val=True)["number"]
    assert before - 100 <= found <= time.time() - 100


def test_a_wait_may_look_unset() -> None:
    assert value_of("PLANNED", job_of([], eligible=102, start=100), no_val=True) == UNSET
    job = job_of([], eligible=102, start=100)
    assert value_of("PLANNED", job, no_val=True, complex=True) is None


# ---- who ----


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        ({"user": b"carol", "uid": 7}, "carol"),
        ({"user": b"", "uid": 7}, "alice"),
        ({"uid": 7}, "alice"),
        ({"uid": 8}, None),
    ],
)
def test_the_user_is_the_associations_or_the_systems(
    members: dict[str, Any], shown: str | None
) -> None:
    keep: list[Any] = []
    program = Program()
    program.put("v", "CALL", function="ACCOUNTING_JOB_USER", arg=program.lookup(0))
    with tables() as names:
        add(names, 7, b"alice")
        assert lib.sr_table_add(names, 8, ffi.NULL, 0) == 0
        assert decode(program, job_of(keep, **members), tables=names)["v"] == shown


def _assoc(program: Program) -> Program:
    inner = program.inner()
    inner.put("account", "STRING", ffi.offsetof("slurmdb_assoc_rec_t", "acct"))
    arg = program.nested(inner, null=b"{}")
    return program.put("v", "CALL", function="ACCOUNTING_JOB_ASSOC", arg=arg)


@pytest.mark.parametrize(
    ("number_", "cluster", "shown"),
    [
        (11, b"here", {"account": "physics"}),
        (11, b"other", {"account": "elsewhere"}),
        (12, b"here", {"account": "theory"}),
        (11, b"nowhere", {}),
        (13, b"here", {}),
        (0, b"here", {}),
    ],
)
def test_an_association_is_that_of_the_cluster(
    number_: int, cluster: bytes, shown: dict[str, str]
) -> None:
    keep: list[Any] = []
    job = job_of(keep, associd=number_, cluster=cluster)
    with lookups(assocs=ASSOCS) as known:
        assert decode(_assoc(Program()), job, lookups=known)["v"] == shown
    assert decode(_assoc(Program()), job)["v"] == {}


def test_what_is_not_known_is_noted_for_each_record_that_is_written() -> None:
    keep: list[Any] = []
    program = _assoc(Program())
    program.put("qos", "CALL", ffi.offsetof("slurmdb_job_rec_t", "qosid"), function="QOS_NAME")
    offset = ffi.offsetof("slurmdb_job_rec_t", "uid")
    program.put("name", "NAME", offset, size=4, arg=program.lookup(0))
    jobs = [job_of(keep, associd=n, qosid=n % 3, uid=n % 2, cluster=b"here") for n in range(40)]
    rows = records(program, ffi.new("void *[]", jobs), len(jobs))
    with (
        tables() as names,
        lookups(qos={1: {"name": b"one"}}, assocs=ASSOCS) as known,
        encoder(tables=names, lookups=known) as made,
    ):
        while (status := lib.sr_write_records(made, rows, 1 << 20)) != lib.SR_DONE:
            # The record is written anew: what it noted before does not count.
            assert status == lib.SR_UNKNOWN_NAME
            add(names, made.missing_id, b"somebody")
        noted = [(made.unknown[i].kind, made.unknown[i].id) for i in range(made.unknown_count)]
    expected = []
    for n in range(40):
        if n not in (11, 12):
            expected.append((lib.SR_UNKNOWN_ASSOC, n))
        if n % 3 == 2:
            expected.append((lib.SR_UNKNOWN_QOS, 2))
    assert noted == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, ("", False)),
        (b"", ("", False)),
        (b"*", ("", True)),
        (b"a", ("a", False)),
        (b"*a", ("a", True)),
        (b"**a", ("*a", True)),
        (b" *a", (" *a", False)),
    ],
)
def test_a_star_says_that_a_wckey_was_not_asked_for(
    text: bytes | None, shown: tuple[str, bool]
) -> None:
    program = Program()
    inner = program.inner()
    inner.put("name", "STRING", ffi.offsetof("sr_wckey_parts", "name"))
    inner.put("default", "BOOL", ffi.offsetof("sr_wckey_parts", "by_default"), size=4)
    program.put("v", "CALL", function="WCKEY_TAG", arg=program.nested(inner))
    data = ffi.NULL if text is None else ffi.new("char[]", text)
    found = decode(program, ffi.new("char **", data))["v"]
    assert (found["name"], found["default"]) == shown


# ---- where it reads and writes ----


@pytest.mark.parametrize("which", ["STDIN", "STDOUT", "STDERR"])
def test_a_path_is_expanded_with_what_the_job_has(which: str) -> None:
    keep: list[Any] = []
    host = Host()
    step = ffi.new("slurmdb_step_rec_t *")
    for member, text in (("stepname", b"first"), ("nodes", b"n1")):
        keep.append(ffi.new("char[]", text))
        setattr(step, member, keep[-1])
    later = ffi.new("slurmdb_step_rec_t *")
    member = {"STDIN": "std_in", "STDOUT": "std_out", "STDERR": "std_err"}[which]
    texts = {"jobname": b"name", "user": b"carol", "work_dir": b"/home", member: b"/%x"}
    job = job_of(keep, array_job_id=55, array_task_id=3, **texts)
    job.steps = ffi.cast("list_t *", host.list_of([step, later]))
    function = f"ACCOUNTING_JOB_{which}"
    expanded = value_of("CALL", job, function=function, host=host.native)
    assert expanded == "/%x|55|3|1234|first|n1|name|carol|/home"
    assert host.open == {}


def test_a_job_without_steps_or_a_pattern_names_no_step() -> None:
    keep: list[Any] = []
    host = Host()
    path = value_of(
        "CALL",
        job_of(keep, std_out=b"/%x", steps=ffi.cast("list_t *", host.list_of([]))),
        function="ACCOUNTING_JOB_STDOUT",
        host=host.native,
    )
    assert path == "/%x|0|4294967294|1234|-|-|-|-|-"
    assert host.open == {}


@pytest.mark.parametrize("text", [None, b""])
def test_no_path_stays_none(text: bytes | None) -> None:
    keep: list[Any] = []
    members = {} if text is None else {"std_out": text}
    job = job_of(keep, **members)
    found = value_of("CALL", job, function="ACCOUNTING_JOB_STDOUT", host=Host().native)
    assert found == ""

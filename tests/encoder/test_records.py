# SPDX-License-Identifier: GPL-2.0-or-later
"""Records written window by window: the same bytes whatever a window holds."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import NOT_SKIPPED, EncoderError, Program, encoder, take

Learn = Callable[[Any, int, int], None]


@contextmanager
def tables(count: int = 1) -> Iterator[Any]:
    made = lib.sr_tables_new(count)
    assert made != ffi.NULL
    try:
        yield made
    finally:
        lib.sr_tables_free(made, count)


def add(table: Any, number: int, name: bytes) -> None:
    assert lib.sr_table_add(table, number, name, len(name)) == 0


def records(program: Program, base: Any, count: int, **fields: Any) -> Any:
    value = {"base": ffi.cast("void *", base), "count": count, "depth": program.depth}
    value |= {"program": program.native, "skip_offset": NOT_SKIPPED} | fields
    program.kept.append(base)
    return program.keep("sr_records *", value)


def windows(made: Any, rows: Any, window: int, learn: Learn | None = None) -> Iterator[bytes]:
    while True:
        status = lib.sr_write_records(made, rows, window)
        if status == lib.SR_UNKNOWN_NAME and learn:
            learn(made.tables, made.missing_table, made.missing_id)
        elif status in (lib.SR_FULL, lib.SR_DONE):
            yield take(made)
            if status == lib.SR_DONE:
                return
        else:
            raise EncoderError(status, made.error_number)


def job_program(*, pretty: bool = False) -> Program:
    program = Program(pretty=pretty, depth=1)
    job = "slurm_job_info_t"
    program.put("id", "UINT", ffi.offsetof(job, "job_id"), size=4)
    program.put("name", "STRING", ffi.offsetof(job, "name"))
    user = ffi.offsetof(job, "user_id")
    return program.put("user", "NAME", user, size=4, arg=program.lookup(0))


def jobs_of(rows: list[tuple[int, bytes | None]], keep: list[Any]) -> Any:
    jobs = ffi.new("slurm_job_info_t[]", max(len(rows), 1))
    for i, (user, name) in enumerate(rows):
        jobs[i].job_id, jobs[i].user_id = i, user
        if name is not None:
            keep.append(ffi.new("char[]", name))
            jobs[i].name = keep[-1]
    return jobs


job_rows = st.lists(st.tuples(st.integers(0, 20), st.none() | st.binary(max_size=40)), max_size=40)


@given(job_rows, st.integers(0, 500), st.integers(1, 500), st.booleans())
def test_windows_of_any_size_and_names_asked_for_give_the_same_bytes(
    rows: list[tuple[int, bytes | None]], window: int, capacity: int, pretty: bool
) -> None:
    keep: list[Any] = []
    rows = [(user, name and name.replace(b"\0", b"")) for user, name in rows]
    jobs = jobs_of(rows, keep)
    program = job_program(pretty=pretty)
    stride = ffi.sizeof("slurm_job_info_t")
    asked: list[int] = []

    def learn(table: Any, number: int, user: int) -> None:
        assert number == 0
        asked.append(user)
        add(table, user, b"user%d" % user)

    with tables() as names, encoder(window=capacity, tables=names, pretty=pretty) as made:
        rows_of = records(program, jobs, len(rows), stride=stride)
        small = b"".join(windows(made, rows_of, window, learn))
        assert rows_of.written == len(rows)
        whole = records(program, jobs, len(rows), stride=stride)
        assert b"".join(windows(made, whole, 1 << 20)) == small
    assert sorted(asked) == sorted({user for user, _ in rows})
    found = json.loads(b"[" + small + b"]")
    assert [(row["id"], row["user"]) for row in found] == [
        (i, f"user{user}") for i, (user, _) in enumerate(rows)
    ]


def test_a_window_ends_with_the_record_that_fills_it() -> None:
    program = job_program()
    keep: list[Any] = []
    jobs = jobs_of([(0, b"x" * 50)] * 5, keep)
    with tables() as names, encoder(tables=names) as made:
        lib.sr_table_otherwise(names, b"", 0)
        rows = records(program, jobs, 5, stride=ffi.sizeof("slurm_job_info_t"))
        pieces = list(windows(made, rows, 100))
    assert [piece.count(b'"id"') for piece in pieces] == [2, 2, 1]


def test_an_unknown_name_takes_its_record_back() -> None:
    program = job_program()
    keep: list[Any] = []
    jobs = jobs_of([(7, b"a"), (8, b"b")], keep)
    with tables() as names, encoder(tables=names) as made:
        add(names, 7, b"seven")
        rows = records(program, jobs, 2, stride=ffi.sizeof("slurm_job_info_t"))
        assert lib.sr_write_records(made, rows, 1 << 20) == lib.SR_UNKNOWN_NAME
        assert (made.missing_table, made.missing_id, rows.next) == (0, 8, 1)
        first = take(made)
        assert json.loads(first)["user"] == "seven"
        add(names, 8, b"eight")
        assert lib.sr_write_records(made, rows, 1 << 20) == lib.SR_DONE
        assert json.loads(b"[" + first + take(made) + b"]")[1]["user"] == "eight"


def test_records_by_pointers_and_those_that_are_passed_over() -> None:
    program = job_program()
    keep: list[Any] = []
    jobs = jobs_of([(0, b"a"), (0, None), (0, b"c")], keep)
    pointers = ffi.new("void *[]", [jobs + 2, ffi.NULL, jobs + 1, jobs])
    with tables() as names, encoder(tables=names) as made:
        lib.sr_table_otherwise(names, b"", 0)
        skip = ffi.offsetof("slurm_job_info_t", "name")
        rows = records(program, pointers, 4, stride=0, skip_offset=skip)
        found = json.loads(b"[" + b"".join(windows(made, rows, 1)) + b"]")
        assert [row["name"] for row in found] == ["c", "a"]
        assert rows.written == 2


def test_a_count_without_records_is_nothing() -> None:
    with encoder() as made:
        rows = records(Program(), ffi.NULL, 5, stride=8)
        assert b"".join(windows(made, rows, 1)) == b""
        assert rows.written == 0


def test_a_failure_takes_the_record_back_and_stays() -> None:
    program = Program().put("x", "OPERATIONS")
    with encoder() as made:
        rows = records(program, ffi.new("char[8]"), 1, stride=8)
        for _ in range(2):
            assert lib.sr_write_records(made, rows, 1) == lib.SR_BROKEN
            assert made.len == 0


def test_the_pretty_form_puts_each_record_on_a_line_of_its_own() -> None:
    program = Program(pretty=True, depth=2).put("a", "UINT", size=4)
    with encoder(pretty=True) as made:
        rows = records(program, ffi.new("uint32_t[]", [1, 2]), 2, stride=4)
        text = b"".join(windows(made, rows, 1)).decode()
    value = {"outer": {"list": [{"a": 1}, {"a": 2}]}}
    whole = '{\n  "outer": {\n    "list": [' + text + "\n    ]\n  }\n}"
    assert program.depth == 2
    assert json.loads(whole) == value


# ---- array jobs, task by task ----


def bits(*places: int, size: int) -> Any:
    words = [0x42434445, size, *[0] * ((size + 63) // 64)]
    for place in places:
        words[2 + place // 64] |= 1 << (place % 64)
    return ffi.new("int64_t[]", [w - (1 << 64) if w >= 1 << 63 else w for w in words])


@pytest.mark.parametrize("window", [1, 1 << 20])
def test_an_array_job_is_written_task_by_task(window: int) -> None:
    tasks = {0: (0, 1, 63, 64, 199), 2: (), 3: (65,)}
    kept = {i: bits(*places, size=200) for i, places in tasks.items()}
    jobs = ffi.new("job_state_response_job_t[]", 5)
    for i in range(5):
        jobs[i].job_id, jobs[i].array_job_id, jobs[i].state = 10 + i, 100 + i, i
        jobs[i].array_task_id = 0xFFFF_FFFE
        jobs[i].array_task_id_bitmap = kept.get(i, ffi.NULL)
    jobs[4].array_job_id = 0
    state = "job_state_response_job_t"
    program = Program()
    program.put("id", "CALL", function="JOB_STATE_ID")
    program.put("old", "CALL", function="JOB_STATE_ID_40")
    program.put("state", "UINT", ffi.offsetof(state, "state"), size=4)
    with encoder() as made:
        rows = records(program, jobs, 5, stride=ffi.sizeof(state), expand=1)
        found = json.loads(b"[" + b"".join(windows(made, rows, window)) + b"]")
    expected = [(f"10_{n}", f"100_{n}", 0) for n in tasks[0]]
    expected += [("11_*", "101_*", 1), ("13_65", "103_65", 3), ("14", "14", 4)]
    assert [(row["id"], row["old"], row["state"]) for row in found] == expected


# ---- lists of pointers ----


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100])
def test_a_list_is_gathered_into_an_array(count: int) -> None:
    host = Host()
    numbers = ffi.new("uint32_t[]", list(range(1, count + 2)))
    handle = host.list_of([numbers + i for i in range(count)])
    items, found = ffi.new("void ***"), ffi.new("uint64_t *")
    assert lib.sr_gather(host.native, handle, items, found) == lib.SR_DONE
    assert found[0] == count
    program = Program().put("n", "UINT", size=4)
    with encoder() as made:
        rows = records(program, items[0], count, stride=0)
        written = json.loads(b"[" + b"".join(windows(made, rows, 1)) + b"]")
    assert [row["n"] for row in written] == list(range(1, count + 1))
    lib.sr_release(items)
    assert host.open == {}

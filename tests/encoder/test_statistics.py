# SPDX-License-Identifier: GPL-2.0-or-later
"""What is worked out of the controller's counters."""

from typing import Any

import pytest

from slurmrestd._encoder import ffi

from .programs import NO_VAL64, Program, decode, value_of

QUOTIENTS = {
    "CYCLE_MEAN": ("schedule_cycle_sum", "schedule_cycle_counter"),
    "CYCLE_MEAN_DEPTH": ("schedule_cycle_depth", "schedule_cycle_counter"),
    "BF_CYCLE_MEAN": ("bf_cycle_sum", "bf_cycle_counter"),
    "BF_DEPTH_MEAN": ("bf_depth_sum", "bf_cycle_counter"),
    "BF_DEPTH_MEAN_TRY": ("bf_depth_try_sum", "bf_cycle_counter"),
    "BF_QUEUE_LEN_MEAN": ("bf_queue_len_sum", "bf_cycle_counter"),
    "BF_TABLE_SIZE_MEAN": ("bf_table_size_sum", "bf_cycle_counter"),
}


def statistics(**fields: Any) -> Any:
    return ffi.new("stats_info_response_msg_t *", fields)


def result(function: str, stats: Any) -> Any:
    return value_of("CALL", stats, function=f"STATS_{function}")


@pytest.mark.parametrize("function", QUOTIENTS)
def test_means_are_whole_numbers_and_0_where_undefined(function: str) -> None:
    total, count = QUOTIENTS[function]
    assert result(function, statistics(**{total: 100, count: 7})) == 14
    assert result(function, statistics(**{total: 100})) == 0


def test_cycles_per_minute_count_whole_minutes() -> None:
    def rate(seconds: int) -> Any:
        stats = statistics(schedule_cycle_counter=100, req_time_start=1000)
        stats.req_time = 1000 + seconds
        return result("CYCLE_PER_MINUTE", stats)

    assert [rate(s) for s in (-100, 0, 59, 60, 119, 120, 6060)] == [0, 0, 0, 100, 100, 50, 0]


def test_whether_backfill_is_active() -> None:
    assert result("BF_ACTIVE", statistics(bf_active=2)) is True
    assert result("BF_ACTIVE", statistics()) is False


def record(program: Program, ctype: str, *, items: bool) -> Any:
    """A nested program of all numbers and strings of a struct, by their names."""
    inner = program.inner(items=items)
    for name, field in ffi.typeof(ctype).fields:
        is_text = field.type.kind == "pointer"
        size = 0 if is_text else ffi.sizeof(field.type)
        inner.put(name, "STRING" if is_text else "UINT", field.offset, size=size)
    return program.nested(inner)


@pytest.mark.parametrize(
    ("function", "ctype", "member", "order"),
    [
        (
            "SCHEDULE_EXIT",
            "sr_schedule_exit",
            "schedule_exit",
            [
                "end_job_queue",
                "default_queue_depth",
                "max_job_start",
                "licenses",
                "max_rpc_cnt",
                "max_sched_time",
            ],
        ),
        (
            "BF_EXIT",
            "sr_backfill_exit",
            "bf_exit",
            [
                "end_job_queue",
                "bf_max_job_start",
                "bf_max_job_test",
                "state_changed",
                "bf_node_space_size",
                "bf_max_time",
            ],
        ),
    ],
)
def test_why_cycles_ended(function: str, ctype: str, member: str, order: list[str]) -> None:
    program = Program()
    arg = record(program, ctype, items=False)
    program.put("v", "CALL", function=f"STATS_{function}", arg=arg)
    counts = ffi.new("uint32_t[]", list(range(1, 7)))
    for length in (0, 3, 6, 7):
        stats = statistics(**{member: counts, f"{member}_cnt": length})
        expected = {name: i if i <= length else 0 for i, name in enumerate(order, 1)}
        assert decode(program, stats)["v"] == expected
    nothing = statistics(**{f"{member}_cnt": 6})
    assert set(decode(program, nothing)["v"].values()) == {0}


# ---- remote procedure calls ----


def rows(function: str, ctype: str, stats: Any) -> Any:
    program = Program()
    arg = record(program, ctype, items=True)
    program.put("v", "CALL", function=f"STATS_{function}", arg=arg)
    return decode(program, stats)["v"]


NEVER = {"average_time": NO_VAL64 - 2**64, "average_or_zero": 0}


def test_calls_by_type() -> None:
    keep = {
        "rpc_type_id": ffi.new("uint16_t[]", [1001, 2002]),
        "rpc_type_cnt": ffi.new("uint32_t[]", [3, 0]),
        "rpc_type_time": ffi.new("uint64_t[]", [10, 5]),
        "rpc_type_queued": ffi.new("uint16_t[]", [1, 2]),
        "rpc_type_dropped": ffi.new("uint64_t[]", [3, 4]),
        "rpc_type_cycle_last": ffi.new("uint16_t[]", [5, 6]),
        "rpc_type_cycle_max": ffi.new("uint16_t[]", [7, 8]),
    }
    stats = statistics(rpc_type_size=2, **keep)
    queue = {"queued": 0, "dropped": 0, "cycle_last": 0, "cycle_max": 0}
    first = {"id": 1001, "count": 3, "time": 10, "average_time": 3, "average_or_zero": 3}
    second = {"id": 2002, "count": 0, "time": 5} | NEVER
    assert rows("RPCS_BY_TYPE", "sr_rpc_type", stats) == [first | queue, second | queue]
    stats.rpc_queue_enabled = 1
    queue = {"queued": 1, "dropped": 3, "cycle_last": 5, "cycle_max": 7}
    assert rows("RPCS_BY_TYPE", "sr_rpc_type", stats)[0] == first | queue
    bare = rows("RPCS_BY_TYPE", "sr_rpc_type", statistics(rpc_type_size=1, rpc_queue_enabled=1))
    assert bare[0]["count"] == 0


def test_calls_by_user() -> None:
    keep = {
        "rpc_user_id": ffi.new("uint32_t[]", [0, 1000]),
        "rpc_user_cnt": ffi.new("uint32_t[]", [1, 3]),
        "rpc_user_time": ffi.new("uint64_t[]", [0, 2**40]),
    }
    found = rows("RPCS_BY_USER", "sr_rpc_user", statistics(rpc_user_size=2, **keep))
    mean = 2**40 // 3
    assert found == [
        {"id": 0, "count": 1, "time": 0} | NEVER,
        {
            "id": 1000,
            "count": 3,
            "time": 2**40,
            "average_time": mean,
            "average_or_zero": mean % 2**32,
        },
    ]


def test_calls_that_wait() -> None:
    keep = {
        "rpc_queue_type_id": ffi.new("uint32_t[]", [2003, 65536 + 7]),
        "rpc_queue_count": ffi.new("uint32_t[]", [4, 5]),
    }
    found = rows("RPCS_QUEUE", "sr_rpc_queue", statistics(rpc_queue_type_count=2, **keep))
    assert found == [{"id": 2003, "count": 4}, {"id": 7, "count": 5}]


def test_calls_that_were_dumped() -> None:
    hosts = [ffi.new("char[]", b"n[1-2]"), ffi.NULL]
    keep = {
        "rpc_dump_types": ffi.new("uint32_t[]", [1, 2]),
        "rpc_dump_hostlist": ffi.new("char *[]", hosts),
    }
    found = rows("RPCS_DUMP", "sr_rpc_dump", statistics(rpc_dump_count=2, **keep))
    assert found == [{"id": 1, "hostlist": "n[1-2]"}, {"id": 2, "hostlist": ""}]
    assert rows("RPCS_DUMP", "sr_rpc_dump", statistics(rpc_dump_count=1))[0]["id"] == 0

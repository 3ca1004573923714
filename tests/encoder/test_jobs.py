# SPDX-License-Identifier: GPL-2.0-or-later
"""What is worked out of a job's record: paths, priorities, gres, exit codes, ids."""

from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import NO_VAL, NO_VAL16, EncoderError, Program, decode, member, value_of
from .test_records import add, bits, tables

PATH_MAX = 4096


def job_of(keep: list[Any], **fields: Any) -> Any:
    job = ffi.new("slurm_job_info_t *", {"job_id": 1234, "array_task_id": NO_VAL, "user_id": 7})
    fields = {"name": b"my job", "work_dir": b"/data", "batch_flag": 1} | fields
    for key, value in fields.items():
        if isinstance(value, bytes):
            keep.append(ffi.new("char[]", value))
            setattr(job, key, keep[-1])
        elif value is not None:
            setattr(job, key, value)
    return job


def path(function: str, job: Any, **options: Any) -> Any:
    return value_of("CALL", job, function=f"JOB_{function}", **options)


# ---- paths ----


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        (b"/abs/out", "/abs/out"),
        (b"out", "/data/out"),
        (b"", "/data/"),
        (b"/%j", "/1234"),
        (b"/%A", "/1234"),
        (b"/%a", f"/{NO_VAL}"),
        (b"/%b", "/4"),
        (b"/%x-%u", "/my job-7"),
        (b"/100%%", "/100%"),
        (b"/%%j", "/%j"),
        (b"/%%%j%%", "/%1234%"),
        (b"/%", "/%"),
        (b"/%5", "/%5"),
        (b"/%J-%N-%s-%t", "/%J-%N-%s-%t"),
        (b"/%6j", "/001234"),
        (b"/%0j", "/1234"),
        (b"/%2j", "/1234"),
        (b"/%10j", "/0000001234"),
        (b"/%99j", "/0000001234"),
        (b"/%6x", "/my job"),
        # What a width of more digits than one, or two, leaves behind.
        (b"/%06j", "/%001234"),
        (b"/%010j", "/%0000001234"),
        (b"/%123j", "/%0000001234"),
        (b"/%99999999999999999999j", "/%999999999999999990000001234"),
        (b"/%5%j", "/%51234"),
        (b"/%5%%j", "/%5%j"),
    ],
)
def test_patterns_expand_as_slurm_shows_them(pattern: bytes, expanded: str) -> None:
    keep: list[Any] = []
    assert path("STDOUT", job_of(keep, std_out=pattern)) == expanded


def test_patterns_of_an_array_job() -> None:
    keep: list[Any] = []
    job = job_of(keep, std_out=b"/%A_%a_%b_%j", array_job_id=55, array_task_id=123)
    assert path("STDOUT", job) == "/55_123_3_1234"


def test_where_a_job_reads_and_writes_when_it_was_not_told() -> None:
    keep: list[Any] = []
    batch, other = job_of(keep), job_of(keep, batch_flag=0)
    array = job_of(keep, array_job_id=55, array_task_id=3)
    assert [path(f, other) for f in ("STDIN", "STDOUT", "STDERR")] == ["", "", ""]
    assert path("STDIN", batch) == "/dev/null"
    assert path("STDOUT", batch) == path("STDERR", batch) == "/data/slurm-1234.out"
    assert path("STDOUT", array) == path("STDERR", array) == "/data/slurm-55_3.out"
    both = job_of(keep, std_out=b"o-%j")
    assert path("STDERR", both) == "/data/o-1234"
    assert path("STDERR", job_of(keep, std_err=b"e", batch_flag=0)) == "/data/e"
    assert path("STDIN", job_of(keep, std_in=b"i", batch_flag=0)) == "/data/i"


def test_an_error_path_falls_back_to_the_output_of_batch_jobs_only() -> None:
    keep: list[Any] = []
    assert path("STDERR", job_of(keep, std_out=b"o", batch_flag=0)) == ""


def test_a_path_is_cut_where_the_system_cuts_it() -> None:
    keep: list[Any] = []
    long = b"x" * (2 * PATH_MAX)
    cut = "/" + "x" * (PATH_MAX - 2)
    assert path("STDOUT", job_of(keep, std_out=b"/" + long)) == cut
    assert path("STDOUT", job_of(keep, std_out=b"/%x", name=long)) == cut
    assert path("STDOUT", job_of(keep, std_out=b"o", work_dir=b"/" + long)) == cut
    assert path("STDOUT", job_of(keep, work_dir=b"/" + long)) == cut
    assert len(path("STDOUT", job_of(keep, std_out=long))) == PATH_MAX - 1


def test_what_a_job_lacks_is_shown_as_printf_shows_it() -> None:
    keep: list[Any] = []
    job = job_of(keep, std_out=b"%x", name=None, work_dir=None)
    assert path("STDOUT", job) == "(null)/(null)"


def test_the_user_of_a_path_comes_from_the_names() -> None:
    keep: list[Any] = []
    job = job_of(keep, std_out=b"/%u", user_name=b"bob")
    assert path("STDOUT", job) == "/bob"
    program = Program()
    program.put("v", "CALL", function="JOB_STDOUT", arg=program.lookup(0))
    with tables() as names:
        with pytest.raises(EncoderError) as caught:
            decode(program, job, tables=names)
        assert caught.value.status == lib.SR_UNKNOWN_NAME
        add(names, 7, b'al"ice')
        assert decode(program, job, tables=names)["v"] == '/al"ice'
        add(names, 7, b"")
        assert decode(program, job, tables=names)["v"] == "/7"


# ---- lists ----


def test_gres_of_each_node() -> None:
    details = [ffi.new("char[]", b"gpu:a100:2(IDX:0-1)"), ffi.NULL]
    array = ffi.new("char *[]", details)
    job = ffi.new("slurm_job_info_t *", {"gres_detail_cnt": 2, "gres_detail_str": array})
    assert value_of("CALL", job, function="JOB_GRES_DETAIL") == ["gpu:a100:2(IDX:0-1)", ""]
    job.gres_detail_str = ffi.NULL
    assert value_of("CALL", job, function="JOB_GRES_DETAIL") == []


def test_priorities_by_partition() -> None:
    program = Program()
    inner = program.inner(items=True)
    inner.put("partition", "STRING", ffi.offsetof("sr_partition_priority", "partition"))
    inner.put("priority", "UINT", ffi.offsetof("sr_partition_priority", "priority"), size=4)
    program.put("v", "CALL", function="JOB_PRIORITIES", arg=program.nested(inner))
    names = ffi.new("char[]", b"debug,,long")
    priorities = ffi.new("uint32_t[]", [10, 20])
    job = ffi.new(
        "slurm_job_info_t *", {"priority_array": priorities, "priority_array_names": names}
    )
    for _ in range(2):  # the record stays as it was
        assert decode(program, job)["v"] == [
            {"partition": "debug", "priority": 10},
            {"partition": "long", "priority": 20},
        ]
    job.priority_array = ffi.NULL
    assert decode(program, job)["v"] == []
    job.priority_array, job.priority_array_names = priorities, ffi.NULL
    assert decode(program, job)["v"] == []


# ---- numbers ----


@pytest.mark.parametrize(
    ("raw", "status", "code", "signal"),
    [
        (NO_VAL, "PENDING", NO_VAL, NO_VAL16),
        (0, "SUCCESS", 0, NO_VAL16),
        (2 << 8, "ERROR", 2, NO_VAL16),
        (0x100FF00, "ERROR", 255, NO_VAL16),
        (9, "SIGNALED", NO_VAL, 9),
        (11 | 0x80, "SIGNALED", NO_VAL, 11),
        (0xFF, "CORE_DUMPED", NO_VAL, NO_VAL16),
        (0x137F, "INVALID", 0x137F, NO_VAL16),
    ],
)
def test_exit_codes(raw: int, status: str, code: int, signal: int) -> None:
    program = Program()
    inner = program.inner()
    inner.put("status", "UINT", ffi.offsetof("sr_exit_code", "status"), size=4)
    inner.put("code", "UINT", ffi.offsetof("sr_exit_code", "return_code"), size=4)
    inner.put("signal", "UINT", ffi.offsetof("sr_exit_code", "signal"), size=2)
    program.put("v", "CALL", function="EXIT_CODE", arg=program.nested(inner))
    expected = {"status": getattr(lib, f"SR_EXIT_{status}"), "code": code, "signal": signal}
    assert decode(program, member("I", raw))["v"] == expected


@pytest.mark.parametrize(
    ("allocates", "cores", "cpus"), [(0, 0, 0), (1, 0, 12), (2, 12, 0), (4, 12, 0), (0x10, 0, 0)]
)
def test_what_v0_0_40_says_is_allocated(allocates: int, cores: int, cpus: int) -> None:
    host = Host(select_type_param=allocates).native
    number = member("I", 12)
    assert value_of("CALL", number, function="JOB_ALLOCATED_CORES", host=host) == cores
    assert value_of("CALL", number, function="JOB_ALLOCATED_CPUS", host=host) == cpus


def test_ids_of_jobs_in_their_states() -> None:
    def ids(**fields: Any) -> tuple[Any, Any]:
        job = ffi.new("job_state_response_job_t *", fields)
        return (
            value_of("CALL", job, function="JOB_STATE_ID"),
            value_of("CALL", job, function="JOB_STATE_ID_40"),
        )

    some = bits(1, 2, 3, 5, 64, 65, 127, size=128)
    assert ids(job_id=5) == ("5", "5")
    assert ids(job_id=5, het_job_id=3) == ("5+2", "5+2")
    assert ids(job_id=5, array_job_id=4, array_task_id=9) == ("5_9", "4_9")
    for task in (NO_VAL, NO_VAL + 1):
        assert ids(job_id=5, array_job_id=4, array_task_id=task) == ("5_*", "4_*")
    array = ids(job_id=5, array_job_id=4, array_task_id_bitmap=some)
    assert array == ("5_[1-3,5,64-65,127]", "5_[1-3,5,64-65,127]")
    assert ids(array_job_id=4) == ("", "")
    nothing = ffi.new("job_state_response_job_t *")
    assert value_of("CALL", nothing, function="JOB_STATE_ID", complex=True) is None

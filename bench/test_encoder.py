# SPDX-License-Identifier: GPL-2.0-or-later
"""The encoder alone, on jobs made by hand: ``pytest bench/test_encoder.py``."""

from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from slurmrestd._encoder import ffi, lib
from slurmrestd.data_parser.model import V42
from slurmrestd.data_parser.program import TABLES, Form, program
from slurmrestd.data_parser.tables.jobs import JOB_INFO

JOBS = 16_000
WINDOW = 1 << 20
NO_VAL = 0xFFFF_FFFE
NOT_SKIPPED = 0xFFFF_FFFF_FFFF_FFFF
TEXTS = {
    "account": b"physics",
    "command": b"/home/alice/scripts/run.sh",
    "name": b"relaxation",
    "partition": b"debug",
    "qos": b"normal",
    "std_err": b"/home/alice/out/slurm-%j.err",
    "std_out": b"/home/alice/out/slurm-%j.out",
    "tres_req_str": b"cpu=1,mem=1000M,node=1,billing=1",
    "user_name": b"alice",
    "work_dir": b"/home/alice/out",
}


def _held_jobs(texts: dict[str, Any]) -> Any:
    jobs = ffi.new("slurm_job_info_t[]", JOBS)
    for i in range(JOBS):
        job = jobs[i]
        for member, text in texts.items():
            setattr(job, member, text)
        job.job_id, job.submit_time, job.eligible_time = 100_000 + i, 1_732_310_000 + i, 1
        job.array_task_id = job.het_job_offset = NO_VAL
        job.batch_flag, job.time_limit, job.state_reason = 1, 60, 8
        job.billable_tres = 1.0
    return jobs


@pytest.mark.parametrize("pretty", [False, True], ids=["compact", "pretty"])
def test_jobs_to_json(benchmark: BenchmarkFixture, pretty: bool) -> None:
    """All fields of held jobs, through one window; a field is a 2,000,000th of it."""
    texts = {member: ffi.new("char[]", text) for member, text in TEXTS.items()}
    jobs = _held_jobs(texts)
    compiled = program(JOB_INFO, Form(V42, pretty), 2)
    names = lib.sr_tables_new(len(TABLES))
    for table in range(len(TABLES)):
        lib.sr_table_otherwise(names + table, b"alice", 5)
    encoder = lib.sr_encoder_new(WINDOW, names, ffi.NULL, pretty, False)
    whole = {
        "program": compiled.native,
        "base": ffi.cast("void *", jobs),
        "count": JOBS,
        "stride": ffi.sizeof("slurm_job_info_t"),
        "skip_offset": NOT_SKIPPED,
        "depth": 2,
    }

    def encode() -> None:
        records = ffi.new("sr_records *", whole)
        encoder.len = 0
        while lib.sr_write_records(encoder, records, WINDOW) == lib.SR_FULL:
            encoder.len = 0
        assert records.written == JOBS

    benchmark(encode)
    lib.sr_encoder_free(encoder)
    lib.sr_tables_free(names, len(TABLES))

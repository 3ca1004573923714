# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs of a time that is over, straight in the database: what no cluster makes in seconds.

They ended by a time-out, a lost node, a preemption; their associations and QOS are gone; the
numbers of their steps are the largest that there are.  They stand still: whatever differs
between two answers differs for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.fix_cluster import Cluster

FIRST_ID = 900_001
BEGIN = 1_700_000_000
END = BEGIN + 1000
RANGE = f"start_time=uts{BEGIN - 5000}&end_time=uts{BEGIN + 5000}"
"""The query that selects them, and nothing else."""

NO_VAL, INFINITE = 2**32 - 2, 2**32 - 1
NO_VAL64, INFINITE64 = 2**64 - 2, 2**64 - 1

Row = dict[str, Any]

_JOB: Row = {
    "account": "physics",
    "admin_comment": None,
    "cpus_req": 4,
    "derived_ec": 0,
    "exit_code": 0,
    "flags": 24,
    "job_name": "past",
    "id_array_job": 0,
    "id_array_task": NO_VAL,
    "id_assoc": 11,
    "id_qos": 1,
    "id_resv": 0,
    "id_wckey": 0,
    "id_user": 20003,
    "id_group": 20003,
    "het_job_id": 0,
    "het_job_offset": NO_VAL,
    "mem_req": 1000,
    "nodelist": "n[1-2]",
    "nodes_alloc": 2,
    "partition": "normal",
    "priority": 100,
    "state": 3,
    "state_reason_prev": 0,
    "timelimit": 60,
    "time_eligible": BEGIN - 10,
    "time_start": BEGIN,
    "time_end": END,
    "std_in": "/dev/null",
    "std_out": "/home/carol/slurm-%j.out",
    "work_dir": "/home/carol",
    "submit_line": "sbatch past.sh",
    "tres_alloc": "1=4,2=2000,3=18446744073709551614,4=2,5=4",
    "tres_req": "1=4,2=2000,4=2,5=4",
}
_STEP: Row = {
    "exit_code": 0,
    "step_het_comp": NO_VAL,
    "nodelist": "n[1-2]",
    "nodes_alloc": 2,
    "state": 3,
    "step_name": "step",
    "task_cnt": 4,
    "task_dist": 1,
    "time_start": BEGIN,
    "time_end": END,
    "user_sec": 12,
    "user_usec": 999_999,
    "sys_sec": 3,
    "sys_usec": 1,
    "tres_alloc": "1=4,2=2000,4=2",
}


@dataclass(frozen=True)
class PastJob:
    """A job by the columns of its row that are not the usual, and its steps by theirs."""

    row: Row
    steps: tuple[Row, ...] = ()


def _steps(column: str, *values: Any) -> PastJob:
    """A job with a step for each value of one column."""
    return PastJob({}, tuple({column: value} for value in values))


def _each(column: str, *values: Any) -> tuple[PastJob, ...]:
    """A job for each value of one column."""
    return tuple(PastJob({column: value}) for value in values)


def _most(count: str, node: str = "", task: str = "", **others: Any) -> Row:
    """A step whose TRES are told by three texts, of the largest and of the least."""
    texts = {"": count, "_nodeid": node, "_taskid": task}
    columns = (
        (f"tres_usage_{way}_{most}{part}", text)
        for way in ("in", "out")
        for most in ("max", "min")
        for part, text in texts.items()
    )
    return dict(columns) | others


_TRES = (
    *("", "1=5", "1=5,2=6", "2=6,1=5", "1=0", "1=5,9999=4", "1001=2,1002=2,1006=1"),
    *("3=18446744073709551614", "1=18446744073709551615", "1=18446744073709551613"),
    *("1=4,1=5", "1x=5,2=3", "1=5x,2=3", "1=5,,2=6", ",1=5", "1=-3,2=1", "1=5 ,2=6", "1=5;2=6"),
    *("4294967297=5", "99999999999=5", "1,2=5", "1=", "1=5,2", "1=+7", "1= 7", "1=0x10"),
)
_MOST_TRES = (
    *(_most(text) for text in _TRES),
    *(_most(text) for text in ("abc", " 1=5", "1", "=5", "0=5,1=6", "-1=5", ",,1=5")),
    _most("1=360,2=4005888,3=0,6=7", "1=0,2=1,3=1,6=1", "1=1,2=2,6=3"),
    _most("6=5", "2=1,1=0", "4=3,3=9"),
    _most("1=0", "1=0", "1=0"),
    _most("1=0", "1=7", "1=0"),
    _most("1=5", "9999=1"),
    _most("1=5", "", "9999=1"),
    _most("1=5", "1=2"),
    _most("1=5", "1=-1", "1=18446744073709551615"),
    _most("1=5", "1=18446744073709551614", "1=18446744073709551614"),
    _most("1=5", "1=4294967297"),
    _most("1=5", "1=1", nodelist="None assigned"),
    _most("1=5", "1=0", nodelist=""),
    _most("1=5,2=6", "1=4,2=5", nodelist="n1,n[3-5],x7"),
    _most("1=5", "1=119", nodelist="n[001-120]"),
)

_STATES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 3 | 0x2000, 4 | 0x4000, 0x400, 3 | 0x10000)
_EXIT_CODES = (0, 1, 256, 9, 137, 65280, 0x4100, 255, 65534, NO_VAL, INFINITE)
_STEP_EXIT_CODES = (0, 1, 256, 9, -1, -2, 2**31 - 1, -(2**31))
_DISTRIBUTIONS = (
    *(0, 1, 2, 3, 4, 5, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32, 0x111, 0x211, 0x222, 0x333),
    *(0x10001, 0x400011, 0x800001, -1, -2),
)
_GOVERNORS = (
    *(0, 1, 5000, 2_600_000, 16_711_680, NO_VAL, INFINITE, 0x8000_0001, 0x8000_0002),
    *(0x8000_0003, 0x8000_0004, 0x8100_0000, 0x8200_0000, 0x8400_0000, 0x8800_0000),
    *(0x8040_0000, 0x8080_0000, 0x8000_0000),
)
_PATTERNS = (
    *("", "plain", "/%A %a %b %j %u %x %J %n %N %s %t %% %z", "o-%a", "%", "%%j", "%%%j%%"),
    *("%3a", "%12j", "%00j", "%0j", "%5", "%5%j", "% j", "%-5j", "%jj", "/x/%", "%2b"),
    *("%9999999999999999999j", "/a\\b%j", "\\%j", "none", "//%j"),
)
_TEXTS = ('"quoted"', "it's", "tab\t and\nline", "naïve 日本語 😀", "\x01\x7f", "null", "~")
_TIMES = (
    *((BEGIN - 9, BEGIN, END), (0, BEGIN, END), (BEGIN, 0, END), (BEGIN - 5, 0, END)),
    *((NO_VAL, BEGIN, END), (INFINITE, BEGIN, END), (INFINITE, 0, END), (BEGIN + 5, BEGIN, END)),
    *((BEGIN + 1, BEGIN, END), (BEGIN + 2, BEGIN, END), (BEGIN, INFINITE, END), (0, 0, END)),
    *((BEGIN, BEGIN + 5, BEGIN + 5), (BEGIN, END, BEGIN)),
)

JOBS: tuple[PastJob, ...] = (
    *_each("state", *_STATES),
    *_each("exit_code", *_EXIT_CODES),
    *_each("derived_ec", *_EXIT_CODES),
    *_each("flags", *range(32), 0xFFFF_FFFF),
    *_each("state_reason_prev", 0, 1, 2, 35, 100, 199, 200, 300, 65535, NO_VAL),
    *_each("id_assoc", 0, 1, 2, 9999, INFINITE),
    *_each("id_qos", 0, 2, 99, INFINITE),
    *_each("id_user", 0, 20004, 4242, INFINITE),
    *(PastJob({"id_assoc": 0, "id_user": user, "std_out": "/%u"}) for user in (0, 20004, 4242)),
    *_each("id_group", 0, 20004, 4242, INFINITE),
    *_each("id_resv", 1, 2, 99),
    *_each("kill_requid", 0, 20004, 99, 4242, NO_VAL, INFINITE),
    *_each("wckey", "", "*", "a", "*a", "**a", "a*", " *a"),
    *_each("mem_req", 0, 1, 2**63, 2**63 + 5, 2**63 - 1, NO_VAL64, INFINITE64),
    *_each("priority", 0, 1, NO_VAL, INFINITE),
    *_each("timelimit", 0, 1, NO_VAL, INFINITE),
    *_each("time_suspended", 1, 999, END, 2**32),
    *_each("nodelist", "", "None assigned", "n1", "n[5-1]"),
    *_each("tres_alloc", *_TRES),
    *_each("std_out", *_PATTERNS),
    *(PastJob({"std_err": text}, ({"id_step": -5, "step_name": "batch"},)) for text in _PATTERNS),
    *_each("std_in", "i-%j", "/i/%u/%x"),
    *_each("work_dir", "", "/a/b", 'c "d"'),
    *_each("job_name", *_TEXTS),
    *_each("admin_comment", "", *_TEXTS),
    *(PastJob({"id_array_job": 77, "id_array_task": task, "std_out": "%A_%a"}) for task in (5, 12)),
    PastJob({"id_array_job": 77, "array_task_str": "1-5,8", "array_max_tasks": 3, "time_end": 0}),
    *(
        PastJob({"het_job_id": FIRST_ID, "het_job_offset": place, "std_out": "%j %A"})
        for place in (0, 1)
    ),
    *(
        PastJob({"time_eligible": eligible, "time_start": start, "time_end": end, "state": 4})
        for eligible, start, end in _TIMES
    ),
    PastJob(
        {
            "array_max_tasks": INFINITE,
            "constraints": "a&b",
            "container": "/bundle",
            "cpus_req": INFINITE,
            "derived_es": "the user's comment",
            "extra": "a=1",
            "failed_node": "n1",
            "gres_used": "gpu:1",
            "id_block": "block",
            "licenses": "fluent:1",
            "mcs_label": "label",
            "nodes_alloc": INFINITE,
            "qos_req": "high",
            "restart_cnt": 65535,
            "system_comment": "a comment of the system",
        }
    ),
    PastJob({}, _MOST_TRES),
    _steps("tres_usage_in_ave", *_TRES),
    _steps("tres_usage_out_tot", *_TRES),
    _steps("tres_alloc", *_TRES),
    _steps("exit_code", *_STEP_EXIT_CODES),
    _steps("state", *(state for state in _STATES if state < 2**16)),
    _steps("task_dist", *_DISTRIBUTIONS),
    _steps("req_cpufreq_gov", *_GOVERNORS),
    _steps("req_cpufreq_min", 0, 1, NO_VAL, INFINITE),
    _steps("req_cpufreq", 0, 1, NO_VAL, INFINITE),
    _steps("act_cpufreq", 0, 1.5, 2596, 1e10, 1e300),
    _steps("consumed_energy", 0, 1, 2**63, NO_VAL64, INFINITE64),
    _steps("kill_requid", None, 0, 20004, 99, 4242, INFINITE),
    _steps("time_start", 0, 1, BEGIN + 5),
    _steps("time_suspended", 0, 1, 999, END),
    _steps("user_sec", 0, 2**63, INFINITE64),
    _steps("sys_usec", 0, INFINITE),
    _steps("task_cnt", 0, INFINITE),
    _steps("nodes_alloc", 0, INFINITE),
    _steps("nodelist", "", "None assigned", "n1", "a,b,a", "n[001-010]x", "n[1-2,7-8]"),
    _steps("step_name", "", *_TEXTS),
    PastJob({}, ({"id_step": -2},)),
    PastJob(
        {},
        tuple(
            {"id_step": number, "step_het_comp": component}
            for number in (-1, -3, -4, -5, -6, -7, 0, 1, 2**31 - 1)
            for component in (NO_VAL, INFINITE, 0, 3)
        ),
    ),
)


@contextmanager
def past_jobs(cluster: Cluster) -> Iterator[None]:
    """The database with these jobs in it."""
    _forget(cluster)
    _sql(cluster, ";\n".join(_statements()))
    try:
        yield
    finally:
        _forget(cluster)


def _statements() -> Iterator[str]:
    for place, job in enumerate(JOBS):
        number = FIRST_ID + place
        # The time of submission is part of a key, and distinguishes none here.
        own = {"id_job": number, "time_submit": BEGIN - 20}
        yield _insert("sandbox_job_table", _JOB | own | job.row)
        yield "SET @job = LAST_INSERT_ID()"
        for step, row in enumerate(job.steps):
            yield _insert("sandbox_step_table", {"id_step": step} | _STEP | row, "@job")


def _insert(table: str, row: Row, job: str = "") -> str:
    columns = [f"`{column}`" for column in row] + ["job_db_inx"] * bool(job)
    values = [*map(_literal, row.values())] + [job] * bool(job)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)})"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "''")
        return f"'{escaped}'"
    return str(value)


def _forget(cluster: Cluster) -> None:
    last = FIRST_ID + len(JOBS)
    which = f"id_job BETWEEN {FIRST_ID} AND {last}"
    jobs = f"SELECT job_db_inx FROM sandbox_job_table WHERE {which}"
    _sql(cluster, f"DELETE FROM sandbox_step_table WHERE job_db_inx IN ({jobs})")
    _sql(cluster, f"DELETE FROM sandbox_job_table WHERE {which}")


def _sql(cluster: Cluster, statements: str) -> None:
    cluster.run(
        "mariadb", "--default-character-set=utf8mb4", "slurm_acct_db", stdin=statements.encode()
    )

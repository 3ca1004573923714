# SPDX-License-Identifier: GPL-2.0-or-later
"""Many finished jobs with steps, quickly: rows that are put straight into the database.

They ended long ago, in a range of time of their own, so that nothing else is in an answer
that asks for it, and they in no other.  One was submitted each second.
"""

from __future__ import annotations

import subprocess

FIRST_ID = 10_000_001
BEGIN = 1_600_000_000
"""When the first one was submitted."""

DATABASE = "slurm_acct_db"

_JOBS = """
INSERT INTO sandbox_job_table (
    account, admin_comment, constraints, cpus_req, exit_code, flags, job_name, id_assoc, id_job,
    id_qos, id_resv, id_wckey, id_user, id_group, het_job_id, het_job_offset, state_reason_prev,
    mem_req, nodelist, nodes_alloc, node_inx, `partition`, priority, state, timelimit,
    time_submit, time_eligible, time_start, time_end, wckey, work_dir, std_in, std_out,
    submit_line, tres_alloc, tres_req)
SELECT
    assoc.acct, IF(seq % 10, NULL, 'looked at by an administrator'), '', 4,
    IF(seq % 7, 0, 256), 24, CONCAT('job-', seq % 1000), assoc.id_assoc, {first} + seq,
    1, 0, 0, 20000 + seq % 7, 20000 + seq % 7, 0, 4294967294, 0,
    0x8000000000000000 | 1000, CONCAT('e[', LPAD(seq % 900 + 1, 4, '0'), '-',
    LPAD(seq % 900 + 2, 4, '0'), ']'), 2, '1-2', 'wide', 10000 + seq % 999,
    IF(seq % 7, 3, 5), 1440,
    {begin} + seq, {begin} + seq, {begin} + seq + 30, {begin} + seq + 90 + seq % 3600,
    '*thesis', CONCAT('/home/user', seq % 7, '/project-', seq % 50), '/dev/null',
    CONCAT('/home/user', seq % 7, '/project-', seq % 50, '/slurm-%j.out'),
    CONCAT('sbatch --account=', assoc.acct, ' --nodes=2 --time=1-00:00:00 run-', seq % 50, '.sh'),
    '1=4,2=4000,3=18446744073709551614,4=2,5=4', '1=4,2=4000,4=2,5=4'
FROM seq_{next}_to_{last}
JOIN (SELECT id_assoc, acct, ROW_NUMBER() OVER (ORDER BY id_assoc) AS place
      FROM sandbox_assoc_table WHERE user != '' AND deleted = 0) AS assoc
  ON assoc.place = seq % (SELECT COUNT(*) FROM sandbox_assoc_table
                          WHERE user != '' AND deleted = 0) + 1
"""

_STEPS = """
INSERT INTO sandbox_step_table (
    job_db_inx, id_step, exit_code, nodelist, nodes_alloc, node_inx, state, step_name, task_cnt,
    task_dist, time_start, time_end, user_sec, user_usec, sys_sec, sys_usec, act_cpufreq,
    req_cpufreq_min, req_cpufreq, req_cpufreq_gov, tres_alloc,
    tres_usage_in_ave, tres_usage_in_max, tres_usage_in_max_taskid, tres_usage_in_max_nodeid,
    tres_usage_in_min, tres_usage_in_min_taskid, tres_usage_in_min_nodeid, tres_usage_in_tot,
    tres_usage_out_ave, tres_usage_out_max, tres_usage_out_max_taskid, tres_usage_out_max_nodeid,
    tres_usage_out_min, tres_usage_out_min_taskid, tres_usage_out_min_nodeid, tres_usage_out_tot)
SELECT
    job_db_inx, {step}, exit_code, nodelist, 2, node_inx, state, '{name}', 4,
    2, time_start, time_end, id_job % 999, id_job % 999983, 3, 117768, 2041,
    4294967294, 4294967294, 4294967294, '1=4,2=4000,4=2',
    '1=335,2=3908608,3=0,6=31469725,7=5836800,8=0', '1=360,2=4005888,3=0,6=31469725,7=5836800,8=0',
    '1=1,2=2,6=3,7=3,8=3', '1=0,2=1,3=1,6=1,7=1,8=1',
    '1=300,2=3854336,3=0,6=31469725,7=5836800,8=0', '1=2,2=0,6=3,7=3,8=3',
    '1=1,2=0,3=1,6=1,7=1,8=1', '1=1340,2=15634432,3=0,6=125878900,7=23347200,8=0',
    '3=0,6=31457375', '3=0,6=31457375', '6=3', '3=1,6=1', '3=0,6=31457375', '6=3', '3=1,6=1',
    '3=0,6=125829500'
FROM sandbox_job_table WHERE id_job BETWEEN {first} + {next} AND {first} + {last}
"""

_BATCH_STEP = -5


def query(wanted: int) -> str:
    """The query that selects the first ``wanted`` of them."""
    return f"start_time=uts{BEGIN}&end_time=uts{end_of(wanted)}"


def end_of(wanted: int) -> int:
    """The end of the range of time that has the first ``wanted`` of them."""
    return BEGIN + wanted + 1


def count() -> int:
    """How many of them there are."""
    return int(_sql(f"SELECT COUNT(*) FROM sandbox_job_table WHERE id_job >= {FIRST_ID}"))


def enough(wanted: int) -> None:
    """Add jobs, each with two steps, until there are ``wanted``."""
    there = count()
    if there >= wanted:
        return
    numbers = {"begin": BEGIN, "first": FIRST_ID, "next": there + 1, "last": wanted}
    _sql(_JOBS.format(**numbers))
    _sql(_STEPS.format(step=_BATCH_STEP, name="batch", **numbers))
    _sql(_STEPS.format(step=0, name="solve", **numbers))


def _sql(statement: str) -> str:
    made = subprocess.run(
        ["mariadb", "--batch", "--skip-column-names", DATABASE],
        input=statement,
        check=True,
        capture_output=True,
        text=True,
    )
    return made.stdout

# SPDX-License-Identifier: GPL-2.0-or-later
"""Steps of jobs as the accounting database keeps them."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import TRES, TRES_STR
from slurmrestd.data_parser.model import (
    V41,
    V42,
    Deprecated,
    Field,
    Format,
    Items,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.job_states import JOB_STATE
from slurmrestd.data_parser.types import (
    HOSTLIST,
    INT64,
    PROCESS_EXIT_CODE,
    STRING,
    TIMESTAMP_NO_VAL,
    UINT32,
    UINT32_NO_VAL,
    UINT64,
    UINT64_NO_VAL,
    USER_ID,
)

STEP_TRES = Struct(
    "TRES_NCT",
    "sr_step_tres",
    (
        Field("type", STRING, "type", "Kind of the resource, such as cpu or gres"),
        Field("name", STRING, "name", "Which of its kind, such as gpu; empty where there is one"),
        Field("id", UINT32, "id", "Number of the resource in the database"),
        Field("count", INT64, "count", "How much of it"),
        Field("task", INT64, "task", "Task that it was"),
        Field("node", STRING, "node", "Node that it was on"),
    ),
)
"""A TRES and where it was the most or the least; documented as a TRES alone."""


def _step_tres(name: str, function: str) -> Leaf:
    return Leaf(
        name,
        "slurmdb_step_rec_t",
        Items(TRES),
        Write("CALL", function=function, through=STEP_TRES),
        whole=True,
        needs=Needs.TRES,
    )


STEP_TRES_REQ_MAX = _step_tres("STEP_TRES_REQ_MAX", "STEP_TRES_IN_MAX")
STEP_TRES_REQ_MIN = _step_tres("STEP_TRES_REQ_MIN", "STEP_TRES_IN_MIN")
STEP_TRES_USAGE_MAX = _step_tres("STEP_TRES_USAGE_MAX", "STEP_TRES_OUT_MAX")
STEP_TRES_USAGE_MIN = _step_tres("STEP_TRES_USAGE_MIN", "STEP_TRES_OUT_MIN")

SLURM_STEP_ID_STRING = Leaf(
    "SLURM_STEP_ID_STRING",
    "slurm_step_id_t",
    Format.STRING,
    Write("CALL", function="STEP_ID"),
    description="Id of the job and the step in it",
)

CPU_FREQ_GOVERNOR = Leaf(
    "CPU_FREQ_GOVERNOR", "uint32_t", Format.STRING, Write("NAME", table="cpu_frequencies")
)

TASK_DISTRIBUTION = Leaf(
    "TASK_DISTRIBUTION", "uint32_t", Format.STRING, Write("NAME", table="distributions")
)

STEP = Struct(
    "STEP",
    "slurmdb_step_rec_t",
    (
        Field("time/elapsed", UINT32, "elapsed", "Time that the step has run, in seconds"),
        Field("time/end", TIMESTAMP_NO_VAL, "end", "When the step ended (UNIX time)"),
        Field("exit_code", PROCESS_EXIT_CODE, "exitcode", "How the step ended"),
        Field("nodes/count", UINT32, "nnodes", "Number of nodes of the step"),
        Field("nodes/range", STRING, "nodes", "Nodes of the step, as a host list"),
        Field("nodes/list", HOSTLIST, "nodes", "Nodes of the step, one by one"),
        Field("tasks/count", UINT32, "ntasks", "Number of tasks of the step"),
        Field("pid", STRING, "pid_str", "Process id; no longer filled", until=V41),
        Field(
            "pid",
            STRING,
            "pid_str",
            "Process id; no longer filled",
            deprecated=Deprecated("24.11"),
            since=V42,
        ),
        Field(
            "CPU/requested_frequency/min",
            UINT32_NO_VAL,
            "req_cpufreq_min",
            "Lowest CPU frequency that was asked for, in kHz",
        ),
        Field(
            "CPU/requested_frequency/max",
            UINT32_NO_VAL,
            "req_cpufreq_max",
            "Highest CPU frequency that was asked for, in kHz",
        ),
        Field(
            "CPU/governor",
            CPU_FREQ_GOVERNOR,
            "req_cpufreq_gov",
            "Governor of the CPU frequency that was asked for",
        ),
        Field("kill_request_user", USER_ID, "requid", "User who had the step ended"),
        Field("time/start", TIMESTAMP_NO_VAL, "start", "When the step started (UNIX time)"),
        Field("state", JOB_STATE, "state", "States of the step: one base state, then flags"),
        Field(
            "statistics/CPU/actual_frequency",
            UINT64,
            "stats.act_cpufreq",
            "Mean CPU frequency of all tasks in kHz, as the bits of a floating point number",
        ),
        Field(
            "statistics/energy/consumed",
            UINT64_NO_VAL,
            "stats.consumed_energy",
            "Energy that the step used, in joules",
        ),
        Field(
            "step/id", SLURM_STEP_ID_STRING, "step_id", "Id of the step, such as 12.0 or 12.batch"
        ),
        Field("step/name", STRING, "stepname", "Name of the step"),
        Field("time/suspended", UINT32, "suspended", "Time that the step was suspended, in s"),
        Field(
            "time/system/seconds", UINT64, "sys_cpu_sec", "CPU time spent in the system, in seconds"
        ),
        Field(
            "time/system/microseconds",
            UINT32,
            "sys_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field("task/distribution", TASK_DISTRIBUTION, "task_dist", "How tasks were laid out"),
        Field(
            "time/total/seconds",
            UINT64,
            "tot_cpu_sec",
            "CPU time spent in all, in seconds",
        ),
        Field(
            "time/total/microseconds",
            UINT32,
            "tot_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field("time/user/seconds", UINT64, "user_cpu_sec", "CPU time of the program, in seconds"),
        Field(
            "time/user/microseconds",
            UINT32,
            "user_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field(
            "tres/requested/max",
            STEP_TRES_REQ_MAX,
            None,
            "Most that a task had of each TRES, and which task on which node",
        ),
        Field(
            "tres/requested/min",
            STEP_TRES_REQ_MIN,
            None,
            "Least that a task had of each TRES, and which task on which node",
        ),
        Field(
            "tres/consumed/max",
            STEP_TRES_USAGE_MAX,
            None,
            "Most that a task wrote of each TRES, and which task on which node",
        ),
        Field(
            "tres/consumed/min",
            STEP_TRES_USAGE_MIN,
            None,
            "Least that a task wrote of each TRES, and which task on which node",
        ),
        Field(
            "tres/requested/average",
            TRES_STR,
            "stats.tres_usage_in_ave",
            "What a task had of each TRES in the mean",
        ),
        Field(
            "tres/requested/total",
            TRES_STR,
            "stats.tres_usage_in_tot",
            "What all tasks had of each TRES",
        ),
        Field(
            "tres/consumed/average",
            TRES_STR,
            "stats.tres_usage_out_ave",
            "What a task wrote of each TRES in the mean",
        ),
        Field(
            "tres/consumed/total",
            TRES_STR,
            "stats.tres_usage_out_tot",
            "What all tasks wrote of each TRES",
        ),
        Field("tres/allocated", TRES_STR, "tres_alloc_str", "What the step was given of each TRES"),
    ),
    description="Step of a job as the accounting database has it",
    branches={
        "time": "When the step started and ended, and how long it took",
        "time/system": "CPU time spent in the kernel",
        "time/total": "CPU time, of user and kernel",
        "time/user": "CPU time spent in programs",
        "nodes": "Nodes of the step",
        "tasks": "Tasks of the step",
        "CPU": "Frequency of CPUs that the step asked for",
        "CPU/requested_frequency": "Lowest and highest frequency that was asked for",
        "statistics": "What was measured of the step",
        "statistics/CPU": "What was measured of its CPUs",
        "statistics/energy": "What was measured of its use of energy",
        "step": "The step itself",
        "task": "Tasks as they were laid out",
        "tres": "Resources (TRES) of the step",
        "tres/requested": "What tasks had of resources (TRES): memory, CPU time, bytes read",
        "tres/consumed": "What tasks wrote, by resource (TRES)",
    },
)
STEP_PTR = Pointer("STEP_PTR", STEP)
STEP_LIST = ListOf("STEP_LIST", STEP_PTR)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the accounting database keeps them."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import ASSOC_SHORT, QOS_ID, TRES_STR
from slurmrestd.data_parser.model import (
    V41,
    V42,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.accounting_steps import STEP_LIST
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.job_states import JOB_REASON, JOB_STATE
from slurmrestd.data_parser.types import (
    GROUP_ID,
    HOLD,
    MEM_PER_CPUS,
    MEM_PER_NODE,
    PROCESS_EXIT_CODE,
    STRING,
    TIMESTAMP,
    UINT16,
    UINT32,
    UINT32_NO_VAL,
    UINT64,
    UINT64_NO_VAL,
    USER_ID,
)

SLURMDB_JOB_FLAGS = Flags(
    "SLURMDB_JOB_FLAGS",
    "uint32_t",
    (
        Flag("NONE", "SLURMDB_JOB_FLAG_NONE", "INFINITE", "Nothing is known", equal=True),
        Flag(
            "CLEAR_SCHEDULING",
            "SLURMDB_JOB_CLEAR_SCHED",
            "INFINITE",
            "All that tells how the job was started",
            equal=True,
        ),
        Flag("NOT_SET", "SLURMDB_JOB_FLAG_NOTSET", description="It is not known who started it"),
        Flag(
            "STARTED_ON_SUBMIT",
            "SLURMDB_JOB_FLAG_SUBMIT",
            description="Started as soon as it was submitted",
        ),
        Flag(
            "STARTED_ON_SCHEDULE",
            "SLURMDB_JOB_FLAG_SCHED",
            description="Started by the main scheduler",
        ),
        Flag(
            "STARTED_ON_BACKFILL",
            "SLURMDB_JOB_FLAG_BACKFILL",
            description="Started by the backfill scheduler",
        ),
        Flag(
            "START_RECEIVED",
            "SLURMDB_JOB_FLAG_START_R",
            description="The controller has told of its start",
        ),
    ),
    description="How a job was scheduled, and what is to be known of its record",
)

JOB_ASSOC_ID = Leaf(
    "JOB_ASSOC_ID",
    "slurmdb_job_rec_t",
    ASSOC_SHORT,
    Write("CALL", function="ACCOUNTING_JOB_ASSOC", through=ASSOC_SHORT),
    whole=True,
    needs=Needs.ASSOC,
)

JOB_PLANNED_TIME = Leaf(
    "JOB_PLANNED_TIME", "slurmdb_job_rec_t", UINT64_NO_VAL, Write("PLANNED"), whole=True
)

JOB_USER = Leaf(
    "JOB_USER",
    "slurmdb_job_rec_t",
    Format.STRING,
    Write("CALL", function="ACCOUNTING_JOB_USER", table="users_or_null"),
    whole=True,
)

WCKEY_TAG_FLAGS = Flags(
    "WCKEY_TAG_FLAGS",
    "uint32_t",
    (Flag("ASSIGNED_DEFAULT", 1, description="The user's default, which was not asked for"),),
    description="What is to be known of a job's wckey",
)
WCKEY_TAG_STRUCT = Struct(
    "WCKEY_TAG_STRUCT",
    "sr_wckey_parts",
    (
        Field("wckey", STRING, "name", "Name of the workload characterization key", required=True),
        Field("flags", WCKEY_TAG_FLAGS, "by_default", "How the job came by it", required=True),
    ),
    description="Workload characterization key (wckey) of a job",
)
WCKEY_TAG = Leaf(
    "WCKEY_TAG",
    "char *",
    WCKEY_TAG_STRUCT,
    Write("CALL", function="WCKEY_TAG", through=WCKEY_TAG_STRUCT),
)


def _expanded(name: str, function: str) -> Leaf:
    return Leaf(
        name, "slurmdb_job_rec_t", Format.STRING, Write("CALL", function=function), whole=True
    )


SLURMDB_JOB_STDIN = _expanded("JOB_STDIN", "ACCOUNTING_JOB_STDIN")
SLURMDB_JOB_STDOUT = _expanded("JOB_STDOUT", "ACCOUNTING_JOB_STDOUT")
SLURMDB_JOB_STDERR = _expanded("JOB_STDERR", "ACCOUNTING_JOB_STDERR")

JOB = Struct(
    "JOB",
    "slurmdb_job_rec_t",
    (
        Field("account", STRING, "account", "Account that the job was charged to"),
        Field(
            "comment/administrator",
            STRING,
            "admin_comment",
            "Free text that an administrator attached",
        ),
        Field("allocation_nodes", UINT32, "alloc_nodes", "Number of nodes that the job was given"),
        Field(
            "array/job_id",
            UINT32,
            "array_job_id",
            "Job id of the array that the job belongs to; 0: none",
        ),
        Field(
            "array/limits/max/running/tasks",
            UINT32,
            "array_max_tasks",
            "How many tasks of the array may run at once; 0: no limit",
        ),
        Field(
            "array/task_id",
            UINT32_NO_VAL,
            "array_task_id",
            "Index of this task in its array; unset if there is none",
        ),
        Field(
            "array/task",
            STRING,
            "array_task_str",
            "Indexes of the pending tasks that this record stands for",
        ),
        Field("association", JOB_ASSOC_ID, None, "Association that the job was charged to"),
        Field("block", STRING, "blockid", "Name of a block of a Blue Gene system"),
        Field("cluster", STRING, "cluster", "Name of the cluster"),
        Field("constraints", STRING, "constraints", "Features of nodes that were asked for"),
        Field("container", STRING, "container", "Path of the OCI bundle that the job ran in"),
        Field(
            "derived_exit_code",
            PROCESS_EXIT_CODE,
            "derived_ec",
            "Largest exit code among the job's steps",
        ),
        Field("comment/job", STRING, "derived_es", "Free text that the user attached"),
        Field("time/elapsed", UINT32, "elapsed", "Time that the job has run, in seconds"),
        Field(
            "time/eligible",
            TIMESTAMP,
            "eligible",
            "From when on the job could have started (UNIX time)",
        ),
        Field("time/end", TIMESTAMP, "end", "When the job ended (UNIX time); 0: not yet"),
        Field("exit_code", PROCESS_EXIT_CODE, "exitcode", "How the job ended"),
        Field("extra", STRING, "extra", "Free text; sites may choose nodes by it"),
        Field("failed_node", STRING, "failed_node", "Node whose failure ended the job"),
        Field("flags", SLURMDB_JOB_FLAGS, "flags", "How the job was started"),
        Field(
            "time/planned",
            JOB_PLANNED_TIME,
            None,
            "Time between when the job could have started and when it did, in seconds",
            since=V41,
        ),
        Field("group", GROUP_ID, "gid", "Group that the job ran as"),
        Field(
            "het/job_id",
            UINT32,
            "het_job_id",
            "Job id of the heterogeneous job's first part; 0 if the job is none",
        ),
        Field(
            "het/job_offset",
            UINT32_NO_VAL,
            "het_job_offset",
            "Place of this part in a heterogeneous job, counted from 0",
        ),
        Field("job_id", UINT32, "jobid", "Id of the job"),
        Field("name", STRING, "jobname", "Name of the job"),
        Field("licenses", STRING, "licenses", "Licenses that the job needed"),
        Field("mcs/label", STRING, "mcs_label", "Label of the multi-category security plugin"),
        Field("nodes", STRING, "nodes", "Nodes that the job had, as a host list"),
        Field("partition", STRING, "partition", "Partition of the job"),
        Field("hold", HOLD, "priority", "Whether the job was held (true) or not"),
        Field("priority", UINT32_NO_VAL, "priority", "Priority of the job; 0: held"),
        Field("qos", QOS_ID, "qosid", "Quality of service of the job"),
        Field(
            "qosreq",
            STRING,
            "qos_req",
            "Quality of service that was asked for",
            since=V42,
        ),
        Field("required/CPUs", UINT32, "req_cpus", "Fewest CPUs that were asked for"),
        Field(
            "required/memory_per_cpu",
            MEM_PER_CPUS,
            "req_mem",
            "Memory for each CPU that was asked for, in MiB",
        ),
        Field(
            "required/memory_per_node",
            MEM_PER_NODE,
            "req_mem",
            "Memory on each node that was asked for, in MiB",
        ),
        Field("kill_request_user", USER_ID, "requid", "User who had the job ended"),
        Field(
            "restart_cnt",
            UINT16,
            "restart_cnt",
            "How many times the job was requeued",
            since=V42,
        ),
        Field("reservation/id", UINT32, "resvid", "Id of the reservation that the job used"),
        Field("reservation/name", STRING, "resv_name", "Name of this reservation"),
        Field(
            "script",
            STRING,
            "script",
            "Batch script, where it was asked for; only of a heterogeneous job's first part",
        ),
        Field(
            "stdin_expanded",
            SLURMDB_JOB_STDIN,
            None,
            "Where the job read from, its patterns expanded",
            since=V41,
        ),
        Field(
            "stdout_expanded",
            SLURMDB_JOB_STDOUT,
            None,
            "Where the job wrote to, its patterns expanded",
            since=V41,
        ),
        Field(
            "stderr_expanded",
            SLURMDB_JOB_STDERR,
            None,
            "Where the job wrote its errors to, its patterns expanded",
            since=V41,
        ),
        Field("stdout", STRING, "std_out", "Where the job wrote to, as it was given", since=V41),
        Field(
            "stderr",
            STRING,
            "std_err",
            "Where the job wrote its errors to, as it was given",
            since=V41,
        ),
        Field("stdin", STRING, "std_in", "Where the job read from, as it was given", since=V41),
        Field("time/start", TIMESTAMP, "start", "When the job started (UNIX time); 0: not yet"),
        Field("state/current", JOB_STATE, "state", "States of the job: one base state, then flags"),
        Field(
            "state/reason", JOB_REASON, "state_reason_prev", "Why the job waited or failed before"
        ),
        Field("steps", STEP_LIST, "steps", "Steps of the job"),
        Field("time/submission", TIMESTAMP, "submit", "When the job was submitted (UNIX time)"),
        Field("submit_line", STRING, "submit_line", "Command that the job was submitted by"),
        Field("time/suspended", UINT32, "suspended", "Time that the job was suspended, in s"),
        Field("comment/system", STRING, "system_comment", "Free text that Slurm attached"),
        Field(
            "time/system/seconds", UINT64, "sys_cpu_sec", "CPU time spent in the system, in seconds"
        ),
        Field(
            "time/system/microseconds",
            UINT64,
            "sys_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field("time/limit", UINT32_NO_VAL, "timelimit", "Time limit of the job, in minutes"),
        Field("time/total/seconds", UINT64, "tot_cpu_sec", "CPU time spent in all, in seconds"),
        Field(
            "time/total/microseconds",
            UINT64,
            "tot_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field("tres/allocated", TRES_STR, "tres_alloc_str", "What the job was given of each TRES"),
        Field("tres/requested", TRES_STR, "tres_req_str", "What the job asked for of each TRES"),
        Field("used_gres", STRING, "used_gres", "Generic resources that the job used"),
        Field("user", JOB_USER, None, "User that the job belongs to"),
        Field("time/user/seconds", UINT64, "user_cpu_sec", "CPU time of the job's programs, in s"),
        Field(
            "time/user/microseconds",
            UINT64,
            "user_cpu_usec",
            "What comes on top of these seconds, in microseconds",
        ),
        Field("wckey", WCKEY_TAG, "wckey", "Workload characterization key of the job"),
        Field("working_directory", STRING, "work_dir", "Directory that the job started in"),
    ),
    description="Job as the accounting database has it, also long after its end",
    branches={
        "comment": "Notes on the job, by who may write them",
        "array": "Job array that the job is part of",
        "array/limits": "Limits of the array",
        "array/limits/max": "The most that the array may have",
        "array/limits/max/running": "The most that may run at a time",
        "time": "When the job came to what, and how long it took",
        "time/system": "CPU time spent in the kernel",
        "time/total": "CPU time, of user and kernel",
        "time/user": "CPU time spent in programs",
        "het": "Heterogeneous job that the job is a component of",
        "mcs": "Multi-category security (MCS)",
        "required": "What the job asked for",
        "reservation": "Reservation that the job ran in",
        "state": "State of the job, and why it is in it",
        "tres": "Resources (TRES) of the job",
    },
)
JOB_PTR = Pointer("JOB_PTR", JOB)
JOB_LIST = ListOf("JOB_LIST", JOB_PTR)

OPENAPI_SLURMDBD_JOBS_RESP = Struct(
    "OPENAPI_SLURMDBD_JOBS_RESP",
    "openapi_resp_single_t",
    (
        Field("jobs", JOB_LIST, "response", "Jobs that fit the query", required=True),
        *ENVELOPE,
    ),
    description="Answer with jobs of the accounting database",
)

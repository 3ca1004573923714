# SPDX-License-Identifier: GPL-2.0-or-later
"""What a job is asked for with."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V40,
    V41,
    V42,
    Deprecated,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Pointer,
    Struct,
)
from slurmrestd.data_parser.read import jobs
from slurmrestd.data_parser.tables.job_states import (
    ACCT_GATHER_PROFILE,
    JOB_EXCLUSIVE,
    JOB_FLAGS,
    JOB_MAIL_FLAGS,
    JOB_SHARED,
    WARN_FLAGS,
)
from slurmrestd.data_parser.tables.jobs import POWER_FLAGS
from slurmrestd.data_parser.types import (
    BOOL,
    BOOL16,
    BOOL16_NO_VAL,
    CORE_SPEC,
    GROUP_ID,
    HOLD,
    MEM_PER_CPUS,
    MEM_PER_NODE,
    NICE,
    NODES_CSV_STRING,
    READ_UINT16,
    READ_UINT64,
    SIGNAL,
    STRING,
    STRING_ARRAY,
    THREAD_SPEC,
    TIMESTAMP,
    TIMESTAMP_NO_VAL,
    UINT16,
    UINT16_NO_VAL,
    UINT32,
    UINT32_NO_VAL,
    UINT64_NO_VAL,
    USER_ID,
)

CPU_BINDING_FLAGS = Flags(
    "CPU_BINDING_FLAGS",
    "uint16_t",
    (
        Flag(
            "CPU_BIND_TO_THREADS",
            "CPU_BIND_TO_THREADS",
            "CPU_BIND_T_TO_MASK",
            "Tasks are bound to hardware threads",
            equal=True,
        ),
        Flag(
            "CPU_BIND_TO_CORES",
            "CPU_BIND_TO_CORES",
            "CPU_BIND_T_TO_MASK",
            "Tasks are bound to cores",
            equal=True,
        ),
        Flag(
            "CPU_BIND_TO_SOCKETS",
            "CPU_BIND_TO_SOCKETS",
            "CPU_BIND_T_TO_MASK",
            "Tasks are bound to sockets",
            equal=True,
        ),
        Flag(
            "CPU_BIND_TO_LDOMS",
            "CPU_BIND_TO_LDOMS",
            "CPU_BIND_T_TO_MASK",
            "Tasks are bound to NUMA domains",
            equal=True,
        ),
        Flag(
            "CPU_BIND_NONE",
            "CPU_BIND_NONE",
            "CPU_BIND_T_MASK",
            "Tasks are not bound to CPUs",
            equal=True,
        ),
        Flag(
            "CPU_BIND_RANK",
            0,
            description="Tasks got CPUs in the order of their ranks; gone from Slurm",
            removed=True,
        ),
        Flag(
            "CPU_BIND_MAP",
            "CPU_BIND_MAP",
            "CPU_BIND_T_MASK",
            "Every task gets the CPU that cpu_binding lists for it",
            equal=True,
        ),
        Flag(
            "CPU_BIND_MASK",
            "CPU_BIND_MASK",
            "CPU_BIND_T_MASK",
            "Every task gets the mask of CPUs that cpu_binding lists for it",
            equal=True,
        ),
        Flag(
            "CPU_BIND_LDRANK",
            "CPU_BIND_LDRANK",
            "CPU_BIND_T_MASK",
            "Tasks get NUMA domains in the order of their ranks",
            equal=True,
        ),
        Flag(
            "CPU_BIND_LDMAP",
            "CPU_BIND_LDMAP",
            "CPU_BIND_T_MASK",
            "Every task gets the NUMA domain that cpu_binding lists for it",
            equal=True,
        ),
        Flag(
            "CPU_BIND_LDMASK",
            "CPU_BIND_LDMASK",
            "CPU_BIND_T_MASK",
            "Every task gets the mask of NUMA domains that cpu_binding lists for it",
            equal=True,
        ),
        Flag(
            "VERBOSE",
            "CPU_BIND_VERBOSE",
            "CPU_BIND_VERBOSE",
            "The binding is reported when tasks start",
        ),
        Flag(
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "Tasks are bound to one hardware thread of each core only",
        ),
    ),
    description="What tasks are bound to, and how it is chosen",
)

MEMORY_BINDING_TYPE = Flags(
    "MEMORY_BINDING_TYPE",
    "uint16_t",
    (
        Flag(
            "NONE",
            "MEM_BIND_NONE",
            "MEM_BIND_TYPE_MASK",
            "Tasks are not bound to memory",
            equal=True,
        ),
        Flag(
            "RANK",
            "MEM_BIND_RANK",
            "MEM_BIND_TYPE_MASK",
            "Tasks get memory of NUMA domains in the order of their ranks",
            equal=True,
        ),
        Flag(
            "MAP",
            "MEM_BIND_MAP",
            "MEM_BIND_TYPE_MASK",
            "Every task gets memory of the NUMA domain that memory_binding lists for it",
            equal=True,
        ),
        Flag(
            "MASK",
            "MEM_BIND_MASK",
            "MEM_BIND_TYPE_MASK",
            "Every task gets memory of the mask of NUMA domains that memory_binding lists for it",
            equal=True,
        ),
        Flag(
            "LOCAL",
            "MEM_BIND_LOCAL",
            "MEM_BIND_TYPE_MASK",
            "Tasks use the memory that is nearest to their CPUs",
            equal=True,
        ),
        Flag(
            "VERBOSE",
            "MEM_BIND_VERBOSE",
            "MEM_BIND_VERBOSE",
            "The binding is reported when tasks start",
        ),
        Flag(
            "SORT",
            "MEM_BIND_SORT",
            "MEM_BIND_TYPE_FLAGS_MASK",
            "Free pages of the cache are put in order first; for Intel KNL nodes",
        ),
        Flag(
            "PREFER",
            "MEM_BIND_PREFER",
            "MEM_BIND_TYPE_FLAGS_MASK",
            "Memory bound to is preferred, but once it is full other memory is used too",
        ),
    ),
    description="How the memory of tasks is bound",
)

OPEN_MODE = Flags(
    "OPEN_MODE",
    "uint8_t",
    (
        Flag("APPEND", "OPEN_MODE_APPEND", description="Output is added to files that exist"),
        Flag(
            "TRUNCATE",
            "OPEN_MODE_TRUNCATE",
            description="Files that exist are emptied before output is written",
        ),
    ),
    description="What happens to output files that exist already",
)

X11_FLAGS = Flags(
    "X11_FLAGS",
    "uint16_t",
    (
        Flag(
            "FORWARD_ALL_NODES",
            "X11_FORWARD_ALL",
            description="X11 is forwarded from all of the job's nodes",
        ),
        Flag(
            "BATCH_NODE",
            "X11_FORWARD_BATCH",
            description="X11 is forwarded from the node that runs the batch script",
        ),
        Flag(
            "FIRST_NODE",
            "X11_FORWARD_FIRST",
            description="X11 is forwarded from the job's first node",
        ),
        Flag(
            "LAST_NODE",
            "X11_FORWARD_LAST",
            description="X11 is forwarded from the job's last node",
        ),
    ),
    description="Which nodes of a job X11 is forwarded from",
)

CRON_ENTRY_FLAGS = Flags(
    "CRON_ENTRY_FLAGS",
    "uint32_t",
    (
        Flag("WILD_MINUTE", "CRON_WILD_MINUTE", description="The minute is *: any"),
        Flag("WILD_HOUR", "CRON_WILD_HOUR", description="The hour is *: any"),
        Flag("WILD_DAY_OF_MONTH", "CRON_WILD_DOM", description="The day of the month is *: any"),
        Flag("WILD_MONTH", "CRON_WILD_MONTH", description="The month is *: any"),
        Flag("WILD_DAY_OF_WEEK", "CRON_WILD_DOW", description="The day of the week is *: any"),
    ),
    description="Which parts of a crontab line are not restricted",
)

BITSTR = Leaf(
    "BITSTR",
    "bitstr_t",
    Format.STRING,
    None,
)

BITSTR_PTR = Pointer("BITSTR_PTR", BITSTR)

CRON_ENTRY = Struct(
    "CRON_ENTRY",
    "cron_entry_t",
    (
        Field("flags", CRON_ENTRY_FLAGS, "flags", "Which parts of the time are given as *"),
        Field(
            "minute",
            BITSTR_PTR,
            "minute",
            "Minutes that the job starts at, as ranges of numbers from 0 to 59",
        ),
        Field(
            "hour",
            BITSTR_PTR,
            "hour",
            "Hours that the job starts at, as ranges of numbers from 0 to 23",
        ),
        Field(
            "day_of_month",
            BITSTR_PTR,
            "day_of_month",
            "Days of the month that the job starts on, as ranges of numbers from 1 to 31",
        ),
        Field(
            "month",
            BITSTR_PTR,
            "month",
            "Months that the job starts in, as ranges of numbers from 1 to 12",
        ),
        Field(
            "day_of_week",
            BITSTR_PTR,
            "day_of_week",
            "Days of the week that the job starts on, as ranges of numbers from 0 (Sunday) to 6",
        ),
        Field("specification", STRING, "cronspec", "The time as it stands in the crontab"),
        Field("command", STRING, "command", "Command that the entry runs"),
        Field("line/start", UINT32, "line_start", "First line of the entry in the crontab"),
        Field("line/end", UINT32, "line_end", "Last line of the entry in the crontab"),
    ),
    description="Line of a crontab that a job comes from",
    branches={
        "line": "Where in the crontab the entry stands",
    },
)

CRON_ENTRY_PTR = Pointer("CRON_ENTRY_PTR", CRON_ENTRY)

JOB_DESC_MSG_ARGV = Leaf(
    "JOB_DESC_MSG_ARGV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
    read=jobs.strings("argv", "argc"),
)

JOB_DESC_MSG_CPU_FREQ = Leaf(
    "JOB_DESC_MSG_CPU_FREQ",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
    read=jobs.cpu_freq,
)

JOB_DESC_MSG_CRON_ENTRY = Leaf(
    "JOB_DESC_MSG_CRON_ENTRY",
    "cron_entry_t *",
    CRON_ENTRY_PTR,
    None,
    description="Entry of a crontab",
    read=jobs.unsupported_crontab,
)

JOB_DESC_MSG_ENV = Leaf(
    "JOB_DESC_MSG_ENV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
    read=jobs.strings("environment", "env_size"),
)

JOB_DESC_MSG_SPANK_ENV = Leaf(
    "JOB_DESC_MSG_SPANK_ENV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
    read=jobs.strings("spank_job_env", "spank_job_env_size"),
)

JOB_DESC_MSG_NODES = Leaf(
    "JOB_DESC_MSG_NODES",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
    read=jobs.nodes,
)

JOB_DESC_MSG_PLANE_SIZE = Leaf(
    "JOB_DESC_MSG_PLANE_SIZE",
    "job_desc_msg_t",
    UINT16_NO_VAL,
    None,
    whole=True,
    read=jobs.plane_size(READ_UINT16),
)

JOB_DESC_MSG_TASK_DISTRIBUTION = Leaf(
    "JOB_DESC_MSG_TASK_DISTRIBUTION",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
    read=jobs.task_distribution,
)

JOB_DESC_MSG_RLIMIT_CPU = Leaf(
    "JOB_DESC_MSG_RLIMIT_CPU",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="Limit of the CPU time of each process, in seconds; infinite: no limit",
    read=jobs.rlimit("SLURM_RLIMIT_CPU", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_FSIZE = Leaf(
    "JOB_DESC_MSG_RLIMIT_FSIZE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the size of files that are written, in bytes; infinite: no limit"),
    read=jobs.rlimit("SLURM_RLIMIT_FSIZE", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_DATA = Leaf(
    "JOB_DESC_MSG_RLIMIT_DATA",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="Limit of the data segment of each process, in bytes; infinite: no limit",
    read=jobs.rlimit("SLURM_RLIMIT_DATA", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_STACK = Leaf(
    "JOB_DESC_MSG_RLIMIT_STACK",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="Limit of the stack of each process, in bytes; infinite: no limit",
    read=jobs.rlimit("SLURM_RLIMIT_STACK", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_CORE = Leaf(
    "JOB_DESC_MSG_RLIMIT_CORE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the size of core files, in bytes; infinite: no limit, 0: no core files"),
    read=jobs.rlimit("SLURM_RLIMIT_CORE", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_RSS = Leaf(
    "JOB_DESC_MSG_RLIMIT_RSS",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the resident memory of each process, in bytes; infinite: no limit"),
    read=jobs.rlimit("SLURM_RLIMIT_RSS", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_NPROC = Leaf(
    "JOB_DESC_MSG_RLIMIT_NPROC",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the number of processes of the user on a node; infinite: no limit"),
    read=jobs.rlimit("SLURM_RLIMIT_NPROC", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_NOFILE = Leaf(
    "JOB_DESC_MSG_RLIMIT_NOFILE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the number of files that each process has open; infinite: no limit"),
    read=jobs.rlimit("SLURM_RLIMIT_NOFILE", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_MEMLOCK = Leaf(
    "JOB_DESC_MSG_RLIMIT_MEMLOCK",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description=("Limit of the memory that each process may lock, in bytes; infinite: no limit"),
    read=jobs.rlimit("SLURM_RLIMIT_MEMLOCK", READ_UINT64),
)

JOB_DESC_MSG_RLIMIT_AS = Leaf(
    "JOB_DESC_MSG_RLIMIT_AS",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="Limit of the address space of each process, in bytes; infinite: no limit",
    read=jobs.rlimit("SLURM_RLIMIT_AS", READ_UINT64),
)

TASK_DISTRIBUTION = Leaf(
    "TASK_DISTRIBUTION",
    "uint32_t",
    Format.STRING,
    None,
)

JOB_DESC_MSG = Struct(
    "JOB_DESC_MSG",
    "job_desc_msg_t",
    (
        Field(
            "account",
            STRING,
            "account",
            "Account that the job is charged to; default: the user's own default",
        ),
        Field(
            "account_gather_frequency",
            STRING,
            "acctg_freq",
            "Seconds between samples of the job's use, for each kind, such as task=30,energy=60",
        ),
        Field(
            "admin_comment",
            STRING,
            "admin_comment",
            "Comment by an administrator; only administrators may set it",
        ),
        Field(
            "allocation_node_list",
            STRING,
            "alloc_node",
            "Host that the job is submitted from; partitions may allow certain hosts only",
        ),
        Field(
            "allocation_node_port",
            UINT16,
            "alloc_resp_port",
            "TCP port of the submitter that is told of the allocation; 0: none",
        ),
        Field(
            "argv",
            JOB_DESC_MSG_ARGV,
            None,
            "Arguments of the batch script; the first item stands for the script itself",
        ),
        Field(
            "array",
            STRING,
            "array_inx",
            (
                "Task ids of a job array, such as 0-15 or 1,3,5-9:2; %4 at the end: at most 4 "
                "run at a time"
            ),
        ),
        Field(
            "batch_features",
            STRING,
            "batch_features",
            "Features that the node of the batch script has to have",
        ),
        Field(
            "begin_time",
            TIMESTAMP_NO_VAL,
            "begin_time",
            "Earliest start (UNIX time); unset or 0: as soon as possible",
        ),
        Field(
            "flags",
            JOB_FLAGS,
            "bitflags",
            "What else was asked for the job, and how Slurm treats it",
        ),
        Field(
            "burst_buffer",
            STRING,
            "burst_buffer",
            "What the job needs of burst buffers, in the terms of the plugin",
        ),
        Field(
            "clusters",
            STRING,
            "clusters",
            "Clusters that the job may run on, separated by commas; default: this one",
        ),
        Field(
            "cluster_constraint",
            STRING,
            "cluster_features",
            "Features that a cluster of the federation has to have; a leading ! excludes them",
        ),
        Field("comment", STRING, "comment", "Free text about the job"),
        Field(
            "contiguous", BOOL16, "contiguous", "Whether the nodes have to lie next to each other"
        ),
        Field("container", STRING, "container", "Path of an OCI bundle that the job runs in"),
        Field("container_id", STRING, "container_id", "Id of the OCI container"),
        Field(
            "cores_per_socket",
            UINT16,
            "cores_per_socket",
            "Fewest cores per socket that nodes have to have",
            until=V40,
        ),
        Field(
            "core_specification",
            CORE_SPEC,
            "core_spec",
            "How many cores of each node the job leaves to the system",
        ),
        Field(
            "thread_specification",
            THREAD_SPEC,
            "core_spec",
            "How many hardware threads of each node the job leaves to the system",
        ),
        Field(
            "cpu_binding",
            STRING,
            "cpu_bind",
            "CPUs or masks for each task, separated by commas, if cpu_binding_flags call for them",
        ),
        Field(
            "cpu_binding_flags",
            CPU_BINDING_FLAGS,
            "cpu_bind_type",
            "Binding of tasks to CPUs; kept with the job, but steps do not heed it",
        ),
        Field(
            "cpu_frequency",
            JOB_DESC_MSG_CPU_FREQ,
            None,
            "CPU frequency in kHz or as a word such as low or high; min-max:governor for a range",
        ),
        Field(
            "cpus_per_tres",
            STRING,
            "cpus_per_tres",
            "How many CPUs come with each unit of a TRES, such as gres/gpu:8",
        ),
        Field(
            "crontab",
            JOB_DESC_MSG_CRON_ENTRY,
            "crontab_entry",
            "Not heeded: crontabs cannot be submitted this way",
        ),
        Field(
            "deadline",
            TIMESTAMP,
            "deadline",
            "When the job has to have ended (UNIX time), or it is removed; 0: no deadline",
        ),
        Field(
            "delay_boot",
            UINT32,
            "delay_boot",
            (
                "Seconds to wait for nodes that have the features already before others are "
                "rebooted to have them"
            ),
        ),
        Field(
            "dependency",
            STRING,
            "dependency",
            (
                "What other jobs have to do first, such as afterok:123; joined by a comma (all) "
                "or ? (any)"
            ),
        ),
        Field(
            "end_time",
            TIMESTAMP,
            "end_time",
            (
                "When the running job has to end (UNIX time); can only be set in an update; 0: "
                "no change"
            ),
        ),
        Field(
            "environment",
            JOB_DESC_MSG_ENV,
            None,
            "Environment of the job, as NAME=value; a batch job needs at least one variable",
        ),
        Field(
            "rlimits/cpu",
            JOB_DESC_MSG_RLIMIT_CPU,
            None,
            "Limit of the CPU time of each process, in seconds; infinite: no limit",
        ),
        Field(
            "rlimits/fsize",
            JOB_DESC_MSG_RLIMIT_FSIZE,
            None,
            "Limit of the size of files that are written, in bytes; infinite: no limit",
        ),
        Field(
            "rlimits/data",
            JOB_DESC_MSG_RLIMIT_DATA,
            None,
            "Limit of the data segment of each process, in bytes; infinite: no limit",
        ),
        Field(
            "rlimits/stack",
            JOB_DESC_MSG_RLIMIT_STACK,
            None,
            "Limit of the stack of each process, in bytes; infinite: no limit",
        ),
        Field(
            "rlimits/core",
            JOB_DESC_MSG_RLIMIT_CORE,
            None,
            "Limit of the size of core files, in bytes; infinite: no limit, 0: no core files",
        ),
        Field(
            "rlimits/rss",
            JOB_DESC_MSG_RLIMIT_RSS,
            None,
            "Limit of the resident memory of each process, in bytes; infinite: no limit",
        ),
        Field(
            "rlimits/nproc",
            JOB_DESC_MSG_RLIMIT_NPROC,
            None,
            "Limit of the number of processes of the user on a node; infinite: no limit",
        ),
        Field(
            "rlimits/nofile",
            JOB_DESC_MSG_RLIMIT_NOFILE,
            None,
            "Limit of the number of files that each process has open; infinite: no limit",
        ),
        Field(
            "rlimits/memlock",
            JOB_DESC_MSG_RLIMIT_MEMLOCK,
            None,
            "Limit of the memory that each process may lock, in bytes; infinite: no limit",
        ),
        Field(
            "rlimits/as",
            JOB_DESC_MSG_RLIMIT_AS,
            None,
            "Limit of the address space of each process, in bytes; infinite: no limit",
        ),
        Field(
            "excluded_nodes",
            NODES_CSV_STRING,
            "exc_nodes",
            "Nodes that the job must not get, as names or hostlist expressions",
        ),
        Field(
            "extra",
            STRING,
            "extra",
            "Further free text; sites may have it looked at when nodes are chosen",
        ),
        Field(
            "constraints",
            STRING,
            "features",
            "Features that nodes have to have, such as a&b, a|b or [a|b]",
        ),
        Field(
            "group_id",
            GROUP_ID,
            "group_id",
            (
                "Group that the job runs as, by name or id; default: the user's own; others for "
                "root only"
            ),
        ),
        Field(
            "hetjob_group",
            UINT32,
            "het_job_offset",
            "Place of this part in a heterogeneous job, counted from 0",
        ),
        Field(
            "immediate",
            BOOL16,
            "immediate",
            "Whether the request fails if the job cannot start at once",
        ),
        Field("job_id", UINT32, "job_id", "Id of the job; given by Slurm if left out"),
        Field(
            "kill_on_node_fail",
            BOOL16,
            "kill_on_node_fail",
            "Whether the job ends if one of its nodes fails; default: true",
        ),
        Field(
            "licenses",
            STRING,
            "licenses",
            "Licenses that the job needs, as name:count separated by commas",
        ),
        Field("mail_type", JOB_MAIL_FLAGS, "mail_type", "Events that mail is sent at"),
        Field(
            "mail_user",
            STRING,
            "mail_user",
            "Who gets the mail: a user or an address; default: the user of the job",
        ),
        Field(
            "mcs_label",
            STRING,
            "mcs_label",
            "Label of the multi-category security (MCS) plugin for the job",
        ),
        Field(
            "memory_binding",
            STRING,
            "mem_bind",
            (
                "NUMA domains or masks for each task, separated by commas, if "
                "memory_binding_type calls for them"
            ),
        ),
        Field(
            "memory_binding_type",
            MEMORY_BINDING_TYPE,
            "mem_bind_type",
            "Binding of tasks to memory",
        ),
        Field(
            "memory_per_tres",
            STRING,
            "mem_per_tres",
            "How many MiB of memory come with each unit of a TRES, such as gres/gpu:4096",
        ),
        Field("name", STRING, "name", "Name of the job"),
        Field(
            "network",
            STRING,
            "network",
            "What the job needs of the network, in the terms of the switch plugin",
        ),
        Field(
            "nice",
            NICE,
            "nice",
            (
                "How far the priority is lowered; below 0 raises it, for privileged users only; "
                "default 0"
            ),
        ),
        Field("tasks", UINT32, "num_tasks", "How many tasks the job is to start"),
        Field(
            "oom_kill_step",
            UINT16,
            "oom_kill_step",
            (
                "Whether one task out of memory ends the whole step: 1 yes, 0 no; default: as "
                "configured"
            ),
            since=V42,
        ),
        Field(
            "open_mode",
            OPEN_MODE,
            "open_mode",
            "Whether output files are added to or emptied first; default: as configured",
        ),
        Field(
            "reserve_ports",
            UINT16,
            "other_port",
            "TCP port of the submitter that messages about the job go to; 0: none",
        ),
        Field("overcommit", BOOL, "overcommit", "Whether tasks may share CPUs"),
        Field(
            "partition",
            STRING,
            "partition",
            (
                "Partitions that the job may run in, separated by commas; default: that of the "
                "cluster"
            ),
        ),
        Field(
            "distribution_plane_size",
            UINT16,
            "plane_size",
            "Size of the blocks of tasks in the plane distribution",
            until=V40,
        ),
        Field(
            "distribution_plane_size",
            JOB_DESC_MSG_PLANE_SIZE,
            None,
            "Size of the blocks of tasks in the plane distribution",
            since=V41,
        ),
        Field(
            "power_flags",
            POWER_FLAGS,
            None,
            "Flags of power management; gone from Slurm, not heeded",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field(
            "prefer",
            STRING,
            "prefer",
            "Features that nodes had better have; the job runs without them if need be",
        ),
        Field("hold", HOLD, "priority", "Whether the job is held until it is released"),
        Field(
            "priority",
            UINT32_NO_VAL,
            "priority",
            (
                "Priority that the job gets, 0: held; only operators may raise it; unset: worked "
                "out by Slurm"
            ),
        ),
        Field("profile", ACCT_GATHER_PROFILE, "profile", "What is recorded of the job over time"),
        Field(
            "qos",
            STRING,
            "qos",
            "Quality of service (QOS) wanted for the job; default: the user's own default",
        ),
        Field(
            "reboot",
            BOOL16,
            "reboot",
            (
                "Whether the nodes are rebooted before the job starts; only administrators may "
                "ask for it"
            ),
        ),
        Field(
            "required_nodes",
            NODES_CSV_STRING,
            "req_nodes",
            "Nodes that the job has to get, as names or hostlist expressions",
        ),
        Field(
            "requeue",
            BOOL16,
            "requeue",
            (
                "Whether the job goes back to the queue if a node fails or it is preempted; "
                "default: as configured"
            ),
        ),
        Field(
            "reservation",
            STRING,
            "reservation",
            "Reservations that the job may use, separated by commas",
        ),
        Field(
            "resv_mpi_ports",
            UINT16,
            "resv_port_cnt",
            "Number of TCP ports per node that are kept for MPI",
            since=V41,
            until=V41,
        ),
        Field("script", STRING, "script", "Batch script; its first line starts with #!"),
        Field(
            "shared",
            JOB_SHARED,
            "shared",
            "Who may share the nodes with the job; default: as the partition is configured",
        ),
        Field(
            "exclusive",
            JOB_EXCLUSIVE,
            "shared",
            "Old form of shared: whether, or for whom, the nodes are kept to the job",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        Field(
            "oversubscribe",
            BOOL16,
            "shared",
            "Old form of shared: whether other jobs may use the same resources",
            deprecated=Deprecated("23.11"),
            until=V41,
        ),
        Field(
            "site_factor",
            UINT32,
            "site_factor",
            (
                "Site's part of the priority, plus 2147483648; can only be set in an update, by "
                "operators"
            ),
        ),
        Field(
            "spank_environment",
            JOB_DESC_MSG_SPANK_ENV,
            None,
            "Variables for prolog and epilog of the job, as NAME=value; set by SPANK plugins",
        ),
        Field(
            "distribution",
            TASK_DISTRIBUTION,
            "task_dist",
            "How tasks are spread over nodes, sockets and cores, such as block:cyclic or plane=4",
            until=V40,
        ),
        Field(
            "distribution",
            JOB_DESC_MSG_TASK_DISTRIBUTION,
            None,
            "How tasks are spread over nodes, sockets and cores, such as block:cyclic or plane=4",
            since=V41,
        ),
        Field(
            "time_limit",
            UINT32_NO_VAL,
            "time_limit",
            (
                "Longest run of the job, in minutes; unset: as set for the partition, infinite: "
                "no limit"
            ),
        ),
        Field(
            "time_minimum",
            UINT32_NO_VAL,
            "time_min",
            (
                "Shortest time limit, in minutes, that the job can be given to start sooner; "
                "unset: none"
            ),
        ),
        Field(
            "tres_bind",
            STRING,
            "tres_bind",
            "Binding of tasks to generic resources, such as gres/gpu:closest",
        ),
        Field(
            "tres_freq",
            STRING,
            "tres_freq",
            "Frequency of generic resources, such as gpu:medium,memory=high",
        ),
        Field(
            "tres_per_job",
            STRING,
            "tres_per_job",
            "TRES for the whole job, such as gres/gpu:4, separated by commas",
        ),
        Field(
            "tres_per_node",
            STRING,
            "tres_per_node",
            "TRES for each node, such as gres/gpu:4, separated by commas",
        ),
        Field(
            "tres_per_socket",
            STRING,
            "tres_per_socket",
            "TRES for each socket, such as gres/gpu:4, separated by commas",
        ),
        Field(
            "tres_per_task",
            STRING,
            "tres_per_task",
            "TRES for each task, such as gres/gpu:4, separated by commas",
        ),
        Field(
            "user_id",
            USER_ID,
            "user_id",
            (
                "User that the job runs as, by name or id; default: who sends the request; "
                "others for root only"
            ),
        ),
        Field(
            "wait_all_nodes",
            BOOL16_NO_VAL,
            "wait_all_nodes",
            "Whether the job starts only once all its nodes have booted; default: as configured",
        ),
        Field(
            "kill_warning_flags", WARN_FLAGS, "warn_flags", "Who gets the warning signal, and how"
        ),
        Field(
            "kill_warning_signal",
            SIGNAL,
            "warn_signal",
            "Signal sent before the time limit, by name or number",
        ),
        Field(
            "kill_warning_delay",
            UINT16_NO_VAL,
            "warn_time",
            "How long before the time limit the warning signal is sent, in seconds",
        ),
        Field(
            "current_working_directory",
            STRING,
            "work_dir",
            "Working directory of the job, as an absolute path",
        ),
        Field("cpus_per_task", UINT16, "cpus_per_task", "How many CPUs each task gets"),
        Field("minimum_cpus", UINT32, "min_cpus", "Fewest CPUs that the job needs"),
        Field("maximum_cpus", UINT32, "max_cpus", "Most CPUs that the job can use"),
        Field(
            "nodes",
            JOB_DESC_MSG_NODES,
            None,
            "Number of nodes, as a count, a range or a list, such as 4, 2-8 or 1,4,8",
        ),
        Field("minimum_nodes", UINT32, "min_nodes", "Fewest nodes that the job needs"),
        Field("maximum_nodes", UINT32, "max_nodes", "Most nodes that the job can use"),
        Field(
            "minimum_boards_per_node",
            UINT16,
            "boards_per_node",
            "Fewest boards per node that nodes have to have",
        ),
        Field(
            "minimum_sockets_per_board",
            UINT16,
            "sockets_per_board",
            "Fewest sockets per board that nodes have to have",
        ),
        Field(
            "sockets_per_node",
            UINT16,
            "sockets_per_node",
            "Fewest sockets per node that nodes have to have",
        ),
        Field(
            "threads_per_core",
            UINT16,
            "threads_per_core",
            "Fewest hardware threads per core that nodes have to have",
        ),
        Field("tasks_per_node", UINT16, "ntasks_per_node", "How many tasks each node gets"),
        Field("tasks_per_socket", UINT16, "ntasks_per_socket", "How many tasks each socket gets"),
        Field("tasks_per_core", UINT16, "ntasks_per_core", "How many tasks each core gets"),
        Field("tasks_per_board", UINT16, "ntasks_per_board", "How many tasks each board gets"),
        Field("ntasks_per_tres", UINT16, "ntasks_per_tres", "How many tasks each GPU gets"),
        Field(
            "minimum_cpus_per_node", UINT16, "pn_min_cpus", "Fewest CPUs that each node has to have"
        ),
        Field(
            "memory_per_cpu",
            MEM_PER_CPUS,
            "pn_min_memory",
            (
                "Memory for each CPU: in MiB, or text such as 4G; unset: as configured, "
                "infinite: no limit"
            ),
        ),
        Field(
            "memory_per_node",
            MEM_PER_NODE,
            "pn_min_memory",
            (
                "Memory on each node: in MiB, or text such as 4G; unset: as configured, "
                "infinite: all there is"
            ),
        ),
        Field(
            "temporary_disk_per_node",
            UINT32,
            "pn_min_tmp_disk",
            "Fewest MiB that the scratch file system of each node has to have",
        ),
        Field("selinux_context", STRING, "req_context", "SELinux context that the job runs in"),
        Field(
            "required_switches",
            UINT32_NO_VAL,
            "req_switch",
            "Most leaf switches that the nodes may be spread over",
        ),
        Field(
            "segment_size",
            UINT16_NO_VAL,
            "segment_size",
            (
                "Number of nodes that have to lie in the same block, with the block topology; 0: "
                "no matter"
            ),
            since=V41,
        ),
        Field(
            "standard_error",
            STRING,
            "std_err",
            "File for standard error; default: that of standard output; %j stands for the job id",
        ),
        Field(
            "standard_input",
            STRING,
            "std_in",
            "File for standard input; default: /dev/null; %j stands for the job id",
        ),
        Field(
            "standard_output",
            STRING,
            "std_out",
            "File for standard output; default: slurm-%j.out; %j stands for the job id",
        ),
        Field(
            "wait_for_switch",
            UINT32,
            "wait4switch",
            "Seconds to wait for required_switches before they no longer matter",
        ),
        Field(
            "wckey",
            STRING,
            "wckey",
            "Workload characterization key (wckey) that the job is accounted under",
        ),
        Field("x11", X11_FLAGS, "x11", "Which nodes forward X11; empty: none"),
        Field(
            "x11_magic_cookie", STRING, "x11_magic_cookie", "Magic cookie that X11 is opened with"
        ),
        Field(
            "x11_target_host",
            STRING,
            "x11_target",
            "Host of the X11 display, or path of its socket if the port is 0",
        ),
        Field(
            "x11_target_port",
            UINT16,
            "x11_target_port",
            "TCP port of the X11 display; 0: x11_target_host is a socket",
        ),
    ),
    description=(
        "What a job is to be like; a field that is left out has Slurm's default, or "
        "stays as it is in an update"
    ),
    branches={
        "rlimits": "Resource limits of the job's processes, as setrlimit(2) has them",
    },
)

JOB_DESC_MSG_PTR = Pointer("JOB_DESC_MSG_PTR", JOB_DESC_MSG)

JOB_DESC_MSG_LIST = ListOf("JOB_DESC_MSG_LIST", JOB_DESC_MSG_PTR)

JOB_SUBMIT_REQ = Struct(
    "JOB_SUBMIT_REQ",
    "openapi_job_submit_request_t",
    (
        Field(
            "script",
            STRING,
            "script",
            "Batch script; takes the place of the one in job, or in the first of jobs",
            deprecated=Deprecated("24.05", since=V41),
        ),
        Field(
            "jobs", JOB_DESC_MSG_LIST, "jobs", "Parts of a heterogeneous job; not along with job"
        ),
        Field("job", JOB_DESC_MSG_PTR, "job", "The job; not along with jobs"),
    ),
    description="Request to run a batch job: one job, or the components of a heterogeneous one",
)

JOB_ALLOC_REQ = Struct(
    "JOB_ALLOC_REQ",
    "openapi_job_alloc_request_t",
    (
        Field(
            "hetjob",
            JOB_DESC_MSG_LIST,
            "hetjob",
            "Parts of a heterogeneous job; not along with job",
        ),
        Field("job", JOB_DESC_MSG_PTR, "job", "The job; not along with hetjob"),
    ),
    description="Request for an allocation: one job, or the components of a heterogeneous one",
)

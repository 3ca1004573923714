# SPDX-License-Identifier: GPL-2.0-or-later
"""What a job is asked for with."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Deprecated,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Pointer,
    Struct,
    V40,
    V41,
    V42,
)
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
    CSV_STRING,
    GROUP_ID,
    HOLD,
    MEM_PER_CPUS,
    MEM_PER_NODE,
    NICE,
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
            "CPU_BIND_TO_THREADS", "CPU_BIND_TO_THREADS", "CPU_BIND_T_TO_MASK", "TODO", equal=True
        ),
        Flag("CPU_BIND_TO_CORES", "CPU_BIND_TO_CORES", "CPU_BIND_T_TO_MASK", "TODO", equal=True),
        Flag(
            "CPU_BIND_TO_SOCKETS", "CPU_BIND_TO_SOCKETS", "CPU_BIND_T_TO_MASK", "TODO", equal=True
        ),
        Flag("CPU_BIND_TO_LDOMS", "CPU_BIND_TO_LDOMS", "CPU_BIND_T_TO_MASK", "TODO", equal=True),
        Flag("CPU_BIND_NONE", "CPU_BIND_NONE", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("CPU_BIND_RANK", 0, description="TODO", removed=True),
        Flag("CPU_BIND_MAP", "CPU_BIND_MAP", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("CPU_BIND_MASK", "CPU_BIND_MASK", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("CPU_BIND_LDRANK", "CPU_BIND_LDRANK", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("CPU_BIND_LDMAP", "CPU_BIND_LDMAP", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("CPU_BIND_LDMASK", "CPU_BIND_LDMASK", "CPU_BIND_T_MASK", "TODO", equal=True),
        Flag("VERBOSE", "CPU_BIND_VERBOSE", "CPU_BIND_VERBOSE", "TODO"),
        Flag(
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "CPU_BIND_ONE_THREAD_PER_CORE",
            "TODO",
        ),
    ),
)

MEMORY_BINDING_TYPE = Flags(
    "MEMORY_BINDING_TYPE",
    "uint16_t",
    (
        Flag("NONE", "MEM_BIND_NONE", "MEM_BIND_TYPE_MASK", "TODO", equal=True),
        Flag("RANK", "MEM_BIND_RANK", "MEM_BIND_TYPE_MASK", "TODO", equal=True),
        Flag("MAP", "MEM_BIND_MAP", "MEM_BIND_TYPE_MASK", "TODO", equal=True),
        Flag("MASK", "MEM_BIND_MASK", "MEM_BIND_TYPE_MASK", "TODO", equal=True),
        Flag("LOCAL", "MEM_BIND_LOCAL", "MEM_BIND_TYPE_MASK", "TODO", equal=True),
        Flag("VERBOSE", "MEM_BIND_VERBOSE", "MEM_BIND_VERBOSE", "TODO"),
        Flag("SORT", "MEM_BIND_SORT", "MEM_BIND_TYPE_FLAGS_MASK", "TODO"),
        Flag("PREFER", "MEM_BIND_PREFER", "MEM_BIND_TYPE_FLAGS_MASK", "TODO"),
    ),
)

OPEN_MODE = Flags(
    "OPEN_MODE",
    "uint8_t",
    (
        Flag("APPEND", "OPEN_MODE_APPEND", description="TODO"),
        Flag("TRUNCATE", "OPEN_MODE_TRUNCATE", description="TODO"),
    ),
)

X11_FLAGS = Flags(
    "X11_FLAGS",
    "uint16_t",
    (
        Flag("FORWARD_ALL_NODES", "X11_FORWARD_ALL", description="TODO"),
        Flag("BATCH_NODE", "X11_FORWARD_BATCH", description="TODO"),
        Flag("FIRST_NODE", "X11_FORWARD_FIRST", description="TODO"),
        Flag("LAST_NODE", "X11_FORWARD_LAST", description="TODO"),
    ),
)

CRON_ENTRY_FLAGS = Flags(
    "CRON_ENTRY_FLAGS",
    "uint32_t",
    (
        Flag("WILD_MINUTE", "CRON_WILD_MINUTE", description="TODO"),
        Flag("WILD_HOUR", "CRON_WILD_HOUR", description="TODO"),
        Flag("WILD_DAY_OF_MONTH", "CRON_WILD_DOM", description="TODO"),
        Flag("WILD_MONTH", "CRON_WILD_MONTH", description="TODO"),
        Flag("WILD_DAY_OF_WEEK", "CRON_WILD_DOW", description="TODO"),
    ),
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
        Field("flags", CRON_ENTRY_FLAGS, "flags", "TODO"),
        Field("minute", BITSTR_PTR, "minute", "TODO"),
        Field("hour", BITSTR_PTR, "hour", "TODO"),
        Field("day_of_month", BITSTR_PTR, "day_of_month", "TODO"),
        Field("month", BITSTR_PTR, "month", "TODO"),
        Field("day_of_week", BITSTR_PTR, "day_of_week", "TODO"),
        Field("specification", STRING, "cronspec", "TODO"),
        Field("command", STRING, "command", "TODO"),
        Field("line/start", UINT32, "line_start", "TODO"),
        Field("line/end", UINT32, "line_end", "TODO"),
    ),
)

CRON_ENTRY_PTR = Pointer("CRON_ENTRY_PTR", CRON_ENTRY)

JOB_DESC_MSG_ARGV = Leaf(
    "JOB_DESC_MSG_ARGV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
)

JOB_DESC_MSG_CPU_FREQ = Leaf(
    "JOB_DESC_MSG_CPU_FREQ",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
)

JOB_DESC_MSG_CRON_ENTRY = Leaf(
    "JOB_DESC_MSG_CRON_ENTRY",
    "cron_entry_t *",
    CRON_ENTRY_PTR,
    None,
    description="Entry of a crontab",
)

JOB_DESC_MSG_ENV = Leaf(
    "JOB_DESC_MSG_ENV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
)

JOB_DESC_MSG_SPANK_ENV = Leaf(
    "JOB_DESC_MSG_SPANK_ENV",
    "job_desc_msg_t",
    STRING_ARRAY,
    None,
    whole=True,
)

JOB_DESC_MSG_NODES = Leaf(
    "JOB_DESC_MSG_NODES",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
)

JOB_DESC_MSG_PLANE_SIZE = Leaf(
    "JOB_DESC_MSG_PLANE_SIZE",
    "job_desc_msg_t",
    UINT16_NO_VAL,
    None,
    whole=True,
)

JOB_DESC_MSG_TASK_DISTRIBUTION = Leaf(
    "JOB_DESC_MSG_TASK_DISTRIBUTION",
    "job_desc_msg_t",
    Format.STRING,
    None,
    whole=True,
)

JOB_DESC_MSG_RLIMIT_CPU = Leaf(
    "JOB_DESC_MSG_RLIMIT_CPU",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_FSIZE = Leaf(
    "JOB_DESC_MSG_RLIMIT_FSIZE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_DATA = Leaf(
    "JOB_DESC_MSG_RLIMIT_DATA",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_STACK = Leaf(
    "JOB_DESC_MSG_RLIMIT_STACK",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_CORE = Leaf(
    "JOB_DESC_MSG_RLIMIT_CORE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_RSS = Leaf(
    "JOB_DESC_MSG_RLIMIT_RSS",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_NPROC = Leaf(
    "JOB_DESC_MSG_RLIMIT_NPROC",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_NOFILE = Leaf(
    "JOB_DESC_MSG_RLIMIT_NOFILE",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_MEMLOCK = Leaf(
    "JOB_DESC_MSG_RLIMIT_MEMLOCK",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
)

JOB_DESC_MSG_RLIMIT_AS = Leaf(
    "JOB_DESC_MSG_RLIMIT_AS",
    "job_desc_msg_t",
    UINT64_NO_VAL,
    None,
    whole=True,
    description="TODO",
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
        Field("account", STRING, "account", "TODO"),
        Field("account_gather_frequency", STRING, "acctg_freq", "TODO"),
        Field("admin_comment", STRING, "admin_comment", "TODO"),
        Field("allocation_node_list", STRING, "alloc_node", "TODO"),
        Field("allocation_node_port", UINT16, "alloc_resp_port", "TODO"),
        Field("argv", JOB_DESC_MSG_ARGV, None, "TODO"),
        Field("array", STRING, "array_inx", "TODO"),
        Field("batch_features", STRING, "batch_features", "TODO"),
        Field("begin_time", TIMESTAMP_NO_VAL, "begin_time", "TODO"),
        Field("flags", JOB_FLAGS, "bitflags", "TODO"),
        Field("burst_buffer", STRING, "burst_buffer", "TODO"),
        Field("clusters", STRING, "clusters", "TODO"),
        Field("cluster_constraint", STRING, "cluster_features", "TODO"),
        Field("comment", STRING, "comment", "TODO"),
        Field("contiguous", BOOL16, "contiguous", "TODO"),
        Field("container", STRING, "container", "TODO"),
        Field("container_id", STRING, "container_id", "TODO"),
        Field("cores_per_socket", UINT16, "cores_per_socket", "TODO", until=V40),
        Field("core_specification", CORE_SPEC, "core_spec", "TODO"),
        Field("thread_specification", THREAD_SPEC, "core_spec", "TODO"),
        Field("cpu_binding", STRING, "cpu_bind", "TODO"),
        Field("cpu_binding_flags", CPU_BINDING_FLAGS, "cpu_bind_type", "TODO"),
        Field("cpu_frequency", JOB_DESC_MSG_CPU_FREQ, None, "TODO"),
        Field("cpus_per_tres", STRING, "cpus_per_tres", "TODO"),
        Field("crontab", JOB_DESC_MSG_CRON_ENTRY, "crontab_entry", "TODO"),
        Field("deadline", TIMESTAMP, "deadline", "TODO"),
        Field("delay_boot", UINT32, "delay_boot", "TODO"),
        Field("dependency", STRING, "dependency", "TODO"),
        Field("end_time", TIMESTAMP, "end_time", "TODO"),
        Field("environment", JOB_DESC_MSG_ENV, None, "TODO"),
        Field("rlimits/cpu", JOB_DESC_MSG_RLIMIT_CPU, None, "TODO"),
        Field("rlimits/fsize", JOB_DESC_MSG_RLIMIT_FSIZE, None, "TODO"),
        Field("rlimits/data", JOB_DESC_MSG_RLIMIT_DATA, None, "TODO"),
        Field("rlimits/stack", JOB_DESC_MSG_RLIMIT_STACK, None, "TODO"),
        Field("rlimits/core", JOB_DESC_MSG_RLIMIT_CORE, None, "TODO"),
        Field("rlimits/rss", JOB_DESC_MSG_RLIMIT_RSS, None, "TODO"),
        Field("rlimits/nproc", JOB_DESC_MSG_RLIMIT_NPROC, None, "TODO"),
        Field("rlimits/nofile", JOB_DESC_MSG_RLIMIT_NOFILE, None, "TODO"),
        Field("rlimits/memlock", JOB_DESC_MSG_RLIMIT_MEMLOCK, None, "TODO"),
        Field("rlimits/as", JOB_DESC_MSG_RLIMIT_AS, None, "TODO"),
        Field("excluded_nodes", CSV_STRING, "exc_nodes", "TODO"),
        Field("extra", STRING, "extra", "TODO"),
        Field("constraints", STRING, "features", "TODO"),
        Field("group_id", GROUP_ID, "group_id", "TODO"),
        Field("hetjob_group", UINT32, "het_job_offset", "TODO"),
        Field("immediate", BOOL16, "immediate", "TODO"),
        Field("job_id", UINT32, "job_id", "TODO"),
        Field("kill_on_node_fail", BOOL16, "kill_on_node_fail", "TODO"),
        Field("licenses", STRING, "licenses", "TODO"),
        Field("mail_type", JOB_MAIL_FLAGS, "mail_type", "TODO"),
        Field("mail_user", STRING, "mail_user", "TODO"),
        Field("mcs_label", STRING, "mcs_label", "TODO"),
        Field("memory_binding", STRING, "mem_bind", "TODO"),
        Field("memory_binding_type", MEMORY_BINDING_TYPE, "mem_bind_type", "TODO"),
        Field("memory_per_tres", STRING, "mem_per_tres", "TODO"),
        Field("name", STRING, "name", "TODO"),
        Field("network", STRING, "network", "TODO"),
        Field("nice", NICE, "nice", "TODO"),
        Field("tasks", UINT32, "num_tasks", "TODO"),
        Field("oom_kill_step", UINT16, "oom_kill_step", "TODO", since=V42),
        Field("open_mode", OPEN_MODE, "open_mode", "TODO"),
        Field("reserve_ports", UINT16, "other_port", "TODO"),
        Field("overcommit", BOOL, "overcommit", "TODO"),
        Field("partition", STRING, "partition", "TODO"),
        Field("distribution_plane_size", UINT16, "plane_size", "TODO", until=V40),
        Field("distribution_plane_size", JOB_DESC_MSG_PLANE_SIZE, None, "TODO", since=V41),
        Field(
            "power_flags", POWER_FLAGS, None, "TODO", removed=True, deprecated=Deprecated("24.05")
        ),
        Field("prefer", STRING, "prefer", "TODO"),
        Field("hold", HOLD, "priority", "TODO"),
        Field("priority", UINT32_NO_VAL, "priority", "TODO"),
        Field("profile", ACCT_GATHER_PROFILE, "profile", "TODO"),
        Field("qos", STRING, "qos", "TODO"),
        Field("reboot", BOOL16, "reboot", "TODO"),
        Field("required_nodes", CSV_STRING, "req_nodes", "TODO"),
        Field("requeue", BOOL16, "requeue", "TODO"),
        Field("reservation", STRING, "reservation", "TODO"),
        Field("resv_mpi_ports", UINT16, "resv_port_cnt", "TODO", since=V41, until=V41),
        Field("script", STRING, "script", "TODO"),
        Field("shared", JOB_SHARED, "shared", "TODO"),
        Field(
            "exclusive", JOB_EXCLUSIVE, "shared", "TODO", deprecated=Deprecated("23.11"), until=V41
        ),
        Field("oversubscribe", BOOL16, "shared", "TODO", deprecated=Deprecated("23.11"), until=V41),
        Field("site_factor", UINT32, "site_factor", "TODO"),
        Field("spank_environment", JOB_DESC_MSG_SPANK_ENV, None, "TODO"),
        Field("distribution", TASK_DISTRIBUTION, "task_dist", "TODO", until=V40),
        Field("distribution", JOB_DESC_MSG_TASK_DISTRIBUTION, None, "TODO", since=V41),
        Field("time_limit", UINT32_NO_VAL, "time_limit", "TODO"),
        Field("time_minimum", UINT32_NO_VAL, "time_min", "TODO"),
        Field("tres_bind", STRING, "tres_bind", "TODO"),
        Field("tres_freq", STRING, "tres_freq", "TODO"),
        Field("tres_per_job", STRING, "tres_per_job", "TODO"),
        Field("tres_per_node", STRING, "tres_per_node", "TODO"),
        Field("tres_per_socket", STRING, "tres_per_socket", "TODO"),
        Field("tres_per_task", STRING, "tres_per_task", "TODO"),
        Field("user_id", USER_ID, "user_id", "TODO"),
        Field("wait_all_nodes", BOOL16_NO_VAL, "wait_all_nodes", "TODO"),
        Field("kill_warning_flags", WARN_FLAGS, "warn_flags", "TODO"),
        Field("kill_warning_signal", SIGNAL, "warn_signal", "TODO"),
        Field("kill_warning_delay", UINT16_NO_VAL, "warn_time", "TODO"),
        Field("current_working_directory", STRING, "work_dir", "TODO"),
        Field("cpus_per_task", UINT16, "cpus_per_task", "TODO"),
        Field("minimum_cpus", UINT32, "min_cpus", "TODO"),
        Field("maximum_cpus", UINT32, "max_cpus", "TODO"),
        Field("nodes", JOB_DESC_MSG_NODES, None, "TODO"),
        Field("minimum_nodes", UINT32, "min_nodes", "TODO"),
        Field("maximum_nodes", UINT32, "max_nodes", "TODO"),
        Field("minimum_boards_per_node", UINT16, "boards_per_node", "TODO"),
        Field("minimum_sockets_per_board", UINT16, "sockets_per_board", "TODO"),
        Field("sockets_per_node", UINT16, "sockets_per_node", "TODO"),
        Field("threads_per_core", UINT16, "threads_per_core", "TODO"),
        Field("tasks_per_node", UINT16, "ntasks_per_node", "TODO"),
        Field("tasks_per_socket", UINT16, "ntasks_per_socket", "TODO"),
        Field("tasks_per_core", UINT16, "ntasks_per_core", "TODO"),
        Field("tasks_per_board", UINT16, "ntasks_per_board", "TODO"),
        Field("ntasks_per_tres", UINT16, "ntasks_per_tres", "TODO"),
        Field("minimum_cpus_per_node", UINT16, "pn_min_cpus", "TODO"),
        Field("memory_per_cpu", MEM_PER_CPUS, "pn_min_memory", "TODO"),
        Field("memory_per_node", MEM_PER_NODE, "pn_min_memory", "TODO"),
        Field("temporary_disk_per_node", UINT32, "pn_min_tmp_disk", "TODO"),
        Field("selinux_context", STRING, "req_context", "TODO"),
        Field("required_switches", UINT32_NO_VAL, "req_switch", "TODO"),
        Field("segment_size", UINT16_NO_VAL, "segment_size", "TODO", since=V41),
        Field("standard_error", STRING, "std_err", "TODO"),
        Field("standard_input", STRING, "std_in", "TODO"),
        Field("standard_output", STRING, "std_out", "TODO"),
        Field("wait_for_switch", UINT32, "wait4switch", "TODO"),
        Field("wckey", STRING, "wckey", "TODO"),
        Field("x11", X11_FLAGS, "x11", "TODO"),
        Field("x11_magic_cookie", STRING, "x11_magic_cookie", "TODO"),
        Field("x11_target_host", STRING, "x11_target", "TODO"),
        Field("x11_target_port", UINT16, "x11_target_port", "TODO"),
    ),
)

JOB_DESC_MSG_PTR = Pointer("JOB_DESC_MSG_PTR", JOB_DESC_MSG)

JOB_DESC_MSG_LIST = ListOf("JOB_DESC_MSG_LIST", JOB_DESC_MSG_PTR)

JOB_SUBMIT_REQ = Struct(
    "JOB_SUBMIT_REQ",
    "openapi_job_submit_request_t",
    (
        Field("script", STRING, "script", "TODO", deprecated=Deprecated("24.05", since=V41)),
        Field("jobs", JOB_DESC_MSG_LIST, "jobs", "TODO"),
        Field("job", JOB_DESC_MSG_PTR, "job", "TODO"),
    ),
)

JOB_ALLOC_REQ = Struct(
    "JOB_ALLOC_REQ",
    "openapi_job_alloc_request_t",
    (
        Field("hetjob", JOB_DESC_MSG_LIST, "hetjob", "TODO"),
        Field("job", JOB_DESC_MSG_PTR, "job", "TODO"),
    ),
)

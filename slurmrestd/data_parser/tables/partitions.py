# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Flag, Flags, Format, Leaf, Struct, V41, Write
from slurmrestd.data_parser.tables.job_resources import CR_TYPE
from slurmrestd.data_parser.types import (
    INT32,
    MEM_PER_CPUS,
    MEM_PER_NODE,
    STRING,
    UINT16,
    UINT16_NO_VAL,
    UINT32,
    UINT32_NO_VAL,
    UINT64,
)

PARTITION_STATES = Flags(
    "PARTITION_STATES",
    "uint16_t",
    (
        Flag("INACTIVE", "PARTITION_INACTIVE", "INFINITE16", "TODO", equal=True),
        Flag("UNKNOWN", "NO_VAL16", "INFINITE16", "TODO", equal=True),
        Flag("UP", "PARTITION_UP", "INFINITE16", "TODO", equal=True),
        Flag("DOWN", "PARTITION_DOWN", "INFINITE16", "TODO", equal=True),
        Flag("DRAIN", "PARTITION_DRAIN", "INFINITE16", "TODO", equal=True),
    ),
)

OVERSUBSCRIBE_FLAGS = Flags(
    "OVERSUBSCRIBE_FLAGS",
    "uint16_t",
    (Flag("force", "SHARED_FORCE", description="TODO"),),
)

OVERSUBSCRIBE_JOBS = Leaf(
    "OVERSUBSCRIBE_JOBS",
    "uint16_t",
    Format.INT32,
    Write("OVERSUBSCRIBE"),
)

PARTITION_INFO = Struct(
    "PARTITION_INFO",
    "partition_info_t",
    (
        Field("nodes/allowed_allocation", STRING, "allow_alloc_nodes", "TODO"),
        Field("accounts/allowed", STRING, "allow_accounts", "TODO"),
        Field("groups/allowed", STRING, "allow_groups", "TODO"),
        Field("qos/allowed", STRING, "allow_qos", "TODO"),
        Field("alternate", STRING, "alternate", "TODO"),
        Field("tres/billing_weights", STRING, "billing_weights_str", "TODO"),
        Field("cluster", STRING, "cluster_name", "TODO"),
        Field("select_type", CR_TYPE, "cr_type", "TODO", since=V41),
        Field("cpus/task_binding", UINT32, "cpu_bind", "TODO"),
        Field("defaults/memory_per_cpu", UINT64, "def_mem_per_cpu", "TODO"),
        Field("defaults/partition_memory_per_cpu", MEM_PER_CPUS, "def_mem_per_cpu", "TODO"),
        Field("defaults/partition_memory_per_node", MEM_PER_NODE, "def_mem_per_cpu", "TODO"),
        Field("defaults/time", UINT32_NO_VAL, "default_time", "TODO"),
        Field("accounts/deny", STRING, "deny_accounts", "TODO"),
        Field("qos/deny", STRING, "deny_qos", "TODO"),
        Field("grace_time", UINT32, "grace_time", "TODO"),
        Field("defaults/job", STRING, "job_defaults_str", "TODO"),
        Field("maximums/cpus_per_node", UINT32_NO_VAL, "max_cpus_per_node", "TODO"),
        Field("maximums/cpus_per_socket", UINT32_NO_VAL, "max_cpus_per_socket", "TODO"),
        Field("maximums/memory_per_cpu", UINT64, "max_mem_per_cpu", "TODO"),
        Field("maximums/partition_memory_per_cpu", MEM_PER_CPUS, "max_mem_per_cpu", "TODO"),
        Field("maximums/partition_memory_per_node", MEM_PER_NODE, "max_mem_per_cpu", "TODO"),
        Field("maximums/nodes", UINT32_NO_VAL, "max_nodes", "TODO"),
        Field("maximums/shares", UINT16, "max_share", "TODO"),
        Field("maximums/oversubscribe/jobs", OVERSUBSCRIBE_JOBS, "max_share", "TODO"),
        Field("maximums/oversubscribe/flags", OVERSUBSCRIBE_FLAGS, "max_share", "TODO"),
        Field("maximums/time", UINT32_NO_VAL, "max_time", "TODO"),
        Field("minimums/nodes", UINT32, "min_nodes", "TODO"),
        Field("name", STRING, "name", "TODO"),
        Field("nodes/configured", STRING, "nodes", "TODO"),
        Field("node_sets", STRING, "nodesets", "TODO"),
        Field("maximums/over_time_limit", UINT16_NO_VAL, "over_time_limit", "TODO"),
        Field("priority/job_factor", UINT16, "priority_job_factor", "TODO"),
        Field("priority/tier", UINT16, "priority_tier", "TODO"),
        Field("qos/assigned", STRING, "qos_char", "TODO"),
        Field("timeouts/resume", UINT16_NO_VAL, "resume_timeout", "TODO"),
        Field("partition/state", PARTITION_STATES, "state_up", "TODO"),
        Field("suspend_time", UINT32_NO_VAL, "suspend_time", "TODO"),
        Field("timeouts/suspend", UINT16_NO_VAL, "suspend_timeout", "TODO"),
        Field("cpus/total", UINT32, "total_cpus", "TODO"),
        Field("nodes/total", UINT32, "total_nodes", "TODO"),
        Field("tres/configured", STRING, "tres_fmt_str", "TODO"),
    ),
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V41,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    Needs,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE, LAST_UPDATE
from slurmrestd.data_parser.tables.job_resources import CR_TYPE
from slurmrestd.data_parser.types import (
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
        Flag(
            "INACTIVE",
            "PARTITION_INACTIVE",
            "INFINITE16",
            "Takes no new jobs and starts none",
            equal=True,
        ),
        Flag("UNKNOWN", "NO_VAL16", "INFINITE16", "State is not known", equal=True),
        Flag("UP", "PARTITION_UP", "INFINITE16", "Takes jobs and starts them", equal=True),
        Flag(
            "DOWN",
            "PARTITION_DOWN",
            "INFINITE16",
            "Takes jobs but starts none; those that run go on",
            equal=True,
        ),
        Flag(
            "DRAIN",
            "PARTITION_DRAIN",
            "INFINITE16",
            "Takes no new jobs; those already queued are still started",
            equal=True,
        ),
    ),
    description="What a partition does with new jobs and with waiting ones",
)

OVERSUBSCRIBE_FLAGS = Flags(
    "OVERSUBSCRIBE_FLAGS",
    "uint16_t",
    (
        Flag(
            "force",
            "SHARED_FORCE",
            description="Jobs share resources whether they ask for it or not",
        ),
    ),
    description="How a partition lets jobs share resources",
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
        Field(
            "nodes/allowed_allocation",
            STRING,
            "allow_alloc_nodes",
            "Hosts that jobs may be submitted from, as a hostlist expression; empty: any",
        ),
        Field(
            "accounts/allowed",
            STRING,
            "allow_accounts",
            "Accounts that may use it, separated by commas; empty: all",
        ),
        Field(
            "groups/allowed",
            STRING,
            "allow_groups",
            "UNIX groups that may use it, separated by commas; empty: all",
        ),
        Field(
            "qos/allowed",
            STRING,
            "allow_qos",
            "Qualities of service (QOS) that its jobs may have, separated by commas; empty: all",
        ),
        Field(
            "alternate",
            STRING,
            "alternate",
            "Partition that gets the jobs if this one is drained or inactive; empty if none",
        ),
        Field(
            "tres/billing_weights",
            STRING,
            "billing_weights_str",
            "Price of each TRES in billing units, as name=weight separated by commas",
        ),
        Field(
            "cluster",
            STRING,
            "cluster_name",
            "Cluster that the partition belongs to; set in a federation only",
        ),
        Field(
            "select_type",
            CR_TYPE,
            "cr_type",
            (
                "Units that jobs are given, such as CORE and MEMORY; empty: as configured for "
                "the cluster"
            ),
            since=V41,
        ),
        Field(
            "cpus/task_binding",
            UINT32,
            "cpu_bind",
            (
                "What tasks are bound to by default, as a sum: 2 threads, 4 cores, 8 sockets, 32 "
                "nothing; 0: unset"
            ),
        ),
        Field(
            "defaults/memory_per_cpu",
            UINT64,
            "def_mem_per_cpu",
            (
                "Default memory of jobs in MiB: per CPU if bit 63 is set, else per node; 0: no "
                "default"
            ),
        ),
        Field(
            "defaults/partition_memory_per_cpu",
            MEM_PER_CPUS,
            "def_mem_per_cpu",
            "Default memory of jobs per CPU in MiB; unset if the default is given per node",
        ),
        Field(
            "defaults/partition_memory_per_node",
            MEM_PER_NODE,
            "def_mem_per_cpu",
            "Default memory of jobs per node in MiB; unset if the default is given per CPU",
        ),
        Field(
            "defaults/time",
            UINT32_NO_VAL,
            "default_time",
            "Time limit of jobs that ask for none, in minutes; unset: the longest allowed",
        ),
        Field(
            "accounts/deny",
            STRING,
            "deny_accounts",
            "Accounts that may not use it, separated by commas; void if some are allowed by name",
        ),
        Field(
            "qos/deny",
            STRING,
            "deny_qos",
            (
                "Qualities of service (QOS) barred from it, separated by commas; void if some "
                "are allowed by name"
            ),
        ),
        Field(
            "grace_time",
            UINT32,
            "grace_time",
            "Seconds that a preempted job has left before it is ended",
        ),
        Field(
            "defaults/job",
            STRING,
            "job_defaults_str",
            "Other defaults of jobs, as name=value separated by commas, such as DefCpuPerGPU=4",
        ),
        Field(
            "maximums/cpus_per_node",
            UINT32_NO_VAL,
            "max_cpus_per_node",
            "Most CPUs that jobs may use of each node; infinite: no limit",
        ),
        Field(
            "maximums/cpus_per_socket",
            UINT32_NO_VAL,
            "max_cpus_per_socket",
            "Most CPUs that jobs may use of each socket; infinite: no limit",
        ),
        Field(
            "maximums/memory_per_cpu",
            UINT64,
            "max_mem_per_cpu",
            "Most memory of jobs in MiB: per CPU if bit 63 is set, else per node; 0: no limit",
        ),
        Field(
            "maximums/partition_memory_per_cpu",
            MEM_PER_CPUS,
            "max_mem_per_cpu",
            "Most memory of jobs per CPU in MiB; unset if the limit is given per node",
        ),
        Field(
            "maximums/partition_memory_per_node",
            MEM_PER_NODE,
            "max_mem_per_cpu",
            (
                "Most memory of jobs per node in MiB; unset if the limit is given per CPU; 0: no "
                "limit"
            ),
        ),
        Field(
            "maximums/nodes",
            UINT32_NO_VAL,
            "max_nodes",
            "Most nodes that one job may have; infinite: no limit",
        ),
        Field(
            "maximums/shares",
            UINT16,
            "max_share",
            (
                "Raw setting of sharing: 0 whole nodes only, 1 none, else jobs per resource; bit "
                "15: forced"
            ),
        ),
        Field(
            "maximums/oversubscribe/jobs",
            OVERSUBSCRIBE_JOBS,
            "max_share",
            "Most jobs that may share a resource; 1: no sharing, 0: whole nodes only",
        ),
        Field(
            "maximums/oversubscribe/flags",
            OVERSUBSCRIBE_FLAGS,
            "max_share",
            "How the sharing of resources is ruled",
        ),
        Field(
            "maximums/time",
            UINT32_NO_VAL,
            "max_time",
            "Longest time limit that a job may have, in minutes; infinite: no limit",
        ),
        Field("minimums/nodes", UINT32, "min_nodes", "Fewest nodes that one job may have"),
        Field("name", STRING, "name", "Name of the partition"),
        Field(
            "nodes/configured", STRING, "nodes", "Nodes of the partition, as a hostlist expression"
        ),
        Field(
            "node_sets",
            STRING,
            "nodesets",
            "Sets of nodes that the partition is made of, separated by commas; empty if none",
        ),
        Field(
            "maximums/over_time_limit",
            UINT16_NO_VAL,
            "over_time_limit",
            (
                "Minutes that jobs may run past their limit; unset: as set for the cluster; "
                "infinite: no end"
            ),
        ),
        Field(
            "priority/job_factor",
            UINT16,
            "priority_job_factor",
            (
                "Share of the partition in the priority of its jobs, relative to other "
                "partitions; default 1"
            ),
        ),
        Field(
            "priority/tier",
            UINT16,
            "priority_tier",
            "Partitions of a higher tier are served first and may preempt lower ones; default 1",
        ),
        Field(
            "qos/assigned",
            STRING,
            "qos_char",
            "Quality of service (QOS) whose limits hold for the whole partition; empty if none",
        ),
        Field(
            "timeouts/resume",
            UINT16_NO_VAL,
            "resume_timeout",
            "Seconds that a node may take to power up; unset: as set for the cluster",
        ),
        Field(
            "partition/state",
            PARTITION_STATES,
            "state_up",
            "Whether the partition takes and starts jobs",
        ),
        Field(
            "suspend_time",
            UINT32_NO_VAL,
            "suspend_time",
            (
                "Seconds without work after which a node is powered down; unset: as for the "
                "cluster; infinite: never"
            ),
        ),
        Field(
            "timeouts/suspend",
            UINT16_NO_VAL,
            "suspend_timeout",
            "Seconds that a node may take to power down; unset: as set for the cluster",
        ),
        Field("cpus/total", UINT32, "total_cpus", "How many CPUs its nodes have together"),
        Field("nodes/total", UINT32, "total_nodes", "How many nodes it has"),
        Field(
            "tres/configured",
            STRING,
            "tres_fmt_str",
            "Trackable resources (TRES) of the partition, as name=count separated by commas",
        ),
    ),
    description="Partition as the controller knows it",
    branches={
        "nodes": "Nodes of the partition, and from which ones it may be used",
        "accounts": "Accounts that may use the partition, or may not",
        "groups": "Groups whose users may use the partition",
        "qos": "QOS that may be used in the partition, or may not, and its own",
        "tres": "Resources (TRES) of the partition, and what they are billed as",
        "cpus": "CPUs of the partition",
        "defaults": "What jobs get that do not ask for something else",
        "maximums": "The most that jobs can have",
        "maximums/oversubscribe": "How many jobs may share resources, and whether they have to",
        "minimums": "The least that jobs can have",
        "priority": "How jobs of the partition come before those of others",
        "timeouts": "How long nodes may take to change their state of power",
        "partition": "The partition itself",
    },
)

PARTITION_INFO_MSG = Leaf(
    "PARTITION_INFO_MSG",
    "partition_info_msg_t",
    Items(PARTITION_INFO),
    None,
    whole=True,
    needs=Needs.TRES,
)

PARTITION_INFO_MSG_PTR = Pointer("PARTITION_INFO_MSG_PTR", PARTITION_INFO_MSG)

OPENAPI_PARTITION_RESP = Struct(
    "OPENAPI_PARTITION_RESP",
    "openapi_resp_partitions_info_msg_t",
    (
        Field(
            "partitions",
            PARTITION_INFO_MSG_PTR,
            "partitions",
            "Partitions that were asked for",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with partitions",
)

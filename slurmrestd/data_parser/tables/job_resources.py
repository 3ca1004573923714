# SPDX-License-Identifier: GPL-2.0-or-later
"""What a job holds: nodes, sockets, cores and memory."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V40,
    V41,
    ArrayOf,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.types import BOOL, STRING, UINT16, UINT16_NO_VAL, UINT32, UINT64

CR_TYPE = Flags(
    "CR_TYPE",
    "uint16_t",
    (
        Flag(
            "CPU",
            "CR_CPU",
            "CR_CPU|CR_SOCKET|CR_CORE",
            "CPUs are handed out one by one",
            equal=True,
        ),
        Flag(
            "SOCKET",
            "CR_SOCKET",
            "CR_CPU|CR_SOCKET|CR_CORE",
            "Sockets are handed out whole",
            equal=True,
        ),
        Flag(
            "CORE", "CR_CORE", "CR_CPU|CR_SOCKET|CR_CORE", "Cores are handed out whole", equal=True
        ),
        Flag("BOARD", "CR_BOARD", description="Boards are handed out whole"),
        Flag("MEMORY", "CR_MEMORY", description="Memory is handed out too, and never twice"),
        Flag(
            "ONE_TASK_PER_CORE",
            "CR_ONE_TASK_PER_CORE",
            description="A core gets one task unless the job says otherwise",
        ),
        Flag(
            "PACK_NODES",
            "CR_PACK_NODES",
            description="Nodes are filled one after the other, not evenly",
        ),
        Flag(
            "CORE_DEFAULT_DIST_BLOCK",
            "CR_CORE_DEFAULT_DIST_BLOCK",
            description="Cores of a node are taken socket by socket, if the job does not say",
        ),
        Flag("LLN", "CR_LLN", description="The least loaded nodes are taken first"),
        Flag("LINEAR", "CR_LINEAR", description="Nodes are handed out whole"),
    ),
    description="What Slurm hands out to jobs, and how",
)

NODE_CR_TYPE = Flags(
    "NODE_CR_TYPE",
    "uint32_t",
    (
        Flag(
            "AVAILABLE",
            "NODE_CR_AVAILABLE",
            "INFINITE",
            "Nodes and their CPUs may be shared with other jobs",
            equal=True,
        ),
        Flag(
            "ONE_ROW",
            "NODE_CR_ONE_ROW",
            "INFINITE",
            "Nodes may be shared with other jobs, their CPUs not",
            equal=True,
        ),
        Flag(
            "RESERVED", "NODE_CR_RESERVED", "INFINITE", "Nodes are for this job alone", equal=True
        ),
    ),
    description="Whether other jobs may have the same nodes",
)

JOB_RES_CORE_STATUS = Flags(
    "JOB_RES_CORE_STATUS",
    "uint64_t",
    (
        Flag("INVALID", 0, description="Nothing is known of the core", equal=True),
        Flag("UNALLOCATED", "NO_VAL64", description="The job does not have the core", equal=True),
        Flag("ALLOCATED", 1 << 1, description="The job has the core"),
        Flag("IN_USE", 1 << 2, description="A step of the job uses the core"),
    ),
    description="What a job has of a core",
)

JOB_RES_CORE = Struct(
    "JOB_RES_CORE",
    "sr_resource_core",
    (
        Field(
            "index", UINT32, "index", "Position of the core in its socket, from 0", required=True
        ),
        Field(
            "status",
            JOB_RES_CORE_STATUS,
            "status",
            "Whether the job has the core and a step uses it",
            required=True,
        ),
    ),
    description="Core of a socket, as far as a job has to do with it",
)

JOB_RES_CORE_ARRAY = ArrayOf("JOB_RES_CORE_ARRAY", JOB_RES_CORE)

JOB_RES_SOCKET = Struct(
    "JOB_RES_SOCKET",
    "sr_resource_socket",
    (
        Field(
            "index", UINT32, "index", "Position of the socket in its node, from 0", required=True
        ),
        Field("cores", JOB_RES_CORE_ARRAY, "cores", "Cores of the socket", required=True),
    ),
    description="Socket of a node of which a job has cores",
)

JOB_RES_SOCKET_ARRAY = ArrayOf("JOB_RES_SOCKET_ARRAY", JOB_RES_SOCKET)

JOB_RES_NODE = Struct(
    "JOB_RES_NODE",
    "sr_resource_node",
    (
        Field(
            "index",
            UINT32,
            "index",
            "Position of the node among the job's nodes, from 0",
            required=True,
        ),
        Field("name", STRING, "name", "Name of the node", required=True),
        Field(
            "cpus/count", UINT16, "cpus_count", "CPUs of the node that the job has", required=True
        ),
        Field(
            "cpus/used",
            UINT16,
            "cpus_used",
            "CPUs of the node that steps of the job use",
            required=True,
        ),
        Field(
            "memory/used",
            UINT64,
            "memory_used",
            "Memory of the node that steps of the job use, in MiB",
            required=True,
        ),
        Field(
            "memory/allocated",
            UINT64,
            "memory_allocated",
            "Memory of the node that the job has, in MiB",
            required=True,
        ),
        Field(
            "sockets",
            JOB_RES_SOCKET_ARRAY,
            "sockets",
            "Sockets of the node with cores of the job",
            required=True,
        ),
    ),
    description="What a job holds of a node",
    branches={
        "cpus": "CPUs of the node that the job has",
        "memory": "Memory of the node that the job has",
    },
)

JOB_RES_NODES = Leaf(
    "JOB_RES_NODES",
    "job_resources_t",
    Items(JOB_RES_NODE),
    Write("CALL", function="JOB_RESOURCES", through=JOB_RES_NODE),
    whole=True,
    description="Resources of each node",
)

JOB_RES_NODES_V40 = Leaf(
    "JOB_RES_NODES",
    "job_resources_t",
    Format.ARRAY,
    Write("CALL", function="JOB_RESOURCES_40"),
    whole=True,
    description="What the job has on each node, with its sockets and cores",
)

ALLOCATED_CORES = Leaf(
    "ALLOCATED_CORES",
    "uint32_t",
    Format.INT32,
    Write("CALL", function="JOB_ALLOCATED_CORES"),
)

ALLOCATED_CPUS = Leaf(
    "ALLOCATED_CPUS",
    "uint32_t",
    Format.INT32,
    Write("CALL", function="JOB_ALLOCATED_CPUS"),
)

JOB_RES = Struct(
    "JOB_RES",
    "job_resources_t",
    (
        Field("nodes", STRING, "nodes", "Names of the job's nodes, as a host list", until=V40),
        Field(
            "allocated_cores",
            ALLOCATED_CORES,
            "ncpus",
            "Number of the job's CPUs; 0 unless cores or sockets are handed out",
            until=V40,
        ),
        Field(
            "allocated_cpus",
            ALLOCATED_CPUS,
            "ncpus",
            "Number of the job's CPUs; 0 unless CPUs are handed out",
            until=V40,
        ),
        Field("allocated_hosts", UINT32, "nhosts", "Number of the job's nodes", until=V40),
        Field(
            "allocated_nodes", JOB_RES_NODES_V40, None, "What the job has on each node", until=V40
        ),
        Field(
            "select_type",
            CR_TYPE,
            "cr_type",
            "How resources are handed out to the job",
            required=True,
            since=V41,
        ),
        Field(
            "nodes/count", UINT32, "nhosts", "Number of the job's nodes", required=True, since=V41
        ),
        Field(
            "nodes/select_type",
            NODE_CR_TYPE,
            "node_req",
            "Whether the job shares its nodes with others",
            required=True,
            since=V41,
        ),
        Field(
            "nodes/list",
            STRING,
            "nodes",
            "Names of the job's nodes, as a host list",
            required=True,
            since=V41,
        ),
        Field("cpus", UINT32, "ncpus", "Number of the job's CPUs", required=True, since=V41),
        Field(
            "threads_per_core",
            UINT16_NO_VAL,
            "threads_per_core",
            "Number of threads that the job uses on each core; unset: any",
            required=True,
            since=V41,
        ),
        Field(
            "nodes/whole",
            BOOL,
            "whole_node",
            "Whether the job has its nodes whole",
            required=True,
            since=V41,
        ),
        Field(
            "nodes/allocation",
            JOB_RES_NODES,
            None,
            "What the job has on each node",
            required=True,
            since=V41,
        ),
    ),
    description="What a job holds",
    branches={
        "nodes": "Nodes that the job has",
    },
)

JOB_RES_PTR = Pointer("JOB_RES_PTR", JOB_RES)

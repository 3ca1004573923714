# SPDX-License-Identifier: GPL-2.0-or-later
"""What a job holds: nodes, sockets, cores and memory."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    ArrayOf,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    Pointer,
    Struct,
    V40,
    V41,
    Write,
)
from slurmrestd.data_parser.types import BOOL, INT32, STRING, UINT16, UINT16_NO_VAL, UINT32, UINT64

CR_TYPE = Flags(
    "CR_TYPE",
    "uint16_t",
    (
        Flag("CPU", "CR_CPU", "CR_CPU|CR_SOCKET|CR_CORE", "TODO", equal=True),
        Flag("SOCKET", "CR_SOCKET", "CR_CPU|CR_SOCKET|CR_CORE", "TODO", equal=True),
        Flag("CORE", "CR_CORE", "CR_CPU|CR_SOCKET|CR_CORE", "TODO", equal=True),
        Flag("BOARD", "CR_BOARD", description="TODO"),
        Flag("MEMORY", "CR_MEMORY", description="TODO"),
        Flag("ONE_TASK_PER_CORE", "CR_ONE_TASK_PER_CORE", description="TODO"),
        Flag("PACK_NODES", "CR_PACK_NODES", description="TODO"),
        Flag("CORE_DEFAULT_DIST_BLOCK", "CR_CORE_DEFAULT_DIST_BLOCK", description="TODO"),
        Flag("LLN", "CR_LLN", description="TODO"),
        Flag("LINEAR", "CR_LINEAR", description="TODO"),
    ),
)

NODE_CR_TYPE = Flags(
    "NODE_CR_TYPE",
    "uint32_t",
    (
        Flag("AVAILABLE", "NODE_CR_AVAILABLE", "INFINITE", "TODO", equal=True),
        Flag("ONE_ROW", "NODE_CR_ONE_ROW", "INFINITE", "TODO", equal=True),
        Flag("RESERVED", "NODE_CR_RESERVED", "INFINITE", "TODO", equal=True),
    ),
)

JOB_RES_CORE_STATUS = Flags(
    "JOB_RES_CORE_STATUS",
    "uint64_t",
    (
        Flag("INVALID", 0, description="TODO", equal=True),
        Flag("UNALLOCATED", "NO_VAL64", description="TODO", equal=True),
        Flag("ALLOCATED", 1 << 1, description="TODO"),
        Flag("IN_USE", 1 << 2, description="TODO"),
    ),
)

JOB_RES_CORE = Struct(
    "JOB_RES_CORE",
    "sr_resource_core",
    (
        Field("index", UINT32, "index", "TODO", required=True),
        Field("status", JOB_RES_CORE_STATUS, "status", "TODO", required=True),
    ),
)

JOB_RES_CORE_ARRAY = ArrayOf("JOB_RES_CORE_ARRAY", JOB_RES_CORE)

JOB_RES_SOCKET = Struct(
    "JOB_RES_SOCKET",
    "sr_resource_socket",
    (
        Field("index", UINT32, "index", "TODO", required=True),
        Field("cores", JOB_RES_CORE_ARRAY, "cores", "TODO", required=True),
    ),
)

JOB_RES_SOCKET_ARRAY = ArrayOf("JOB_RES_SOCKET_ARRAY", JOB_RES_SOCKET)

JOB_RES_NODE = Struct(
    "JOB_RES_NODE",
    "sr_resource_node",
    (
        Field("index", UINT32, "index", "TODO", required=True),
        Field("name", STRING, "name", "TODO", required=True),
        Field("cpus/count", UINT16, "cpus_count", "TODO", required=True),
        Field("cpus/used", UINT16, "cpus_used", "TODO", required=True),
        Field("memory/used", UINT64, "memory_used", "TODO", required=True),
        Field("memory/allocated", UINT64, "memory_allocated", "TODO", required=True),
        Field("sockets", JOB_RES_SOCKET_ARRAY, "sockets", "TODO", required=True),
    ),
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
        Field("nodes", STRING, "nodes", "TODO", until=V40),
        Field("allocated_cores", ALLOCATED_CORES, "ncpus", "TODO", until=V40),
        Field("allocated_cpus", ALLOCATED_CPUS, "ncpus", "TODO", until=V40),
        Field("allocated_hosts", UINT32, "nhosts", "TODO", until=V40),
        Field("allocated_nodes", JOB_RES_NODES_V40, None, "TODO", until=V40),
        Field("select_type", CR_TYPE, "cr_type", "TODO", required=True, since=V41),
        Field("nodes/count", UINT32, "nhosts", "TODO", required=True, since=V41),
        Field("nodes/select_type", NODE_CR_TYPE, "node_req", "TODO", required=True, since=V41),
        Field("nodes/list", STRING, "nodes", "TODO", required=True, since=V41),
        Field("cpus", UINT32, "ncpus", "TODO", required=True, since=V41),
        Field(
            "threads_per_core", UINT16_NO_VAL, "threads_per_core", "TODO", required=True, since=V41
        ),
        Field("nodes/whole", BOOL, "whole_node", "TODO", required=True, since=V41),
        Field("nodes/allocation", JOB_RES_NODES, None, "TODO", required=True, since=V41),
    ),
)

JOB_RES_PTR = Pointer("JOB_RES_PTR", JOB_RES)

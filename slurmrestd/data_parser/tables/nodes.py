# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes, and what can be changed of them."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Deprecated,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    Pointer,
    Struct,
    V41,
    Write,
)
from slurmrestd.data_parser.types import (
    CSV_STRING,
    HOSTLIST_STRING,
    INT32,
    INT64,
    STRING,
    TIMESTAMP,
    TIMESTAMP_NO_VAL,
    UINT16,
    UINT32,
    UINT32_NO_VAL,
    UINT64,
    UINT64_NO_VAL,
    USER_ID,
)

NODE_STATES = Flags(
    "NODE_STATES",
    "uint32_t",
    (
        Flag("INVALID", "NO_VAL", "INFINITE", "TODO", equal=True),
        Flag("UNKNOWN", "NODE_STATE_UNKNOWN", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("DOWN", "NODE_STATE_DOWN", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("IDLE", "NODE_STATE_IDLE", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("ALLOCATED", "NODE_STATE_ALLOCATED", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("ERROR", "NODE_STATE_ERROR", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("MIXED", "NODE_STATE_MIXED", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("FUTURE", "NODE_STATE_FUTURE", "NODE_STATE_BASE", "TODO", equal=True),
        Flag("RESERVED", "NODE_STATE_RES", "NODE_STATE_FLAGS", "TODO"),
        Flag("UNDRAIN", "NODE_STATE_UNDRAIN", "NODE_STATE_FLAGS", "TODO"),
        Flag("CLOUD", "NODE_STATE_CLOUD", "NODE_STATE_FLAGS", "TODO"),
        Flag("RESUME", "NODE_RESUME", "NODE_STATE_FLAGS", "TODO"),
        Flag("DRAIN", "NODE_STATE_DRAIN", "NODE_STATE_FLAGS", "TODO"),
        Flag("COMPLETING", "NODE_STATE_COMPLETING", "NODE_STATE_FLAGS", "TODO"),
        Flag("NOT_RESPONDING", "NODE_STATE_NO_RESPOND", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWERED_DOWN", "NODE_STATE_POWERED_DOWN", "NODE_STATE_FLAGS", "TODO"),
        Flag("FAIL", "NODE_STATE_FAIL", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWERING_UP", "NODE_STATE_POWERING_UP", "NODE_STATE_FLAGS", "TODO"),
        Flag("MAINTENANCE", "NODE_STATE_MAINT", "NODE_STATE_FLAGS", "TODO"),
        Flag("REBOOT_REQUESTED", "NODE_STATE_REBOOT_REQUESTED", "NODE_STATE_FLAGS", "TODO"),
        Flag("REBOOT_CANCELED", "NODE_STATE_REBOOT_CANCEL", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWERING_DOWN", "NODE_STATE_POWERING_DOWN", "NODE_STATE_FLAGS", "TODO"),
        Flag("DYNAMIC_FUTURE", "NODE_STATE_DYNAMIC_FUTURE", "NODE_STATE_FLAGS", "TODO"),
        Flag("REBOOT_ISSUED", "NODE_STATE_REBOOT_ISSUED", "NODE_STATE_FLAGS", "TODO"),
        Flag("PLANNED", "NODE_STATE_PLANNED", "NODE_STATE_FLAGS", "TODO"),
        Flag("INVALID_REG", "NODE_STATE_INVALID_REG", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWER_DOWN", "NODE_STATE_POWER_DOWN", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWER_UP", "NODE_STATE_POWER_UP", "NODE_STATE_FLAGS", "TODO"),
        Flag("POWER_DRAIN", "NODE_STATE_POWER_DRAIN", "NODE_STATE_FLAGS", "TODO"),
        Flag("DYNAMIC_NORM", "NODE_STATE_DYNAMIC_NORM", "NODE_STATE_FLAGS", "TODO"),
    ),
)

ACCT_GATHER_ENERGY = Struct(
    "ACCT_GATHER_ENERGY",
    "acct_gather_energy_t",
    (
        Field("average_watts", UINT32, "ave_watts", "TODO"),
        Field("base_consumed_energy", UINT64, "base_consumed_energy", "TODO"),
        Field("consumed_energy", UINT64, "consumed_energy", "TODO"),
        Field("current_watts", UINT32_NO_VAL, "current_watts", "TODO"),
        Field("previous_consumed_energy", UINT64, "previous_consumed_energy", "TODO"),
        Field("last_collected", TIMESTAMP, "poll_time", "TODO"),
    ),
)

ACCT_GATHER_ENERGY_PTR = Pointer("ACCT_GATHER_ENERGY_PTR", ACCT_GATHER_ENERGY)

EXT_SENSORS_DATA = Leaf("EXT_SENSORS_DATA", "void *", Format.OBJECT)

EXT_SENSORS_DATA_PTR = Pointer("EXT_SENSORS_DATA_PTR", EXT_SENSORS_DATA, nullable=True)

POWER_MGMT_DATA = Leaf("POWER_MGMT_DATA", "void *", Format.OBJECT)

POWER_MGMT_DATA_PTR = Pointer("POWER_MGMT_DATA_PTR", POWER_MGMT_DATA, nullable=True)

NODE_SELECT_ALLOC_MEMORY = Leaf(
    "NODE_SELECT_ALLOC_MEMORY",
    "node_info_t",
    Format.INT64,
    Write("CALL", function="NODE_ALLOC_MEMORY"),
    whole=True,
)

NODE_SELECT_ALLOC_CPUS = Leaf(
    "NODE_SELECT_ALLOC_CPUS",
    "node_info_t",
    Format.INT32,
    Write("CALL", function="NODE_ALLOC_CPUS"),
    whole=True,
)

NODE_SELECT_ALLOC_IDLE_CPUS = Leaf(
    "NODE_SELECT_ALLOC_IDLE_CPUS",
    "node_info_t",
    Format.INT32,
    Write("CALL", function="NODE_IDLE_CPUS"),
    whole=True,
)

NODE_SELECT_TRES_USED = Leaf(
    "NODE_SELECT_TRES_USED",
    "node_info_t",
    Format.STRING,
    Write("CALL", function="NODE_TRES_USED"),
    whole=True,
)

NODE_SELECT_TRES_WEIGHTED = Leaf(
    "NODE_SELECT_TRES_WEIGHTED",
    "node_info_t",
    Format.DOUBLE,
    Write("CALL", function="NODE_TRES_WEIGHTED"),
    whole=True,
)

NODE = Struct(
    "NODE",
    "node_info_t",
    (
        Field("architecture", STRING, "arch", "TODO"),
        Field("burstbuffer_network_address", STRING, "bcast_address", "TODO"),
        Field("boards", UINT16, "boards", "TODO"),
        Field("boot_time", TIMESTAMP_NO_VAL, "boot_time", "TODO"),
        Field("cluster_name", STRING, "cluster_name", "TODO"),
        Field("cores", UINT16, "cores", "TODO"),
        Field("specialized_cores", UINT16, "core_spec_cnt", "TODO"),
        Field("cpu_binding", UINT32, "cpu_bind", "TODO"),
        Field("cpu_load", UINT32, "cpu_load", "TODO"),
        Field("free_mem", UINT64_NO_VAL, "free_mem", "TODO"),
        Field("cpus", UINT16, "cpus", "TODO"),
        Field("effective_cpus", UINT16, "cpus_efctv", "TODO"),
        Field("specialized_cpus", STRING, "cpu_spec_list", "TODO"),
        Field("energy", ACCT_GATHER_ENERGY_PTR, "energy", "TODO"),
        Field(
            "external_sensors",
            EXT_SENSORS_DATA_PTR,
            None,
            "TODO",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field("extra", STRING, "extra", "TODO"),
        Field(
            "power", POWER_MGMT_DATA_PTR, None, "TODO", removed=True, deprecated=Deprecated("24.05")
        ),
        Field("features", CSV_STRING, "features", "TODO"),
        Field("active_features", CSV_STRING, "features_act", "TODO"),
        Field("gpu_spec", STRING, "gpu_spec", "TODO", since=V41),
        Field("gres", STRING, "gres", "TODO"),
        Field("gres_drained", STRING, "gres_drain", "TODO"),
        Field("gres_used", STRING, "gres_used", "TODO"),
        Field("instance_id", STRING, "instance_id", "TODO"),
        Field("instance_type", STRING, "instance_type", "TODO"),
        Field("last_busy", TIMESTAMP_NO_VAL, "last_busy", "TODO"),
        Field("mcs_label", STRING, "mcs_label", "TODO"),
        Field("specialized_memory", UINT64, "mem_spec_limit", "TODO"),
        Field("name", STRING, "name", "TODO"),
        Field("next_state_after_reboot", NODE_STATES, "next_state", "TODO"),
        Field("address", STRING, "node_addr", "TODO"),
        Field("hostname", STRING, "node_hostname", "TODO"),
        Field("state", NODE_STATES, "node_state", "TODO"),
        Field("operating_system", STRING, "os", "TODO"),
        Field("owner", USER_ID, "owner", "TODO"),
        Field("partitions", CSV_STRING, "partitions", "TODO"),
        Field("port", UINT16, "port", "TODO"),
        Field("real_memory", UINT64, "real_memory", "TODO"),
        Field("res_cores_per_gpu", UINT16, "res_cores_per_gpu", "TODO", since=V41),
        Field("comment", STRING, "comment", "TODO"),
        Field("reason", STRING, "reason", "TODO"),
        Field("reason_changed_at", TIMESTAMP_NO_VAL, "reason_time", "TODO"),
        Field("reason_set_by_user", USER_ID, "reason_uid", "TODO"),
        Field("resume_after", TIMESTAMP_NO_VAL, "resume_after", "TODO"),
        Field("reservation", STRING, "resv_name", "TODO"),
        Field("alloc_memory", NODE_SELECT_ALLOC_MEMORY, None, "TODO"),
        Field("alloc_cpus", NODE_SELECT_ALLOC_CPUS, None, "TODO"),
        Field("alloc_idle_cpus", NODE_SELECT_ALLOC_IDLE_CPUS, None, "TODO"),
        Field("tres_used", NODE_SELECT_TRES_USED, None, "TODO"),
        Field("tres_weighted", NODE_SELECT_TRES_WEIGHTED, None, "TODO"),
        Field("slurmd_start_time", TIMESTAMP_NO_VAL, "slurmd_start_time", "TODO"),
        Field("sockets", UINT16, "sockets", "TODO"),
        Field("threads", UINT16, "threads", "TODO"),
        Field("temporary_disk", UINT32, "tmp_disk", "TODO"),
        Field("weight", UINT32, "weight", "TODO"),
        Field("tres", STRING, "tres_fmt_str", "TODO"),
        Field("version", STRING, "version", "TODO"),
    ),
)

UPDATE_NODE_MSG = Struct(
    "UPDATE_NODE_MSG",
    "update_node_msg_t",
    (
        Field("comment", STRING, "comment", "TODO"),
        Field("cpu_bind", UINT32, "cpu_bind", "TODO"),
        Field("extra", STRING, "extra", "TODO"),
        Field("features", CSV_STRING, "features", "TODO"),
        Field("features_act", CSV_STRING, "features_act", "TODO"),
        Field("gres", STRING, "gres", "TODO"),
        Field("address", HOSTLIST_STRING, "node_addr", "TODO"),
        Field("hostname", HOSTLIST_STRING, "node_hostname", "TODO"),
        Field("name", HOSTLIST_STRING, "node_names", "TODO"),
        Field("state", NODE_STATES, "node_state", "TODO"),
        Field("reason", STRING, "reason", "TODO"),
        Field("reason_uid", USER_ID, "reason_uid", "TODO"),
        Field("resume_after", UINT32_NO_VAL, "resume_after", "TODO"),
        Field("weight", UINT32_NO_VAL, "weight", "TODO"),
    ),
)

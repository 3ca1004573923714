# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes, and what can be changed of them."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V41,
    Deprecated,
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
from slurmrestd.data_parser.tables.answers import ENVELOPE, LAST_UPDATE
from slurmrestd.data_parser.types import (
    CSV_STRING,
    HOSTLIST_STRING,
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
        Flag(
            "INVALID",
            "NO_VAL",
            "INFINITE",
            "No state: none is known, or none is to follow",
            equal=True,
        ),
        Flag(
            "UNKNOWN",
            "NODE_STATE_UNKNOWN",
            "NODE_STATE_BASE",
            "Not heard of since the controller started",
            equal=True,
        ),
        Flag("DOWN", "NODE_STATE_DOWN", "NODE_STATE_BASE", "Cannot run jobs", equal=True),
        Flag("IDLE", "NODE_STATE_IDLE", "NODE_STATE_BASE", "Free: no job runs on it", equal=True),
        Flag(
            "ALLOCATED",
            "NODE_STATE_ALLOCATED",
            "NODE_STATE_BASE",
            "Handed out to jobs in full",
            equal=True,
        ),
        Flag("ERROR", "NODE_STATE_ERROR", "NODE_STATE_BASE", "Not used any more", equal=True),
        Flag(
            "MIXED", "NODE_STATE_MIXED", "NODE_STATE_BASE", "Handed out to jobs in part", equal=True
        ),
        Flag(
            "FUTURE",
            "NODE_STATE_FUTURE",
            "NODE_STATE_BASE",
            "Only configured so far; does not exist yet",
            equal=True,
        ),
        Flag(
            "RESERVED", "NODE_STATE_RES", "NODE_STATE_FLAGS", "In a reservation that is under way"
        ),
        Flag(
            "UNDRAIN",
            "NODE_STATE_UNDRAIN",
            "NODE_STATE_FLAGS",
            "Update only: takes DRAIN away, nothing else",
        ),
        Flag("CLOUD", "NODE_STATE_CLOUD", "NODE_STATE_FLAGS", "Made in a cloud when it is needed"),
        Flag(
            "RESUME",
            "NODE_RESUME",
            "NODE_STATE_FLAGS",
            "Update only: brings a node that is down, drained or failing back into service",
        ),
        Flag(
            "DRAIN",
            "NODE_STATE_DRAIN",
            "NODE_STATE_FLAGS",
            "Gets no new jobs; those that run go on",
        ),
        Flag(
            "COMPLETING",
            "NODE_STATE_COMPLETING",
            "NODE_STATE_FLAGS",
            "Jobs on it are being cleaned up",
        ),
        Flag(
            "NOT_RESPONDING",
            "NODE_STATE_NO_RESPOND",
            "NODE_STATE_FLAGS",
            "Does not answer the controller",
        ),
        Flag(
            "POWERED_DOWN",
            "NODE_STATE_POWERED_DOWN",
            "NODE_STATE_FLAGS",
            (
                "Switched off to save power; in an update with POWER_DOWN: at once, which ends "
                "its jobs"
            ),
        ),
        Flag("FAIL", "NODE_STATE_FAIL", "NODE_STATE_FLAGS", "Expected to fail; gets no new jobs"),
        Flag("POWERING_UP", "NODE_STATE_POWERING_UP", "NODE_STATE_FLAGS", "Being switched on"),
        Flag(
            "MAINTENANCE",
            "NODE_STATE_MAINT",
            "NODE_STATE_FLAGS",
            "In a maintenance reservation that is under way",
        ),
        Flag(
            "REBOOT_REQUESTED",
            "NODE_STATE_REBOOT_REQUESTED",
            "NODE_STATE_FLAGS",
            "To be rebooted once no job runs on it",
        ),
        Flag(
            "REBOOT_CANCELED",
            "NODE_STATE_REBOOT_CANCEL",
            "NODE_STATE_FLAGS",
            "Update only: calls off a reboot that has not begun",
        ),
        Flag("POWERING_DOWN", "NODE_STATE_POWERING_DOWN", "NODE_STATE_FLAGS", "Being switched off"),
        Flag(
            "DYNAMIC_FUTURE",
            "NODE_STATE_DYNAMIC_FUTURE",
            "NODE_STATE_FLAGS",
            "Was a FUTURE node until a host registered as it",
        ),
        Flag(
            "REBOOT_ISSUED",
            "NODE_STATE_REBOOT_ISSUED",
            "NODE_STATE_FLAGS",
            "Told to reboot; not back yet",
        ),
        Flag(
            "PLANNED",
            "NODE_STATE_PLANNED",
            "NODE_STATE_FLAGS",
            "Kept free by backfill for a job that is to start",
        ),
        Flag(
            "INVALID_REG",
            "NODE_STATE_INVALID_REG",
            "NODE_STATE_FLAGS",
            "Registered with other hardware than is configured; gets no jobs",
        ),
        Flag(
            "POWER_DOWN",
            "NODE_STATE_POWER_DOWN",
            "NODE_STATE_FLAGS",
            "To be switched off once it is idle",
        ),
        Flag("POWER_UP", "NODE_STATE_POWER_UP", "NODE_STATE_FLAGS", "To be switched on"),
        Flag(
            "POWER_DRAIN",
            "NODE_STATE_POWER_DRAIN",
            "NODE_STATE_FLAGS",
            (
                "Update only, with POWER_DOWN: lets running jobs end, starts none before "
                "switching off"
            ),
        ),
        Flag(
            "DYNAMIC_NORM",
            "NODE_STATE_DYNAMIC_NORM",
            "NODE_STATE_FLAGS",
            "Not configured: joined the cluster when it registered",
        ),
    ),
    description="State of a node: one base state, and whatever flags apply",
)

ACCT_GATHER_ENERGY = Struct(
    "ACCT_GATHER_ENERGY",
    "acct_gather_energy_t",
    (
        Field(
            "average_watts",
            UINT32,
            "ave_watts",
            "Mean power over the readings of the sensor so far, in watts",
        ),
        Field(
            "base_consumed_energy",
            UINT64,
            "base_consumed_energy",
            "Energy that consumed_energy is counted on from, in joules; differs by plugin",
        ),
        Field(
            "consumed_energy",
            UINT64,
            "consumed_energy",
            "Energy used as far as it has been counted, in joules",
        ),
        Field(
            "current_watts",
            UINT32_NO_VAL,
            "current_watts",
            "Power at the last reading, in watts; unset if it is not measured",
        ),
        Field(
            "previous_consumed_energy",
            UINT64,
            "previous_consumed_energy",
            "Energy used as of the reading before the last one, in joules",
        ),
        Field(
            "last_collected", TIMESTAMP, "poll_time", "When the sensor was last read (UNIX time)"
        ),
    ),
    description="Energy that a node uses",
)

ACCT_GATHER_ENERGY_PTR = Pointer("ACCT_GATHER_ENERGY_PTR", ACCT_GATHER_ENERGY)

EXT_SENSORS_DATA = Leaf(
    "EXT_SENSORS_DATA",
    "void *",
    Format.OBJECT,
    description="Readings of outside sensors; always an empty object",
)

EXT_SENSORS_DATA_PTR = Pointer("EXT_SENSORS_DATA_PTR", EXT_SENSORS_DATA, nullable=True)

POWER_MGMT_DATA = Leaf(
    "POWER_MGMT_DATA",
    "void *",
    Format.OBJECT,
    description="Power management; always an empty object",
)

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
        Field("architecture", STRING, "arch", "Kind of processor, such as x86_64"),
        Field(
            "burstbuffer_network_address",
            STRING,
            "bcast_address",
            "Address that sbcast sends files to, if not the usual one",
        ),
        Field("boards", UINT16, "boards", "How many boards the node has"),
        Field("boot_time", TIMESTAMP_NO_VAL, "boot_time", "Time of the last boot (UNIX time)"),
        Field(
            "cluster_name",
            STRING,
            "cluster_name",
            "Cluster that the node belongs to; set in a federation only",
        ),
        Field("cores", UINT16, "cores", "How many cores each socket has"),
        Field(
            "specialized_cores",
            UINT16,
            "core_spec_cnt",
            "How many cores are kept from jobs, for the system",
        ),
        Field(
            "cpu_binding",
            UINT32,
            "cpu_bind",
            (
                "What tasks are bound to by default, as a sum: 2 threads, 4 cores, 8 sockets, 32 "
                "nothing; 0: unset"
            ),
        ),
        Field(
            "cpu_load",
            UINT32,
            "cpu_load",
            "Load average of five minutes, times 100; 4294967294 if not known",
        ),
        Field(
            "free_mem",
            UINT64_NO_VAL,
            "free_mem",
            "Memory that the system reports as free, in MiB; unset if not known",
        ),
        Field("cpus", UINT16, "cpus", "How many CPUs the node has"),
        Field(
            "effective_cpus",
            UINT16,
            "cpus_efctv",
            "How many CPUs jobs can have: all less those kept for the system",
        ),
        Field(
            "specialized_cpus",
            STRING,
            "cpu_spec_list",
            "CPUs kept from jobs, for the system, as ranges of their numbers",
        ),
        Field(
            "energy",
            ACCT_GATHER_ENERGY_PTR,
            "energy",
            "Use of energy; zeros if nothing measures it",
        ),
        Field(
            "external_sensors",
            EXT_SENSORS_DATA_PTR,
            None,
            "Readings of outside sensors; gone from Slurm, always empty",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field("extra", STRING, "extra", "Further free text about the node"),
        Field(
            "power",
            POWER_MGMT_DATA_PTR,
            None,
            "Power management; gone from Slurm, always empty",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field("features", CSV_STRING, "features", "Features that the node can have"),
        Field("active_features", CSV_STRING, "features_act", "Features that the node has now"),
        Field(
            "gpu_spec",
            STRING,
            "gpu_spec",
            "Cores that only jobs with GPUs may use, as ranges of their numbers; empty if none",
            since=V41,
        ),
        Field(
            "gres",
            STRING,
            "gres",
            "Generic resources (GRES) of the node, such as gpu:a100:4, separated by commas",
        ),
        Field("gres_drained", STRING, "gres_drain", "Generic resources (GRES) that are drained"),
        Field("gres_used", STRING, "gres_used", "Generic resources (GRES) that jobs have now"),
        Field("instance_id", STRING, "instance_id", "Id of the machine at the cloud provider"),
        Field(
            "instance_type", STRING, "instance_type", "Kind of the machine at the cloud provider"
        ),
        Field(
            "last_busy", TIMESTAMP_NO_VAL, "last_busy", "When the node last had a job (UNIX time)"
        ),
        Field(
            "mcs_label",
            STRING,
            "mcs_label",
            "Label of the multi-category security (MCS) plugin that holds the node now",
        ),
        Field(
            "specialized_memory",
            UINT64,
            "mem_spec_limit",
            "Memory kept from jobs, for the system, in MiB",
        ),
        Field("name", STRING, "name", "Name that Slurm knows the node by"),
        Field(
            "next_state_after_reboot",
            NODE_STATES,
            "next_state",
            "State that the node gets after a reboot; INVALID if none has been asked for",
        ),
        Field("address", STRING, "node_addr", "Address that Slurm reaches the node at"),
        Field("hostname", STRING, "node_hostname", "Name of the host"),
        Field(
            "state",
            NODE_STATES,
            "node_state",
            "State of the node: one base state, and whatever flags apply",
        ),
        Field("operating_system", STRING, "os", "Name and release of the operating system"),
        Field(
            "owner", USER_ID, "owner", "User that has the node to themselves; empty if nobody has"
        ),
        Field("partitions", CSV_STRING, "partitions", "Partitions that the node belongs to"),
        Field("port", UINT16, "port", "TCP port of slurmd"),
        Field("real_memory", UINT64, "real_memory", "Memory of the node as configured, in MiB"),
        Field(
            "res_cores_per_gpu",
            UINT16,
            "res_cores_per_gpu",
            "How many cores only jobs with GPUs may use, for each GPU",
            since=V41,
        ),
        Field("comment", STRING, "comment", "Free text about the node"),
        Field(
            "reason",
            STRING,
            "reason",
            "Text given when the node was set down or drained",
        ),
        Field(
            "reason_changed_at",
            TIMESTAMP_NO_VAL,
            "reason_time",
            "Time that the reason dates from (UNIX time)",
        ),
        Field("reason_set_by_user", USER_ID, "reason_uid", "Who gave the reason"),
        Field(
            "resume_after",
            TIMESTAMP_NO_VAL,
            "resume_after",
            "When the node returns to service on its own (UNIX time); 0 if it does not",
        ),
        Field("reservation", STRING, "resv_name", "Reservation that holds the node; empty if none"),
        Field("alloc_memory", NODE_SELECT_ALLOC_MEMORY, None, "Memory that jobs have now, in MiB"),
        Field("alloc_cpus", NODE_SELECT_ALLOC_CPUS, None, "How many CPUs jobs have now"),
        Field(
            "alloc_idle_cpus",
            NODE_SELECT_ALLOC_IDLE_CPUS,
            None,
            "How many CPUs no job has now",
        ),
        Field(
            "tres_used",
            NODE_SELECT_TRES_USED,
            None,
            "Trackable resources (TRES) that jobs have now, as name=count separated by commas",
        ),
        Field(
            "tres_weighted",
            NODE_SELECT_TRES_WEIGHTED,
            None,
            "TRES that jobs have now, summed by the weights configured for the node",
        ),
        Field(
            "slurmd_start_time",
            TIMESTAMP_NO_VAL,
            "slurmd_start_time",
            "When slurmd started (UNIX time)",
        ),
        Field("sockets", UINT16, "sockets", "How many sockets the node has"),
        Field("threads", UINT16, "threads", "How many hardware threads each core has"),
        Field(
            "temporary_disk",
            UINT32,
            "tmp_disk",
            "Size of the scratch file system as configured, in MiB",
        ),
        Field(
            "weight",
            UINT32,
            "weight",
            (
                "Rank in the choice of nodes: of nodes that fit, the lowest weights go first; "
                "default 1"
            ),
        ),
        Field(
            "tres",
            STRING,
            "tres_fmt_str",
            "Trackable resources (TRES) of the node, as name=count separated by commas",
        ),
        Field("version", STRING, "version", "Version of slurmd"),
    ),
    description="Node as the controller knows it",
)

UPDATE_NODE_MSG = Struct(
    "UPDATE_NODE_MSG",
    "update_node_msg_t",
    (
        Field("comment", STRING, "comment", "Free text about the node"),
        Field(
            "cpu_bind",
            UINT32,
            "cpu_bind",
            (
                "What tasks are bound to by default: 2 threads, 4 cores, 8 sockets, 32 nothing; "
                "524288 unsets it"
            ),
        ),
        Field("extra", STRING, "extra", "Further free text about the node"),
        Field(
            "features",
            CSV_STRING,
            "features",
            "Features that the node can have; takes the place of the present list",
        ),
        Field(
            "features_act",
            CSV_STRING,
            "features_act",
            "Features that the node has now; takes the place of the present list",
        ),
        Field(
            "gres",
            STRING,
            "gres",
            "Generic resources (GRES) of the node, such as gpu:a100:4, separated by commas",
        ),
        Field(
            "address",
            HOSTLIST_STRING,
            "node_addr",
            "New address of each node, in the order of name",
        ),
        Field(
            "hostname",
            HOSTLIST_STRING,
            "node_hostname",
            "New hostname of each node, in the order of name",
        ),
        Field(
            "name",
            HOSTLIST_STRING,
            "node_names",
            "Nodes to change, as names or hostlist expressions",
        ),
        Field("state", NODE_STATES, "node_state", "New state, such as DOWN, DRAIN or RESUME"),
        Field(
            "reason",
            STRING,
            "reason",
            "Text that says why the node gets its state; to be given with DOWN, DRAIN and FAIL",
        ),
        Field(
            "reason_uid",
            USER_ID,
            "reason_uid",
            "Not used: whoever sends the request is noted as having given the reason",
        ),
        Field(
            "resume_after",
            UINT32_NO_VAL,
            "resume_after",
            "Seconds after which a node set down or drained returns to service; infinite: never",
        ),
        Field(
            "weight",
            UINT32_NO_VAL,
            "weight",
            (
                "Rank in the choice of nodes: of nodes that fit, the lowest weights go first; "
                "default 1"
            ),
        ),
    ),
    description="What is to change of nodes; a field that is left out stays as it is",
)

NODES = Leaf(
    "NODES",
    "node_info_msg_t",
    Items(NODE),
    None,
    whole=True,
)

NODES_PTR = Pointer("NODES_PTR", NODES)

OPENAPI_NODES_RESP = Struct(
    "OPENAPI_NODES_RESP",
    "openapi_resp_node_info_msg_t",
    (
        Field("nodes", NODES_PTR, "nodes", "Nodes that were asked for", required=True),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with nodes",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs as the controller holds them."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V40,
    V41,
    V42,
    Deprecated,
    Field,
    Format,
    Items,
    Leaf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE, LAST_UPDATE
from slurmrestd.data_parser.tables.job_resources import JOB_RES_PTR
from slurmrestd.data_parser.tables.job_states import (
    ACCT_GATHER_PROFILE,
    JOB_EXCLUSIVE,
    JOB_FLAGS,
    JOB_MAIL_FLAGS,
    JOB_REASON,
    JOB_SHARED,
    JOB_SHOW_FLAGS,
    JOB_STATE,
)
from slurmrestd.data_parser.types import (
    BOOL,
    BOOL16,
    BOOL16_NO_VAL,
    CORE_SPEC,
    CSV_STRING,
    FLOAT64_NO_VAL,
    GROUP_ID,
    HOLD,
    MEM_PER_CPUS,
    MEM_PER_NODE,
    NICE,
    PROCESS_EXIT_CODE,
    STRING,
    THREAD_SPEC,
    TIMESTAMP_NO_VAL,
    UINT16,
    UINT16_NO_VAL,
    UINT32,
    UINT32_NO_VAL,
    USER_ID,
)

PART_PRIO = Struct(
    "PART_PRIO",
    "sr_partition_priority",
    (
        Field("partition", STRING, "partition", "Name of the partition"),
        Field("priority", UINT32, "priority", "Priority of the job in this partition"),
    ),
    description="Priority that a job has in one partition",
)

PRIORITY_BY_PARTITION = Leaf(
    "PRIORITY_BY_PARTITION",
    "slurm_job_info_t",
    Items(PART_PRIO),
    Write("CALL", function="JOB_PRIORITIES", through=PART_PRIO),
    whole=True,
)

JOB_INFO_GRES_DETAIL = Leaf(
    "JOB_INFO_GRES_DETAIL",
    "slurm_job_info_t",
    Items(STRING),
    Write("CALL", function="JOB_GRES_DETAIL"),
    whole=True,
    description="Generic resources (GRES) with their indexes, a text for each node",
)

JOB_INFO_STDIN = Leaf(
    "JOB_INFO_STDIN",
    "slurm_job_info_t",
    Format.STRING,
    Write("CALL", function="JOB_STDIN", table="users_or_numbers"),
    whole=True,
)

JOB_INFO_STDOUT = Leaf(
    "JOB_INFO_STDOUT",
    "slurm_job_info_t",
    Format.STRING,
    Write("CALL", function="JOB_STDOUT", table="users_or_numbers"),
    whole=True,
)

JOB_INFO_STDERR = Leaf(
    "JOB_INFO_STDERR",
    "slurm_job_info_t",
    Format.STRING,
    Write("CALL", function="JOB_STDERR", table="users_or_numbers"),
    whole=True,
)

POWER_FLAGS = Leaf(
    "POWER_FLAGS", "uint8_t", Format.ARRAY, description="Power management; always an empty list"
)

JOB_INFO = Struct(
    "JOB_INFO",
    "slurm_job_info_t",
    (
        Field("account", STRING, "account", "Account that the job is charged to"),
        Field(
            "accrue_time",
            TIMESTAMP_NO_VAL,
            "accrue_time",
            "When the job began to gain priority by age (UNIX time); 0: not yet",
        ),
        Field("admin_comment", STRING, "admin_comment", "Free text that an administrator attached"),
        Field("allocating_node", STRING, "alloc_node", "Host that the job was submitted from"),
        Field(
            "array_job_id",
            UINT32_NO_VAL,
            "array_job_id",
            "Job id of the array that the job belongs to; 0: none",
        ),
        Field(
            "array_task_id",
            UINT32_NO_VAL,
            "array_task_id",
            "Index of this task in its array; unset if there is none",
        ),
        Field(
            "array_max_tasks",
            UINT32_NO_VAL,
            "array_max_tasks",
            "How many tasks of the array may run at once; 0: no limit",
        ),
        Field(
            "array_task_string",
            STRING,
            "array_task_str",
            "Indexes of the pending tasks that this record stands for, such as 1-5,8",
        ),
        Field("association_id", UINT32, "assoc_id", "Id of the association in accounting; 0: none"),
        Field(
            "batch_features",
            STRING,
            "batch_features",
            "Features that the node of the batch script has to have",
        ),
        Field("batch_flag", BOOL16, "batch_flag", "Whether the job has a batch script"),
        Field(
            "batch_host",
            STRING,
            "batch_host",
            "Node that runs the batch script, otherwise the first of the job's nodes",
        ),
        Field("flags", JOB_FLAGS, "bitflags", "Properties of the job and of how it is scheduled"),
        Field(
            "burst_buffer",
            STRING,
            "burst_buffer",
            "What the job needs of burst buffers, in the terms of the plugin",
        ),
        Field(
            "burst_buffer_state",
            STRING,
            "burst_buffer_state",
            "How far the burst buffer is with its work for the job",
        ),
        Field("cluster", STRING, "cluster", "Cluster whose controller tells of the job"),
        Field(
            "cluster_features",
            STRING,
            "cluster_features",
            "Features that a cluster of the federation has to have; a leading ! excludes them",
        ),
        Field("command", STRING, "command", "Script or program that was submitted"),
        Field("comment", STRING, "comment", "Free text that the user attached"),
        Field(
            "container",
            STRING,
            "container",
            "Path of an OCI bundle that the job runs in",
        ),
        Field("container_id", STRING, "container_id", "Id of the OCI container"),
        Field(
            "contiguous",
            BOOL16_NO_VAL,
            "contiguous",
            "Whether the nodes have to lie next to each other",
        ),
        Field(
            "core_spec",
            CORE_SPEC,
            "core_spec",
            "Number of cores per node that the job leaves to the system",
        ),
        Field(
            "thread_spec",
            THREAD_SPEC,
            "core_spec",
            "Number of hardware threads per node that the job leaves to the system",
        ),
        Field(
            "cores_per_socket",
            UINT16_NO_VAL,
            "cores_per_socket",
            "Fewest cores per socket that nodes have to have; unset: any",
        ),
        Field(
            "billable_tres",
            FLOAT64_NO_VAL,
            "billable_tres",
            (
                "Units that the job is billed for, by its TRES and their "
                "weights; unset until it starts"
            ),
        ),
        Field(
            "cpus_per_task",
            UINT16_NO_VAL,
            "cpus_per_task",
            "Number of CPUs for each task; unset if not asked for",
        ),
        Field(
            "cpu_frequency_minimum",
            UINT32_NO_VAL,
            "cpu_freq_min",
            (
                "Lowest CPU frequency in kHz, or the code of a word such "
                "as low; unset if not asked for"
            ),
        ),
        Field(
            "cpu_frequency_maximum",
            UINT32_NO_VAL,
            "cpu_freq_max",
            (
                "Highest CPU frequency in kHz, or the code of a word such "
                "as high; unset if not asked for"
            ),
        ),
        Field(
            "cpu_frequency_governor",
            UINT32_NO_VAL,
            "cpu_freq_gov",
            "Code of the CPU frequency governor; unset if not asked for",
        ),
        Field(
            "cpus_per_tres",
            STRING,
            "cpus_per_tres",
            "Number of CPUs for each unit of a TRES, such as gres/gpu:8",
        ),
        Field(
            "cron", STRING, "cronspec", "Times at which the job recurs, as written in the crontab"
        ),
        Field(
            "deadline",
            TIMESTAMP_NO_VAL,
            "deadline",
            "When the job has to have ended (UNIX time), or it is removed; 0: no deadline",
        ),
        Field(
            "delay_boot",
            UINT32_NO_VAL,
            "delay_boot",
            "How long to wait for nodes with the features before others are rebooted, in seconds",
        ),
        Field(
            "dependency",
            STRING,
            "dependency",
            (
                "What other jobs have to do first, such as afterok:123; "
                "joined by a comma (all) or ? (any)"
            ),
        ),
        Field(
            "derived_exit_code",
            PROCESS_EXIT_CODE,
            "derived_ec",
            "Largest exit code among the job's steps",
        ),
        Field(
            "eligible_time",
            TIMESTAMP_NO_VAL,
            "eligible_time",
            "From when on the job may start (UNIX time); 0: something still holds it back",
        ),
        Field(
            "end_time",
            TIMESTAMP_NO_VAL,
            "end_time",
            "When the job ended or is expected to end (UNIX time); 0: not known",
        ),
        Field("excluded_nodes", STRING, "exc_nodes", "Nodes that the job must not get"),
        Field("exit_code", PROCESS_EXIT_CODE, "exit_code", "How the job ended"),
        Field(
            "extra", STRING, "extra", "Free text; sites may have it looked at when nodes are chosen"
        ),
        Field("failed_node", STRING, "failed_node", "Node whose failure ended the job"),
        Field(
            "features",
            STRING,
            "features",
            "Features of nodes: while pending those asked for, later those in use",
        ),
        Field(
            "federation_origin",
            STRING,
            "fed_origin_str",
            "Cluster of the federation that the job was submitted to",
        ),
        Field(
            "federation_siblings_active",
            STRING,
            "fed_siblings_active_str",
            "Clusters of the federation that have a live copy of the job",
        ),
        Field(
            "federation_siblings_viable",
            STRING,
            "fed_siblings_viable_str",
            "Clusters of the federation that could run the job",
        ),
        Field(
            "gres_detail",
            JOB_INFO_GRES_DETAIL,
            None,
            "Generic resources that the job has, one text for each node",
        ),
        Field("group_id", UINT32, "group_id", "Id of the group that the job runs as"),
        Field("group_name", GROUP_ID, "group_id", "Name of the group that the job runs as"),
        Field(
            "het_job_id",
            UINT32_NO_VAL,
            "het_job_id",
            "Job id of the heterogeneous job's first part; 0 if the job is none",
        ),
        Field(
            "het_job_id_set",
            STRING,
            "het_job_id_set",
            "Job ids of all parts of the heterogeneous job",
        ),
        Field(
            "het_job_offset",
            UINT32_NO_VAL,
            "het_job_offset",
            "Place of this part in a heterogeneous job, counted from 0",
        ),
        Field("job_id", UINT32, "job_id", "Id of the job"),
        Field(
            "job_resources",
            JOB_RES_PTR,
            "job_resrcs",
            "What the job has on its nodes: CPUs, cores and memory",
            nullable=True,
        ),
        Field(
            "job_size_str",
            CSV_STRING,
            "job_size_str",
            "Numbers of nodes that suit the job, such as 1,4,8; empty unless it named several",
        ),
        Field("job_state", JOB_STATE, "job_state", "States of the job: one base state, then flags"),
        Field(
            "last_sched_evaluation",
            TIMESTAMP_NO_VAL,
            "last_sched_eval",
            "When a scheduler last looked at the job (UNIX time); 0: never",
        ),
        Field(
            "licenses",
            STRING,
            "licenses",
            "Licenses that the job needs, as name:count separated by commas",
        ),
        Field("mail_type", JOB_MAIL_FLAGS, "mail_type", "Events that mail is sent at"),
        Field("mail_user", STRING, "mail_user", "Who gets the mail: a user or an address"),
        Field(
            "max_cpus",
            UINT32_NO_VAL,
            "max_cpus",
            "Most CPUs that the job can use; 0: no limit, or the job has started",
        ),
        Field(
            "max_nodes",
            UINT32_NO_VAL,
            "max_nodes",
            "Most nodes that the job can use; 0: no limit, or the job has started",
        ),
        Field(
            "mcs_label",
            STRING,
            "mcs_label",
            "Label of the multi-category security (MCS) plugin for the job",
        ),
        Field(
            "memory_per_tres",
            STRING,
            "mem_per_tres",
            "Memory for each unit of a TRES, in MiB, such as gres/gpu:4096",
        ),
        Field("name", STRING, "name", "Name of the job"),
        Field(
            "network",
            STRING,
            "network",
            "What the job needs of the network, in the terms of the switch plugin",
        ),
        Field("nodes", STRING, "nodes", "Nodes that the job has or had, as a host list"),
        Field("nice", NICE, "nice", "How far the priority is lowered; below 0 raises it"),
        Field(
            "tasks_per_core",
            UINT16_NO_VAL,
            "ntasks_per_core",
            "Most tasks on one core; 0 or infinite: no limit",
        ),
        Field(
            "tasks_per_tres",
            UINT16_NO_VAL,
            "ntasks_per_tres",
            "Number of tasks for each GPU; 0 if not asked for",
        ),
        Field(
            "tasks_per_node",
            UINT16_NO_VAL,
            "ntasks_per_node",
            "Number of tasks on each node; 0 if not asked for",
        ),
        Field(
            "tasks_per_socket",
            UINT16_NO_VAL,
            "ntasks_per_socket",
            "Most tasks on one socket; 0 or infinite: no limit",
        ),
        Field(
            "tasks_per_board",
            UINT16_NO_VAL,
            "ntasks_per_board",
            "Most tasks on one board; 0 or infinite: no limit",
        ),
        Field(
            "cpus",
            UINT32_NO_VAL,
            "num_cpus",
            "CPUs that the job has, or while pending needs at least",
        ),
        Field(
            "node_count",
            UINT32_NO_VAL,
            "num_nodes",
            "Nodes that the job has, or while pending needs at least",
        ),
        Field("tasks", UINT32_NO_VAL, "num_tasks", "Number of tasks; default: one for each node"),
        Field(
            "partition",
            STRING,
            "partition",
            "Partition of the job; while it is pending maybe several, separated by commas",
        ),
        Field(
            "prefer",
            STRING,
            "prefer",
            "Features that nodes should have if possible, empty once the job has started",
        ),
        Field(
            "memory_per_cpu",
            MEM_PER_CPUS,
            "pn_min_memory",
            "Memory for each CPU, in MiB; unset if it is given per node",
        ),
        Field(
            "memory_per_node",
            MEM_PER_NODE,
            "pn_min_memory",
            "Memory on each node, in MiB; unset if it is given per CPU; 0: all there is",
        ),
        Field(
            "minimum_cpus_per_node",
            UINT16_NO_VAL,
            "pn_min_cpus",
            "Fewest CPUs that each node has to have",
        ),
        Field(
            "minimum_tmp_disk_per_node",
            UINT32_NO_VAL,
            "pn_min_tmp_disk",
            "Fewest MiB that the scratch file system of each node has to have",
        ),
        Field(
            "power/flags",
            POWER_FLAGS,
            None,
            "No longer in use; always empty",
            removed=True,
            deprecated=Deprecated("24.05"),
        ),
        Field(
            "preempt_time",
            TIMESTAMP_NO_VAL,
            "preempt_time",
            "When the job was told of its preemption (UNIX time); 0: it was not",
        ),
        Field(
            "preemptable_time",
            TIMESTAMP_NO_VAL,
            "preemptable_time",
            "From when on the job may be preempted (UNIX time); 0: it may not be",
        ),
        Field(
            "pre_sus_time",
            TIMESTAMP_NO_VAL,
            "pre_sus_time",
            "How long the job had run when it was last suspended, in seconds",
        ),
        Field("hold", HOLD, "priority", "Whether the job is held, that is, has priority 0"),
        Field(
            "priority",
            UINT32_NO_VAL,
            "priority",
            "Priority in the queue: higher is sooner; 0: held",
        ),
        Field(
            "priority_by_partition",
            PRIORITY_BY_PARTITION,
            None,
            "Priority in each of the partitions that the job was submitted to",
            since=V42,
        ),
        Field(
            "profile",
            ACCT_GATHER_PROFILE,
            "profile",
            "What is recorded of the job over time",
        ),
        Field("qos", STRING, "qos", "Quality of service (QOS) that the job runs under"),
        Field("reboot", BOOL, "reboot", "Whether the nodes are rebooted before the job starts"),
        Field("required_nodes", STRING, "req_nodes", "Nodes that the job must get"),
        Field(
            "minimum_switches",
            UINT32,
            "req_switch",
            "Most leaf switches that the nodes may be spread over; 0: no limit",
            until=V41,
        ),
        Field(
            "required_switches",
            UINT32,
            "req_switch",
            "Most leaf switches that the nodes may be spread over; 0: no limit",
            since=V42,
        ),
        Field(
            "requeue",
            BOOL16,
            "requeue",
            "Whether the job goes back to the queue if a node fails or it is preempted",
        ),
        Field(
            "resize_time",
            TIMESTAMP_NO_VAL,
            "resize_time",
            "When the job last grew or shrank (UNIX time); 0: never",
        ),
        Field("restart_cnt", UINT16, "restart_cnt", "How many times the job was queued again"),
        Field("resv_name", STRING, "resv_name", "Reservation that the job uses"),
        Field(
            "scheduled_nodes",
            STRING,
            "sched_nodes",
            "Nodes that the scheduler means to give to the pending job",
        ),
        Field("selinux_context", STRING, "selinux_context", "SELinux context that the job runs in"),
        Field(
            "shared",
            JOB_SHARED,
            "shared",
            "Who may share the nodes with the job; empty: as the partition is configured",
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
            "show_flags",
            JOB_SHOW_FLAGS,
            None,
            "No longer in use; always empty",
            removed=True,
            deprecated=Deprecated("24.11"),
            until=V41,
        ),
        Field(
            "sockets_per_board",
            UINT16,
            "sockets_per_board",
            "Fewest sockets per board that nodes have to have; 0: any",
        ),
        Field(
            "sockets_per_node",
            UINT16_NO_VAL,
            "sockets_per_node",
            "Fewest sockets per node that nodes have to have; unset: any",
        ),
        Field(
            "start_time",
            TIMESTAMP_NO_VAL,
            "start_time",
            "When the job started or is expected to start (UNIX time); 0: not known",
        ),
        Field(
            "state_description", STRING, "state_desc", "More words on why the job is in its state"
        ),
        Field("state_reason", JOB_REASON, "state_reason", "Why the job waits or why it ended"),
        Field(
            "standard_error",
            JOB_INFO_STDERR,
            None,
            "File for standard error, with patterns such as %j filled in",
        ),
        Field(
            "standard_input",
            JOB_INFO_STDIN,
            None,
            "File for standard input, with patterns such as %j filled in",
        ),
        Field(
            "standard_output",
            JOB_INFO_STDOUT,
            None,
            "File for standard output, with patterns such as %j filled in",
        ),
        Field(
            "submit_time", TIMESTAMP_NO_VAL, "submit_time", "When the job was submitted (UNIX time)"
        ),
        Field(
            "suspend_time",
            TIMESTAMP_NO_VAL,
            "suspend_time",
            "When the job was last suspended or resumed (UNIX time); 0: never",
        ),
        Field(
            "system_comment", STRING, "system_comment", "Free text that Slurm or a plugin attached"
        ),
        Field(
            "time_limit",
            UINT32_NO_VAL,
            "time_limit",
            "Longest time that the job may run, in minutes; infinite: no limit",
        ),
        Field(
            "time_minimum",
            UINT32_NO_VAL,
            "time_min",
            "Shortest time limit, in minutes, that the job can be given to start sooner; 0: none",
        ),
        Field(
            "threads_per_core",
            UINT16_NO_VAL,
            "threads_per_core",
            "Fewest hardware threads per core that nodes have to have; unset: any",
        ),
        Field(
            "tres_bind",
            STRING,
            "tres_bind",
            "How tasks are bound to generic resources, such as gres/gpu:closest",
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
            "tres_req_str",
            STRING,
            "tres_req_str",
            "All TRES that the job asks for, such as cpu=4,mem=8G,node=1",
        ),
        Field(
            "tres_alloc_str",
            STRING,
            "tres_alloc_str",
            "All TRES that the job has, such as cpu=4,mem=8G,node=1",
        ),
        Field("user_id", UINT32, "user_id", "Id of the user that the job runs as"),
        Field("user_name", USER_ID, "user_id", "Name of the user that the job runs as"),
        Field(
            "maximum_switch_wait_time",
            UINT32,
            "wait4switch",
            "How long to wait for so few leaf switches, in seconds",
        ),
        Field(
            "wckey",
            STRING,
            "wckey",
            "Workload characterization key (wckey) that the job is accounted under",
        ),
        Field(
            "current_working_directory",
            STRING,
            "work_dir",
            "Working directory of the job, as an absolute path",
        ),
    ),
    description="Job as the controller knows it",
    branches={
        "power": "Power management; gone from Slurm, always empty",
    },
)

JOB_STATE_RESP_JOB_JOB_ID = Leaf(
    "JOB_STATE_RESP_JOB_JOB_ID",
    "job_state_response_job_t",
    STRING,
    Write("CALL", function="JOB_STATE_ID"),
    whole=True,
)

# v0.0.40 names a task of an array by the array's id, the later versions by its own.
JOB_STATE_RESP_JOB_JOB_ID_V40 = Leaf(
    "JOB_STATE_RESP_JOB_JOB_ID",
    "job_state_response_job_t",
    STRING,
    Write("CALL", function="JOB_STATE_ID_40"),
    whole=True,
)

JOB_STATE_RESP_JOB = Struct(
    "JOB_STATE_RESP_JOB",
    "job_state_response_job_t",
    (
        Field(
            "job_id",
            JOB_STATE_RESP_JOB_JOB_ID_V40,
            None,
            "Id of the job, such as 12, 12_3 (array task) or 12+1 (part)",
            required=True,
            until=V40,
        ),
        Field(
            "job_id",
            JOB_STATE_RESP_JOB_JOB_ID,
            None,
            "Id of the job, such as 12, 12_3 (array task) or 12+1 (part)",
            required=True,
            since=V41,
        ),
        Field(
            "state",
            JOB_STATE,
            "state",
            "States of the job: one base state, then flags",
            required=True,
        ),
    ),
    description="Job and its state",
)

JOB_INFO_MSG = Leaf(
    "JOB_INFO_MSG",
    "job_info_msg_t",
    Items(JOB_INFO),
    None,
)

JOB_INFO_MSG_PTR = Pointer("JOB_INFO_MSG_PTR", JOB_INFO_MSG)

JOB_STATE_RESP_MSG = Leaf(
    "JOB_STATE_RESP_MSG",
    "job_state_response_msg_t",
    Items(JOB_STATE_RESP_JOB),
    None,
    description="List of jobs",
)

JOB_STATE_RESP_MSG_PTR = Pointer("JOB_STATE_RESP_MSG_PTR", JOB_STATE_RESP_MSG)

OPENAPI_JOB_INFO_RESP = Struct(
    "OPENAPI_JOB_INFO_RESP",
    "openapi_resp_job_info_msg_t",
    (
        Field("jobs", JOB_INFO_MSG_PTR, "jobs", "Jobs that were asked for", required=True),
        Field(
            "last_backfill",
            TIMESTAMP_NO_VAL,
            "last_backfill",
            "When the backfill scheduler last ran (UNIX time); 0: never",
            required=True,
        ),
        LAST_UPDATE,
        *ENVELOPE,
    ),
    description="Answer with jobs, and with when they were last looked at",
)

OPENAPI_JOB_STATE_RESP = Struct(
    "OPENAPI_JOB_STATE_RESP",
    "openapi_resp_job_state_t",
    (
        Field(
            "jobs",
            JOB_STATE_RESP_MSG_PTR,
            "jobs",
            "States of the jobs that were asked for; null after an error",
            nullable=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with the states of jobs",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The values that members have before a body is read; all others start as zeros.

Taken from what ``slurm_init_job_desc_msg``, ``slurm_init_update_node_msg`` and
``slurmdb_init_*_rec`` of the public API set, and from slurm.h's KILL_JOB_MSG_INITIALIZER; a
request for shares starts with empty lists, which is not the same as none.
"""

from __future__ import annotations

import signal
from typing import Any

from slurmrestd.data_parser.model import Struct
from slurmrestd.data_parser.read import initial_accounting
from slurmrestd.data_parser.read.context import Items
from slurmrestd.slurm.numbers import JOB_END, NO_VAL, NO_VAL8, NO_VAL16, NO_VAL64, QOS_FLAG_NOTSET

NOBODY = 99
"""SLURM_AUTH_NOBODY: the user or group that the controller replaces by who is asking."""

_JOB_DESC_MSG: dict[str, Any] = {
    **dict.fromkeys(
        (
            "alloc_sid",
            "cpu_freq_gov",
            "cpu_freq_max",
            "cpu_freq_min",
            "delay_boot",
            "job_id",
            "max_cpus",
            "max_nodes",
            "min_cpus",
            "min_nodes",
            "nice",
            "num_tasks",
            "pn_min_tmp_disk",
            "priority",
            "req_switch",
            "site_factor",
            "task_dist",
            "time_limit",
            "time_min",
            "wait4switch",
        ),
        NO_VAL,
    ),
    **dict.fromkeys(
        (
            "contiguous",
            "core_spec",
            "cores_per_socket",
            "cpu_bind_type",
            "cpus_per_task",
            "kill_on_node_fail",
            "mail_type",
            "mem_bind_type",
            "ntasks_per_core",
            "ntasks_per_node",
            "ntasks_per_socket",
            "ntasks_per_tres",
            "plane_size",
            "pn_min_cpus",
            "reboot",
            "requeue",
            "shared",
            "sockets_per_node",
            "threads_per_core",
            "wait_all_nodes",
        ),
        NO_VAL16,
    ),
    "group_id": NOBODY,
    "overcommit": NO_VAL8,
    "pn_min_memory": NO_VAL64,
    "user_id": NOBODY,
}

_UPDATE_NODE_MSG: dict[str, Any] = {
    "node_state": NO_VAL,
    "resume_after": NO_VAL,
    "weight": NO_VAL,
}

_KILL_JOBS_MSG: dict[str, Any] = {
    "signal": int(signal.SIGKILL),
    "state": JOB_END,
    "user_id": NOBODY,
}

_SHARES_REQ_MSG: dict[str, Any] = {"acct_list": Items(), "user_list": Items()}

_QOS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "grace_time",
            "grp_jobs",
            "grp_jobs_accrue",
            "grp_submit_jobs",
            "grp_wall",
            "max_jobs_accrue_pa",
            "max_jobs_accrue_pu",
            "max_jobs_pa",
            "max_jobs_pu",
            "max_submit_jobs_pa",
            "max_submit_jobs_pu",
            "max_wall_pj",
            "min_prio_thresh",
            "preempt_exempt_time",
            "priority",
        ),
        NO_VAL,
    ),
    **dict.fromkeys(("limit_factor", "usage_factor", "usage_thres"), float(NO_VAL)),
    "flags": QOS_FLAG_NOTSET,
    "preempt_mode": NO_VAL16,
}

_VALUES: dict[str, dict[str, Any]] = {
    **initial_accounting.VALUES,
    "JOB_DESC_MSG": _JOB_DESC_MSG,
    "UPDATE_NODE_MSG": _UPDATE_NODE_MSG,
    "KILL_JOBS_MSG": _KILL_JOBS_MSG,
    "SHARES_REQ_MSG": _SHARES_REQ_MSG,
    "QOS": _QOS,
    "CLUSTER_REC": {"flags": NO_VAL},
    "CLUSTER_CONDITION": {"flags": NO_VAL},
}


def values(struct: Struct) -> dict[str, Any]:
    """The members of a struct that do not start as zeros."""
    return _VALUES.get(struct.name, {})

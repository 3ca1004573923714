# SPDX-License-Identifier: GPL-2.0-or-later
"""How jobs and nodes are chosen and counted: states, reasons, flags of jobs."""

from __future__ import annotations

from slurmrestd.data_parser.model import Flag, Flags, Format, Leaf, V40, V41, Write
from slurmrestd.data_parser.types import STRING

JOB_STATE = Flags(
    "JOB_STATE",
    "uint32_t",
    (
        Flag("PENDING", "JOB_PENDING", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("RUNNING", "JOB_RUNNING", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("SUSPENDED", "JOB_SUSPENDED", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("COMPLETED", "JOB_COMPLETE", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("CANCELLED", "JOB_CANCELLED", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("FAILED", "JOB_FAILED", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("TIMEOUT", "JOB_TIMEOUT", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("NODE_FAIL", "JOB_NODE_FAIL", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("PREEMPTED", "JOB_PREEMPTED", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("BOOT_FAIL", "JOB_BOOT_FAIL", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("DEADLINE", "JOB_DEADLINE", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("OUT_OF_MEMORY", "JOB_OOM", "JOB_STATE_BASE", "TODO", equal=True),
        Flag("invalid-placeholder", "JOB_END", "JOB_STATE_BASE", "TODO", equal=True, hidden=True),
        Flag("LAUNCH_FAILED", "JOB_LAUNCH_FAILED", "JOB_STATE_FLAGS", "TODO"),
        Flag("REQUEUED", "JOB_REQUEUE", "JOB_STATE_FLAGS", "TODO"),
        Flag("REQUEUE_HOLD", "JOB_REQUEUE_HOLD", "JOB_STATE_FLAGS", "TODO"),
        Flag("SPECIAL_EXIT", "JOB_SPECIAL_EXIT", "JOB_STATE_FLAGS", "TODO"),
        Flag("RESIZING", "JOB_RESIZING", "JOB_STATE_FLAGS", "TODO"),
        Flag("CONFIGURING", "JOB_CONFIGURING", "JOB_STATE_FLAGS", "TODO"),
        Flag("COMPLETING", "JOB_COMPLETING", "JOB_STATE_FLAGS", "TODO"),
        Flag("STOPPED", "JOB_STOPPED", "JOB_STATE_FLAGS", "TODO"),
        Flag("RECONFIG_FAIL", "JOB_RECONFIG_FAIL", "JOB_STATE_FLAGS", "TODO"),
        Flag("POWER_UP_NODE", "JOB_POWER_UP_NODE", "JOB_STATE_FLAGS", "TODO"),
        Flag("REVOKED", "JOB_REVOKED", "JOB_STATE_FLAGS", "TODO"),
        Flag("REQUEUE_FED", "JOB_REQUEUE_FED", "JOB_STATE_FLAGS", "TODO"),
        Flag("RESV_DEL_HOLD", "JOB_RESV_DEL_HOLD", "JOB_STATE_FLAGS", "TODO"),
        Flag("SIGNALING", "JOB_SIGNALING", "JOB_STATE_FLAGS", "TODO"),
        Flag("STAGE_OUT", "JOB_STAGE_OUT", "JOB_STATE_FLAGS", "TODO"),
    ),
)

JOB_FLAGS = Flags(
    "JOB_FLAGS",
    "uint64_t",
    (
        Flag("KILL_INVALID_DEPENDENCY", "KILL_INV_DEP", description="TODO"),
        Flag("NO_KILL_INVALID_DEPENDENCY", "NO_KILL_INV_DEP", description="TODO"),
        Flag("HAS_STATE_DIRECTORY", "HAS_STATE_DIR", description="TODO"),
        Flag("TESTING_BACKFILL", "BACKFILL_TEST", description="TODO"),
        Flag("GRES_BINDING_ENFORCED", "GRES_ENFORCE_BIND", description="TODO"),
        Flag("TEST_NOW_ONLY", "TEST_NOW_ONLY", description="TODO"),
        Flag("SEND_JOB_ENVIRONMENT", "JOB_SEND_ENV", description="TODO"),
        Flag("SPREAD_JOB", "SPREAD_JOB", description="TODO"),
        Flag("PREFER_MINIMUM_NODE_COUNT", "USE_MIN_NODES", description="TODO"),
        Flag("JOB_KILL_HURRY", "JOB_KILL_HURRY", description="TODO"),
        Flag("SKIP_TRES_STRING_ACCOUNTING", "TRES_STR_CALC", description="TODO"),
        Flag("SIBLING_CLUSTER_UPDATE_ONLY", "SIB_JOB_FLUSH", description="TODO"),
        Flag("HETEROGENEOUS_JOB", "HET_JOB_FLAG", description="TODO"),
        Flag("EXACT_TASK_COUNT_REQUESTED", "JOB_NTASKS_SET", description="TODO"),
        Flag("EXACT_CPU_COUNT_REQUESTED", "JOB_CPUS_SET", description="TODO"),
        Flag("TESTING_WHOLE_NODE_BACKFILL", "BF_WHOLE_NODE_TEST", description="TODO"),
        Flag("TOP_PRIORITY_JOB", "TOP_PRIO_TMP", description="TODO"),
        Flag("ACCRUE_COUNT_CLEARED", "JOB_ACCRUE_OVER", description="TODO"),
        Flag("GRES_BINDING_DISABLED", "GRES_DISABLE_BIND", description="TODO"),
        Flag("JOB_WAS_RUNNING", "JOB_WAS_RUNNING", description="TODO"),
        Flag("JOB_ACCRUE_TIME_RESET", "RESET_ACCRUE_TIME", description="TODO"),
        Flag("CRON_JOB", "CRON_JOB", description="TODO"),
        Flag("EXACT_MEMORY_REQUESTED", "JOB_MEM_SET", description="TODO"),
        Flag("USING_DEFAULT_ACCOUNT", "USE_DEFAULT_ACCT", description="TODO"),
        Flag("USING_DEFAULT_PARTITION", "USE_DEFAULT_PART", description="TODO"),
        Flag("USING_DEFAULT_QOS", "USE_DEFAULT_QOS", description="TODO"),
        Flag("USING_DEFAULT_WCKEY", "USE_DEFAULT_WCKEY", description="TODO"),
        Flag("DEPENDENT", "JOB_DEPENDENT", description="TODO"),
        Flag("MAGNETIC", "JOB_MAGNETIC", description="TODO"),
        Flag("PARTITION_ASSIGNED", "JOB_PART_ASSIGNED", description="TODO"),
        Flag("BACKFILL_ATTEMPTED", "BACKFILL_SCHED", description="TODO"),
        Flag("SCHEDULING_ATTEMPTED", "BACKFILL_LAST", description="TODO"),
        Flag("SAVE_BATCH_SCRIPT", "JOB_SEND_SCRIPT", description="TODO", until=V40),
        Flag(
            "GRES_ONE_TASK_PER_SHARING", "GRES_ONE_TASK_PER_SHARING", description="TODO", until=V40
        ),
        Flag(
            "GRES_MULTIPLE_TASKS_PER_SHARING",
            "GRES_MULT_TASKS_PER_SHARING",
            description="TODO",
            until=V40,
        ),
        Flag("GRES_ALLOW_TASK_SHARING", "GRES_ALLOW_TASK_SHARING", description="TODO", until=V40),
        Flag("STEPMGR_ENABLED", "STEPMGR_ENABLED", description="TODO", since=V41),
    ),
)

JOB_MAIL_FLAGS = Flags(
    "JOB_MAIL_FLAGS",
    "uint16_t",
    (
        Flag("BEGIN", "MAIL_JOB_BEGIN", description="TODO"),
        Flag("END", "MAIL_JOB_END", description="TODO"),
        Flag("FAIL", "MAIL_JOB_FAIL", description="TODO"),
        Flag("REQUEUE", "MAIL_JOB_REQUEUE", description="TODO"),
        Flag("TIME=100%", "MAIL_JOB_TIME100", description="TODO"),
        Flag("TIME=90%", "MAIL_JOB_TIME90", description="TODO"),
        Flag("TIME=80%", "MAIL_JOB_TIME80", description="TODO"),
        Flag("TIME=50%", "MAIL_JOB_TIME50", description="TODO"),
        Flag("STAGE_OUT", "MAIL_JOB_STAGE_OUT", description="TODO"),
        Flag("ARRAY_TASKS", "MAIL_ARRAY_TASKS", description="TODO"),
        Flag("INVALID_DEPENDENCY", "MAIL_INVALID_DEPEND", description="TODO"),
    ),
)

ACCT_GATHER_PROFILE = Flags(
    "ACCT_GATHER_PROFILE",
    "uint32_t",
    (
        Flag("NOT_SET", "ACCT_GATHER_PROFILE_NOT_SET", "INFINITE", "TODO", equal=True),
        Flag("NONE", "ACCT_GATHER_PROFILE_NONE", "INFINITE", "TODO", equal=True),
        Flag("ENERGY", "ACCT_GATHER_PROFILE_ENERGY", description="TODO"),
        Flag("LUSTRE", "ACCT_GATHER_PROFILE_LUSTRE", description="TODO"),
        Flag("NETWORK", "ACCT_GATHER_PROFILE_NETWORK", description="TODO"),
        Flag("TASK", "ACCT_GATHER_PROFILE_TASK", description="TODO"),
    ),
)

JOB_SHARED = Flags(
    "JOB_SHARED",
    "uint16_t",
    (
        Flag("none", "JOB_SHARED_NONE", "INFINITE16", "TODO", equal=True),
        Flag("oversubscribe", "JOB_SHARED_OK", "INFINITE16", "TODO", equal=True),
        Flag("user", "JOB_SHARED_USER", "INFINITE16", "TODO", equal=True),
        Flag("mcs", "JOB_SHARED_MCS", "INFINITE16", "TODO", equal=True),
        Flag("topo", "JOB_SHARED_TOPO", "INFINITE16", "TODO", equal=True, since=V41),
    ),
)

JOB_EXCLUSIVE_FLAGS = Flags(
    "JOB_EXCLUSIVE_FLAGS",
    "uint16_t",
    (
        Flag("true", "JOB_SHARED_NONE", "INFINITE16", "TODO", equal=True),
        Flag("false", "JOB_SHARED_OK", "INFINITE16", "TODO", equal=True),
        Flag("user", "JOB_SHARED_USER", "INFINITE16", "TODO", equal=True),
        Flag("mcs", "JOB_SHARED_MCS", "INFINITE16", "TODO", equal=True),
        Flag("topo", "JOB_SHARED_TOPO", "INFINITE16", "TODO", equal=True, since=V41),
    ),
)

JOB_SHOW_FLAGS = Flags(
    "JOB_SHOW_FLAGS",
    "uint16_t",
    (
        Flag("ALL", "SHOW_ALL", description="TODO"),
        Flag("DETAIL", "SHOW_DETAIL", description="TODO"),
        Flag("MIXED", "SHOW_MIXED", description="TODO"),
        Flag("LOCAL", "SHOW_LOCAL", description="TODO"),
        Flag("SIBLING", "SHOW_SIBLING", description="TODO"),
        Flag("FEDERATION", "SHOW_FEDERATION", description="TODO"),
        Flag("FUTURE", "SHOW_FUTURE", description="TODO"),
    ),
)

WARN_FLAGS = Flags(
    "WARN_FLAGS",
    "uint16_t",
    (
        Flag("BATCH_JOB", "KILL_JOB_BATCH", description="TODO"),
        Flag("ARRAY_TASK", "KILL_ARRAY_TASK", description="TODO"),
        Flag("FULL_STEPS_ONLY", "KILL_STEPS_ONLY", description="TODO"),
        Flag("FULL_JOB", "KILL_FULL_JOB", description="TODO"),
        Flag("FEDERATION_REQUEUE", "KILL_FED_REQUEUE", description="TODO"),
        Flag("HURRY", "KILL_HURRY", description="TODO"),
        Flag("OUT_OF_MEMORY", "KILL_OOM", description="TODO"),
        Flag("NO_SIBLING_JOBS", "KILL_NO_SIBS", description="TODO"),
        Flag("RESERVATION_JOB", "KILL_JOB_RESV", description="TODO"),
        Flag("NO_CRON_JOBS", "KILL_NO_CRON", description="TODO", until=V40),
        Flag("VERBOSE", "KILL_JOBS_VERBOSE", description="TODO"),
        Flag("CRON_JOBS", "KILL_CRON", description="TODO"),
        Flag("WARNING_SENT", "WARN_SENT", description="TODO"),
    ),
)

JOB_REASON = Leaf(
    "JOB_REASON",
    "uint32_t",
    Format.STRING,
    Write("NAME", table="reasons"),
)

JOB_EXCLUSIVE = Leaf(
    "JOB_EXCLUSIVE",
    "uint16_t",
    JOB_EXCLUSIVE_FLAGS,
    Write("FLAGS"),
)

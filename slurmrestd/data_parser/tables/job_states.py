# SPDX-License-Identifier: GPL-2.0-or-later
"""How jobs and nodes are chosen and counted: states, reasons, flags of jobs."""

from __future__ import annotations

from slurmrestd.data_parser.model import V40, V41, Flag, Flags, Format, Leaf, Write
from slurmrestd.data_parser.read import jobs

JOB_STATE = Flags(
    "JOB_STATE",
    "uint32_t",
    (
        Flag("PENDING", "JOB_PENDING", "JOB_STATE_BASE", "Waits to start", equal=True),
        Flag("RUNNING", "JOB_RUNNING", "JOB_STATE_BASE", "Has its resources and runs", equal=True),
        Flag(
            "SUSPENDED",
            "JOB_SUSPENDED",
            "JOB_STATE_BASE",
            "Paused; its nodes stay assigned to it",
            equal=True,
        ),
        Flag("COMPLETED", "JOB_COMPLETE", "JOB_STATE_BASE", "Ended with exit code 0", equal=True),
        Flag(
            "CANCELLED",
            "JOB_CANCELLED",
            "JOB_STATE_BASE",
            "Called off by its user or an administrator",
            equal=True,
        ),
        Flag(
            "FAILED",
            "JOB_FAILED",
            "JOB_STATE_BASE",
            "Ended with another exit code than 0, or could not be run",
            equal=True,
        ),
        Flag(
            "TIMEOUT",
            "JOB_TIMEOUT",
            "JOB_STATE_BASE",
            "Ended because its time limit was used up",
            equal=True,
        ),
        Flag(
            "NODE_FAIL",
            "JOB_NODE_FAIL",
            "JOB_STATE_BASE",
            "Ended because a node failed",
            equal=True,
        ),
        Flag(
            "PREEMPTED",
            "JOB_PREEMPTED",
            "JOB_STATE_BASE",
            "Ended to make room for another job",
            equal=True,
        ),
        Flag(
            "BOOT_FAIL",
            "JOB_BOOT_FAIL",
            "JOB_STATE_BASE",
            "Ended because a node did not boot",
            equal=True,
        ),
        Flag(
            "DEADLINE",
            "JOB_DEADLINE",
            "JOB_STATE_BASE",
            "Ended because its deadline has passed or cannot be met",
            equal=True,
        ),
        Flag(
            "OUT_OF_MEMORY",
            "JOB_OOM",
            "JOB_STATE_BASE",
            "Ended because it ran out of memory",
            equal=True,
        ),
        Flag("invalid-placeholder", "JOB_END", "JOB_STATE_BASE", "", equal=True, hidden=True),
        Flag(
            "LAUNCH_FAILED",
            "JOB_LAUNCH_FAILED",
            "JOB_STATE_FLAGS",
            "Could not be launched on its nodes",
        ),
        Flag("REQUEUED", "JOB_REQUEUE", "JOB_STATE_FLAGS", "Is being put back into the queue"),
        Flag(
            "REQUEUE_HOLD",
            "JOB_REQUEUE_HOLD",
            "JOB_STATE_FLAGS",
            "Was put back into the queue and is held",
        ),
        Flag(
            "SPECIAL_EXIT",
            "JOB_SPECIAL_EXIT",
            "JOB_STATE_FLAGS",
            "Was put back into the queue and is held, marked by a special exit code",
        ),
        Flag("RESIZING", "JOB_RESIZING", "JOB_STATE_FLAGS", "Is about to grow or shrink"),
        Flag(
            "CONFIGURING",
            "JOB_CONFIGURING",
            "JOB_STATE_FLAGS",
            "Has its nodes and waits until they are ready",
        ),
        Flag(
            "COMPLETING",
            "JOB_COMPLETING",
            "JOB_STATE_FLAGS",
            "Is ending: processes or epilogs still run on some nodes",
        ),
        Flag(
            "STOPPED", "JOB_STOPPED", "JOB_STATE_FLAGS", "Was sent SIGSTOP and keeps its resources"
        ),
        Flag(
            "RECONFIG_FAIL",
            "JOB_RECONFIG_FAIL",
            "JOB_STATE_FLAGS",
            "Its nodes could not be set up as it needs them",
        ),
        Flag(
            "POWER_UP_NODE",
            "JOB_POWER_UP_NODE",
            "JOB_STATE_FLAGS",
            "Waits for nodes that are being powered up",
        ),
        Flag(
            "REVOKED",
            "JOB_REVOKED",
            "JOB_STATE_FLAGS",
            "Void copy: another cluster of the federation runs the job",
        ),
        Flag(
            "REQUEUE_FED",
            "JOB_REQUEUE_FED",
            "JOB_STATE_FLAGS",
            "Is being put back into the queue by the federation",
        ),
        Flag(
            "RESV_DEL_HOLD",
            "JOB_RESV_DEL_HOLD",
            "JOB_STATE_FLAGS",
            "Held because its reservation was deleted",
        ),
        Flag("SIGNALING", "JOB_SIGNALING", "JOB_STATE_FLAGS", "A signal to it is on the way"),
        Flag(
            "STAGE_OUT",
            "JOB_STAGE_OUT",
            "JOB_STATE_FLAGS",
            "Its data is being copied out of the burst buffer",
        ),
    ),
    description="State of a job: one base state, and whatever flags apply",
)

JOB_FLAGS = Flags(
    "JOB_FLAGS",
    "uint64_t",
    (
        Flag(
            "KILL_INVALID_DEPENDENCY",
            "KILL_INV_DEP",
            description="Is ended if a dependency can never be met",
        ),
        Flag(
            "NO_KILL_INVALID_DEPENDENCY",
            "NO_KILL_INV_DEP",
            description="Stays pending even if a dependency can never be met",
        ),
        Flag(
            "HAS_STATE_DIRECTORY",
            "HAS_STATE_DIR",
            description="The controller keeps a directory with files of the job",
        ),
        Flag(
            "TESTING_BACKFILL",
            "BACKFILL_TEST",
            description="The backfill scheduler is trying to place the job",
        ),
        Flag(
            "GRES_BINDING_ENFORCED",
            "GRES_ENFORCE_BIND",
            description="Gets only CPUs that are close to its GRES",
        ),
        Flag(
            "TEST_NOW_ONLY",
            "TEST_NOW_ONLY",
            description="Is only checked for whether it could start at once",
        ),
        Flag(
            "SEND_JOB_ENVIRONMENT",
            "JOB_SEND_ENV",
            description="Its environment is to be stored in the accounting database",
        ),
        Flag("SPREAD_JOB", "SPREAD_JOB", description="Is spread over as many nodes as possible"),
        Flag(
            "PREFER_MINIMUM_NODE_COUNT",
            "USE_MIN_NODES",
            description="Gets the fewest nodes of the range that it asked for, if possible",
        ),
        Flag(
            "JOB_KILL_HURRY",
            "JOB_KILL_HURRY",
            description="Ends without copying data out of the burst buffer",
        ),
        Flag(
            "SKIP_TRES_STRING_ACCOUNTING",
            "TRES_STR_CALC",
            description="Its TRES are not worked out again when it ends",
        ),
        Flag(
            "SIBLING_CLUSTER_UPDATE_ONLY",
            "SIB_JOB_FLUSH",
            description="Its end is not reported to the cluster that it came from",
        ),
        Flag("HETEROGENEOUS_JOB", "HET_JOB_FLAG", description="Is a part of a heterogeneous job"),
        Flag(
            "EXACT_TASK_COUNT_REQUESTED",
            "JOB_NTASKS_SET",
            description="Its number of tasks was asked for, not derived",
        ),
        Flag(
            "EXACT_CPU_COUNT_REQUESTED",
            "JOB_CPUS_SET",
            description="Its number of CPUs for each task was asked for, not derived",
        ),
        Flag(
            "TESTING_WHOLE_NODE_BACKFILL",
            "BF_WHOLE_NODE_TEST",
            description="The backfill scheduler is trying to place the job on whole nodes",
        ),
        Flag(
            "TOP_PRIORITY_JOB",
            "TOP_PRIO_TMP",
            description="Is being moved ahead of its user's other jobs",
        ),
        Flag(
            "ACCRUE_COUNT_CLEARED",
            "JOB_ACCRUE_OVER",
            description="Has left the count of jobs that gain priority by age",
        ),
        Flag(
            "GRES_BINDING_DISABLED",
            "GRES_DISABLE_BIND",
            description="May get CPUs that are far from its GRES",
        ),
        Flag("JOB_WAS_RUNNING", "JOB_WAS_RUNNING", description="Has been running"),
        Flag(
            "JOB_ACCRUE_TIME_RESET",
            "RESET_ACCRUE_TIME",
            description="Starts anew to gain priority by age",
        ),
        Flag("CRON_JOB", "CRON_JOB", description="Comes from a crontab of scrontab"),
        Flag(
            "EXACT_MEMORY_REQUESTED",
            "JOB_MEM_SET",
            description="Its memory was asked for, not taken from a default",
        ),
        Flag(
            "USING_DEFAULT_ACCOUNT",
            "USE_DEFAULT_ACCT",
            description="Named no account and got the default one",
        ),
        Flag(
            "USING_DEFAULT_PARTITION",
            "USE_DEFAULT_PART",
            description="Named no partition and got the default one",
        ),
        Flag(
            "USING_DEFAULT_QOS",
            "USE_DEFAULT_QOS",
            description="Named no QOS and got the default one",
        ),
        Flag(
            "USING_DEFAULT_WCKEY",
            "USE_DEFAULT_WCKEY",
            description="Named no wckey and got the default one",
        ),
        Flag(
            "DEPENDENT",
            "JOB_DEPENDENT",
            description="Waits for a dependency, or has one that can never be met",
        ),
        Flag(
            "MAGNETIC",
            "JOB_MAGNETIC",
            description="Is tried in a magnetic reservation, which it did not ask for",
        ),
        Flag(
            "PARTITION_ASSIGNED",
            "JOB_PART_ASSIGNED",
            description="Named no partition; that of a reservation may take the default's place",
        ),
        Flag(
            "BACKFILL_ATTEMPTED",
            "BACKFILL_SCHED",
            description="Was last looked at by the backfill scheduler, not by the main one",
        ),
        Flag(
            "SCHEDULING_ATTEMPTED",
            "BACKFILL_LAST",
            description="Was looked at in the scheduler's latest round",
        ),
        Flag(
            "SAVE_BATCH_SCRIPT",
            "JOB_SEND_SCRIPT",
            description="Its script is to be stored in the accounting database",
            until=V40,
        ),
        Flag(
            "GRES_ONE_TASK_PER_SHARING",
            "GRES_ONE_TASK_PER_SHARING",
            description="Tasks get no shared GRES of the same device, such as shards of one GPU",
            until=V40,
        ),
        Flag(
            "GRES_MULTIPLE_TASKS_PER_SHARING",
            "GRES_MULT_TASKS_PER_SHARING",
            description="Tasks may get shared GRES of the same device, such as shards of one GPU",
            until=V40,
        ),
        Flag(
            "GRES_ALLOW_TASK_SHARING",
            "GRES_ALLOW_TASK_SHARING",
            description="Tasks may use each other's GRES on their node",
            until=V40,
        ),
        Flag(
            "STEPMGR_ENABLED",
            "STEPMGR_ENABLED",
            description=(
                "Its steps are managed on a node of the job (stepmgr), not by the controller"
            ),
            since=V41,
        ),
    ),
    description="What else is to be known of a job",
)

JOB_MAIL_FLAGS = Flags(
    "JOB_MAIL_FLAGS",
    "uint16_t",
    (
        Flag("BEGIN", "MAIL_JOB_BEGIN", description="When the job starts"),
        Flag("END", "MAIL_JOB_END", description="When the job ends"),
        Flag("FAIL", "MAIL_JOB_FAIL", description="When the job fails"),
        Flag("REQUEUE", "MAIL_JOB_REQUEUE", description="When the job is put back into the queue"),
        Flag("TIME=100%", "MAIL_JOB_TIME100", description="When the time limit is used up"),
        Flag("TIME=90%", "MAIL_JOB_TIME90", description="When 90% of the time limit is used up"),
        Flag("TIME=80%", "MAIL_JOB_TIME80", description="When 80% of the time limit is used up"),
        Flag("TIME=50%", "MAIL_JOB_TIME50", description="When 50% of the time limit is used up"),
        Flag(
            "STAGE_OUT",
            "MAIL_JOB_STAGE_OUT",
            description="When data has been copied out of the burst buffer",
        ),
        Flag(
            "ARRAY_TASKS",
            "MAIL_ARRAY_TASKS",
            description="For each task of an array, instead of once for the whole array",
        ),
        Flag(
            "INVALID_DEPENDENCY",
            "MAIL_INVALID_DEPEND",
            description="When a dependency can never be met",
        ),
    ),
    description="Events that mail is sent for",
)

ACCT_GATHER_PROFILE = Flags(
    "ACCT_GATHER_PROFILE",
    "uint32_t",
    (
        Flag(
            "NOT_SET",
            "ACCT_GATHER_PROFILE_NOT_SET",
            "INFINITE",
            "Nothing was asked for: the cluster's default holds",
            equal=True,
        ),
        Flag("NONE", "ACCT_GATHER_PROFILE_NONE", "INFINITE", "Nothing is recorded", equal=True),
        Flag("ENERGY", "ACCT_GATHER_PROFILE_ENERGY", description="Energy that the nodes use"),
        Flag(
            "LUSTRE",
            "ACCT_GATHER_PROFILE_LUSTRE",
            description="Reads and writes on Lustre file systems",
        ),
        Flag(
            "NETWORK",
            "ACCT_GATHER_PROFILE_NETWORK",
            description="Traffic on the network (InfiniBand)",
        ),
        Flag(
            "TASK", "ACCT_GATHER_PROFILE_TASK", description="CPU, memory and disk use of each task"
        ),
    ),
    description="Kinds of data that a job's profile has",
)

JOB_SHARED = Flags(
    "JOB_SHARED",
    "uint16_t",
    (
        Flag("none", "JOB_SHARED_NONE", "INFINITE16", "Nodes are for this job alone", equal=True),
        Flag(
            "oversubscribe",
            "JOB_SHARED_OK",
            "INFINITE16",
            "Nodes and their CPUs may be shared with other jobs",
            equal=True,
        ),
        Flag(
            "user",
            "JOB_SHARED_USER",
            "INFINITE16",
            "Nodes are shared only with jobs of the same user",
            equal=True,
        ),
        Flag(
            "mcs",
            "JOB_SHARED_MCS",
            "INFINITE16",
            "Nodes are shared only with jobs of the same MCS label",
            equal=True,
        ),
        Flag(
            "topo",
            "JOB_SHARED_TOPO",
            "INFINITE16",
            "The job's part of the topology, such as a block, is for it alone",
            equal=True,
            since=V41,
        ),
    ),
    description="With whom a job shares its nodes",
)

JOB_EXCLUSIVE_FLAGS = Flags(
    "JOB_EXCLUSIVE_FLAGS",
    "uint16_t",
    (
        Flag("true", "JOB_SHARED_NONE", "INFINITE16", "Nodes are for this job alone", equal=True),
        Flag(
            "false",
            "JOB_SHARED_OK",
            "INFINITE16",
            "Nodes and their CPUs may be shared with other jobs",
            equal=True,
        ),
        Flag(
            "user",
            "JOB_SHARED_USER",
            "INFINITE16",
            "Nodes are shared only with jobs of the same user",
            equal=True,
        ),
        Flag(
            "mcs",
            "JOB_SHARED_MCS",
            "INFINITE16",
            "Nodes are shared only with jobs of the same MCS label",
            equal=True,
        ),
        Flag(
            "topo",
            "JOB_SHARED_TOPO",
            "INFINITE16",
            "The job's part of the topology, such as a block, is for it alone",
            equal=True,
            since=V41,
        ),
    ),
    description="For whom the nodes of a job are kept",
)

JOB_SHOW_FLAGS = Flags(
    "JOB_SHOW_FLAGS",
    "uint16_t",
    (
        Flag("ALL", "SHOW_ALL", description="Hidden partitions too, with their jobs and nodes"),
        Flag(
            "DETAIL",
            "SHOW_DETAIL",
            description="Resources in detail, such as those of a job on each node",
        ),
        Flag(
            "MIXED",
            "SHOW_MIXED",
            description="MIXED as the state of nodes that are allocated in part",
        ),
        Flag("LOCAL", "SHOW_LOCAL", description="Only this cluster, even if it is in a federation"),
        Flag(
            "SIBLING",
            "SHOW_SIBLING",
            description="Copies of jobs on other clusters of the federation too",
        ),
        Flag(
            "FEDERATION",
            "SHOW_FEDERATION",
            description="All clusters of the federation, or this one if it is in none",
        ),
        Flag("FUTURE", "SHOW_FUTURE", description="Nodes in state FUTURE too"),
    ),
    description="What an answer is to show",
)

WARN_FLAGS = Flags(
    "WARN_FLAGS",
    "uint16_t",
    (
        Flag("BATCH_JOB", "KILL_JOB_BATCH", description="Goes to the batch script alone"),
        Flag("ARRAY_TASK", "KILL_ARRAY_TASK", description="Goes to one task of an array"),
        Flag(
            "FULL_STEPS_ONLY",
            "KILL_STEPS_ONLY",
            description="Goes to the steps but not to the batch script",
        ),
        Flag("FULL_JOB", "KILL_FULL_JOB", description="Goes to the batch script and to the steps"),
        Flag(
            "FEDERATION_REQUEUE",
            "KILL_FED_REQUEUE",
            description="Marks the job as put back into the queue by its federation",
        ),
        Flag(
            "HURRY",
            "KILL_HURRY",
            description="Ends the job without copying data out of the burst buffer",
        ),
        Flag("OUT_OF_MEMORY", "KILL_OOM", description="Ends the job because it ran out of memory"),
        Flag(
            "NO_SIBLING_JOBS",
            "KILL_NO_SIBS",
            description="Spares copies of the job on other clusters of the federation",
        ),
        Flag(
            "RESERVATION_JOB",
            "KILL_JOB_RESV",
            description="Lets the job use nodes of a reservation that has MaxStartDelay",
        ),
        Flag(
            "NO_CRON_JOBS",
            "KILL_NO_CRON",
            description="Spares jobs that come from a crontab",
            until=V40,
        ),
        Flag(
            "VERBOSE",
            "KILL_JOBS_VERBOSE",
            description="Answers for every job, not only for those with an error",
        ),
        Flag("CRON_JOBS", "KILL_CRON", description="Reaches jobs that come from a crontab too"),
        Flag("WARNING_SENT", "WARN_SENT", description="The warning has already been sent"),
    ),
    description="How a signal is delivered, and to what",
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
    read=jobs.exclusive(JOB_EXCLUSIVE_FLAGS),
)

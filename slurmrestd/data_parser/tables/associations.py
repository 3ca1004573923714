# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations: an account, or a user of it, in a cluster, with the limits that hold there."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import (
    ASSOC_SHORT,
    QOS_ID,
    QOS_STRING_ID_LIST,
    TRES_STR,
)
from slurmrestd.data_parser.model import (
    V40,
    V41,
    V42,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.program import constant
from slurmrestd.data_parser.read import associations
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.usage import ACCOUNTING_LIST
from slurmrestd.data_parser.types import (
    BOOL16,
    CSV_STRING_LIST,
    STRING,
    STRING_LIST,
    TIMESTAMP,
    UINT32,
    UINT32_NO_VAL,
)

ASSOC_FLAGS = Flags(
    "ASSOC_FLAGS",
    "slurmdb_assoc_flags_t",
    (
        Flag("DELETED", "ASSOC_FLAG_DELETED", description="It was deleted"),
        Flag("NoUpdate", "ASSOC_FLAG_NO_UPDATE", description="Nothing is changed", since=V41),
        Flag("Exact", "ASSOC_FLAG_EXACT", description="Only itself is meant", since=V41),
        Flag(
            "NoUsersAreCoords",
            "ASSOC_FLAG_USER_COORD_NO",
            description="Users of the account are no coordinators any more",
            since=V41,
        ),
        Flag(
            "UsersAreCoords",
            "ASSOC_FLAG_USER_COORD",
            description="Users of the account are coordinators of its accounts",
            since=V41,
        ),
    ),
    description="What is to be known of an association, or how it is added",
)

ASSOC_ID = Leaf(
    "ASSOC_ID",
    "uint32_t",
    UINT32,
    Write("EMPTY"),
    read=associations.association_id(ASSOC_SHORT),
    description="Number of an association in its cluster",
)
"""Shown as nothing, always: the original looks it up in a list that it has not asked for."""

ASSOC_ID_SHORT = Leaf(
    "ASSOC_ID_SHORT",
    "slurmdb_assoc_rec_t",
    ASSOC_SHORT,
    Write("STRUCT", through=ASSOC_SHORT, only_plain=True),
    read=associations.association_short(ASSOC_SHORT),
    whole=True,
)
"""What identifies an association, in the struct itself."""

ASSOC = Struct(
    "ASSOC",
    "slurmdb_assoc_rec_t",
    (
        Field("accounting", ACCOUNTING_LIST, "accounting_list", "What was used, if asked for"),
        Field("account", STRING, "acct", "Account that the association is of"),
        Field("cluster", STRING, "cluster", "Cluster that the association is on"),
        Field("comment", STRING, "comment", "Anything that an administrator noted"),
        Field("default/qos", QOS_ID, "def_qos_id", "QOS of jobs that ask for none"),
        Field("flags", ASSOC_FLAGS, "flags", "What else is true of it"),
        Field(
            "max/jobs/per/count",
            UINT32_NO_VAL,
            "grp_jobs",
            "Jobs that may run at a time in it and in what is below it (GrpJobs)",
        ),
        Field(
            "max/jobs/per/accruing",
            UINT32_NO_VAL,
            "grp_jobs_accrue",
            "Pending jobs of it and of what is below it that may gain priority by age "
            "(GrpJobsAccrue)",
        ),
        Field(
            "max/jobs/per/submitted",
            UINT32_NO_VAL,
            "grp_submit_jobs",
            "Jobs that may be pending or running in it and in what is below it (GrpSubmitJobs)",
        ),
        Field(
            "max/tres/total",
            TRES_STR,
            "grp_tres",
            "TRES that its jobs and those below it may have at a time (GrpTRES)",
        ),
        Field(
            "max/tres/group/minutes",
            TRES_STR,
            "grp_tres_mins",
            "TRES minutes that its jobs and those below it may use in all (GrpTRESMins)",
        ),
        Field(
            "max/tres/group/active",
            TRES_STR,
            "grp_tres_run_mins",
            "TRES minutes that its running jobs and those below it may have left (GrpTRESRunMins)",
        ),
        Field(
            "max/per/account/wall_clock",
            UINT32_NO_VAL,
            "grp_wall",
            "Minutes that its jobs and those below it may run in all (GrpWall)",
        ),
        Field("id", ASSOC_ID_SHORT, None, "What identifies it", until=V40),
        Field("id", ASSOC_ID, "id", "Its number in its cluster", since=V41),
        Field("is_default", BOOL16, "is_def", "Whether it is its user's default"),
        Field("lineage", STRING, "lineage", "The way to it from the root, as accounts and users"),
        Field(
            "max/jobs/active",
            UINT32_NO_VAL,
            "max_jobs",
            "Jobs that may run at a time in it (MaxJobs)",
        ),
        Field(
            "max/jobs/accruing",
            UINT32_NO_VAL,
            "max_jobs_accrue",
            "Pending jobs of it that may gain priority by age (MaxJobsAccrue)",
        ),
        Field(
            "max/jobs/total",
            UINT32_NO_VAL,
            "max_submit_jobs",
            "Jobs that may be pending or running in it (MaxSubmitJobs)",
        ),
        Field(
            "max/tres/minutes/total",
            TRES_STR,
            "max_tres_run_mins",
            "TRES minutes that its running jobs may have left (MaxTRESRunMins)",
        ),
        Field(
            "max/tres/minutes/per/job",
            TRES_STR,
            "max_tres_mins_pj",
            "TRES minutes that a job may use (MaxTRESMinsPerJob)",
        ),
        Field(
            "max/tres/per/job",
            TRES_STR,
            "max_tres_pj",
            "TRES that a job may have (MaxTRESPerJob)",
        ),
        Field(
            "max/tres/per/node",
            TRES_STR,
            "max_tres_pn",
            "TRES that a job may have of each node (MaxTRESPerNode)",
        ),
        Field(
            "max/jobs/per/wall_clock",
            UINT32_NO_VAL,
            "max_wall_pj",
            "Minutes that a job may run (MaxWallDurationPerJob)",
        ),
        Field(
            "min/priority_threshold",
            UINT32_NO_VAL,
            "min_prio_thresh",
            "Priority that a job needs for resources to be reserved for it (MinPrioThreshold)",
        ),
        Field("parent_account", STRING, "parent_acct", "Account above it; empty of a user's"),
        Field("partition", STRING, "partition", "Partition that it is for; empty: all"),
        Field("priority", UINT32_NO_VAL, "priority", "What it adds to the priority of its jobs"),
        Field("qos", QOS_STRING_ID_LIST, "qos_list", "QOS that its jobs may have"),
        Field(
            "shares_raw",
            UINT32,
            "shares_raw",
            "Shares that fair share counts with; 2147483647: those of the account above it",
        ),
        Field("user", STRING, "user", "User; empty: the account's own", required=True),
    ),
    description=(
        "Association of a user, an account, a cluster and perhaps a partition, with its limits"
    ),
    branches={
        "default": "What jobs have that ask for nothing else",
        "max": "The most that jobs of the association may have",
        "max/jobs": "Limits on the number of jobs",
        "max/jobs/per": "Limits of the association with all below it, and of a job",
        "max/tres": "Limits on resources (TRES)",
        "max/tres/group": "Limits of the association with all below it",
        "max/tres/minutes": "Limits on resources (TRES) times minutes",
        "max/tres/minutes/per": "Limits of each part, times minutes",
        "max/tres/per": "Limits of each part",
        "max/per": "Limits of each part",
        "max/per/account": "Limits of the association with all below it",
        "min": "The least that jobs of the association have to have",
    },
)
ASSOC_PTR = Pointer("ASSOC_PTR", ASSOC)
ASSOC_LIST = ListOf("ASSOC_LIST", ASSOC_PTR)

ASSOC_REC_SET = Struct(
    "ASSOC_REC_SET",
    "slurmdb_assoc_rec_t",
    (
        Field("comment", STRING, "comment", "Anything that an administrator noted"),
        Field("defaultqos", QOS_ID, "def_qos_id", "QOS of jobs that ask for none"),
        Field(
            "grpjobs",
            UINT32_NO_VAL,
            "grp_jobs",
            "Jobs that may run at a time in it and in what is below it",
        ),
        Field(
            "grpjobsaccrue",
            UINT32_NO_VAL,
            "grp_jobs_accrue",
            "Pending jobs of it and of what is below it that may gain priority by age",
        ),
        Field(
            "grpsubmitjobs",
            UINT32_NO_VAL,
            "grp_submit_jobs",
            "Jobs that may be pending or running in it and in what is below it",
        ),
        Field(
            "grptres",
            TRES_STR,
            "grp_tres",
            "TRES that its jobs and those below it may have at a time",
        ),
        Field(
            "grptresmins",
            TRES_STR,
            "grp_tres_mins",
            "TRES minutes that its jobs and those below it may use in all",
        ),
        Field(
            "grptresrunmins",
            TRES_STR,
            "grp_tres_run_mins",
            "TRES minutes that its running jobs and those below it may have left",
        ),
        Field(
            "grpwall",
            UINT32_NO_VAL,
            "grp_wall",
            "Minutes that its jobs and those below it may run in all",
        ),
        Field("maxjobs", UINT32_NO_VAL, "max_jobs", "Jobs that may run at a time in it"),
        Field(
            "maxjobsaccrue",
            UINT32_NO_VAL,
            "max_jobs_accrue",
            "Pending jobs of it that may gain priority by age",
        ),
        Field(
            "maxsubmitjobs",
            UINT32_NO_VAL,
            "max_submit_jobs",
            "Jobs that may be pending or running in it",
        ),
        Field(
            "maxtresminsperjob",
            TRES_STR,
            "max_tres_mins_pj",
            "TRES minutes that a job may use",
        ),
        Field(
            "maxtresrunmins",
            TRES_STR,
            "max_tres_run_mins",
            "TRES minutes that its running jobs may have left",
        ),
        Field("maxtresperjob", TRES_STR, "max_tres_pj", "TRES that a job may have"),
        Field("maxtrespernode", TRES_STR, "max_tres_pn", "TRES that a job may have of each node"),
        Field("maxwalldurationperjob", UINT32_NO_VAL, "max_wall_pj", "Minutes that a job may run"),
        Field(
            "minpriothresh",
            UINT32_NO_VAL,
            "min_prio_thresh",
            "Priority that a job needs for resources to be reserved for it",
        ),
        Field("parent", STRING, "parent_acct", "Account above it"),
        Field("priority", UINT32_NO_VAL, "priority", "What it adds to the priority of its jobs"),
        Field("qoslevel", QOS_STRING_ID_LIST, "qos_list", "QOS that its jobs may have"),
        Field("fairshare", UINT32, "shares_raw", "Shares that fair share counts with"),
    ),
    description="Limits and shares that new associations get",
)

# -- answers ----------------------------------------------------------------------------

OPENAPI_ASSOCS_RESP = Struct(
    "OPENAPI_ASSOCS_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "associations",
            ASSOC_LIST,
            "response",
            "Associations that were found, or that are to be written",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="List of associations, in an answer or a request",
)

OPENAPI_ASSOCS_REMOVED_RESP = Struct(
    "OPENAPI_ASSOCS_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "removed_associations",
            STRING_LIST,
            "response",
            "Associations that were deleted, as sacctmgr(1) shows them",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the associations that were deleted",
)

# -- queries ----------------------------------------------------------------------------

ID_CSV_LIST = Leaf(
    "ID_CSV_LIST",
    "list_t *",
    STRING_LIST,
    read=associations.id_csv,
    description="Numbers, separated by commas",
)


def _flag(name: str, constant_name: str) -> Leaf:
    return Leaf(
        name,
        "slurmdb_assoc_cond_t",
        Format.BOOL,
        read=associations.condition_flag(constant(constant_name)),
        whole=True,
    )


ASSOC_COND_FLAGS = Flags(
    "ASSOC_COND_FLAGS",
    "uint32_t",
    (
        Flag(
            "Include deleted associations",
            "ASSOC_COND_FLAG_WITH_DELETED",
            description="Associations that were deleted, too",
        ),
        Flag(
            "Include usage", "ASSOC_COND_FLAG_WITH_USAGE", description="With what was used of them"
        ),
        Flag(
            "Filter to only defaults",
            "ASSOC_COND_FLAG_ONLY_DEFS",
            description="Only those that are their users' defaults",
        ),
        Flag(
            "Include the raw QOS or delta_qos",
            "ASSOC_COND_FLAG_RAW_QOS",
            description="With their own QOS, and not those of the accounts above them",
        ),
        Flag(
            "Include sub acct information",
            "ASSOC_COND_FLAG_SUB_ACCTS",
            description="What is below the accounts, too",
        ),
        Flag(
            "Exclude parent id/name",
            "ASSOC_COND_FLAG_WOPI",
            description="Without the accounts above them",
        ),
        Flag(
            "Exclude limits from parents",
            "ASSOC_COND_FLAG_WOPL",
            description="Without the limits of the accounts above them",
        ),
    ),
)

ASSOC_CONDITION = Struct(
    "ASSOC_CONDITION",
    "slurmdb_assoc_cond_t",
    (
        Field("account", CSV_STRING_LIST, "acct_list", "Accounts, separated by commas"),
        Field("cluster", CSV_STRING_LIST, "cluster_list", "Clusters, separated by commas"),
        Field(
            "default_qos",
            ID_CSV_LIST,
            "def_qos_id_list",
            "Numbers of default QOS, separated by commas",
        ),
        Field("", ASSOC_COND_FLAGS, "flags", "What to show", exploded=True, since=V42),
        Field(
            "format",
            CSV_STRING_LIST,
            "format_list",
            "Ignored: every field is shown",
        ),
        Field("id", ID_CSV_LIST, "id_list", "Numbers of associations, separated by commas"),
        Field(
            "only_defaults",
            _flag("ASSOC_COND_ONLY_DEFS", "ASSOC_COND_FLAG_ONLY_DEFS"),
            None,
            "Only those that are their users' defaults",
            until=V41,
        ),
        Field(
            "parent_account",
            CSV_STRING_LIST,
            "parent_acct_list",
            "Accounts above them, separated by commas",
        ),
        Field("partition", CSV_STRING_LIST, "partition_list", "Partitions, separated by commas"),
        Field("qos", ID_CSV_LIST, "qos_list", "Numbers of QOS, separated by commas"),
        Field("usage_end", TIMESTAMP, "usage_end", "Usage until then (UNIX time)"),
        Field("usage_start", TIMESTAMP, "usage_start", "Usage since then (UNIX time)"),
        Field("user", CSV_STRING_LIST, "user_list", "Users, separated by commas"),
        Field(
            "with_usage",
            _flag("ASSOC_COND_WITH_USAGE", "ASSOC_COND_FLAG_WITH_USAGE"),
            None,
            "With what was used of them",
            until=V41,
        ),
        Field(
            "with_deleted",
            _flag("ASSOC_COND_WITH_DELETED", "ASSOC_COND_FLAG_WITH_DELETED"),
            None,
            "Associations that were deleted, too",
            until=V41,
        ),
        Field(
            "with_raw_qos",
            _flag("ASSOC_COND_RAW_QOS", "ASSOC_COND_FLAG_RAW_QOS"),
            None,
            "With their own QOS, and not those of the accounts above them",
            until=V41,
        ),
        Field(
            "with_sub_accts",
            _flag("ASSOC_COND_SUB_ACCTS", "ASSOC_COND_FLAG_SUB_ACCTS"),
            None,
            "What is below the accounts, too",
            until=V41,
        ),
        Field(
            "without_parent_info",
            _flag("ASSOC_COND_WOPI", "ASSOC_COND_FLAG_WOPI"),
            None,
            "Without the accounts above them",
            until=V41,
        ),
        Field(
            "without_parent_limits",
            _flag("ASSOC_COND_WOPL", "ASSOC_COND_FLAG_WOPL"),
            None,
            "Without the limits of the accounts above them",
            until=V41,
        ),
    ),
)

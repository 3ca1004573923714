# SPDX-License-Identifier: GPL-2.0-or-later
"""Fair shares: what each association may use, what it did use, and what follows for its jobs.

Associations come in the order of the tree: a parent before its children.  The names of
their TRES are not with them but in the message that they came in.
"""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    V41,
    V42,
    Field,
    Flag,
    Flags,
    Leaf,
    ListOf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import (
    CSV_STRING_LIST,
    FLOAT64,
    FLOAT64_NO_VAL,
    FLOAT128,
    STRING,
    UINT32,
    UINT32_NO_VAL,
    UINT64,
    UINT64_NO_VAL,
)

SHARES_UINT64_TRES = Struct(
    "SHARES_UINT64_TRES",
    "sr_shares_count",
    (
        Field("name", STRING, "name", "TRES as type or type/name, such as cpu or gres/gpu"),
        Field("value", UINT64_NO_VAL, "value", "How much of it"),
    ),
    description="Count of one kind of resource (TRES)",
)

SHARES_UINT64_TRES_PTR = Pointer("SHARES_UINT64_TRES_PTR", SHARES_UINT64_TRES)

SHARES_UINT64_TRES_LIST = ListOf("SHARES_UINT64_TRES_LIST", SHARES_UINT64_TRES_PTR)

SHARES_FLOAT128_TRES = Struct(
    "SHARES_FLOAT128_TRES",
    "sr_shares_usage",
    (
        Field("name", STRING, "name", "TRES as type or type/name, such as cpu or gres/gpu"),
        Field("value", FLOAT128, "value", "How much of it"),
    ),
    description="Use of one kind of resource (TRES)",
)

SHARES_FLOAT128_TRES_PTR = Pointer("SHARES_FLOAT128_TRES_PTR", SHARES_FLOAT128_TRES)

SHARES_FLOAT128_TRES_LIST = ListOf("SHARES_FLOAT128_TRES_LIST", SHARES_FLOAT128_TRES_PTR)

ASSOC_SHARES_OBJ_WRAP_TRES_RUN_SECS = Leaf(
    "ASSOC_SHARES_OBJ_WRAP_TRES_RUN_SECS",
    "uint64_t *",
    SHARES_UINT64_TRES_LIST,
    Write("CALL", function="SHARES_COUNTS", through=SHARES_UINT64_TRES),
)

ASSOC_SHARES_OBJ_WRAP_TRES_GRP_MINS = Leaf(
    "ASSOC_SHARES_OBJ_WRAP_TRES_GRP_MINS",
    "uint64_t *",
    SHARES_UINT64_TRES_LIST,
    Write("CALL", function="SHARES_COUNTS", through=SHARES_UINT64_TRES),
)

ASSOC_SHARES_OBJ_WRAP_TRES_USAGE_RAW = Leaf(
    "ASSOC_SHARES_OBJ_WRAP_TRES_USAGE_RAW",
    "long double *",
    SHARES_FLOAT128_TRES_LIST,
    Write("CALL", function="SHARES_USAGES", through=SHARES_FLOAT128_TRES),
)

ASSOC_SHARES_OBJ_WRAP_TYPE = Flags(
    "ASSOC_SHARES_OBJ_WRAP_TYPE",
    "uint16_t",
    (
        Flag("USER", 1, "INFINITE16", "A user in an account", equal=True),
        Flag("ASSOCIATION", 0, "INFINITE16", "An account", equal=True),
    ),
    description="Whether an association is a user's",
)

ASSOC_SHARES_OBJ_WRAP = Struct(
    "ASSOC_SHARES_OBJ_WRAP",
    "assoc_shares_object_t",
    (
        Field("id", UINT32, "assoc_id", "Id of the association"),
        Field("cluster", STRING, "cluster", "Cluster that it belongs to"),
        Field("name", STRING, "name", "Name of the user, or of the account"),
        Field("parent", STRING, "parent", "Account that it is in; empty at the root"),
        Field("partition", STRING, "partition", "Partition that it is for; empty: any"),
        Field(
            "shares_normalized",
            FLOAT64_NO_VAL,
            "shares_norm",
            "Part of the whole cluster that its shares come to, 0 to 1",
        ),
        Field(
            "shares",
            UINT32_NO_VAL,
            "shares_raw",
            "Shares as configured, to be compared with those of its siblings; unset at the root",
        ),
        Field(
            "tres/run_seconds",
            ASSOC_SHARES_OBJ_WRAP_TRES_RUN_SECS,
            "tres_run_secs",
            "TRES-seconds that its running jobs would still take up to their time limits",
        ),
        Field(
            "tres/group_minutes",
            ASSOC_SHARES_OBJ_WRAP_TRES_GRP_MINS,
            "tres_grp_mins",
            "TRES-minutes that it and all below it may use together (GrpTRESMins)",
        ),
        Field(
            "effective_usage",
            FLOAT64,
            "usage_efctv",
            "Part of the recorded usage that counts as its own, 0 to 1",
            until=V41,
        ),
        Field(
            "effective_usage",
            FLOAT64_NO_VAL,
            "usage_efctv",
            "Part of the recorded usage that counts as its own, 0 to 1",
            since=V42,
        ),
        Field(
            "usage_normalized",
            FLOAT64_NO_VAL,
            "usage_norm",
            "Its usage as a part of the whole cluster's, 0 to 1",
        ),
        Field(
            "usage",
            UINT64,
            "usage_raw",
            "Billing units times seconds that it has used; older usage counts less",
        ),
        Field(
            "tres/usage",
            ASSOC_SHARES_OBJ_WRAP_TRES_USAGE_RAW,
            "usage_tres_raw",
            "TRES-seconds that it has used; older usage counts less",
        ),
        Field(
            "fairshare/factor",
            FLOAT64,
            "fs_factor",
            "What its jobs get for fair share in their priority, 0 to 1",
            until=V41,
        ),
        Field(
            "fairshare/level",
            FLOAT64,
            "level_fs",
            "Its shares over its usage among its siblings: above 1 it has used too little",
            until=V41,
        ),
        Field(
            "fairshare/factor",
            FLOAT64_NO_VAL,
            "fs_factor",
            "What its jobs get for fair share in their priority, 0 to 1",
            since=V42,
        ),
        Field(
            "fairshare/level",
            FLOAT64_NO_VAL,
            "level_fs",
            "Its shares over its usage among its siblings: above 1 it has used too little",
            since=V42,
        ),
        Field(
            "type",
            ASSOC_SHARES_OBJ_WRAP_TYPE,
            "user",
            "Whether it is of a user or of an account",
        ),
    ),
    description="Fair share of one association",
    branches={
        "tres": "Use and limits of resources (TRES)",
        "fairshare": "What the fair share comes to",
    },
)

ASSOC_SHARES_OBJ_LIST = ListOf("ASSOC_SHARES_OBJ_LIST", ASSOC_SHARES_OBJ_WRAP)

SHARES_RESP_MSG = Struct(
    "SHARES_RESP_MSG",
    "shares_response_msg_t",
    (
        Field(
            "shares",
            ASSOC_SHARES_OBJ_LIST,
            "assoc_shares_list",
            "Associations, each after its parent",
        ),
        Field("total_shares", UINT64, "tot_shares", "Not counted by Slurm 24.11: always 0"),
    ),
    description="Fair shares of associations, and the sum of all shares",
)

SHARES_RESP_MSG_PTR = Pointer("SHARES_RESP_MSG_PTR", SHARES_RESP_MSG)

SHARES_REQ_MSG = Struct(
    "SHARES_REQ_MSG",
    "shares_request_msg_t",
    (
        Field(
            "accounts",
            CSV_STRING_LIST,
            "acct_list",
            "Accounts to show, separated by commas; ignored as yet: all are shown",
        ),
        Field(
            "users",
            CSV_STRING_LIST,
            "user_list",
            "Users to show, separated by commas; ignored as yet: all are shown",
        ),
    ),
)

OPENAPI_SHARES_RESP = Struct(
    "OPENAPI_SHARES_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "shares",
            SHARES_RESP_MSG_PTR,
            "response",
            "Fair shares of associations",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer with fair shares",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Workload characterization keys (wckeys)."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Flag, Flags, ListOf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.usage import ACCOUNTING_LIST
from slurmrestd.data_parser.types import (
    BOOL16,
    CSV_STRING_LIST,
    STRING,
    STRING_LIST,
    TIMESTAMP,
    UINT32,
)

WCKEY_FLAGS = Flags(
    "WCKEY_FLAGS",
    "uint32_t",
    (Flag("DELETED", "SLURMDB_WCKEY_FLAG_DELETED", description="It was deleted"),),
    description="What is to be known of a wckey",
)

WCKEY = Struct(
    "WCKEY",
    "slurmdb_wckey_rec_t",
    (
        Field("accounting", ACCOUNTING_LIST, "accounting_list", "What was used, if asked for"),
        Field("cluster", STRING, "cluster", "Cluster that jobs are counted on", required=True),
        Field("id", UINT32, "id", "Number of this wckey of this user in this cluster"),
        Field("name", STRING, "name", "Name; a * before it: the user's default", required=True),
        Field("user", STRING, "user", "User whose jobs are counted", required=True),
        Field("flags", WCKEY_FLAGS, "flags", "What else is true of it"),
    ),
    description=(
        "Workload characterization key (wckey) of a user: what jobs are counted under "
        "besides accounts"
    ),
)
WCKEY_PTR = Pointer("WCKEY_PTR", WCKEY)
WCKEY_LIST = ListOf("WCKEY_LIST", WCKEY_PTR)

# -- answers ----------------------------------------------------------------------------

OPENAPI_WCKEY_RESP = Struct(
    "OPENAPI_WCKEY_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "wckeys",
            WCKEY_LIST,
            "response",
            "Wckeys that were found, or that are to be written",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="List of wckeys, in an answer or a request",
)

OPENAPI_WCKEY_REMOVED_RESP = Struct(
    "OPENAPI_WCKEY_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "deleted_wckeys",
            STRING_LIST,
            "response",
            "Wckeys that were deleted, as sacctmgr(1) shows them",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the wckeys that were deleted",
)

# -- queries ----------------------------------------------------------------------------

OPENAPI_WCKEY_PARAM = Struct(
    "OPENAPI_WCKEY_PARAM",
    "openapi_wckey_param_t",
    (Field("id", STRING, "wckey", "Name of the wckey", required=True),),
)

WCKEY_CONDITION = Struct(
    "WCKEY_CONDITION",
    "slurmdb_wckey_cond_t",
    (
        Field("cluster", CSV_STRING_LIST, "cluster_list", "Clusters, separated by commas"),
        Field("format", CSV_STRING_LIST, "format_list", "Ignored: every field is shown"),
        Field("id", CSV_STRING_LIST, "id_list", "Numbers of wckeys, separated by commas"),
        Field("name", CSV_STRING_LIST, "name_list", "Names, separated by commas"),
        Field("only_defaults", BOOL16, "only_defs", "Only those that are their users' defaults"),
        Field("usage_end", TIMESTAMP, "usage_end", "Usage until then (UNIX time)"),
        Field("usage_start", TIMESTAMP, "usage_start", "Usage since then (UNIX time)"),
        Field("user", CSV_STRING_LIST, "user_list", "Users, separated by commas"),
        Field("with_usage", BOOL16, "with_usage", "With what was used of them"),
        Field("with_deleted", BOOL16, "with_deleted", "Wckeys that were deleted, too"),
    ),
)

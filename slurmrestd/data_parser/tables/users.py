# SPDX-License-Identifier: GPL-2.0-or-later
"""Users of the accounting database."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import ASSOC_SHORT_LIST
from slurmrestd.data_parser.model import Field, Flag, Flags, ListOf, Pointer, Struct
from slurmrestd.data_parser.tables.accounts import COORD_LIST
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.associations import ASSOC_REC_SET
from slurmrestd.data_parser.tables.wckeys import WCKEY_LIST
from slurmrestd.data_parser.types import (
    BOOL16,
    CSV_STRING_LIST,
    STRING,
    STRING_LIST,
)

ADMIN_LVL = Flags(
    "ADMIN_LVL",
    "uint16_t",
    (
        Flag("Not Set", "SLURMDB_ADMIN_NOTSET", "INFINITE16", "It is not known", equal=True),
        Flag("None", "SLURMDB_ADMIN_NONE", "INFINITE16", "May change nothing", equal=True),
        Flag(
            "Operator",
            "SLURMDB_ADMIN_OPERATOR",
            "INFINITE16",
            "May change everything but administrators",
            equal=True,
        ),
        Flag(
            "Administrator",
            "SLURMDB_ADMIN_SUPER_USER",
            "INFINITE16",
            "May change everything",
            equal=True,
        ),
    ),
    description="What a user may do in the database",
)

USER_FLAGS = Flags(
    "USER_FLAGS",
    "uint32_t",
    (
        Flag("NONE", "SLURMDB_USER_FLAG_NONE", "INFINITE", "Nothing special", equal=True),
        Flag("DELETED", "SLURMDB_USER_FLAG_DELETED", description="The user was deleted"),
    ),
    description="What is to be known of a user",
)

USER = Struct(
    "USER",
    "slurmdb_user_rec_t",
    (
        Field("administrator_level", ADMIN_LVL, "admin_level", "What the user may change"),
        Field(
            "associations",
            ASSOC_SHORT_LIST,
            "assoc_list",
            "The user's associations, if they are asked for",
        ),
        Field(
            "coordinators",
            COORD_LIST,
            "coord_accts",
            "Accounts that the user coordinates, if they are asked for",
        ),
        Field("default/account", STRING, "default_acct", "Account of jobs that name none"),
        Field("default/wckey", STRING, "default_wckey", "Wckey of jobs that name none"),
        Field("flags", USER_FLAGS, "flags", "What else is true of the user"),
        Field("name", STRING, "name", "Name of the user", required=True),
        Field("old_name", STRING, "old_name", "Name until now, to change it"),
        Field("wckeys", WCKEY_LIST, "wckey_list", "The user's wckeys, if they are asked for"),
    ),
    description="User as the accounting database has them",
    branches={
        "default": "What jobs of the user have that name nothing else",
    },
)
USER_PTR = Pointer("USER_PTR", USER)
USER_LIST = ListOf("USER_LIST", USER_PTR)

# -- users with their associations ------------------------------------------------------

USER_SHORT = Struct(
    "USER_SHORT",
    "slurmdb_user_rec_t",
    (
        Field("adminlevel", ADMIN_LVL, "admin_level", "What the users may change"),
        Field("defaultaccount", STRING, "default_acct", "Account of jobs that name none"),
        Field("defaultwckey", STRING, "default_wckey", "Wckey of jobs that name none"),
    ),
    description="Defaults and rights of users to be added",
)
USER_SHORT_PTR = Pointer("USER_SHORT_PTR", USER_SHORT)

USERS_ADD_COND = Struct(
    "USERS_ADD_COND",
    "slurmdb_add_assoc_cond_t",
    (
        Field("accounts", CSV_STRING_LIST, "acct_list", "Accounts that the users are added to"),
        Field("association", ASSOC_REC_SET, "assoc", "Limits of their associations"),
        Field("clusters", CSV_STRING_LIST, "cluster_list", "Clusters; empty: all"),
        Field("partitions", CSV_STRING_LIST, "partition_list", "Partitions; empty: all"),
        Field("users", CSV_STRING_LIST, "user_list", "Names of the users", required=True),
        Field("wckeys", CSV_STRING_LIST, "wckey_list", "Wckeys that the users get"),
    ),
    description="Which users are to be added, and where",
)
USERS_ADD_COND_PTR = Pointer("USERS_ADD_COND_PTR", USERS_ADD_COND)

OPENAPI_USERS_ADD_COND_RESP = Struct(
    "OPENAPI_USERS_ADD_COND_RESP",
    "openapi_resp_users_add_cond_t",
    (
        Field(
            "association_condition",
            USERS_ADD_COND_PTR,
            "add_assoc",
            "Which users to add, and where",
            required=True,
        ),
        Field("user", USER_SHORT_PTR, "user", "What holds for each of the users", required=True),
        *ENVELOPE,
    ),
    description="Request to add users to accounts",
)

# -- answers ----------------------------------------------------------------------------

OPENAPI_USERS_RESP = Struct(
    "OPENAPI_USERS_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "users",
            USER_LIST,
            "response",
            "Users that were found, or that are to be written",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="List of users, in an answer or a request",
)

OPENAPI_USERS_REMOVED_RESP = Struct(
    "OPENAPI_USERS_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field("removed_users", STRING_LIST, "response", "Users that were deleted", required=True),
        *ENVELOPE,
    ),
)

OPENAPI_USERS_ADD_COND_RESP_STR = Struct(
    "OPENAPI_USERS_ADD_COND_RESP_STR",
    "openapi_resp_single_t",
    (
        Field(
            "added_users",
            STRING,
            "response",
            "What was added, as sacctmgr(1) says it; or why nothing was",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the users that were added",
)

# -- queries ----------------------------------------------------------------------------

OPENAPI_USER_PARAM = Struct(
    "OPENAPI_USER_PARAM",
    "openapi_user_param_t",
    (Field("name", STRING, "name", "Name of the user", required=True),),
)

OPENAPI_USER_QUERY = Struct(
    "OPENAPI_USER_QUERY",
    "openapi_user_query_t",
    (
        Field("with_deleted", BOOL16, "with_deleted", "Even if the user was deleted"),
        Field("with_assocs", BOOL16, "with_assocs", "With the user's associations"),
        Field("with_coords", BOOL16, "with_coords", "With what the user coordinates"),
        Field("with_wckeys", BOOL16, "with_wckeys", "With the user's wckeys"),
    ),
)

USER_CONDITION = Struct(
    "USER_CONDITION",
    "slurmdb_user_cond_t",
    (
        Field("admin_level", ADMIN_LVL, "admin_level", "Only users that may change that much"),
        Field(
            "default_account",
            CSV_STRING_LIST,
            "def_acct_list",
            "Default accounts, separated by commas",
        ),
        Field(
            "default_wckey",
            CSV_STRING_LIST,
            "def_wckey_list",
            "Default wckeys, separated by commas",
        ),
        Field("with_assocs", BOOL16, "with_assocs", "With their associations"),
        Field("with_coords", BOOL16, "with_coords", "With what they coordinate"),
        Field("with_deleted", BOOL16, "with_deleted", "Users that were deleted, too"),
        Field("with_wckeys", BOOL16, "with_wckeys", "With their wckeys"),
        Field("without_defaults", BOOL16, "without_defaults", "Without their defaults"),
    ),
)

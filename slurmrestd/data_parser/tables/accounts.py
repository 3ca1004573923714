# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts, and who coordinates them."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import ASSOC_SHORT_LIST
from slurmrestd.data_parser.model import (
    V40,
    V41,
    Field,
    Flag,
    Flags,
    Format,
    Leaf,
    ListOf,
    Pointer,
    Struct,
)
from slurmrestd.data_parser.program import constant
from slurmrestd.data_parser.read import associations
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.associations import ASSOC_REC_SET
from slurmrestd.data_parser.types import BOOL16, CSV_STRING_LIST, STRING, STRING_LIST

COORD = Struct(
    "COORD",
    "slurmdb_coord_rec_t",
    (
        Field(
            "name", STRING, "name", "User (of an account), or account (of a user)", required=True
        ),
        Field(
            "direct",
            BOOL16,
            "direct",
            "Whether it is so for this account itself, and not for one above it",
        ),
    ),
    description="User who may add users to an account and set their limits",
)
COORD_PTR = Pointer("COORD_PTR", COORD)
COORD_LIST = ListOf("COORD_LIST", COORD_PTR)

ACCOUNT_FLAGS = Flags(
    "ACCOUNT_FLAGS",
    "slurmdb_acct_flags_t",
    (
        Flag("DELETED", "SLURMDB_ACCT_FLAG_DELETED", description="It was deleted"),
        Flag(
            "WithAssociations",
            "SLURMDB_ACCT_FLAG_WASSOC",
            description="Its associations are shown",
            since=V41,
        ),
        Flag(
            "WithCoordinators",
            "SLURMDB_ACCT_FLAG_WCOORD",
            description="Its coordinators are shown",
            since=V41,
        ),
        Flag(
            "NoUsersAreCoords",
            "SLURMDB_ACCT_FLAG_USER_COORD_NO",
            description="Its users are no coordinators any more",
            since=V41,
        ),
        Flag(
            "UsersAreCoords",
            "SLURMDB_ACCT_FLAG_USER_COORD",
            description="Its users are its coordinators",
            since=V41,
        ),
    ),
    description="What is to be known of an account",
)

ACCOUNT = Struct(
    "ACCOUNT",
    "slurmdb_account_rec_t",
    (
        Field(
            "associations",
            ASSOC_SHORT_LIST,
            "assoc_list",
            "Its associations, if they are asked for",
        ),
        Field(
            "coordinators", COORD_LIST, "coordinators", "Its coordinators, if they are asked for"
        ),
        Field("description", STRING, "description", "What it is for", required=True),
        Field("name", STRING, "name", "Name of the account", required=True),
        Field("organization", STRING, "organization", "Whose it is", required=True),
        Field("flags", ACCOUNT_FLAGS, "flags", "What else is true of it"),
    ),
    description="Account: whom resources are counted for",
)
ACCOUNT_PTR = Pointer("ACCOUNT_PTR", ACCOUNT)
ACCOUNT_LIST = ListOf("ACCOUNT_LIST", ACCOUNT_PTR)

# -- accounts with their associations ---------------------------------------------------

ACCOUNT_SHORT = Struct(
    "ACCOUNT_SHORT",
    "slurmdb_account_rec_t",
    (
        Field("description", STRING, "description", "What they are for; empty: their names"),
        Field("organization", STRING, "organization", "Whose they are; empty: the parent's name"),
    ),
    description="Description and organization of accounts to be added",
)
ACCOUNT_SHORT_PTR = Pointer("ACCOUNT_SHORT_PTR", ACCOUNT_SHORT)

ACCOUNTS_ADD_COND = Struct(
    "ACCOUNTS_ADD_COND",
    "slurmdb_add_assoc_cond_t",
    (
        Field("accounts", CSV_STRING_LIST, "acct_list", "Names of the accounts", required=True),
        Field("association", ASSOC_REC_SET, "assoc", "Limits, and the account above them"),
        Field("clusters", CSV_STRING_LIST, "cluster_list", "Clusters; empty: all"),
    ),
    description="Which accounts are to be added, and where",
)
ACCOUNTS_ADD_COND_PTR = Pointer("ACCOUNTS_ADD_COND_PTR", ACCOUNTS_ADD_COND)

OPENAPI_ACCOUNTS_ADD_COND_RESP = Struct(
    "OPENAPI_ACCOUNTS_ADD_COND_RESP",
    "openapi_resp_accounts_add_cond_t",
    (
        Field(
            "association_condition",
            ACCOUNTS_ADD_COND_PTR,
            "add_assoc",
            "Which accounts to add, and where",
        ),
        Field("account", ACCOUNT_SHORT_PTR, "acct", "What the accounts are for"),
        *ENVELOPE,
    ),
    description="Request to add accounts with their associations",
)

# -- answers ----------------------------------------------------------------------------

OPENAPI_ACCOUNTS_RESP = Struct(
    "OPENAPI_ACCOUNTS_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "accounts",
            ACCOUNT_LIST,
            "response",
            "Accounts that were found, or that are to be written",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="List of accounts, in an answer or a request",
)

OPENAPI_ACCOUNTS_REMOVED_RESP = Struct(
    "OPENAPI_ACCOUNTS_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "removed_accounts", STRING_LIST, "response", "Accounts that were deleted", required=True
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the accounts that were deleted",
)

OPENAPI_ACCOUNTS_ADD_COND_RESP_STR = Struct(
    "OPENAPI_ACCOUNTS_ADD_COND_RESP_STR",
    "openapi_resp_single_t",
    (
        Field(
            "added_accounts",
            STRING,
            "response",
            "What was added, as sacctmgr(1) says it; or why nothing was",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the accounts that were added",
)

# -- queries ----------------------------------------------------------------------------

OPENAPI_ACCOUNT_PARAM = Struct(
    "OPENAPI_ACCOUNT_PARAM",
    "openapi_account_param_t",
    (Field("account_name", STRING, "name", "Name of the account", required=True),),
)

OPENAPI_ACCOUNT_QUERY = Struct(
    "OPENAPI_ACCOUNT_QUERY",
    "openapi_account_query_t",
    (
        Field("with_assocs", BOOL16, "with_assocs", "With its associations"),
        Field("with_coords", BOOL16, "with_coords", "With its coordinators"),
        Field("with_deleted", BOOL16, "with_deleted", "Even if it was deleted"),
    ),
)


def _flag(name: str, constant_name: str) -> Leaf:
    return Leaf(
        name,
        "slurmdb_account_cond_t",
        Format.BOOL,
        read=associations.condition_flag(constant(constant_name)),
        whole=True,
    )


ACCOUNT_CONDITION = Struct(
    "ACCOUNT_CONDITION",
    "slurmdb_account_cond_t",
    (
        Field("description", STRING_LIST, "description_list", "Only those with this description"),
        Field("", ACCOUNT_FLAGS, "flags", "What to show", exploded=True, since=V41),
        Field(
            "with_assocs",
            _flag("ACCOUNT_COND_WITH_ASSOCS", "SLURMDB_ACCT_FLAG_WASSOC"),
            None,
            "With their associations",
            until=V40,
        ),
        Field(
            "with_coords",
            _flag("ACCOUNT_COND_WITH_COORDS", "SLURMDB_ACCT_FLAG_WCOORD"),
            None,
            "With their coordinators",
            until=V40,
        ),
        Field(
            "with_deleted",
            _flag("ACCOUNT_COND_WITH_DELETED", "SLURMDB_ACCT_FLAG_DELETED"),
            None,
            "Accounts that were deleted, too",
            until=V40,
        ),
    ),
)

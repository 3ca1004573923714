# SPDX-License-Identifier: GPL-2.0-or-later
"""All that the accounting database is configured with."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import TRES_LIST
from slurmrestd.data_parser.model import Field, Struct
from slurmrestd.data_parser.tables.accounts import ACCOUNT_LIST
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.tables.associations import ASSOC_LIST
from slurmrestd.data_parser.tables.clusters import CLUSTER_REC_LIST
from slurmrestd.data_parser.tables.instances import INSTANCE_LIST
from slurmrestd.data_parser.tables.qos import QOS_LIST
from slurmrestd.data_parser.tables.users import USER_LIST
from slurmrestd.data_parser.tables.wckeys import WCKEY_LIST

OPENAPI_SLURMDBD_CONFIG_RESP = Struct(
    "OPENAPI_SLURMDBD_CONFIG_RESP",
    "openapi_resp_slurmdbd_config_t",
    (
        Field("clusters", CLUSTER_REC_LIST, "clusters", "Clusters that report to this slurmdbd"),
        Field("tres", TRES_LIST, "tres", "Resources that are counted (TRES)"),
        Field(
            "accounts",
            ACCOUNT_LIST,
            "accounts",
            "Accounts with their coordinators and associations",
        ),
        Field("users", USER_LIST, "users", "Users with their associations and wckeys"),
        Field("qos", QOS_LIST, "qos", "Qualities of service (QOS)"),
        Field("wckeys", WCKEY_LIST, "wckeys", "Workload characterization keys (wckeys) of users"),
        Field(
            "associations",
            ASSOC_LIST,
            "associations",
            "Associations of users, accounts and clusters",
        ),
        Field("instances", INSTANCE_LIST, "instances", "Instances; always empty"),
        *ENVELOPE,
    ),
    description="All that the accounting database is configured with, in an answer or a request",
)

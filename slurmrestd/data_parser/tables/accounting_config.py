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
        Field("clusters", CLUSTER_REC_LIST, "clusters", "Clusters"),
        Field("tres", TRES_LIST, "tres", "Trackable resources"),
        Field("accounts", ACCOUNT_LIST, "accounts", "Accounts"),
        Field("users", USER_LIST, "users", "Users"),
        Field("qos", QOS_LIST, "qos", "Qualities of service"),
        Field("wckeys", WCKEY_LIST, "wckeys", "Wckeys"),
        Field("associations", ASSOC_LIST, "associations", "Associations"),
        Field("instances", INSTANCE_LIST, "instances", "Instances; always empty"),
        *ENVELOPE,
    ),
)

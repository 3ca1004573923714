# SPDX-License-Identifier: GPL-2.0-or-later
"""All that the accounting database is configured with, deleted records too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slurmrestd.data_parser.accounting_types import TRES
from slurmrestd.data_parser.encode import Records
from slurmrestd.data_parser.model import Struct
from slurmrestd.data_parser.read.context import Items
from slurmrestd.data_parser.tables.accounting_config import OPENAPI_SLURMDBD_CONFIG_RESP
from slurmrestd.data_parser.tables.accounts import ACCOUNT
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.associations import ASSOC
from slurmrestd.data_parser.tables.clusters import CLUSTER_REC
from slurmrestd.data_parser.tables.qos import QOS
from slurmrestd.data_parser.tables.users import USER
from slurmrestd.data_parser.tables.wckeys import WCKEY
from slurmrestd.openapi.call import Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.clusters import update_clusters
from slurmrestd.openapi.slurmdbd.results import found
from slurmrestd.slurm.accounting import accounts, associations, clusters, qos, users, wckeys
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.accounting.lookups import load_tres
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import (
    ASSOC_COND_FLAG_RAW_QOS,
    ASSOC_COND_FLAG_SUB_ACCTS,
    ASSOC_COND_FLAG_WITH_DELETED,
    ASSOC_COND_FLAG_WITH_USAGE,
    SLURMDB_ACCT_FLAG_DELETED,
    SLURMDB_ACCT_FLAG_WASSOC,
    SLURMDB_ACCT_FLAG_WCOORD,
)


def get_config(call: Call) -> Values | None:
    """Everything; what cannot be had, or is empty, leaves nothing of the others either."""
    with call.accounting() as lease:
        return {key: _shown(call, struct, load) for key, struct, load in _lists(lease)}


def _shown(call: Call, struct: Struct, load: Any) -> Records:
    records = found(call, load)
    if not len(records):
        raise Refused
    return call.records(struct, records)


def _lists(lease: Lease) -> Iterator[tuple[str, Struct, Any]]:
    """What is shown, in the order in which it is asked for: key, table, query."""
    owned = Owned()
    yield "clusters", CLUSTER_REC, lambda: _clusters(lease, owned)
    yield "tres", TRES, lambda: load_tres(lease)
    yield "accounts", ACCOUNT, lambda: accounts.load(lease, _of_accounts(owned))
    yield "users", USER, lambda: users.load(lease, _of_users(owned))
    yield "qos", QOS, lambda: qos.load(lease, with_deleted=True)
    yield "wckeys", WCKEY, lambda: wckeys.load(lease, _of_wckeys(owned))
    yield "associations", ASSOC, lambda: associations.load(lease, _of_associations(owned))


def _clusters(lease: Lease, owned: Owned) -> RecordList:
    condition = clusters.new_condition(owned)
    condition.with_deleted = condition.with_usage = True
    return clusters.load(lease, condition)


def _of_associations(owned: Owned) -> Any:
    condition = owned.new("slurmdb_assoc_cond_t *")
    condition.flags = (
        ASSOC_COND_FLAG_WITH_DELETED
        | ASSOC_COND_FLAG_WITH_USAGE
        | ASSOC_COND_FLAG_RAW_QOS
        | ASSOC_COND_FLAG_SUB_ACCTS
    )
    return condition


def _of_accounts(owned: Owned) -> Any:
    condition = owned.new("slurmdb_account_cond_t *")
    condition.assoc_cond = _of_associations(owned)
    condition.flags = (
        SLURMDB_ACCT_FLAG_DELETED | SLURMDB_ACCT_FLAG_WASSOC | SLURMDB_ACCT_FLAG_WCOORD
    )
    return condition


def _of_users(owned: Owned) -> Any:
    condition = owned.new("slurmdb_user_cond_t *")
    condition.assoc_cond = _of_associations(owned)
    condition.with_deleted = condition.with_assocs = condition.with_coords = True
    return condition


def _of_wckeys(owned: Owned) -> Any:
    condition = owned.new("slurmdb_wckey_cond_t *")
    condition.with_deleted = condition.with_usage = True
    return condition


def post_config(call: Call) -> None:
    """Read the body, and add its clusters without committing them: nothing is changed.

    So it is in the original, which comes to TRES next, cannot change them, and says nothing.
    """
    with call.accounting() as lease:
        update_clusters(call, lease, call.body().get("clusters") or Items())


GET = Operation(
    "GET",
    "/slurmdb/{data_parser}/config",
    get_config,
    summary="Get all that the accounting database is configured with",
    description=(
        "Clusters, resources, accounts, users, QOS, wckeys and associations, with what was "
        "deleted and with use: for a backup, or to move to another cluster."
    ),
    response=OPENAPI_SLURMDBD_CONFIG_RESP,
    response_description="The configuration",
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/config",
    post_config,
    summary="Add or change what the accounting database is configured with",
    description=(
        "The body is read and checked, but nothing is changed in the end, as in Slurm 24.11: "
        "write with the operations on clusters, accounts, users, QOS, wckeys and "
        "associations."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=OPENAPI_SLURMDBD_CONFIG_RESP,
    body_description="What to add or change",
)

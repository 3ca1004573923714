# SPDX-License-Identifier: GPL-2.0-or-later
"""Clusters."""

from __future__ import annotations

from slurmrestd.data_parser.read.context import Items
from slurmrestd.data_parser.read.store import fill, store
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.clusters import (
    CLUSTER_CONDITION,
    CLUSTER_REC,
    OPENAPI_CLUSTER_PARAM,
    OPENAPI_CLUSTERS_REMOVED_RESP,
    OPENAPI_CLUSTERS_RESP,
)
from slurmrestd.data_parser.tables.queries import OPENAPI_RESERVATION_QUERY
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.openapi.slurmdbd.results import changed, commit, listed, removed
from slurmrestd.slurm.accounting import clusters
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned


def get_clusters(call: Call) -> Values:
    """Clusters.  The query that the original documents is not the one that it takes."""
    with call.accounting() as lease:
        query = call.options(CLUSTER_CONDITION)
        owned = Owned()
        condition = clusters.new_condition(owned)
        fill(ffi, condition, query, owned)
        return listed(call, "clusters", CLUSTER_REC, lambda: clusters.load(lease, condition))


def get_cluster(call: Call) -> Values:
    """One cluster.  The original documents a query, and never looks at it."""
    with call.accounting() as lease:
        name = call.parameters()["name"]
        owned = Owned()
        condition = clusters.new_condition(owned, name)
        return listed(call, "clusters", CLUSTER_REC, lambda: clusters.load(lease, condition))


def delete_cluster(call: Call) -> Values:
    """Remove a cluster."""
    with call.accounting() as lease:
        name = call.parameters()["name"]
        owned = Owned()
        condition = clusters.new_condition(owned, name)
        names = removed(call, lease, lambda: clusters.remove(lease, condition))
    return {"deleted_clusters": names}


def post_clusters(call: Call) -> None:
    """Add clusters."""
    with call.accounting() as lease:
        update_clusters(call, lease, call.body().get("response") or Items())
        commit(call, lease)


def update_clusters(call: Call, lease: Lease, records: Items) -> None:
    """Add clusters.  Raises Refused."""
    owned = Owned()
    made = owned.list([store(ffi, record, owned) for record in records])
    changed(call, lambda: clusters.add(lease, made))


DELETE = Operation(
    "DELETE",
    "/slurmdb/{data_parser}/cluster/{cluster_name}",
    delete_cluster,
    summary="Delete a cluster",
    description=(
        "For administrators and operators. Its associations go too; jobs of the cluster stay "
        "in the database."
    ),
    response=OPENAPI_CLUSTERS_REMOVED_RESP,
    response_description="What was deleted",
    parameters=OPENAPI_CLUSTER_PARAM,
    query=CLUSTER_CONDITION,
)
SINGLE = Operation(
    "GET",
    "/slurmdb/{data_parser}/cluster/{cluster_name}",
    get_cluster,
    summary="Get one cluster",
    description=(
        "The cluster by its name, with the address of its controller and its resources (TRES)."
    ),
    response=OPENAPI_CLUSTERS_RESP,
    response_description="The cluster",
    parameters=OPENAPI_CLUSTER_PARAM,
    query=CLUSTER_CONDITION,
)
ALL = Operation(
    "GET",
    "/slurmdb/{data_parser}/clusters/",
    get_clusters,
    summary="Get all clusters",
    description=(
        "Clusters that fit the query, all without one; with the addresses of their "
        "controllers and their resources (TRES)."
    ),
    response=OPENAPI_CLUSTERS_RESP,
    response_description="Clusters",
    query=OPENAPI_RESERVATION_QUERY,
)
UPDATE = Operation(
    "POST",
    "/slurmdb/{data_parser}/clusters/",
    post_clusters,
    summary="Add clusters",
    description=("For administrators and operators. A cluster that is there already is an error."),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    query=OPENAPI_RESERVATION_QUERY,
    body=OPENAPI_CLUSTERS_RESP,
    body_description="Clusters to add",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Clusters of the accounting database."""

from __future__ import annotations

from slurmrestd.data_parser.accounting_types import ASSOC_SHORT_PTR, TRES_STR
from slurmrestd.data_parser.model import (
    V41,
    V42,
    Deprecated,
    Field,
    Flag,
    Flags,
    ListOf,
    Pointer,
    Struct,
)
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import (
    BOOL16,
    STRING,
    STRING_LIST,
    TIMESTAMP,
    UINT16,
    UINT32,
)

CLUSTER_REC_FLAGS = Flags(
    "CLUSTER_REC_FLAGS",
    "uint32_t",
    (
        Flag("REGISTERING", "CLUSTER_FLAG_REGISTER", description="Its controller is registering"),
        Flag("MULTIPLE_SLURMD", "CLUSTER_FLAG_MULTSD", description="Several slurmd share a host"),
        Flag("FRONT_END", "CLUSTER_FLAG_FE", description="Its nodes are behind a front end"),
        Flag("FEDERATION", "CLUSTER_FLAG_FED", description="It is in a federation"),
        Flag("EXTERNAL", "CLUSTER_FLAG_EXT", description="It is of another slurmdbd"),
    ),
    description="What is to be known of a cluster",
)

CLUSTER_CLASSIFICATION = Flags(
    "CLUSTER_CLASSIFICATION",
    "uint16_t",
    (
        Flag("UNCLASSIFIED", "SLURMDB_CLASS_NONE", "INFINITE16", "Of no certain type", equal=True),
        Flag(
            "CAPABILITY",
            "SLURMDB_CLASS_CAPABILITY",
            "INFINITE16",
            "For few jobs that are large",
            equal=True,
        ),
        Flag(
            "CAPACITY",
            "SLURMDB_CLASS_CAPACITY",
            "INFINITE16",
            "For many jobs that are small",
            equal=True,
        ),
        Flag(
            "CAPAPACITY (both CAPABILITY and CAPACITY)",
            "SLURMDB_CLASS_CAPAPACITY",
            "INFINITE16",
            "For both",
            equal=True,
            until=V41,
        ),
        Flag(
            "CAPAPACITY",
            "SLURMDB_CLASS_CAPAPACITY",
            "INFINITE16",
            "For both",
            equal=True,
            since=V42,
        ),
    ),
    single=True,
)

CLUSTER_REC = Struct(
    "CLUSTER_REC",
    "slurmdb_cluster_rec_t",
    (
        Field("controller/host", STRING, "control_host", "Host of the controller; empty: none"),
        Field("controller/port", UINT32, "control_port", "Port of the controller; 0: none"),
        Field("flags", CLUSTER_REC_FLAGS, "flags", "What kind of cluster it is"),
        Field("name", STRING, "name", "Name of the cluster"),
        Field("nodes", STRING, "nodes", "Its nodes, as a hostlist expression"),
        Field(
            "select_plugin",
            STRING,
            None,
            "Has no meaning any more",
            removed=True,
            deprecated=Deprecated("24.11"),
        ),
        Field(
            "associations/root",
            ASSOC_SHORT_PTR,
            "root_assoc",
            "Association of the account root, which all others are below",
        ),
        Field("rpc_version", UINT16, "rpc_version", "Version of Slurm's protocol that it speaks"),
        Field("tres", TRES_STR, "tres_str", "TRES that it has"),
    ),
    description="Cluster, as its controller registered it",
    branches={
        "controller": "Where the controller of the cluster is",
        "associations": "Associations that belong to the cluster itself",
    },
)
CLUSTER_REC_PTR = Pointer("CLUSTER_REC_PTR", CLUSTER_REC)
CLUSTER_REC_LIST = ListOf("CLUSTER_REC_LIST", CLUSTER_REC_PTR)

_QUERY_FLAGS = Flags("CLUSTER_REC_FLAGS", "uint32_t", CLUSTER_REC_FLAGS.flags, single=True)

CLUSTER_CONDITION = Struct(
    "CLUSTER_CONDITION",
    "slurmdb_cluster_cond_t",
    (
        Field("classification", CLUSTER_CLASSIFICATION, "classification", "Type of cluster"),
        Field("cluster", STRING_LIST, "cluster_list", "Names, separated by commas"),
        Field("federation", STRING_LIST, "federation_list", "Federations, separated by commas"),
        Field("flags", _QUERY_FLAGS, "flags", "Kind of cluster"),
        Field("format", STRING_LIST, "format_list", "Has no effect"),
        Field(
            "rpc_version",
            STRING_LIST,
            "rpc_version_list",
            "Versions of the protocol, separated by commas",
        ),
        Field("usage_end", TIMESTAMP, "usage_end", "Usage before this time (UNIX time)"),
        Field("usage_start", TIMESTAMP, "usage_start", "Usage from this time on (UNIX time)"),
        Field("with_deleted", BOOL16, "with_deleted", "Show deleted clusters as well"),
        Field("with_usage", BOOL16, "with_usage", "Ask for usage as well"),
    ),
)

OPENAPI_CLUSTER_PARAM = Struct(
    "OPENAPI_CLUSTER_PARAM",
    "openapi_cluster_param_t",
    (Field("cluster_name", STRING, "name", "Name of the cluster", required=True),),
)

OPENAPI_CLUSTERS_RESP = Struct(
    "OPENAPI_CLUSTERS_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "clusters",
            CLUSTER_REC_LIST,
            "response",
            "Clusters that were found, or that are to be written",
            required=True,
        ),
        *ENVELOPE,
    ),
    description="List of clusters, in an answer or a request",
)

OPENAPI_CLUSTERS_REMOVED_RESP = Struct(
    "OPENAPI_CLUSTERS_REMOVED_RESP",
    "openapi_resp_single_t",
    (
        Field(
            "deleted_clusters", STRING_LIST, "response", "Clusters that were deleted", required=True
        ),
        *ENVELOPE,
    ),
    description="Answer that lists the clusters that were deleted",
)

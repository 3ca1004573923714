# SPDX-License-Identifier: GPL-2.0-or-later
"""Instances: what nodes in the cloud were, as slurmctld told slurmdbd."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, ListOf, Pointer, Struct
from slurmrestd.data_parser.tables.answers import ENVELOPE
from slurmrestd.data_parser.types import CSV_STRING_LIST, STRING, TIMESTAMP

INSTANCE = Struct(
    "INSTANCE",
    "slurmdb_instance_rec_t",
    (
        Field("cluster", STRING, "cluster", "Cluster that the node belonged to"),
        Field("extra", STRING, "extra", "What the node said of itself besides"),
        Field("instance_id", STRING, "instance_id", "Id of the instance"),
        Field("instance_type", STRING, "instance_type", "Type of the instance"),
        Field("node_name", STRING, "node_name", "Name of the node"),
        Field("time/time_end", TIMESTAMP, "time_end", "When it ended (UNIX time)"),
        Field("time/time_start", TIMESTAMP, "time_start", "When it started (UNIX time)"),
    ),
    description="Instance that a node was, and when",
    branches={
        "time": "When the machine was there",
    },
)
INSTANCE_PTR = Pointer("INSTANCE_PTR", INSTANCE)
INSTANCE_LIST = ListOf("INSTANCE_LIST", INSTANCE_PTR)

INSTANCE_CONDITION = Struct(
    "INSTANCE_CONDITION",
    "slurmdb_instance_cond_t",
    (
        Field("cluster", CSV_STRING_LIST, "cluster_list", "Clusters, separated by commas"),
        Field("extra", CSV_STRING_LIST, "extra_list", "Extras, separated by commas"),
        Field("format", CSV_STRING_LIST, "format_list", "Has no effect"),
        Field("instance_id", CSV_STRING_LIST, "instance_id_list", "Ids, separated by commas"),
        Field("instance_type", CSV_STRING_LIST, "instance_type_list", "Types, with commas"),
        Field("node_list", STRING, "node_list", "Nodes, as a hostlist expression"),
        Field("time_end", TIMESTAMP, "time_end", "Ended before this time (UNIX time)"),
        Field("time_start", TIMESTAMP, "time_start", "Started after this time (UNIX time)"),
    ),
)

OPENAPI_INSTANCES_RESP = Struct(
    "OPENAPI_INSTANCES_RESP",
    "openapi_resp_single_t",
    (
        Field("instances", INSTANCE_LIST, "response", "Machines that fit the query", required=True),
        *ENVELOPE,
    ),
    description="Answer with machines of a cloud",
)

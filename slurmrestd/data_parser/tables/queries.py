# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be asked for in the path and the query of a URL."""

from __future__ import annotations

from slurmrestd.data_parser.model import Field, Struct
from slurmrestd.data_parser.tables.job_states import JOB_SHOW_FLAGS, WARN_FLAGS
from slurmrestd.data_parser.types import (
    SELECTED_STEP,
    SELECTED_STEP_LIST,
    SIGNAL,
    STRING,
    TIMESTAMP,
)

OPENAPI_JOB_INFO_PARAM = Struct(
    "OPENAPI_JOB_INFO_PARAM",
    "openapi_job_info_param_t",
    (
        Field(
            "job_id",
            SELECTED_STEP,
            "job_id",
            "Id of the job, such as 12, 12_3 (array task) or 12+1 (part)",
        ),
    ),
)

OPENAPI_JOB_INFO_DELETE_QUERY = Struct(
    "OPENAPI_JOB_INFO_DELETE_QUERY",
    "openapi_job_info_delete_query_t",
    (
        Field("signal", SIGNAL, "signal", "Signal to send, by name or number; default: SIGKILL"),
        Field("flags", WARN_FLAGS, "flags", "Whom the signal reaches and how; default: FULL_JOB"),
    ),
)

OPENAPI_JOB_INFO_QUERY = Struct(
    "OPENAPI_JOB_INFO_QUERY",
    "openapi_job_info_query_t",
    (
        Field(
            "update_time",
            TIMESTAMP,
            "update_time",
            "Answer only if anything changed since then (UNIX time); default: 0, always",
        ),
        Field("flags", JOB_SHOW_FLAGS, "show_flags", "What to show; default: ALL and DETAIL"),
    ),
)

OPENAPI_JOB_STATE_QUERY = Struct(
    "OPENAPI_JOB_STATE_QUERY",
    "openapi_job_state_query_t",
    (
        Field(
            "job_id",
            SELECTED_STEP_LIST,
            "job_id_list",
            "Ids of the jobs to show, separated by commas; default: all jobs",
        ),
    ),
)

OPENAPI_NODE_PARAM = Struct(
    "OPENAPI_NODE_PARAM",
    "openapi_node_param_t",
    (Field("node_name", STRING, "node_name", "Name of the node"),),
)

OPENAPI_NODES_QUERY = Struct(
    "OPENAPI_NODES_QUERY",
    "openapi_nodes_query_t",
    (
        Field(
            "update_time",
            TIMESTAMP,
            "update_time",
            "Answer only if anything changed since then (UNIX time); default: 0, always",
        ),
        Field(
            "flags", JOB_SHOW_FLAGS, "show_flags", "What to show; default: ALL, DETAIL and MIXED"
        ),
    ),
)

OPENAPI_PARTITION_PARAM = Struct(
    "OPENAPI_PARTITION_PARAM",
    "openapi_partition_param_t",
    (Field("partition_name", STRING, "partition_name", "Name of the partition"),),
)

OPENAPI_PARTITIONS_QUERY = Struct(
    "OPENAPI_PARTITIONS_QUERY",
    "openapi_partitions_query_t",
    (
        Field(
            "update_time",
            TIMESTAMP,
            "update_time",
            "Answer only if anything changed since then (UNIX time); default: 0, always",
        ),
        Field(
            "flags",
            JOB_SHOW_FLAGS,
            "show_flags",
            "What to show; a list of partitions has hidden ones only with ALL",
        ),
    ),
)

OPENAPI_RESERVATION_PARAM = Struct(
    "OPENAPI_RESERVATION_PARAM",
    "openapi_reservation_param_t",
    (Field("reservation_name", STRING, "reservation_name", "Name of the reservation"),),
)

OPENAPI_RESERVATION_QUERY = Struct(
    "OPENAPI_RESERVATION_QUERY",
    "openapi_reservation_query_t",
    (
        Field(
            "update_time",
            TIMESTAMP,
            "update_time",
            "Answer only if anything changed since then (UNIX time); default: 0, always",
        ),
    ),
)

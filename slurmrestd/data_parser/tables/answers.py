# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope: what every answer carries."""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Field,
    ListOf,
    Pointer,
    Struct,
)
from slurmrestd.data_parser.types import (
    ERROR,
    GROUP_ID,
    INT32,
    STRING,
    STRING_ARRAY,
    TIMESTAMP_NO_VAL,
    USER_ID,
)

OPENAPI_META = Struct(
    "OPENAPI_META",
    "openapi_resp_meta_t",
    (
        Field(
            "plugin/type",
            STRING,
            "plugin.type",
            "Plugin that served the request, such as openapi/slurmctld",
        ),
        Field("plugin/name", STRING, "plugin.name", "Name of this plugin in words"),
        Field(
            "plugin/data_parser",
            STRING,
            "plugin.data_parser",
            "Version that the answer follows, such as data_parser/v0.0.42",
        ),
        Field(
            "plugin/accounting_storage",
            STRING,
            "plugin.accounting_storage",
            "AccountingStorageType of the cluster, such as accounting_storage/slurmdbd",
        ),
        Field(
            "client/source", STRING, "client.source", "Address or socket that the request came from"
        ),
        Field(
            "client/user",
            USER_ID,
            "client.uid",
            "User at the other end of a local socket; nobody if not known",
        ),
        Field(
            "client/group",
            GROUP_ID,
            "client.gid",
            "Group at the other end of a local socket; nobody if not known",
        ),
        Field(
            "command",
            STRING_ARRAY,
            "command",
            "Arguments of the client if it is a command of Slurm, else empty",
        ),
        Field(
            "slurm/version/major",
            STRING,
            "slurm.version.major",
            "Major part of Slurm's version, such as 24",
        ),
        Field(
            "slurm/version/micro",
            STRING,
            "slurm.version.micro",
            "Micro part of Slurm's version, such as 5",
        ),
        Field(
            "slurm/version/minor",
            STRING,
            "slurm.version.minor",
            "Minor part of Slurm's version, such as 11",
        ),
        Field("slurm/release", STRING, "slurm.release", "Full version of Slurm, such as 24.11.5"),
        Field("slurm/cluster", STRING, "slurm.cluster", "Name of the cluster"),
    ),
    description="Who answered, for which cluster, and to whom",
    branches={
        "plugin": "Part of the daemon that answered",
        "client": "Who asked",
        "slurm": "Slurm as the daemon knows it",
        "slurm/version": "Version of Slurm in its parts",
    },
)

OPENAPI_META_PTR = Pointer("OPENAPI_META_PTR", OPENAPI_META, nullable=True)

OPENAPI_ERROR = Struct(
    "OPENAPI_ERROR",
    "openapi_resp_error_t",
    (
        Field("description", STRING, "description", "What went wrong with this request"),
        Field("error_number", INT32, "num", "Number of the error; 0: none"),
        Field("error", ERROR, "num", "Error in words"),
        Field("source", STRING, "source", "What failed, or the path of the value that is wrong"),
    ),
    description="Something that failed",
)

OPENAPI_ERROR_PTR = Pointer("OPENAPI_ERROR_PTR", OPENAPI_ERROR)

OPENAPI_ERRORS = ListOf("OPENAPI_ERRORS", OPENAPI_ERROR_PTR)

OPENAPI_WARNING = Struct(
    "OPENAPI_WARNING",
    "openapi_resp_warning_t",
    (
        Field("description", STRING, "description", "What was odd about this request"),
        Field("source", STRING, "source", "What warns, or the path of the value that is odd"),
    ),
    description="Something odd that did not stop the request",
)

OPENAPI_WARNING_PTR = Pointer("OPENAPI_WARNING_PTR", OPENAPI_WARNING)

OPENAPI_WARNINGS = ListOf("OPENAPI_WARNINGS", OPENAPI_WARNING_PTR)

ENVELOPE = (
    Field("meta", OPENAPI_META_PTR, "meta", "About the daemon, the cluster and the client"),
    Field("errors", OPENAPI_ERRORS, "errors", "What failed; empty: nothing did"),
    Field("warnings", OPENAPI_WARNINGS, "warnings", "What was odd but did not stop the request"),
)
"""The rows that every answer ends with."""

LAST_UPDATE = Field(
    "last_update",
    TIMESTAMP_NO_VAL,
    "last_update",
    "When the controller last changed these records (UNIX time)",
    required=True,
)

OPENAPI_RESP = Struct(
    "OPENAPI_RESP",
    "openapi_resp_single_t",
    (*ENVELOPE,),
    description="Answer that only says whether the request was done",
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The small types that the tables of slurmdbd's side share: TRES, QOS, short associations.

They need what slurmdbd knows (``needs``): the encoder has it as ``sr_lookups``, a reader
as ``reading.look_ups``.
"""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Field,
    Format,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.read import accounting
from slurmrestd.data_parser.types import INT32, INT64, STRING, STRING_LIST

# -- TRES -------------------------------------------------------------------------------

TRES = Struct(
    "TRES",
    "slurmdb_tres_rec_t",
    (
        Field("type", STRING, "type", "Kind of the resource, such as cpu or gres", required=True),
        Field("name", STRING, "name", "Which of its kind, such as gpu; empty where there is one"),
        Field("id", INT32, "id", "Number of the resource in the database"),
        Field("count", INT64, "count", "How much of it; 0 where only the resource itself is meant"),
    ),
)
TRES_PTR = Pointer("TRES_PTR", TRES)
TRES_LIST = ListOf("TRES_LIST", TRES_PTR)

TRES_STR = Leaf(
    "TRES_STR",
    "char *",
    TRES_LIST,
    Write("CALL", function="TRES_STRING", through=TRES),
    read=accounting.tres_string(TRES_LIST),
    needs=Needs.TRES,
)
"""A text of ids and counts, ``1=4,1001=2``, shown with types and names."""

# -- QOS --------------------------------------------------------------------------------

QOS_NAME = Leaf(
    "QOS_NAME",
    "char *",
    Format.STRING,
    Write("STRING"),
    read=accounting.qos_name,
    needs=Needs.QOS,
    description="Name of a QOS",
)
QOS_ID = Leaf(
    "QOS_ID",
    "uint32_t",
    Format.STRING,
    Write("CALL", function="QOS_NAME"),
    read=accounting.qos_id,
    needs=Needs.QOS,
    description="Name of a QOS",
)
QOS_STRING_ID_LIST = Leaf(
    "QOS_STRING_ID_LIST",
    "list_t *",
    STRING_LIST,
    Write("CALL", function="QOS_NAMES"),
    read=accounting.qos_ids,
    needs=Needs.QOS,
    description="Names of QOS",
)
"""A list of ids as texts, shown as names."""

QOS_PREEMPT_LIST = Leaf(
    "QOS_PREEMPT_LIST",
    "bitstr_t *",
    STRING_LIST,
    Write("CALL", function="QOS_BITS"),
    read=accounting.qos_ids,
    needs=Needs.QOS,
    description="Names of QOS",
)
"""A bit for each id, shown as names.  It is read into another member: see its table."""

# -- associations -----------------------------------------------------------------------

ASSOC_SHORT = Struct(
    "ASSOC_SHORT",
    "slurmdb_assoc_rec_t",
    (
        Field("account", STRING, "acct", "Account"),
        Field("cluster", STRING, "cluster", "Cluster"),
        Field("partition", STRING, "partition", "Partition that it is for; empty: all"),
        Field("user", STRING, "user", "User; empty: the account's own", required=True),
        Field("id", INT32, "id", "Number of the association in its cluster"),
    ),
)
ASSOC_SHORT_PTR = Pointer("ASSOC_SHORT_PTR", ASSOC_SHORT)
ASSOC_SHORT_LIST = ListOf("ASSOC_SHORT_LIST", ASSOC_SHORT_PTR)

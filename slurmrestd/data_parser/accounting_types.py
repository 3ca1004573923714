# SPDX-License-Identifier: GPL-2.0-or-later
"""The small types that the tables of slurmdbd's side share: TRES, QOS, short associations.

They need what slurmdbd knows (``needs``): the encoder has it as ``sr_lookups``, a reader
as ``reading.look_ups``.
"""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Field,
    Format,
    Items,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.read import accounting
from slurmrestd.data_parser.types import INT64, STRING, UINT32

# -- TRES -------------------------------------------------------------------------------

TRES = Struct(
    "TRES",
    "slurmdb_tres_rec_t",
    (
        Field("type", STRING, "type", "Kind of the resource, such as cpu or gres", required=True),
        Field("name", STRING, "name", "Which of its kind, such as gpu; empty where there is one"),
        Field("id", UINT32, "id", "Number of the resource in the database"),
        Field("count", INT64, "count", "How much of it; 0 where only the resource itself is meant"),
    ),
    description="Resource that Slurm counts (TRES), and how much of it",
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
    Items(STRING),
    Write("CALL", function="QOS_NAMES"),
    read=accounting.qos_id_list,
    needs=Needs.QOS,
    description="Names of QOS",
)
"""A list of ids as texts, shown as names."""

QOS_PREEMPT_LIST = Leaf(
    "QOS_PREEMPT_LIST",
    "slurmdb_qos_rec_t",
    Items(STRING),
    Write("CALL", function="QOS_PREEMPT"),
    read=accounting.qos_preempt_list,
    whole=True,
    needs=Needs.QOS,
    description="Names of QOS",
)
"""Written from ``preempt_bitstr``, a bit for each id; read into ``preempt_list``."""

QOS_NAME_CSV_LIST = Leaf(
    "QOS_NAME_CSV_LIST",
    "list_t *",
    Format.STRING,
    read=accounting.qos_name_csv,
    needs=Needs.QOS,
    description="Names of QOS, separated by commas",
)
QOS_ID_STRING_CSV_LIST = Leaf(
    "QOS_ID_STRING_CSV_LIST",
    "list_t *",
    Format.STRING,
    read=accounting.qos_id_csv,
    needs=Needs.QOS,
    description="QOS by id or name, separated by commas",
)

# -- associations -----------------------------------------------------------------------

ASSOC_SHORT = Struct(
    "ASSOC_SHORT",
    "slurmdb_assoc_rec_t",
    (
        Field("account", STRING, "acct", "Account of the association"),
        Field("cluster", STRING, "cluster", "Cluster of the association"),
        Field("partition", STRING, "partition", "Partition that it is for; empty: all"),
        Field("user", STRING, "user", "User; empty: the account's own", required=True),
        Field("id", UINT32, "id", "Number of the association in its cluster"),
    ),
    description="Keys of an association: account, cluster, partition and user",
)
ASSOC_SHORT_PTR = Pointer("ASSOC_SHORT_PTR", ASSOC_SHORT)
ASSOC_SHORT_LIST = ListOf("ASSOC_SHORT_LIST", ASSOC_SHORT_PTR)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The small types that every table uses: numbers, strings, times, memory, names, lists.

Types that belong to one table alone stand with it in ``tables/``.
"""

from __future__ import annotations

from slurmrestd.data_parser.model import (
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Struct,
    Write,
)
from slurmrestd.data_parser.read import (
    hostlists,
    memory,
    names,
    numbers,
    steps,
    strings,
    times,
)
from slurmrestd.frozen import replace

# -- plain values -----------------------------------------------------------------------

STRING = Leaf("STRING", "char *", Format.STRING, Write("STRING"), read=strings.text)
UINT16 = Leaf("UINT16", "uint16_t", Format.INT32, Write("UINT"), read=numbers.uint16)
UINT32 = Leaf("UINT32", "uint32_t", Format.INT32, Write("UINT"), read=numbers.uint32)
UINT64 = Leaf("UINT64", "uint64_t", Format.INT64, Write("UINT64"), read=numbers.uint64)
INT32 = Leaf("INT32", "int32_t", Format.INT32, Write("INT"), read=numbers.int32)
INT64 = Leaf("INT64", "int64_t", Format.INT64, Write("INT"), read=numbers.int64)
FLOAT64 = Leaf("FLOAT64", "double", Format.DOUBLE, Write("FLOAT64"), read=numbers.float64)
FLOAT128 = Leaf("FLOAT128", "long double", Format.NUMBER, Write("FLOAT128"), read=numbers.float128)
BOOL = Leaf("BOOL", "uint8_t", Format.BOOL, Write("BOOL"), read=numbers.boolean)
BOOL16 = Leaf("BOOL16", "uint16_t", Format.BOOL, Write("BOOL"), read=numbers.boolean)
BOOL16_NO_VAL = Leaf(
    "BOOL16_NO_VAL", "uint16_t", Format.BOOL, Write("BOOL_NO_VAL"), read=numbers.boolean_or_unset
)

# -- numbers that may be unset or infinite ----------------------------------------------


def _number_struct(name: str, number: Leaf, kind: str) -> Struct:
    return Struct(
        f"{name}_STRUCT",
        f"{name}_t",
        (
            Field("set", BOOL, "set", "Whether there is a number; if not, it is unset"),
            Field(
                "infinite",
                BOOL,
                "infinite",
                "Whether the value is without bound; set and number then say nothing",
            ),
            Field("number", number, "number", "The value, if set is true and infinite is not"),
        ),
        description=f"{kind} that may be unset or infinite",
    )


UINT16_NO_VAL_STRUCT = _number_struct("UINT16_NO_VAL", UINT16, "Integer of 16 bits")
UINT32_NO_VAL_STRUCT = _number_struct("UINT32_NO_VAL", UINT32, "Integer of 32 bits")
UINT64_NO_VAL_STRUCT = _number_struct("UINT64_NO_VAL", UINT64, "Integer of 64 bits")
INT64_NO_VAL_STRUCT = _number_struct("INT64_NO_VAL", INT64, "Signed integer of 64 bits")
FLOAT64_NO_VAL_STRUCT = _number_struct("FLOAT64_NO_VAL", FLOAT64, "Floating point number")

_NO_VAL = numbers.NoVal(UINT64_NO_VAL_STRUCT, INT64_NO_VAL_STRUCT, FLOAT64_NO_VAL_STRUCT)
READ_UINT64 = _NO_VAL.as_nested
READ_UINT16 = _NO_VAL.uint16
"""How other types read a number that may be unset."""

UINT16_NO_VAL = Leaf(
    "UINT16_NO_VAL",
    "uint16_t",
    UINT16_NO_VAL_STRUCT,
    Write("NO_VAL"),
    description="Integer of 16 bits that may be unset or infinite",
    read=_NO_VAL.uint16,
)
UINT32_NO_VAL = Leaf(
    "UINT32_NO_VAL",
    "uint32_t",
    UINT32_NO_VAL_STRUCT,
    Write("NO_VAL"),
    description="Integer of 32 bits that may be unset or infinite",
    read=_NO_VAL.uint32,
)
UINT64_NO_VAL = Leaf(
    "UINT64_NO_VAL",
    "uint64_t",
    UINT64_NO_VAL_STRUCT,
    Write("NO_VAL"),
    description="Integer of 64 bits that may be unset or infinite",
    read=_NO_VAL.uint64,
)
INT64_NO_VAL = Leaf(
    "INT64_NO_VAL",
    "int64_t",
    INT64_NO_VAL_STRUCT,
    Write("NO_VAL_SIGNED"),
    description="Signed integer of 64 bits that may be unset or infinite",
    read=_NO_VAL.int64,
)
FLOAT64_NO_VAL = Leaf(
    "FLOAT64_NO_VAL",
    "double",
    FLOAT64_NO_VAL_STRUCT,
    Write("FLOAT64_NO_VAL"),
    description="Floating point number that may be unset or infinite",
    read=_NO_VAL.float64,
)

# -- times ------------------------------------------------------------------------------

TIMESTAMP = Leaf("TIMESTAMP", "time_t", UINT64, Write("UINT64"), read=times.timestamp(READ_UINT64))
TIMESTAMP_NO_VAL = Leaf(
    "TIMESTAMP_NO_VAL",
    "time_t",
    UINT64_NO_VAL,
    Write("NO_VAL"),
    read=times.timestamp_or_unset(READ_UINT64),
)

# -- one member, two readings -----------------------------------------------------------

MEM_PER_CPUS = Leaf(
    "MEM_PER_CPUS",
    "uint64_t",
    UINT64_NO_VAL,
    Write("MEM_PER_CPU"),
    read=memory.per_cpu(READ_UINT64),
)
MEM_PER_NODE = Leaf(
    "MEM_PER_NODE",
    "uint64_t",
    UINT64_NO_VAL,
    Write("MEM_PER_NODE"),
    read=memory.per_node(READ_UINT64),
)
CORE_SPEC = Leaf("CORE_SPEC", "uint16_t", Format.INT32, Write("CORE_SPEC"), read=numbers.core_spec)
THREAD_SPEC = Leaf(
    "THREAD_SPEC", "uint16_t", Format.INT32, Write("THREAD_SPEC"), read=numbers.thread_spec
)
NICE = Leaf("NICE", "uint32_t", Format.INT32, Write("NICE"), read=numbers.nice)
HOLD = Leaf(
    "HOLD", "uint32_t", Format.BOOL, Write("HOLD"), description="Job held", read=numbers.hold
)

# -- strings that are lists -------------------------------------------------------------

CSV_STRING = Leaf(
    "CSV_STRING",
    "char *",
    Items(STRING),
    Write("CSV"),
    read=strings.csv,
    description="List of words",
)
NODES_CSV_STRING = replace(CSV_STRING, read=hostlists.csv)
STRING_LIST = ListOf("STRING_LIST", STRING, description="List of texts")
CSV_STRING_LIST = Leaf(
    "CSV_STRING_LIST", "list_t *", STRING_LIST, Write("LIST_OF_STRINGS"), read=strings.csv_list
)
STRING_ARRAY = Leaf(
    "STRING_ARRAY",
    "char **",
    Items(STRING),
    Write("STRINGS"),
    read=strings.array,
    description="List of texts",
)
HOSTLIST_STRING = Leaf(
    "HOSTLIST_STRING",
    "char *",
    Items(STRING),
    Write("HOSTLIST"),
    read=hostlists.hostlist,
    description="Names of hosts",
)
HOSTLIST = replace(HOSTLIST_STRING, name="HOSTLIST")

# -- numbers that stand for names -------------------------------------------------------

USER_ID = Leaf("USER_ID", "uid_t", Format.STRING, Write("NAME", table="users"), read=names.user)
GROUP_ID = Leaf("GROUP_ID", "gid_t", Format.STRING, Write("NAME", table="groups"), read=names.group)
ERROR = Leaf("ERROR", "int", Format.STRING, Write("NAME", table="errors"))
SIGNAL = Leaf(
    "SIGNAL", "uint16_t", Format.STRING, Write("NAME", table="signals"), read=names.signal
)
RPC_ID = Leaf(
    "RPC_ID",
    "uint16_t",
    Format.STRING,
    Write("NAME", table="rpcs"),
    description="Kind of a remote procedure call",
)

# -- job steps --------------------------------------------------------------------------

SELECTED_STEP = Leaf(
    "SELECTED_STEP", "slurm_selected_step_t", Format.STRING, read=steps.selected_step
)
SELECTED_STEP_PTR = Pointer("SELECTED_STEP_PTR", SELECTED_STEP)
SELECTED_STEP_LIST = ListOf("SELECTED_STEP_LIST", SELECTED_STEP_PTR)
STEP_ID = Leaf("STEP_ID", "uint32_t", Format.STRING)

# -- how a process ended ----------------------------------------------------------------

PROCESS_EXIT_CODE_STATUS = Flags(
    "PROCESS_EXIT_CODE_STATUS",
    "uint32_t",
    (
        Flag("INVALID", 0, "INFINITE", "The code makes no sense", equal=True),
        Flag("PENDING", 1, "INFINITE", "Not started, or not ended yet", equal=True),
        Flag("SUCCESS", 2, "INFINITE", "Ended with code 0", equal=True),
        Flag("ERROR", 3, "INFINITE", "Ended with another code than 0", equal=True),
        Flag("SIGNALED", 4, "INFINITE", "Ended by a signal", equal=True),
        Flag("CORE_DUMPED", 5, "INFINITE", "Ended with a core dump", equal=True),
        Flag("INVALID2", 6, "INFINITE", equal=True, hidden=True),
    ),
    description="How a process ended",
)
PROCESS_EXIT_CODE_VERBOSE = Struct(
    "PROCESS_EXIT_CODE_VERBOSE",
    "sr_exit_code",
    (
        Field("status", PROCESS_EXIT_CODE_STATUS, "status", "How the process ended"),
        Field("return_code", UINT32_NO_VAL, "return_code", "Code that the process ended with"),
        Field("signal/id", UINT16_NO_VAL, "signal", "Number of the signal that ended it"),
        Field("signal/name", SIGNAL, "signal", "Name of the signal that ended it"),
    ),
    description="How a process ended, and with which code or signal",
    branches={"signal": "Signal that ended the process, if one did"},
)
PROCESS_EXIT_CODE = Leaf(
    "PROCESS_EXIT_CODE",
    "uint32_t",
    PROCESS_EXIT_CODE_VERBOSE,
    Write("CALL", function="EXIT_CODE", through=PROCESS_EXIT_CODE_VERBOSE),
    description="How a process ended",
)

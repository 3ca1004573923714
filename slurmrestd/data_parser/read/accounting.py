# SPDX-License-Identifier: GPL-2.0-or-later
"""TRES and QOS by name: what slurmdbd knows turns them into its numbers.

The list of an array's item is named where the item is wrong, as in the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slurmrestd.data_parser.read.context import (
    Items,
    MemberReader,
    Reading,
    Record,
    Unreadable,
    Value,
    quote,
)
from slurmrestd.data_parser.read.convert import c_string, detect, to_text, type_name
from slurmrestd.data_parser.read.strings import csv_list, encode
from slurmrestd.data_parser.read.structs import read, read_value
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_EXPECTED_LIST,
    ESLURM_INVALID_QOS,
    ESLURM_REST_FAIL_PARSING,
    INFINITE,
)

if TYPE_CHECKING:
    from slurmrestd.data_parser.model import ListOf
    from slurmrestd.slurm.accounting.known import LookUps, Qos, Tres

INT32_MAX = 2**31 - 1
UINT32_MAX = 2**32 - 1
UINT64_MAX = 2**64 - 1


def look_ups(reading: Reading) -> LookUps:
    """What slurmdbd knows.  Raises RuntimeError outside of ``Call.accounting``."""
    if reading.look_ups is None:
        raise RuntimeError("a type that needs slurmdbd is read without a connection to it")
    return reading.look_ups


# -- TRES -------------------------------------------------------------------------------


def tres_string(tres_list: ListOf) -> MemberReader:
    """The reader of a list of TRES into a text of ids and counts, ``1=4,1001=2``."""

    def read_string(reading: Reading, value: Value, path: str) -> bytes | None:
        if not isinstance(value, list):
            raise reading.refuse(
                path,
                ESLURM_DATA_EXPECTED_LIST,
                f"A list of TRES is needed here, not {type_name(value)}",
            )
        if not value:
            return None
        known = look_ups(reading).tres
        entries = read_value(tres_list, value, reading, path)
        return b",".join(_entry(record, known) for record in entries)

    return read_string


def _entry(record: Record, known: tuple[Tres, ...]) -> bytes:
    number = record.get("id", 0) & UINT32_MAX
    if not number:
        number = _tres_id(record.get("type"), record.get("name"), known)
    return b"%d=%d" % (number, record.get("count", 0) & UINT64_MAX)


def _tres_id(kind: bytes | None, name: bytes | None, known: tuple[Tres, ...]) -> int:
    """The id of a TRES; of the first of its type where no name is given; 0 if there is none."""
    for tres in known:
        if _same(kind or b"", tres.type) and (not name or _same(name, tres.name)):
            return tres.id
    return 0


def _same(one: bytes, other: bytes) -> bool:
    """Whether two texts are the same in any case; only ASCII letters have one."""
    return one.lower() == other.lower()


# -- QOS --------------------------------------------------------------------------------


def qos_id(reading: Reading, value: Value, path: str) -> int:
    """The id of a QOS by name or id; INFINITE for none."""
    errors = len(reading.errors)
    try:
        qos = resolve_qos(reading, value, path)
    except Unreadable as refusal:
        # The original says that no number is so large, and of all else nothing: not a word.
        first = reading.errors[errors]
        del reading.errors[errors:]
        if _is_no_id(value):
            reading.errors.append(first)
            raise
        raise reading.refuse(path, ESLURM_REST_FAIL_PARSING, first.description) from refusal
    return INFINITE if qos is None else qos.id


def qos_name(reading: Reading, value: Value, path: str) -> bytes:
    """The name of a QOS by name or id; one that is not known is taken as it is."""
    errors = len(reading.errors)
    try:
        qos = resolve_qos(reading, value, path)
    except Unreadable:
        del reading.errors[errors:]
        text = to_text(value.get("name") if isinstance(value, dict) else value)
        if text is None:
            raise
        return encode(text)
    if qos is None:
        # The original ends here.
        raise reading.refuse(path, ESLURM_INVALID_QOS, "A QOS is needed here")
    return qos.name


def qos_ids(reading: Reading, value: Value, path: str) -> Items:
    """The ids of a list of QOS, as texts; anything but a list is an empty one."""
    return Items(b"%d" % qos.id for qos in _each_qos(reading, value, path))


def qos_id_list(reading: Reading, value: Value, path: str) -> Items:
    """The ids of a list of QOS, as texts."""
    if not isinstance(value, list):
        raise reading.refuse(
            path,
            ESLURM_REST_FAIL_PARSING,
            f"A list of QOS is needed here, not {type_name(value)}",
        )
    return qos_ids(reading, value, path)


def qos_preempt_list(reading: Reading, record: Record, value: Value, path: str) -> None:
    """The ids of the QOS that may be preempted."""
    if not isinstance(value, list | None) and reading.checks_types:
        # It is read as another type of list, which is checked as well.
        reading.warn(path, f"Documented as an array, but given as {type_name(value)}")
    record["preempt_list"] = qos_ids(reading, value, path)


def _each_qos(reading: Reading, value: Value, path: str) -> Iterator[Qos]:
    if not isinstance(value, list):
        return
    reading.check_items(value, path)
    for item in value:
        qos = resolve_qos(reading, item, path)
        if qos is None:
            # The original ends here.
            raise reading.refuse(path, ESLURM_INVALID_QOS, "A QOS is needed here")
        yield qos


def qos_name_csv(reading: Reading, value: Value, path: str) -> Items:
    """Names of QOS, from a list or a text with commas."""
    return Items(qos_name(reading, part, path) for part in _parts(reading, value, path))


def qos_id_csv(reading: Reading, value: Value, path: str) -> Items:
    """Ids of QOS as texts, from a list or a text with commas."""
    return Items(b"%d" % qos.id for qos in _each_qos(reading, _parts(reading, value, path), path))


def _parts(reading: Reading, value: Value, path: str) -> list[Value]:
    return [part.decode("utf-8", "surrogateescape") for part in csv_list(reading, value, path)]


def resolve_qos(reading: Reading, value: Value, path: str) -> Qos | None:
    """A QOS by its name, its id, or all of its record; None where nothing is named."""
    known = look_ups(reading).qos
    if value is None:
        return None
    if isinstance(value, dict):
        return _qos_of_record(reading, value, path, known)
    value = detect(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _qos_of_id(reading, value, path, known)
    name = to_text(value)
    if name is None:
        raise reading.refuse(path, ESLURM_INVALID_QOS, f"A QOS cannot be {type_name(value)}")
    return _qos_of_name(reading, encode(name), path, known) if c_string(name) else None


def _is_no_id(value: Value) -> bool:
    number = detect(value)
    return type(number) is int and not 0 <= number <= INT32_MAX


def _qos_of_id(reading: Reading, number: int, path: str, known: tuple[Qos, ...]) -> Qos:
    if _is_no_id(number):
        reading.error(path, ESLURM_INVALID_QOS, f"{number} is no id of a QOS")
    for qos in known:
        if qos.id == number:
            return qos
    raise reading.refuse(path, ESLURM_INVALID_QOS, f"There is no QOS with the id {number}")


def _qos_of_name(reading: Reading, name: bytes, path: str, known: tuple[Qos, ...]) -> Qos:
    for qos in known:
        if qos.name == name:
            return qos
    shown = quote(name.decode("utf-8", "replace"))
    raise reading.refuse(path, ESLURM_INVALID_QOS, f"There is no QOS {shown}")


def _qos_of_record(reading: Reading, value: Value, path: str, known: tuple[Qos, ...]) -> Qos:
    from slurmrestd.data_parser.tables.qos import QOS  # noqa: PLC0415 - it has such a field itself

    record = read(QOS, value, reading, path)
    if record.get("id"):
        return _qos_of_id(reading, record["id"], path, known)
    if record.get("name"):
        return _qos_of_name(reading, record["name"], path, known)
    raise reading.refuse(path, ESLURM_REST_FAIL_PARSING, "A QOS has an id or a name")

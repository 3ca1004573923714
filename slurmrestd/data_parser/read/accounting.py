# SPDX-License-Identifier: GPL-2.0-or-later
"""TRES and QOS by name: what slurmdbd knows turns them into its numbers.

A name that it does not know ends the reading without a word in the errors, as in the
original: the number that it ends with says that there was no result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slurmrestd.data_parser.read.context import (
    Items,
    MemberReader,
    Reading,
    Record,
    Unreadable,
    Value,
    index,
)
from slurmrestd.data_parser.read.convert import c_string, detect, to_text, type_name
from slurmrestd.data_parser.read.strings import encode
from slurmrestd.data_parser.read.structs import read, read_value
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_EXPECTED_LIST,
    ESLURM_INVALID_QOS,
    ESLURM_REST_EMPTY_RESULT,
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
    qos = resolve_qos(reading, value, path)
    return INFINITE if qos is None else qos.id


def qos_name(reading: Reading, value: Value, path: str) -> bytes:
    """The name of a QOS by name or id; one that is not known is taken as it is."""
    try:
        qos = resolve_qos(reading, value, path)
    except Unreadable:
        text = to_text(value.get("name") if isinstance(value, dict) else value)
        if text is None:
            raise
        return encode(text)
    if qos is None:
        # The original ends here.
        raise reading.refuse(path, ESLURM_INVALID_QOS, "A QOS is needed here")
    return qos.name


def qos_ids(reading: Reading, value: Value, path: str) -> Items:
    """The ids of a list of QOS, as texts."""
    if not isinstance(value, list):
        raise Unreadable(ESLURM_REST_FAIL_PARSING)
    reading.check_items(value, path)
    items = Items()
    for number, item in enumerate(value):
        place = index(path, number)
        try:
            qos = resolve_qos(reading, item, place)
        except Unreadable as refusal:
            raise Unreadable(ESLURM_REST_FAIL_PARSING) from refusal
        if qos is None:
            # The original ends here.
            raise reading.refuse(place, ESLURM_INVALID_QOS, "A QOS is needed here")
        items.append(b"%d" % qos.id)
    return items


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
        raise Unreadable(ESLURM_REST_FAIL_PARSING)
    return _qos_of_name(encode(name), known) if c_string(name) else None


def _qos_of_id(reading: Reading, number: int, path: str, known: tuple[Qos, ...]) -> Qos:
    if not 0 <= number <= INT32_MAX:
        raise reading.refuse(path, ESLURM_INVALID_QOS, f"{number} is no id of a QOS")
    for qos in known:
        if qos.id == number:
            return qos
    raise Unreadable(ESLURM_REST_EMPTY_RESULT)


def _qos_of_name(name: bytes, known: tuple[Qos, ...]) -> Qos:
    for qos in known:
        if _same(qos.name, name):
            return qos
    raise Unreadable(ESLURM_REST_EMPTY_RESULT)


def _qos_of_record(reading: Reading, value: Value, path: str, known: tuple[Qos, ...]) -> Qos:
    from slurmrestd.data_parser.tables.qos import QOS  # noqa: PLC0415 - it has such a field itself

    record = read(QOS, value, reading, path)
    if record.get("id"):
        return _qos_of_id(reading, record["id"], path, known)
    if record.get("name"):
        return _qos_of_name(record["name"], known)
    raise reading.refuse(path, ESLURM_REST_FAIL_PARSING, "A QOS has an id or a name")

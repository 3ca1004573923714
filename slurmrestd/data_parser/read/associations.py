# SPDX-License-Identifier: GPL-2.0-or-later
"""Associations by their number, or by account, cluster, partition and user."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from slurmrestd.data_parser.read.accounting import look_ups
from slurmrestd.data_parser.read.context import (
    KEEP,
    Items,
    MemberReader,
    Reading,
    Record,
    StructReader,
    Value,
    quote,
)
from slurmrestd.data_parser.read.convert import detect, text_to_int, to_int, type_name
from slurmrestd.data_parser.read.numbers import boolean
from slurmrestd.data_parser.read.strings import csv_list
from slurmrestd.data_parser.read.structs import read
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_CONV_FAILED,
    ESLURM_DATA_EXPECTED_DICT,
    ESLURM_INVALID_ASSOC,
    ESLURM_REST_FAIL_PARSING,
)

if TYPE_CHECKING:
    from slurmrestd.data_parser.model import Struct
    from slurmrestd.slurm.accounting.known import Association

KEYS = {"account": "acct", "cluster": "cluster", "partition": "partition", "user": "user"}
"""What identifies an association: its name here, and the member of the C struct."""

# -- v0.0.41 and later ------------------------------------------------------------------


def association_id(short: Struct) -> MemberReader:
    """The reader of an association's id, which has to be known; nothing and 0 are none."""

    def read_id(reading: Reading, value: Value, path: str) -> Any:
        if value is None or value in ("", {}):
            return KEEP
        if isinstance(value, dict):
            return _named(reading, read(short, value, reading, path), path).id
        if isinstance(value, bool | list):
            raise reading.refuse(
                path, ESLURM_INVALID_ASSOC, f"An id is needed here, not {type_name(value)}"
            )
        number = to_int(value)
        if number is None:
            raise reading.refuse(path, ESLURM_DATA_CONV_FAILED, f"{quote(str(value))} is no id")
        return _of_id(reading, number, path).id if number else KEEP

    return read_id


def _of_id(reading: Reading, number: int, path: str) -> Association:
    for known in look_ups(reading).associations:
        if known.id == number:
            return known
    raise reading.refuse(path, ESLURM_INVALID_ASSOC, f"There is no association {number}")


def _named(reading: Reading, wanted: Record, path: str) -> Association:
    """The association of an id, or of these names, in any cluster if none is named."""
    if wanted.get("id"):
        return _of_id(reading, wanted["id"], path)
    for known in look_ups(reading).associations:
        if _is(wanted, known, any_cluster=wanted.get("cluster") is None):
            return known
    raise reading.refuse(path, ESLURM_INVALID_ASSOC, "There is no such association")


# -- v0.0.40 ----------------------------------------------------------------------------


def association_short(short: Struct) -> StructReader:
    """The reader of what identifies an association, which has to be known; nothing is set."""

    def read_short(reading: Reading, _record: Record, value: Value, path: str) -> None:
        if value is None or type(value) is int or _is_number(value):
            return
        if not isinstance(value, dict):
            raise reading.refuse(
                path, ESLURM_DATA_EXPECTED_DICT, f"An object is needed here, not {type_name(value)}"
            )
        wanted = read(short, value, reading, path)
        if not any(_is(wanted, known) for known in look_ups(reading).associations):
            # The original says nothing of it, and answers as if it had been done.
            raise reading.refuse(path, ESLURM_REST_FAIL_PARSING, "There is no such association")

    return read_short


def _is_number(value: Value) -> bool:
    return isinstance(value, str) and (detect(value) is None or type(detect(value)) is int)


def _is(wanted: Mapping[str, Any], known: Association, *, any_cluster: bool = False) -> bool:
    return all(
        _same(wanted.get(member), getattr(known, name)) or (any_cluster and name == "cluster")
        for name, member in KEYS.items()
    )


def _same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two texts are the same in any case; nothing is not the same as the empty one."""
    if one is None or other is None:
        return one is other
    return one.lower() == other.lower()


# -- queries ----------------------------------------------------------------------------


def id_csv(reading: Reading, value: Value, path: str) -> Items:
    """Numbers as texts, from a list or a text with commas."""
    return Items(_number(reading, text, path) for text in csv_list(reading, value, path))


def _number(reading: Reading, text: bytes, path: str) -> bytes:
    shown = text.decode("utf-8", "replace")
    number = text_to_int(shown)
    if number is None:
        # The original says nothing of it, and answers as if there was nothing to show.
        raise reading.refuse(path, ESLURM_REST_FAIL_PARSING, f"{quote(shown)} is no number")
    return b"%d" % number


def condition_flag(bits: int) -> Callable[[Reading, Record, Value, str], None]:
    """The reader of a boolean that is a bit of a condition's flags."""

    def read_flag(reading: Reading, record: Record, value: Value, path: str) -> None:
        flags = record.get("flags", 0) & ~bits
        record["flags"] = flags | bits if boolean(reading, value, path) else flags

    return read_flag

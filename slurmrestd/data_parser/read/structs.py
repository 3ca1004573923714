# SPDX-License-Identifier: GPL-2.0-or-later
"""The walk over an object by the rows of its table.

A table is compiled once for each version into a plan: which rows a key of the object
wakes, and what each of them does.  The rows that are awake are read in the order of the
table, since some look at what others have left; the first that cannot be read ends the
walk.  What no row knows is named in the warnings, also after a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from slurmrestd.data_parser.model import (
    V40,
    Field,
    Flags,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Same,
    Struct,
    Type,
    Version,
)
from slurmrestd.data_parser.read import context as ctx
from slurmrestd.data_parser.read import flags, initial, unknown
from slurmrestd.data_parser.read.context import (
    KEEP,
    ROOT,
    Change,
    Reading,
    Record,
    Unreadable,
    Value,
    index,
)
from slurmrestd.data_parser.read.convert import to_text, type_name
from slurmrestd.frozen import Frozen
from slurmrestd.slurm.numbers import (
    ESLURM_DATA_EXPECTED_DICT,
    ESLURM_DATA_EXPECTED_LIST,
    ESLURM_DATA_PATH_NOT_FOUND,
    ESLURM_REST_FAIL_PARSING,
)

ValueReader = Callable[[Reading, Value, str], Any]
RowReader = Callable[[Reading, Record, Value, str], None]

_TYPES: dict[Format, type] = {
    Format.INT32: int,
    Format.INT64: int,
    Format.NUMBER: float,
    Format.DOUBLE: float,
    Format.STRING: str,
    Format.BOOL: bool,
    Format.OBJECT: dict,
    Format.ARRAY: list,
}
_TYPE_NAMES = {
    int: "an integer",
    float: "a number",
    str: "a string",
    bool: "a boolean",
    dict: "an object",
    list: "an array",
}
_MISSING = object()


def read(struct: Struct, value: Value, reading: Reading, path: str = ROOT) -> Record:
    """The members of a C struct from an object.  Raises Unreadable."""
    return _plan(struct, reading.version).read(reading, value, path)


def read_value(kind: Type, value: Value, reading: Reading, path: str) -> Any:
    """A value of any type, as an item of a list would be read.  Raises Unreadable."""
    return _value_reader(kind, reading.version)(reading, value, path)


@cache
def _plan(struct: Struct, version: Version) -> _Plan:
    return _Plan(struct, version)


class _Row(Frozen, eq=False):
    """A row that is ready to be read: where its value is, and what is done with it.

    ``key`` is that of the object itself, where there is one and nothing below it.
    """

    keys: tuple[str, ...]
    key: str
    suffix: str
    required: bool
    read: RowReader

    def find(self, value: dict[str, Any]) -> Any:
        """What the object holds at the row's keys, or _MISSING."""
        found: Any = value
        for key in self.keys:
            if not isinstance(found, dict) or key not in found:
                return _MISSING
            found = found[key]
        return found

    def refuse(self, reading: Reading, path: str) -> Unreadable:
        return reading.refuse(
            path, ESLURM_DATA_PATH_NOT_FOUND, f"The field {'/'.join(self.keys)} must be given"
        )


class _Plan:
    """A table in one version."""

    def __init__(self, struct: Struct, version: Version) -> None:
        self._ctype = struct.ctype
        self._initial = initial.values(struct)
        self._rows: list[_Row] = []
        self._waked: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._known = unknown.Known()
        for row in struct.rows(version):
            self._add(row, version)

    def _add(self, row: Field, version: Version) -> None:
        kind = _target(row.type)
        keys = tuple(row.key.split("/")) if row.key else ()
        if row.exploded and isinstance(kind, Flags):
            for word in flags.words(kind, version):
                self._known.add_word(word.folded)
        else:
            self._known.add(keys)
        if row.removed:
            return
        key = keys[0] if len(keys) == 1 else ""
        suffix = "".join(f"{key}/" for key in keys)
        compiled = _Row(keys, key, suffix, row.required, _row(row, version))
        self._rows.append(compiled)
        self._wake(compiled)

    def _wake(self, row: _Row) -> None:
        number = len(self._rows) - 1
        if row.required or not row.keys:
            self._always.append(number)
            return
        self._waked.setdefault(row.keys[0], []).append(number)

    def read(self, reading: Reading, value: Value, path: str) -> Record:
        if not isinstance(value, dict):
            raise reading.refuse(
                path, ESLURM_DATA_EXPECTED_DICT, f"An object is needed here, not {type_name(value)}"
            )
        reading.count_struct(path)
        record = Record(self._ctype, self._initial)
        rows = self._rows
        try:
            for number in self._awake(value):
                row = rows[number]
                found = value.get(row.key, _MISSING) if row.key else row.find(value)
                if found is not _MISSING:
                    row.read(reading, record, found, path + row.suffix)
                elif row.required:
                    raise row.refuse(reading, path + row.suffix)
        finally:
            if not reading.fast:
                self._known.warn_of_others(reading, value, path)
        return record

    def _awake(self, value: dict[str, Any]) -> list[int]:
        awake = self._always.copy()
        waked = self._waked
        for key in value:
            if key in waked:
                awake += waked[key]
        awake.sort()
        return awake


# -- rows -------------------------------------------------------------------------------


def _row(row: Field, version: Version) -> RowReader:
    kind = _target(row.type)
    if isinstance(kind, Flags):
        return _flags_row(row, kind, version)
    if isinstance(kind, Leaf) and kind.whole:
        return _whole(kind, version)
    if isinstance(kind, Leaf) and kind.read is not None:
        # Most rows: one call less than by way of the reader of any value.
        of_leaf: Any = kind.read
        return _member(_member_name(row), of_leaf, _expected(kind, version))
    return _member(_member_name(row), _value_reader(kind, version))


def _flags_row(row: Field, kind: Flags, version: Version) -> RowReader:
    member = _member_name(row)
    of_value = flags.exploded(kind, version) if row.exploded else flags.reader(kind, version)

    def read_flags(reading: Reading, record: Record, value: Value, path: str) -> None:
        record[member] = of_value(reading, value, path, record.get(member, 0))

    return read_flags


def _member(member: str, of_value: ValueReader, expected: type | None = None) -> RowReader:
    """The row of one member; ``expected`` is what the JSON type of its value is documented as."""

    def read_member(reading: Reading, record: Record, value: Value, path: str) -> None:
        if expected is not None and type(value) is not expected:
            check_type(expected, reading, value, path)
        result = of_value(reading, value, path)
        if result is KEEP:
            return
        if isinstance(result, Change):
            result = result.apply(record.get(member, 0))
        record[member] = result

    return read_member


def _whole(kind: Leaf, version: Version) -> RowReader:
    """The row of a type that looks at the whole struct."""
    reader: Any = kind.read
    if reader is None:
        return _member("", _ignored(kind))
    expected = _expected(kind, version)
    if expected is None:
        return reader  # type: ignore[no-any-return]

    def read_whole(reading: Reading, record: Record, value: Value, path: str) -> None:
        check_type(expected, reading, value, path)
        reader(reading, record, value, path)

    return read_whole


def _member_name(row: Field) -> str:
    if row.member is None:
        raise TypeError(f"the row of {row.key} names no member to read it into")
    return row.member


# -- values -----------------------------------------------------------------------------


@cache
def _value_reader(kind: Type, version: Version) -> ValueReader:
    kind = _target(kind)
    if isinstance(kind, Leaf):
        return _leaf(kind, version)
    if isinstance(kind, Struct):
        return _plan(kind, version).read
    if isinstance(kind, Pointer):
        return _pointer(kind, version)
    if isinstance(kind, ListOf):
        return _list(kind, version)
    if isinstance(kind, Flags):
        return _flags_value(kind, version)
    raise TypeError(f"{kind.name} cannot be read")


def _flags_value(kind: Flags, version: Version) -> ValueReader:
    of_value = flags.reader(kind, version)
    return lambda reading, value, path: of_value(reading, value, path, 0)


def _leaf(kind: Leaf, version: Version) -> ValueReader:
    if kind.read is None:
        of_value: Any = _ignored(kind)
    elif kind.whole:
        of_value = _leaf_of_struct(kind)
    else:
        of_value = kind.read
    expected = _expected(kind, version)
    if expected is None:
        return of_value  # type: ignore[no-any-return]

    def read_checked(reading: Reading, value: Value, path: str) -> Any:
        if type(value) is not expected:
            check_type(expected, reading, value, path)
        return of_value(reading, value, path)

    return read_checked


def _leaf_of_struct(kind: Leaf) -> ValueReader:
    reader: Any = kind.read

    def read_whole(reading: Reading, value: Value, path: str) -> Record:
        record = Record(kind.ctype)
        reader(reading, record, value, path)
        return record

    return read_whole


def _ignored(kind: Leaf) -> ValueReader:
    """The reader of a type that is only ever written."""

    def ignore(reading: Reading, value: Value, path: str) -> Any:
        reading.warn(path, f"{kind.name} cannot be given and is ignored")
        return KEEP

    return ignore


def _pointer(kind: Pointer, version: Version) -> ValueReader:
    target = _target(kind.target)
    of_value = _value_reader(target, version)
    # Generated clients write {} or [] where they mean null.
    empty = _empty(target)

    def read_pointer(reading: Reading, value: Value, path: str) -> Any:
        if not value and empty is not None and type(value) is empty[0]:
            reading.count_struct(path)
            return empty[1]()
        return of_value(reading, value, path)

    return read_pointer


def _empty(target: Type) -> tuple[type, Callable[[], Any]] | None:
    """Which empty value stands for a new object of the type, and what that is."""
    if isinstance(target, Struct):
        return dict, lambda: Record(target.ctype, initial.values(target))
    if isinstance(target, ListOf):
        return list, ctx.Items
    return None


def _list(kind: ListOf, version: Version) -> ValueReader:
    of_item = _value_reader(kind.item, version)

    def read_list(reading: Reading, value: Value, path: str) -> ctx.Items:
        return ctx.Items(_items(reading, _as_list(reading, value, path), path, of_item))

    return read_list


def _items(reading: Reading, values: list[Any], path: str, of_item: ValueReader) -> Iterator[Any]:
    for number, value in enumerate(values):
        try:
            yield of_item(reading, value, index(path, number))
        except Unreadable as refusal:
            raise Unreadable(ESLURM_REST_FAIL_PARSING) from refusal


def _as_list(reading: Reading, value: Value, path: str) -> list[Any]:
    """A list; a scalar is a list of itself as text."""
    if isinstance(value, list):
        reading.check_items(value, path)
        return value
    text = to_text(value)
    if text is None:
        raise reading.refuse(
            path, ESLURM_DATA_EXPECTED_LIST, f"A list is needed here, not {type_name(value)}"
        )
    return [text]


# -- the JSON type ----------------------------------------------------------------------


def check_type(expected: type, reading: Reading, value: Value, path: str) -> None:
    """Warn of a value that is not of the documented type: it may be read all the same."""
    if type(value) is expected or value is None or not reading.checks_types:
        return
    reading.warn(path, f"Documented as {_TYPE_NAMES[expected]}, but given as {type_name(value)}")


def _expected(kind: Leaf, version: Version) -> type | None:
    """The type that is documented for a leaf and checked, if one is."""
    if isinstance(kind.shape, Format):
        return _TYPES[kind.shape]
    if isinstance(kind.shape, Items):
        return list
    # Shapes of other types are not checked, but v0.0.40 wants its numbers as objects.
    of_number = isinstance(kind.shape, Struct) and kind.shape.name == f"{kind.name}_STRUCT"
    return dict if version == V40 and of_number else None


def _target(kind: Type) -> Type:
    while isinstance(kind, Same):
        kind = kind.target
    return kind

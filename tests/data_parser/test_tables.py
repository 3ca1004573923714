# SPDX-License-Identifier: GPL-2.0-or-later
"""What must hold of every table, in every version, without a cluster."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from slurmrestd import frozen
from slurmrestd.data_parser import tables, types
from slurmrestd.data_parser.model import (
    Field,
    Flag,
    Flags,
    Leaf,
    Struct,
    Type,
    Version,
    in_version,
)
from slurmrestd.data_parser.program import Form, constant, program, tree

LONGEST = 160


def _modules() -> Iterator[object]:
    yield types
    for found in pkgutil.iter_modules(tables.__path__):
        yield importlib.import_module(f"{tables.__name__}.{found.name}")


def _all(kind: type[Type]) -> list[Type]:
    found = {
        id(value): value
        for module in _modules()
        for value in vars(module).values()
        if isinstance(value, kind)
    }
    return sorted(found.values(), key=lambda value: value.name)


STRUCTS = [value for value in _all(Struct) if isinstance(value, Struct)]
FLAGS = [value for value in _all(Flags) if isinstance(value, Flags)]
WRITTEN = [
    struct
    for struct in STRUCTS
    if struct.name
    in {
        "JOB_INFO",
        "JOB_STATE_RESP_JOB",
        "NODE",
        "PARTITION_INFO",
        "RESERVATION_INFO",
        "LICENSE",
        "STATS_MSG",
        "CONTROLLER_PING",
        "ASSOC_SHARES_OBJ_WRAP",
        "SHARES_RESP_MSG",
        "ASSOC",
        "USER",
        "ACCOUNT",
        "WCKEY",
    }
]

structs = pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.name)
flag_sets = pytest.mark.parametrize("flags", FLAGS, ids=lambda flags: flags.name)
versions = pytest.mark.parametrize("version", list(Version), ids=str)


@structs
@versions
def test_no_key_stands_twice_in_a_version(struct: Struct, version: Version) -> None:
    keys = [row.key for row in struct.rows(version) if not row.exploded]
    assert sorted(keys) == sorted(set(keys))
    assert tree_is_made(struct, version)


def tree_is_made(struct: Struct, version: Version) -> bool:
    """A key that is both a value and a branch would be refused here."""
    rows = [row for row in struct.rows(version) if not row.exploded]
    made = tree(Struct(struct.name, struct.ctype, tuple(rows)), version)
    return bool(made) or not rows


def _same(one: Field | Flag, other: Field | Flag) -> bool:
    said = [name for name in frozen.names(one) if name not in ("since", "until")]
    return all(getattr(one, name) == getattr(other, name) for name in said)


@structs
def test_no_row_says_the_same_as_its_row_of_the_version_before(struct: Struct) -> None:
    for row in struct.fields:
        for other in struct.fields:
            if other is not row and other.key == row.key and other.until + 1 == row.since:
                moved = _neighbours(struct, row) != _neighbours(struct, other)
                assert not _same(row, other) or moved, f"{row.key} could be one row"


def _neighbours(struct: Struct, row: Field) -> tuple[str, ...]:
    """The keys before a row in its own version: rows may be repeated to stand elsewhere."""
    keys = [found.key for found in struct.rows(row.since)]
    return tuple(keys[: keys.index(row.key)])


@flag_sets
def test_no_flag_says_the_same_as_in_the_version_before(flags: Flags) -> None:
    for flag in flags.flags:
        for other in flags.flags:
            if other is not flag and other.name == flag.name and other.until + 1 == flag.since:
                assert not _same(flag, other), f"{flag.name} could be one flag"


@flag_sets
@versions
def test_no_word_stands_twice_for_bits(flags: Flags, version: Version) -> None:
    words = [flag.name.lower() for flag in in_version(flags.flags, version)]
    assert sorted(words) == sorted(set(words))


@flag_sets
def test_every_constant_is_one_of_slurms(flags: Flags) -> None:
    for flag in flags.flags:
        if not flag.removed:
            assert constant(flag.mask) & constant(flag.value) == constant(flag.value) or flag.equal


@structs
def test_every_row_is_described(struct: Struct) -> None:
    for row in struct.fields:
        if not row.exploded:
            _described(row.description, f"{struct.name} {row.key}")


@flag_sets
def test_every_word_is_described(flags: Flags) -> None:
    for flag in flags.flags:
        if not flag.hidden:
            _described(flag.description, f"{flags.name} {flag.name}")


def _described(text: str, place: str) -> None:
    assert text, place
    assert "TODO" not in text, place
    assert len(text) <= LONGEST, place
    assert text[0].isupper() or not text[0].isalpha(), place
    assert not text.endswith("."), place


@pytest.mark.parametrize("struct", WRITTEN, ids=lambda struct: struct.name)
@versions
@pytest.mark.parametrize("pretty", [False, True], ids=["compact", "pretty"])
def test_every_table_of_answers_compiles(struct: Struct, version: Version, pretty: bool) -> None:
    """Members exist, sizes agree with their types, every type can be written."""
    assert program(struct, Form(version, pretty), 2).native.count > 0


def test_every_leaf_has_one_meaning() -> None:
    """Two leaves of one name differ only in how they are written, for another version."""
    seen: dict[str, Leaf] = {}
    for leaf in _all(Leaf):
        assert isinstance(leaf, Leaf)
        other = seen.setdefault(leaf.name, leaf)
        assert other.ctype == leaf.ctype, leaf.name

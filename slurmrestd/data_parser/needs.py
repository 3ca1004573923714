# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd has to be asked for before a type can be read or written."""

from __future__ import annotations

from functools import cache

from slurmrestd.data_parser.model import (
    ArrayOf,
    Items,
    Leaf,
    ListOf,
    Needs,
    Pointer,
    Same,
    Struct,
    Type,
    Version,
)


@cache
def needs_of(kind: Type, version: Version) -> Needs:
    """What the types in ``kind`` need, however deep they lie."""
    if isinstance(kind, Struct):
        found = Needs.NOTHING
        for row in kind.rows(version):
            if not row.removed:
                found |= needs_of(row.type, version)
        return found
    if isinstance(kind, Leaf):
        return kind.needs | _needs_of_shape(kind, version)
    if isinstance(kind, ListOf):
        return kind.needs | needs_of(kind.item, version)
    if isinstance(kind, ArrayOf):
        return needs_of(kind.item, version)
    if isinstance(kind, Pointer | Same):
        return needs_of(kind.target, version)
    return Needs.NOTHING


def _needs_of_shape(kind: Leaf, version: Version) -> Needs:
    if isinstance(kind.shape, Items):
        return needs_of(kind.shape.of, version)
    return needs_of(kind.shape, version) if isinstance(kind.shape, Type) else Needs.NOTHING

# SPDX-License-Identifier: GPL-2.0-or-later
"""What v0.0.40 documents in a way of its own.

Later versions have one rule for all types; clients that were generated from v0.0.40 know
these by other names and shapes.
"""

from __future__ import annotations

from typing import Any, Final

from slurmrestd.data_parser import types
from slurmrestd.data_parser.model import Format, Leaf, Struct, Type
from slurmrestd.data_parser.tables import accounting_diag, diag, jobs, nodes

NUMBERS: Final = frozenset(
    {
        types.UINT16_NO_VAL,
        types.UINT32_NO_VAL,
        types.UINT64_NO_VAL,
        types.INT64_NO_VAL,
        types.FLOAT64_NO_VAL,
    }
)
"""Numbers that may be unset have their own names, not those of the structs that show them."""

NAMELESS: Final[frozenset[Type]] = frozenset(
    {diag.STATS_MSG_RPC_TYPE, diag.STATS_MSG_RPC_USER, accounting_diag.ROLLUP}
)
"""Structs that stand where they are used, and of which no key is said to be always there."""

GONE: Final[frozenset[Type]] = frozenset(
    {jobs.POWER_FLAGS, nodes.EXT_SENSORS_DATA, nodes.POWER_MGMT_DATA}
)
"""Types that are said to be deprecated, where later versions say it of the fields."""


def is_number(kind: Leaf) -> bool:
    """Whether a type is a number that may be unset."""
    return kind in NUMBERS


def number(kind: Leaf, said: str, *, complex_: bool) -> dict[str, Any]:
    """A number that may be unset: every integer has 64 bits, and the booleans have defaults."""
    struct = kind.shape
    assert isinstance(struct, Struct)
    of = struct.fields[-1].type
    assert isinstance(of, Leaf)
    form = of.shape if of.shape is Format.DOUBLE else Format.INT64
    assert isinstance(form, Format)
    type_, format_ = form.value
    if complex_:
        shown = {"type": type_, "description": said}
        return shown if form is Format.DOUBLE else {"format": format_, **shown}
    properties: dict[str, Any] = {
        row.key: {"type": "boolean", "description": row.description, "default": False}
        for row in struct.fields[:-1]
    }
    last = struct.fields[-1]
    properties[last.key] = {"type": type_, "format": format_, "description": last.description}
    return {"type": "object", "description": said, "properties": properties}

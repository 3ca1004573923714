# SPDX-License-Identifier: GPL-2.0-or-later
"""Values that a table may meet, and bodies that are made of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from slurmrestd.data_parser.model import Field, Flags, ListOf, Pointer, Struct, Type

WORDS = (
    *("", " ", "0", "-1", "1.5", "0x7f", "1e400", "nan", "inf", "null", "~", "yes", "off"),
    *("1-15:4", "1,3-5,", "4k", "2G", "plane=4", "block:*:*,pack", "low-high:performance"),
    *("now+1day", "12:30pm", "2030-02-31T25:00", "uts1700000000", "SIGKILL", "root"),
    *("12_3.batch+4", "n[1-3,5-]x,y", "n[1-99999999999]", "a\0b", "\udcff\ud800"),
)
TEXTS = st.sampled_from(WORDS) | st.text(max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([2**n + d for n in (8, 16, 31, 32, 63, 64) for d in (-3, -2, -1, 0)])
    | st.floats()
    | TEXTS
)
NUMBERS = st.fixed_dictionaries(
    {}, optional={"set": SCALARS, "infinite": SCALARS, "number": SCALARS, "else": SCALARS}
)
ANYTHING = st.recursive(
    SCALARS | NUMBERS,
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(TEXTS, deeper, max_size=3),
    max_leaves=6,
)


def values(kind: Type) -> st.SearchStrategy[Any]:
    """Values that a type could take, and others."""
    if isinstance(kind, Flags):
        words = st.sampled_from([flag.name for flag in kind.flags]) | TEXTS
        return st.lists(words, max_size=4) | words | ANYTHING
    if isinstance(kind, Pointer):
        return values(kind.target)
    if isinstance(kind, ListOf):
        return st.lists(values(kind.item), max_size=2) | ANYTHING
    if isinstance(kind, Struct):
        return bodies(kind)
    return ANYTHING


@st.composite
def bodies(draw: st.DrawFn, table: Struct, most: int = 6) -> Any:
    """Objects with some of a table's keys, ``most`` of them, and with others."""
    rows = draw(st.lists(st.sampled_from(table.fields), max_size=most))
    body: dict[str, Any] = draw(st.dictionaries(TEXTS, SCALARS, max_size=1))
    for row in rows:
        _put(body, row, draw(values(row.type)))
    return body


def _put(body: dict[str, Any], row: Field, value: Any) -> None:
    *above, last = row.key.split("/")
    for key in above:
        below = body.setdefault(key, {})
        if not isinstance(below, dict):
            return
        body = below
    body[last] = value

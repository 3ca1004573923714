# SPDX-License-Identifier: GPL-2.0-or-later
"""A run that is divided leaves nothing out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import part_of


@dataclass(eq=False)
class Item:
    """As much of a test as there has to be."""

    path: Path


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_the_parts_are_all_there_is(parts: int) -> None:
    sizes = {"one": 1, "two": 2, "ten": 10}
    items: list[Any] = [
        Item(Path(module)) for turn in range(10) for module, size in sizes.items() if turn < size
    ]
    found = [part_of(items, number, parts) for number in range(1, parts + 1)]
    assert sum(map(len, found)) == len(items)
    assert set(chain(*found)) == set(items)
    for part in found:
        assert part == [item for item in items if item in part]
        ten = [item for item in part if item.path == Path("ten")]
        assert 10 // parts <= len(ten) <= 10 // parts + 1

# SPDX-License-Identifier: GPL-2.0-or-later
"""Frozen: what a dataclass that is frozen would do, without being compiled at each start."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from slurmrestd import frozen
from slurmrestd.frozen import Frozen, keyword, replace


class Named(Frozen, eq=False):
    name: str
    said: str = keyword(default="", kw_only=True)


class Sized(Named):
    size: int
    make: Callable[[], object] = lambda: 1


class Point(Frozen):
    x: int
    y: int = 0


def test_fields_are_given_in_their_order_or_by_name() -> None:
    thing = Sized("a", 3, said="b")
    assert (thing.name, thing.size, thing.said, thing.make()) == ("a", 3, "b", 1)
    assert frozen.names(Sized) == ("name", "said", "size", "make")


@pytest.mark.parametrize(
    ("args", "kwargs"), [((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_fields_that_are_missing_or_unknown_are_refused(
    args: tuple[int, ...], kwargs: dict[str, int]
) -> None:
    with pytest.raises(TypeError, match="Point has the fields x, y"):
        Point(*args, **kwargs)


def test_nothing_can_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.y
    assert point == Point(1, 0)


def test_equal_is_what_has_equal_fields() -> None:
    assert Point(1) == Point(y=0, x=1)
    assert hash(Point(1)) == hash(Point(y=0, x=1))
    assert Point(1) != Point(2)
    assert Point(1) != (1, 0)


def test_equal_to_itself_only_where_that_is_said() -> None:
    thing = Sized("a", 3)
    assert thing != Sized("a", 3)
    assert {thing: 1}[thing] == 1


def test_a_copy_with_changes() -> None:
    thing = replace(Sized("a", 3, said="b"), size=4)
    assert (type(thing), thing.name, thing.size, thing.said) == (Sized, "a", 4, "b")

# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody thought of: each has the status that the original has, or a better one.

``--against-itself`` shows that the original's statuses are what the tables say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet

from tests.hostile import bodies, fields, large, targets, yaml
from tests.hostile.horror import UNASKED, VERSIONS, Horror
from tests.hostile.target import Target


def each(*tables: Iterable[Horror]) -> list[ParameterSet]:
    """Parameters ``horror``."""
    horrors = [horror for table in tables for horror in table]
    twice = [name for name, count in Counter(it.name for it in horrors).items() if count > 1]
    assert not twice, twice
    return [
        pytest.param(horror, id=horror.name.encode("ascii", "replace").decode())
        for horror in horrors
    ]


def check(target: Target, horror: Horror, versions: Iterable[str] = VERSIONS) -> None:
    """Send it to each version."""
    if target.original and horror.original == UNASKED:
        return
    request = horror.request()
    found = {version: target.status(request, version) for version in versions}
    wanted = {
        version: horror.expected(version, of_original=target.original) for version in versions
    }
    assert found == wanted


@pytest.mark.parametrize("horror", each(bodies.SHAPES, bodies.TEXTS, bodies.DEPTHS, bodies.TYPES))
def test_bodies(target: Target, horror: Horror) -> None:
    check(target, horror)


@pytest.mark.parametrize(
    "horror",
    each(fields.NUMBERS, fields.NAMES, fields.LISTS, fields.HOSTS, fields.ODD),
)
def test_fields(target: Target, horror: Horror) -> None:
    check(target, horror)


@pytest.mark.parametrize(
    "horror",
    each(targets.IDS, targets.PATHS, targets.QUERIES, targets.SIGNALLED, targets.NODES),
)
def test_targets(target: Target, horror: Horror) -> None:
    check(target, horror)


@pytest.mark.parametrize("horror", each(large.BODIES))
def test_large_bodies(target: Target, horror: Horror) -> None:
    """The version has no part in what they cost.  The original takes minutes over some."""
    if target.original:
        return
    check(target, horror, ["v0.0.42"])


@pytest.mark.parametrize("horror", each(yaml.BODIES))
def test_yaml(target: Target, horror: Horror) -> None:
    check(target, horror)


@pytest.mark.parametrize("horror", each(yaml.LARGE_BODIES))
def test_large_yaml(target: Target, horror: Horror) -> None:
    """As with large bodies of JSON."""
    if target.original:
        return
    check(target, horror, ["v0.0.42"])


@pytest.mark.parametrize("key", fields.PARSED)
def test_no_text_takes_long_to_parse(target: Target, key: str) -> None:
    """Whatever comes of it, an answer comes soon."""
    for horror in fields.parsed(key):
        target.status(horror.request(), "v0.0.42")

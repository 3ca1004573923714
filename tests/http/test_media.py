# SPDX-License-Identifier: GPL-2.0-or-later
"""Which media type an answer gets."""

from __future__ import annotations

import pytest

from slurmrestd.http.media import choose


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "application/json",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/json, application/yaml",
        "application/xml, application/json",
        "application/json;q=nonsense",
        "application/json;q=7",
    ],
)
def test_json_is_written_where_it_is_accepted(accept: str | None) -> None:
    assert choose(accept) == "application/json"


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "text/xml",
        "application/*",
        "text/x-yaml",
        "application/x-www-form-urlencoded",
        "application/json;q=0",
    ],
)
def test_nothing_is_written_where_nothing_fits(accept: str) -> None:
    assert choose(accept) is None


def test_the_highest_quality_wins() -> None:
    """RFC 9110 12.4.2. The original takes the lowest."""
    assert choose("application/json;q=0.1, application/jsonrequest;q=0.2") == (
        "application/jsonrequest"
    )


def test_the_first_of_equals_wins() -> None:
    assert choose("application/jsonrequest, application/json") == "application/jsonrequest"


@pytest.mark.parametrize(
    "name", ["application/jsonrequest", "application/yaml", "application/x-yaml", "text/yaml"]
)
def test_a_type_is_answered_by_the_name_that_was_asked_for(name: str) -> None:
    assert choose(name) == name
    assert choose(name.upper()) == name
    assert choose(f"application/xml, {name};q=0.2, application/json;q=0.1") == name

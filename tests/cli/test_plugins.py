# SPDX-License-Identifier: GPL-2.0-or-later
"""-d and -s: the plugins that are named. Tried on slurmrestd 24.11.5."""

from __future__ import annotations

import logging

import pytest

from slurmrestd.cli.plugins import (
    UnknownPlugin,
    lazy_routes,
    routes,
    select_data_parsers,
    select_openapi,
)
from slurmrestd.data_parser.model import Version


def names(text: str | None) -> list[str]:
    return [parser.name for parser in select_data_parsers(text)]


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        (None, ["v0.0.40", "v0.0.41", "v0.0.42"]),
        ("v0.0.42", ["v0.0.42"]),
        ("data_parser/v0.0.40+fast,v0.0.42", ["v0.0.40+fast", "v0.0.42"]),
        ("latest", ["v0.0.42"]),
        ("latest+fast", ["v0.0.42+fast"]),
        ("v0.0.42,v0.0.42,", ["v0.0.42"]),
        ("v0.0.42,v0.0.42+fast", ["v0.0.42"]),
        ("v0.0.42+fast,v0.0.42", ["v0.0.42+fast"]),
        ("v0.0.41+fast+complex", ["v0.0.41+fast+complex"]),
        ("v0.0.41+FAST+prefer_refs+", ["v0.0.41+FAST+prefer_refs+"]),
        ("latest+Inline_Enums", ["v0.0.42+Inline_Enums"]),
    ],
)
def test_versions_are_selected(text: str | None, selected: list[str]) -> None:
    assert names(text) == [f"data_parser/{name}" for name in selected]


@pytest.mark.parametrize("text", [None, "", ",", ",,"])
def test_none_that_is_named_is_all(text: str | None) -> None:
    assert len(select_data_parsers(text)) == len(Version)


@pytest.mark.parametrize("text", ["latest", "LATEST", "v0.0.42", "data_parser/v0.0.42", "v0.0.42,"])
def test_the_latest_has_many_names(text: str) -> None:
    assert names(text) == ["data_parser/v0.0.42"]


def test_a_flag_that_takes_the_answers_away_is_refused() -> None:
    with pytest.raises(UnknownPlugin, match="--generate-openapi-spec"):
        names("v0.0.42+spec_only")


@pytest.mark.parametrize(
    "text",
    ["v0.0.1", "v0.0.39", "slurmctld", "list", " v0.0.42", "V0.0.42", "data_parser/latest"],
)
def test_a_version_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlugin):
        names(text)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("v0.0.42+bogus", None),
        ("v0.0.42+prefer_refs", "v0.0.41"),
        ("v0.0.41+minimize_refs", "v0.0.42"),
        ("v0.0.40+inline_enums", "v0.0.42"),
    ],
)
def test_a_flag_that_a_version_does_not_have_is_ignored_with_a_warning(
    text: str, version: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        (parser,) = select_data_parsers(text)
    assert not parser.flags
    assert parser.name == f"data_parser/{text}"
    name, _, flag = text.partition("+")
    assert f"data_parser/{name} has no flag +{flag}" in caplog.text
    if version is not None:
        assert f"one of {version}" in caplog.text


def test_flags_are_known_in_any_case(caplog: pytest.LogCaptureFixture) -> None:
    (parser,) = select_data_parsers("v0.0.42+FAST+Minimize_Refs")
    assert parser.flags == {"fast", "minimize_refs"}
    assert not caplog.text


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        (None, ["slurmctld", "slurmdbd"]),
        ("slurmctld", ["slurmctld"]),
        ("openapi/slurmctld", ["slurmctld"]),
        ("slurmctld,slurmctld,", ["slurmctld"]),
        ("slurmdbd,openapi/slurmctld", ["slurmdbd", "slurmctld"]),
    ],
)
def test_operations_are_selected(text: str | None, selected: list[str]) -> None:
    assert select_openapi(text) == selected


def test_without_slurmdbd_its_operations_cannot_be_asked_for() -> None:
    with pytest.raises(UnknownPlugin, match="AccountingStorageType"):
        routes("slurmctld,slurmdbd", None, uses_slurmdbd=False)


@pytest.mark.parametrize("openapi", [None, "slurmctld"])
def test_without_slurmdbd_the_controllers_operations_are_there(openapi: str | None) -> None:
    offered = routes(openapi, None, uses_slurmdbd=False)
    assert {route.plugin.name for route in offered} == {"slurmctld"}


@pytest.mark.parametrize("text", ["", ",", "bogus", "rest_auth/jwt", " slurmctld", "SLURMCTLD"])
def test_operations_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(UnknownPlugin):
        select_openapi(text)


def test_lazy_routes_are_the_same() -> None:
    """Where an operation is looked for first is where it is."""
    every = routes(None, None, uses_slurmdbd=True)
    for route in every:
        path = "/" + "/".join(route.segments).replace("{", "").replace("}", "")
        lazy = lazy_routes(None, None, uses_slurmdbd=True)
        match = lazy.match(route.operation.method, path)
        assert match is not None, path
        assert (match.operation, match.parser.name) == (route.operation, route.parser.name)
        assert match.plugin.name == route.plugin.name


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/slurm/v0.0.42"),
        ("GET", "/slurm/v0.0.42/nothing"),
        ("GET", "/slurm/v0.0.42/ping/more"),
        ("POST", "/slurm/v0.0.42/ping"),
        ("GET", "/slurmdb/v0.0.42/shares"),
        ("GET", "/slurm/v0.0.1/ping"),
    ],
)
def test_lazy_routes_have_nothing_else(method: str, path: str) -> None:
    assert lazy_routes(None, None, uses_slurmdbd=True).match(method, path) is None

# SPDX-License-Identifier: GPL-2.0-or-later
"""Paths that end with a number, which have one place in memory for all numbers."""

from __future__ import annotations

import itertools

import pytest

from slurmrestd.data_parser.model import Version
from slurmrestd.openapi.operation import Operation
from slurmrestd.openapi.routes import BadPath, DataParser, Routes
from slurmrestd.openapi.slurmctld.plugin import PLUGIN as SLURMCTLD
from slurmrestd.openapi.slurmdbd.plugin import PLUGIN as SLURMDBD

PARSERS = [DataParser(version) for version in Version]
NUMBERS = ("1", "7", "10", "4711", "999999999999999999")
FRONTS = (
    *("/slurm/v0.0.42/job", "/slurm/v0.0.40/job", "//slurm/v0.0.41//job/", "/slurmdb/v0.0.42/job"),
    *("/slurm/v0.0.42/node", "/slurmdb/v0.0.42/user", "/slurm/v0.0.42/job/1"),
    *("/slurm/v0.0.42/job/.", "/slurm/v0.0.42/./job", "/slurm/v0.0.42/nothing", "", "/1"),
    *("/slurm/v0.0.42/job/..", "/slurm/v0.0.42/jo b", "/slurm/v0.0.42/job/%00"),
    *("/slurm/v0.0.42/node/a%20b", "/slurm/v0.0.42/jobs", "/slurm/v0.0.42/%6aob"),
)


def found(routes: Routes, method: str, path: str) -> tuple[Operation, str, dict[str, str]] | str:
    """What a path is for."""
    try:
        match = routes.match(method, path)
    except BadPath:
        return "a bad path"
    if match is None:
        return "nothing"
    return match.operation, match.parser.name, match.parameters


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_number_is_what_it_would_be_to_routes_that_know_no_path_yet(method: str) -> None:
    known = Routes([SLURMCTLD, SLURMDBD], PARSERS)
    for front, number in itertools.product(FRONTS, NUMBERS):
        path = f"{front}/{number}"
        new = Routes([SLURMCTLD, SLURMDBD], PARSERS)
        # What is remembered of other numbers, and what was of this one.
        assert found(known, method, path) == found(new, method, path) == found(known, method, path)


def test_each_number_has_its_own() -> None:
    routes = Routes([SLURMCTLD], PARSERS)
    parameters = [
        match.parameters
        for number in NUMBERS
        if (match := routes.match("DELETE", f"/slurm/v0.0.42/job/{number}")) is not None
    ]
    assert parameters == [{"job_id": number} for number in NUMBERS]


def test_a_dot_before_a_number_is_part_of_it() -> None:
    routes = Routes([SLURMCTLD], PARSERS)
    for number in NUMBERS:
        match = routes.match("GET", f"/slurm/v0.0.42/node/./{number}")
        assert match is not None
        assert match.parameters == {"node_name": f".{number}"}


@pytest.mark.parametrize(("written", "read"), [("007", "7"), ("0x10", "16"), ("0", "0")])
def test_other_ways_to_write_a_number_are_read(written: str, read: str) -> None:
    routes = Routes([SLURMCTLD], PARSERS)
    match = routes.match("GET", f"/slurm/v0.0.42/job/{written}")
    assert match is not None
    assert match.parameters == {"job_id": read}

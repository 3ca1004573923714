# SPDX-License-Identifier: GPL-2.0-or-later
"""Paths and targets by chance: an operation, nothing, or a path that is none."""

from __future__ import annotations

import contextlib
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from slurmrestd.data_parser.model import Version
from slurmrestd.http.target import split_target
from slurmrestd.openapi.routes import BadPath, DataParser, Routes
from slurmrestd.openapi.slurmctld.plugin import PLUGIN as SLURMCTLD
from slurmrestd.openapi.slurmdbd.plugin import PLUGIN as SLURMDBD
from tests.fuzz import EXAMPLES

ROUTES = Routes([SLURMCTLD, SLURMDBD], [DataParser(version) for version in Version])
METHODS = st.sampled_from(["GET", "POST", "DELETE", "PUT", "get", "", "\0"])
WORDS = sorted({word for route in ROUTES for word in route.segments if "{" not in word})
SEGMENTS = st.sampled_from(WORDS) | st.text(max_size=8) | st.sampled_from(["", ".", "..", "%2e"])
PATHS = st.lists(SEGMENTS, max_size=7).map(lambda words: "/" + "/".join(words))
LETTERS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=10)


@given(method=METHODS, path=PATHS | st.text(max_size=40))
@settings(max_examples=6 * EXAMPLES, deadline=None)
def test_any_path_is_matched_or_refused(method: str, path: str) -> None:
    with contextlib.suppress(BadPath):
        match = ROUTES.match(method, path)
        assert match is None or match.operation.method == method


@given(name=LETTERS.filter(lambda name: not name[0].isdigit()), junk=st.integers(0, 3))
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_a_name_arrives_however_it_is_written(name: str, junk: int) -> None:
    """Quoted or not, and with slashes too many."""
    plain = ROUTES.match("GET", f"/slurm/v0.0.42/node/{name}")
    written = "".join(f"%{ord(letter):02x}" for letter in name)
    again = ROUTES.match("GET", f"{'/' * junk}/slurm//v0.0.42/node/{written}{'/' * junk}")
    assert plain is not None
    assert again is not None
    assert plain.parameters == again.parameters
    assert plain.operation is again.operation


@given(target=st.text(max_size=60))
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_a_target_falls_into_path_and_query(target: str) -> None:
    path, query = split_target(target)
    assert "?" not in path
    assert "#" not in path
    assert path in target
    assert query in target


@given(path=LETTERS, query=st.text(max_size=20).map(quote), host=LETTERS)
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_scheme_and_host_do_not_matter(path: str, query: str, host: str) -> None:
    assert split_target(f"http://{host}:1/{path}?{query}") == split_target(f"/{path}?{query}")

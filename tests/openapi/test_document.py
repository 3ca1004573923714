# SPDX-License-Identifier: GPL-2.0-or-later
"""The document that is printed is the original's, but for its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.fix_cluster import Cluster
from tests.openapi.compare import CHOSEN, differences, unexplained
from tests.openapi.documents import PLUGINS, VERSIONS, generate
from tests.openapi.standard import MENDS, mend

_SOME = 30
_used: set[str] = set()
_mended: Counter[str] = Counter()


def _compare(cluster: Cluster, *arguments: str, **environment: str) -> None:
    original = generate(cluster, cluster.original, *arguments, **environment).document
    ours = generate(cluster, cluster.program, *arguments, **environment).document
    _mended.update(mend(original))
    left = unexplained(differences(original, ours), _used)
    if left:
        more = [f"and {len(left) - _SOME} more"] if len(left) > _SOME else []
        pytest.fail("\n".join([*map(str, left[:_SOME]), *more]), pytrace=False)


@pytest.mark.parametrize("versions", VERSIONS)
@pytest.mark.parametrize("plugins", PLUGINS)
def test_no_structure_differs(plugins: str, versions: str, cluster: Cluster) -> None:
    """Paths, operations, parameters, schemas and the order of all."""
    _compare(cluster, "-s", plugins, "-d", versions)


def test_without_options_all_is_in_it(cluster: Cluster) -> None:
    """The original then has its versions in the order of their files in a directory."""
    original = generate(cluster, cluster.original).document
    order = list(dict.fromkeys(path.split("/")[2] for path in original["paths"]))
    ours = generate(cluster, cluster.program, "-d", ",".join(order)).document
    mend(original)
    assert not unexplained(differences(original, ours), _used)
    plain = generate(cluster, cluster.program).document
    assert plain["info"] == ours["info"]
    assert plain["paths"] == ours["paths"]


@pytest.mark.parametrize("codes", ["default", "200,default,404", "500,OK,not found,200", ""])
def test_statuses_are_those_that_are_asked_for(codes: str, cluster: Cluster) -> None:
    """In their order, each once, also by name."""
    _compare(cluster, "-s", "slurmctld", "-d", "v0.0.41", SLURMRESTD_RESPONSE_STATUS_CODES=codes)


def test_other_formats_change_nothing(cluster: Cluster) -> None:
    """SLURMRESTD_JSON is for answers."""
    plain = generate(cluster, cluster.program, "-d", "v0.0.42")
    assert plain == generate(cluster, cluster.program, "-d", "v0.0.42", SLURMRESTD_JSON="compact")


@pytest.fixture(scope="module", autouse=True)
def every_row_is_needed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A difference that is gone takes its row with it."""
    yield
    if request.session.testsfailed or request.config.getoption("keyword"):
        return
    assert not set(CHOSEN) - _used
    assert not {one.__name__ for one in MENDS} - set(+_mended)

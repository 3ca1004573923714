# SPDX-License-Identifier: GPL-2.0-or-later
"""Request targets as clients write them."""

from __future__ import annotations

import pytest

from slurmrestd.http.target import split_target


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/slurm/v0.0.42/ping", "/slurm/v0.0.42/ping", ""),
        ("/a?b=c", "/a", "b=c"),
        ("/a?", "/a", ""),
        ("/a?b?c", "/a", "b?c"),
        ("/a#b?c", "/a", ""),
        ("http://host:80/a?b", "/a", "b"),
        ("http://ignored_with_unix_sockets/a", "/a", ""),
        ("http://host", "", ""),
        ("http://host?a", "", "a"),
        ("//a//b//", "//a//b//", ""),
        ("/a%2Fb", "/a%2Fb", ""),
        ("*", "*", ""),
    ],
)
def test_a_target_is_a_path_and_a_query(target: str, path: str, query: str) -> None:
    assert split_target(target) == (path, query)

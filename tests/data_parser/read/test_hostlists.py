# SPDX-License-Identifier: GPL-2.0-or-later
"""Host lists: what they say, and what they must not cost."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.read.hostlists import Hostlist, NoHostlist


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("n1", "n1"),
        ("n1,n2,n3", "n[1-3]"),
        ("n1 n2\tlogin\nn3", "n[1-2],login,n3"),
        ("n[3,1]", "n[3,1]"),
        ("n09,n10", "n[09-10]"),
        ("n9,n10", "n[9-10]"),
        ("n9,n010", "n[9,010]"),
        ("n[01-03]-ib", "n01-ib,n02-ib,n03-ib"),
        ("r[1-2]n[1-2]", "r1n[1-2],r2n[1-2]"),
        ("n[5-]", "n5"),
        ("123", "123"),
        ("n99999999999999999999", "n18446744073709551615"),
        (",, ,", ""),
    ],
)
def test_a_list_has_one_shortest_form(text: str, shortest: str) -> None:
    assert str(Hostlist(text)) == shortest


@pytest.mark.parametrize(
    "text", ["n[1", "n[5-1]", "n[a]", "n[]", "n[1-2x]", "n[--1]", "n[1-70000]", "n[1]m[2"]
)
def test_some_texts_are_no_lists(text: str) -> None:
    with pytest.raises(NoHostlist):
        Hostlist(text)


def test_hosts_are_counted() -> None:
    assert Hostlist().push("n[1-5],x") == 6


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("n[1-999999999]", 1),
        ("n[1-60000]m[1-60000]x[1-60000]", 1),
        ("a[x]b[1-60000]c[1-60000]d[1]", 1),
        ("n[1-65536]-ib,", 2),
        ("1,", 600_000),
        ("a,", 10_000_000),
        ("n1,", 10_000_000),
        ("a[1]", 10_000_000),
        ("[", 20_000_000),
    ],
)
def test_a_list_that_nobody_has_nodes_for_is_refused(text: str, count: int) -> None:
    with pytest.raises(NoHostlist):
        Hostlist(text * count)


def test_ranges_that_nobody_has_nodes_for_are_refused() -> None:
    with pytest.raises(NoHostlist):
        Hostlist("n[" + "1," * 600_000 + "1]")

# SPDX-License-Identifier: GPL-2.0-or-later
"""Host lists: what they say, and what they must not cost."""

from __future__ import annotations

import pytest

from slurmrestd.data_parser.read.hostlists import Hostlist, NoHostlist, TooLong
from slurmrestd.data_parser.types import HOSTLIST_STRING, NODES_CSV_STRING
from slurmrestd.slurm.numbers import ESLURM_REST_FAIL_PARSING
from tests.data_parser.read.helpers import PATH, member, read_field


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


def test_more_hosts_than_any_cluster_has_are_refused() -> None:
    with pytest.raises(TooLong):
        Hostlist("n[1-65536]," * 5)


@pytest.mark.parametrize(
    "text",
    [
        "n[0-9999][0-9999][0-9999]",
        "n[" + "1," * 70_000 + "1]",
        "[1-9]" * 100_000,
        "n[1-65536]," * 1000,
    ],
    ids=["thrice", "many ranges", "many brackets", "many lists"],
)
@pytest.mark.parametrize("in_list", [False, True])
def test_nothing_goes_to_the_controller_that_it_cannot_expand(text: str, in_list: bool) -> None:
    found = read_field(NODES_CSV_STRING, [text] if in_list else text)
    assert found.errno == ESLURM_REST_FAIL_PARSING
    assert found.errors == [(ESLURM_REST_FAIL_PARSING, PATH)]


@pytest.mark.parametrize("text", ["n[1-3],n5", "n[5-1]", "n[", "%s%n", ",,,"])
def test_whether_such_nodes_exist_is_for_the_controller_to_say(text: str) -> None:
    assert member(NODES_CSV_STRING, text) == text.encode()


def test_no_nodes_are_none() -> None:
    assert read_field(HOSTLIST_STRING, "\0n1").record == {}
    assert member(NODES_CSV_STRING, []) is None
    assert member(NODES_CSV_STRING, None) == b""

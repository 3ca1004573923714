# SPDX-License-Identifier: GPL-2.0-or-later
"""Host lists, of which libslurm may die."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd.slurm import hostlist
from tests.slurm import inside
from tests.slurm.conftest import Worker

NAMES = {
    "n1": ["n1"],
    "n[1-3,7],login": ["n1", "n2", "n3", "n7", "login"],
    "n[08-10]": ["n08", "n09", "n10"],
    " a , b\tc\n": ["a", "b", "c"],
    "r[1-2]n[1-2]": ["r1n1", "r1n2", "r2n1", "r2n2"],
    "n[1-2]-ib": ["n1-ib", "n2-ib"],
    "n[5-]": ["n5"],
    "": [],
}
REFUSED = {
    "backwards": "n[5-1]",
    "nothing": "n[]",
    "an empty range": "n[1,]",
    "letters": "n[a-b]",
    "no end": "n[1",
    "no beginning": "n1]",
    "nested": "n[[1]]",
    "too many ranges": f"n[{'1,' * hostlist.MAX_RANGES}1]",
    "too many hosts": "a[1-1000]b[1-1000]",
    "too long a number": f"n[{'1' * 40}]",
    "too long a name": "n" * 300,
    "a NUL": "a\0b",
    "too many bytes": "a," * (1 << 20),
}


@pytest.mark.parametrize("text", NAMES)
def test_it_counts_what_libslurm_makes(worker: Worker, text: str) -> None:
    assert hostlist.count(text) == len(NAMES[text])
    assert worker(inside.host_lists, [text]) == [repr(NAMES[text])]


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_before_libslurm_sees_it(what: str) -> None:
    with pytest.raises(hostlist.HostlistError):
        hostlist.count(REFUSED[what])


def test_names_are_put_together(worker: Worker) -> None:
    assert worker(inside.compressed, ["n3", "n1", "n2", "login"]) == "n[3,1-2],login"


@given(st.text(st.sampled_from("n0123456789[]-, \tx"), max_size=30))
def test_libslurm_survives_whatever_is_let_through(worker: Worker, text: str) -> None:
    """And it makes as many hosts as were counted."""
    try:
        expected = hostlist.count(text)
    except hostlist.HostlistError:
        return
    [made] = worker(inside.host_lists, [text])
    if isinstance(made, str):
        assert len(eval(made)) == expected

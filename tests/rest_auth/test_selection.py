# SPDX-License-Identifier: GPL-2.0-or-later
"""-a: which methods are asked, and in which order."""

from __future__ import annotations

import pytest

from slurmrestd.http.request import HeaderFields
from slurmrestd.rest_auth import Denied
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.rest_auth.selection import UnknownMethod, available, select

TOKEN = HeaderFields([(b"x-slurm-user-token", b"t")])
STRANGER = Peer("/run/slurmrestd.socket", 9, "", 4711, 4711, 1)
TCP = Peer(("127.0.0.1", 6820), 9, "127.0.0.1:40000")


def test_local_answers_first_on_a_unix_socket() -> None:
    """A stranger's token does not help there, as in the original."""
    with pytest.raises(Denied):
        select(None).authenticate(TOKEN, STRANGER)


def test_jwt_answers_on_tcp() -> None:
    assert select(None).authenticate(TOKEN, TCP).token == "t"


@pytest.mark.parametrize("names", ["jwt", "rest_auth/jwt", " jwt ", "jwt,", "jwt,local"])
def test_methods_are_asked_in_the_order_of_the_option(names: str) -> None:
    assert select(names).authenticate(TOKEN, STRANGER).token == "t"


def test_a_request_that_no_method_claims_is_denied() -> None:
    with pytest.raises(Denied):
        select("local").authenticate(TOKEN, TCP)


@pytest.mark.parametrize("names", ["foo", "rest_auth/foo", "", ","])
def test_a_method_that_does_not_exist_is_refused(names: str) -> None:
    with pytest.raises(UnknownMethod):
        select(names)


def test_the_list_names_them_in_full() -> None:
    assert available() == ["rest_auth/local", "rest_auth/jwt"]

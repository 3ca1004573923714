# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/local: who is let in over a unix socket."""

from __future__ import annotations

import os
import pwd

import pytest

from slurmrestd.http.request import HeaderFields
from slurmrestd.rest_auth import Denied
from slurmrestd.rest_auth.local import NOBODY, authenticate
from slurmrestd.rest_auth.peer import Peer

DAEMON = 12345
NO_HEADERS = HeaderFields([])
NAMED = HeaderFields([(b"x-slurm-user-name", b"joe")])


def peer(uid: int, gid: int = 100, pid: int = 1) -> Peer:
    return Peer("/run/slurmrestd.socket", 9, "", uid, gid, pid)


@pytest.fixture(autouse=True)
def _daemon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The daemon runs as a user of its own, named rest."""
    entry = pwd.struct_passwd(("rest", "x", DAEMON, DAEMON, "", "/", "/bin/false"))
    monkeypatch.setattr(os, "getuid", lambda: DAEMON)
    monkeypatch.setattr("slurmrestd.rest_auth.local._name_of", {DAEMON: entry.pw_name}.get)


def test_tcp_is_passed_on() -> None:
    assert authenticate(NAMED, Peer(("127.0.0.1", 1), 9, "127.0.0.1:2")) is None


def test_the_daemons_own_user_is_let_in_under_its_own_name() -> None:
    credential = authenticate(NAMED, peer(DAEMON))
    assert credential is not None
    assert (credential.user_name, credential.token) == ("rest", None)
    assert (credential.uid, credential.gid) == (DAEMON, 100)


def test_root_is_let_in_as_the_daemons_user() -> None:
    credential = authenticate(NO_HEADERS, peer(0))
    assert credential is not None
    assert credential.user_name == "rest"


def test_root_may_name_a_user() -> None:
    credential = authenticate(NAMED, peer(0))
    assert credential is not None
    assert credential.user_name == "joe"


@pytest.mark.parametrize(
    "stranger",
    [peer(4711), peer(NOBODY), peer(DAEMON, gid=NOBODY), peer(-1), peer(DAEMON, pid=0)],
)
def test_anybody_else_is_denied(stranger: Peer) -> None:
    with pytest.raises(Denied):
        authenticate(NO_HEADERS, stranger)


def test_a_daemon_whose_user_has_no_name_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("slurmrestd.rest_auth.local._name_of", {}.get)
    with pytest.raises(Denied):
        authenticate(NO_HEADERS, peer(DAEMON))

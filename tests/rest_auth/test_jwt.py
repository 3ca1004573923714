# SPDX-License-Identifier: GPL-2.0-or-later
"""rest_auth/jwt: which headers are a credential. Measured on slurmrestd 24.11.5."""

from __future__ import annotations

import pytest

from slurmrestd.http.request import HeaderFields
from slurmrestd.rest_auth import Credential, Denied
from slurmrestd.rest_auth.jwt import authenticate
from slurmrestd.rest_auth.peer import Peer

PEER = Peer(("127.0.0.1", 6820), 9, "127.0.0.1:40000")


def ask(**headers: str) -> Credential | None:
    fields = [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()]
    return authenticate(HeaderFields(fields), PEER)


def test_a_request_without_any_of_its_headers_is_passed_on() -> None:
    assert ask(accept="*/*") is None


@pytest.mark.parametrize(
    ("headers", "user_name", "token"),
    [
        ({"x_slurm_user_token": "t"}, None, "t"),
        ({"x_slurm_user_token": "t", "x_slurm_user_name": "joe"}, "joe", "t"),
        ({"x_slurm_user_token": "t", "x_slurm_user_name": ""}, "", "t"),
        ({"x_slurm_user_token": ""}, None, "none"),
        ({"authorization": "Bearer t"}, None, "t"),
        ({"authorization": "Bearer t", "x_slurm_user_name": "joe"}, "joe", "t"),
        ({"authorization": "Bearer  t"}, None, " t"),
    ],
)
def test_a_token_is_handed_on(headers: dict[str, str], user_name: str | None, token: str) -> None:
    credential = ask(**headers)
    assert credential == Credential(user_name, token, None, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"x_slurm_user_name": "joe"},
        {"x_slurm_user_token": "t", "authorization": "Bearer t"},
        {"authorization": "bearer t"},
        {"authorization": "Bearert"},
        {"authorization": "Bearer "},
        {"authorization": "Basic t"},
    ],
)
def test_anything_else_is_denied(headers: dict[str, str]) -> None:
    with pytest.raises(Denied):
        ask(**headers)


def test_the_first_of_two_tokens_counts() -> None:
    fields = [(b"x-slurm-user-token", b"first"), (b"x-slurm-user-token", b"second")]
    credential = authenticate(HeaderFields(fields), PEER)
    assert credential is not None
    assert credential.token == "first"


def test_a_token_is_not_shown_by_accident() -> None:
    assert "secret" not in repr(ask(x_slurm_user_token="secret"))


def test_a_denial_does_not_repeat_the_token() -> None:
    with pytest.raises(Denied) as denied:
        ask(authorization="Basic secret")
    assert "secret" not in str(denied.value)

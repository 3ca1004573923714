# SPDX-License-Identifier: GPL-2.0-or-later
"""The order of the checks: of several faults, the original's first one is named."""

from __future__ import annotations

import pytest

from slurmrestd.http import refusals
from slurmrestd.http.admission import admit, read_query
from slurmrestd.http.refusals import Refusal, Refused
from slurmrestd.http.request import HeaderFields, Request
from slurmrestd.openapi.routes import BadPath
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.rest_auth.selection import select

PEER = Peer(("127.0.0.1", 6820), 9, "127.0.0.1:40000")
TOKEN = {"x-slurm-user-token": "t"}
JSON = {"content-type": "application/json"}


class Routes:
    def match(self, method: str, path: str) -> str | None:
        if path == "/bad":
            raise BadPath(path)
        return "operation" if (method, path) == ("GET", "/there") else None


def request(
    path: str = "/there",
    headers: dict[str, str] = TOKEN,
    query: bytes = b"",
    body: bytes = b"",
) -> Request:
    fields = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request("GET", path, query=query, headers=HeaderFields(fields), body=body, peer=PEER)


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (request("/bad", {}), refusals.UNAUTHENTICATED),
        (request("/bad", TOKEN | {"accept": "x"}), refusals.BAD_PATH),
        (request("/nothing", TOKEN | {"accept": "x"}), refusals.NOT_FOUND),
        (
            request(headers=TOKEN | {"accept": "x"}, query=b"a", body=b"a"),
            refusals.NOT_ACCEPTABLE,
        ),
        (request(query=b"=", body=b"{"), refusals.BODY_AND_QUERY),
    ],
)
def test_the_first_fault_is_the_one_that_is_named(found: Request, refusal: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        admit(found, select("jwt"), Routes())
    assert refused.value.refusal == refusal


def test_a_request_without_fault_is_admitted() -> None:
    admitted = admit(request(), select("jwt"), Routes())
    assert (admitted.match, admitted.media_type) == ("operation", "application/json")
    assert admitted.credential.token == "t"


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (request(query=b"a=b"), {"a": "b"}),
        (request(), {}),
        (request(headers=JSON, query=b"a=b"), {"a": "b"}),
        (request(headers=JSON, body=b'{"a":1}'), {"a": 1}),
        (request(body=b"a=b"), {"a": "b"}),
        (request(headers={"content-type": ""}, body=b"a=b"), {"a": "b"}),
    ],
)
def test_the_body_is_read_by_its_type_and_else_the_query(found: Request, value: object) -> None:
    assert read_query(found) == value


@pytest.mark.parametrize(
    "found",
    [
        request(query=b"a=b:c"),
        request(headers=JSON, body=b"{"),
        request(headers={"content-type": "text/xml"}, body=b"<a/>"),
        request(body=b"{}"),
    ],
)
def test_what_cannot_be_read_is_refused(found: Request) -> None:
    with pytest.raises(Refused) as refused:
        read_query(found)
    assert refused.value.refusal == refusals.BAD_QUERY

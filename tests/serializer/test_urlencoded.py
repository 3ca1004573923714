# SPDX-License-Identifier: GPL-2.0-or-later
"""Form data and URL queries, as slurmrestd 24.11.5 reads them."""

from __future__ import annotations

import pytest

from slurmrestd import serializer
from slurmrestd.serializer import Unreadable
from slurmrestd.serializer.urlencoded import MAX_BYTES


def read(body: bytes) -> object:
    return serializer.read(body, "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"", {}),
        (b"a=b", {"a": "b"}),
        (b"a=b&c=d;e=f", {"a": "b", "c": "d", "e": "f"}),
        (b"flag", {"flag": True}),
        (b"flag&a=b", {"flag": True, "a": "b"}),
        (b"a=", {"a": None}),
        (b"a=&b", {"a": None, "b": True}),
        (b"a==b", {"a": "b"}),
        (b"&&a=b&", {"a": "b"}),
        (b"a=1&a=2&a", {"a": ["1", "2", True]}),
        (b"a=b+c%20d%2Ce", {"a": "b c d,e"}),
        (b"a=%C3%A9", {"a": "é"}),
        (b"a=%fe", {"a": "\udcfe"}),
        (b"a=b\0&c=d", {"a": "b"}),
    ],
)
def test_a_query_is_read(body: bytes, value: object) -> None:
    assert read(body) == value


@pytest.mark.parametrize(
    "body",
    [b"=a", b"a=b=c", b"a=b:c", b"a=b/c", b"a=b,c", b"a=%", b"a=%zz", b"a=%00", b"a=%ff",
     b"a=\xc3\xa9", b"a=[1]", b'{"a":1}', b"a=b c"],
)  # fmt: skip
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@pytest.mark.parametrize(
    "media_type", ["text/xml", "application/json; charset=utf-8", "text/x-yaml", ""]
)
def test_an_unknown_media_type_is_refused(media_type: str) -> None:
    """A parameter makes a type unknown, as in the original."""
    with pytest.raises(Unreadable):
        serializer.read(b"{}", media_type)


def test_a_media_type_has_no_case() -> None:
    assert serializer.read(b"{}", "Application/JSON") == {}


@pytest.mark.parametrize("piece", [b"a", b"%41", b"a&", b"&", b"a=1&"])
def test_form_data_has_a_bounded_length(piece: bytes) -> None:
    read(piece * (MAX_BYTES // len(piece)))
    with pytest.raises(Unreadable):
        read(piece * (MAX_BYTES // len(piece) + 1))

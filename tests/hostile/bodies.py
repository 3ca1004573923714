# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies that are no jobs: wrong shapes, wrong bytes, wrong depth."""

from __future__ import annotations

from tests.hostile.horror import PLAIN, Horror, job, text

_SCRIPT = '"script":"#!/bin/sh\\n"'


def _comment(raw: bytes) -> bytes:
    """A plain job with bytes in a text."""
    return b'{"job":' + text(PLAIN)[:-1] + b',"comment":"' + raw + b'"}}'


def _beside(raw: bytes) -> bytes:
    """A plain job and other members beside it."""
    return b'{"job":' + text(PLAIN) + b"," + raw + b"}"


SHAPES = (
    Horror("nothing", 422),
    Horror("blanks", 400, b"  \r\n"),
    Horror("null", 400, b"null"),
    Horror("true", 400, b"true"),
    Horror("0", 400, b"0"),
    Horror("NaN", 400, b"NaN"),
    Horror("a text", 500, b'"x"'),
    Horror("an empty list", 500, b"[]"),
    Horror("an empty object", 422, b"{}"),
    Horror("null for a job", 500, b'{"job":null}'),
    Horror("a list for a job", 500, b'{"job":[]}'),
    Horror("a text for a job", 500, b'{"job":"x"}'),
    Horror("a list with a job for a job", 500, b'{"job":[{}]}'),
    Horror("an empty job", 422, b'{"job":{}}'),
    Horror("an object for jobs", 500, b'{"jobs":{}}'),
    Horror("null among jobs", 500, b'{"jobs":[null]}'),
    Horror("a list among jobs", 500, b'{"jobs":[[]]}'),
    Horror("an empty job among jobs", 500, b'{"jobs":[{}]}'),
    Horror("a script alone", 422, f"{{{_SCRIPT}}}".encode()),
    Horror("an object for a script", 400, b'{"script":{}}', original=200),
    Horror("job and jobs", 422, f'{{{_SCRIPT},"job":{{}},"jobs":[{{}}]}}'.encode()),
    Horror("a job twice, the first a number", 200, b'{"job":1,"job":' + text(PLAIN) + b"}"),
    Horror("a job twice, the second a number", 500, _beside(b'"job":1')),
    Horror("unfinished", 400, job()[:-1]),
    Horror("two bodies", 200, job() + job()),
    Horror("more behind it", 200, job() + b"}}]\0\xff"),
    Horror("every byte", 400, bytes(range(256)) * 4),
    Horror("UTF-16", 400, job().decode().encode("utf-16")),
    Horror("a byte order mark", 400, b"\xef\xbb\xbf" + job()),
    Horror("names of Python", 200, job(__class__="x", __init__={}, self=1, __dict__=[])),
    Horror("keys of nothing", 200, _beside(b'"":1,"/":2,"#":3,"a//b":{"/":{"":4}}')),
    Horror("unknown fields, deep", 200, job(nope={"a": {"b": [1, {"c": None}]}})),
)

TEXTS = (
    Horror("zero", 400, _comment(b"a\0b")),
    Horror("zero in a key", 400, _beside(b'"a\0b":1')),
    Horror("escaped zero", 200, _comment(b"a\\u0000b")),
    Horror("escaped zero in a key", 200, _beside(b'"jo\\u0000b":1')),
    Horror("escaped zero after the key job", 500, _beside(b'"job\\u0000x":1')),
    Horror("no UTF-8", 200, _comment(b"a\xff\xfe\xc3(b")),
    Horror("no UTF-8 in a key", 200, _beside(b'"\xff":1')),
    Horror("longer than it needs to be", 200, _comment(b"\xc0\xaf\xe0\x80\xaf")),
    Horror("beyond Unicode", 200, _comment(b"\xf4\x90\x80\x80")),
    Horror("a surrogate's bytes", 200, _comment(b"\xed\xa0\x80")),
    Horror("a high surrogate alone", 200, _comment(b"\\ud800")),
    Horror("a low surrogate alone", 200, _comment(b"\\udc80")),
    Horror("surrogates in the wrong order", 200, _comment(b"\\udc80\\ud800")),
    Horror("a surrogate for a key", 200, _beside(b'"\\ud800":1')),
    Horror("control characters", 200, _comment(bytes(range(1, 32)))),
    Horror("half an escape", 400, _comment(b"\\u00")),
    Horror("an unknown escape", 400, _comment(b"\\x00")),
    Horror("formats", 200, _comment(b"%s%n%d{}{0.__class__}$(id)`id`")),
)


def _nested(depth: int) -> tuple[Horror, ...]:
    arrays, objects = b"[" * depth, b'{"a":' * depth
    return (
        Horror(f"{depth} arrays", 400, arrays + b"]" * depth),
        Horror(f"{depth} objects", 400, objects + b"1" + b"}" * depth),
        Horror(f"{depth} arrays without an end", 400, arrays),
        Horror(f"{depth} objects without an end", 400, objects),
        Horror(f"{depth} arrays in a job", 400, b'{"job":{"x":' + arrays + b"]" * depth + b"}}"),
        Horror(f"{depth} arrays behind a comment", 400, b"//\n" + arrays + b"]" * depth),
        Horror(f"{depth} objects behind a comment", 400, b"//\n" + objects),
    )


DEPTHS = (
    Horror("32 arrays", 500, b"[" * 32 + b"]" * 32),
    Horror("33 arrays", 400, b"[" * 33 + b"]" * 33),
    Horror("31 objects", 422, b'{"a":' * 31 + b"1" + b"}" * 31),
    Horror("32 objects", 400, b'{"a":' * 32 + b"1" + b"}" * 32),
    *_nested(10_000),
    *_nested(1_000_000),
)

TYPES = (
    *(
        Horror(f"sent as {name}", status, job(), content_type=name)
        for name, status in {
            "application/xml": 400,
            "text/plain": 400,
            "application/json; charset=utf-16": 400,
            "application/json,application/json": 400,
            "application/x-www-form-urlencoded": 400,
            "multipart/form-data; boundary=x": 400,
            "x" * 5000: 400,
            "\udcff": 400,
        }.items()
    ),
    Horror("sent as nothing", 400, job(), content_type=None),
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies of 40 MB, and what costs as much."""

from __future__ import annotations

from tests.hostile.horror import Horror, job, text

MILLION = 1_000_000
LARGE = 40 * MILLION
FORM = "application/x-www-form-urlencoded"


def _array(item: bytes) -> bytes:
    return b"[" + item * (LARGE // len(item)) + b"0]"


BODIES = (
    Horror("one text", 500, lambda: job(comment="x" * LARGE)),
    Horror("a million fields of a job", 400, lambda: job(**_fields())),
    Horror("a million fields", 400, lambda: text(_fields())),
    Horror("a million entries", 200, lambda: job(environment=[f"A{n}=" for n in range(MILLION)])),
    Horror("five million entries", 400, lambda: job(argv=["1234"] * 5 * MILLION)),
    Horror("a million flags", 500, lambda: job(flags=[f"NOPE-{n}" for n in range(MILLION)])),
    Horror("six million known flags", 400, lambda: job(mail_type=["ALL"] * 6 * MILLION)),
    Horror("a million nodes", 400, lambda: job(required_nodes=[f"n{n}" for n in range(MILLION)])),
    Horror("arrays", 400, lambda: _array(b"[],")),
    Horror("objects", 400, lambda: _array(b'{"":0},')),
    Horror("zeros", 500, lambda: _array(b"0,")),
    Horror("zeros behind a comment", 400, lambda: b"//\n" + _array(b"0,")),
    Horror("zeros and one long number", 400, lambda: _array(b"0,")[:-2] + b"9" * 30 + b"]"),
    Horror("digits", 500, lambda: _array(b"9")),
    Horror("a fraction", 500, lambda: b"[0." + b"9" * LARGE + b"]"),
    Horror("an exponent", 500, lambda: b"[1e" + b"9" * LARGE + b"]"),
    Horror("almost long numbers", 500, lambda: _array(b'"123456789012345678a",')),
    Horror("blanks", 422, lambda: b" " * LARGE + b"{}"),
    Horror("comments", 422, lambda: b"//\n" * (LARGE // 3) + b"{}"),
    Horror("comments without an end", 400, lambda: b"/*" * (LARGE // 2)),
    Horror("quotes", 500, lambda: b'"' * LARGE),
    Horror("escapes", 422, lambda: b'{"a":"' + b"\\\\" * (LARGE // 2) + b'"}'),
    Horror("escapes behind a comment", 400, lambda: b'//\n{"a":"' + b"\\n" * (LARGE // 2)),
    Horror("no UTF-8", 422, lambda: b'{"a":"' + b"\xff" * LARGE + b'"}'),
    Horror("components", 400, lambda: b'{"jobs":' + b"[" + b"{}," * 600_000 + b"{}]}"),
    Horror("more than 50 MB", 413, lambda: b" " * (50 << 20) + b"{}"),
    Horror("form data", 400, lambda: b"a=" + b"x" * LARGE, content_type=FORM),
    Horror("escaped form data", 400, lambda: b"a=" + b"%41" * 13 * MILLION, content_type=FORM),
    Horror("a form's fields", 400, lambda: b"a&" * 20 * MILLION, content_type=FORM),
    Horror(
        "jobs to signal", 400, lambda: text({"jobs": ["9"] * 9 * MILLION}), None, "DELETE", "jobs"
    ),
)


def _fields() -> dict[str, str]:
    return {f"{number:020d}": "x" * 12 for number in range(MILLION)}

# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies of YAML: bombs, knots, and what is long."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.horror import PLAIN, Horror, Statuses
from tests.hostile.large import LARGE, MILLION
from tests.hostile.target import CANARY

TYPE = "application/yaml"
_JOB = "job: {script: '#!/bin/sh', hold: true, current_working_directory: /tmp, "
_JOB += f"environment: [A=b], comment: {CANARY}"
assert set(PLAIN) == {"script", "hold", "current_working_directory", "environment", "comment"}


def _yaml(
    name: str,
    status: Statuses,
    body: str | bytes | Callable[[], bytes],
    original: Statuses | None = None,
) -> Horror:
    made = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return Horror(f"YAML: {name}", status, made, original, content_type=TYPE)


def _job(more: str) -> str:
    """A plain job, and something in it."""
    return f"{_JOB}, {more}}}"


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join([*lines, _job("nice: 1")])


BODIES = (
    _yaml("a job", 200, _job("nice: 1")),
    _yaml("nothing but a comment", 500, f"# {CANARY}"),
    _yaml("a text", 500, CANARY),
    _yaml("a list", 500, "[]"),
    _yaml("an empty object", 422, "{}"),
    _yaml("a tagged null", 500, "!!null null"),
    _yaml("a tagged number", 500, "!!int 5"),
    _yaml("an unfinished one", 400, "{"),
    _yaml("a job, and an unfinished document", 200, _job("nice: 1") + "\n--- {"),
    _yaml("laughs", 400, _bomb()),
    _yaml("a knot", 400, f"a: &a [*a]\n{_job('nice: 1')}"),
    _yaml("an alias of nothing", 400, "job: *nothing"),
    _yaml("an anchor of nobody", 200, _job("name: &a x")),
    _yaml("a merge key", 200, _job("<<: {nice: 5}")),
    _yaml("a number that is none", 400, _job("nice: !!int x")),
    _yaml("a number of many digits", 200, _job("nope: !!int " + "9" * 5000)),
    _yaml("a number of many zeros", 200, _job("nope: !!int " + "0" * 5000)),
    _yaml("a float of many digits", 200, _job("nope: !!float 0." + "9" * 5000)),
    _yaml("a python object", 200, _job("nope: !!python/object/apply:os.system ['exit 1']")),
    _yaml("a python name", 200, _job("name: !!python/name:os.system x")),
    _yaml("a private tag", 200, _job("name: !secret x")),
    _yaml("an unknown handle", 400, _job("name: !x!y z")),
    _yaml("a set", 200, _job("nope: !!set {a, b}")),
    _yaml("binary", 200, _job("name: !!binary aGk=")),
    _yaml("a date", 200, _job("nope: 2001-12-14t21:59:43.10-05:00")),
    _yaml("a key that is a list", 400, "[a, b]: c", 500),
    _yaml("a key that is an object", 400, "{{a: b}: c}", 422),
    _yaml("32 levels", 422, "{a: " * 31 + "[]" + "}" * 31),
    _yaml("33 levels", 400, "{a: " * 32 + "[]" + "}" * 32),
    _yaml("a thousand levels", 400, "[" * 1000),
    _yaml("zero", 400, _job("name: a\0b")),
    _yaml("escaped zero", 200, _job('name: "a\\0b"')),
    _yaml("a zero behind it", 200, _job("nice: 1") + "\0{"),
    _yaml("a control character", 400, _job("name: a\x01b")),
    _yaml("an escaped control character", 200, _job('name: "a\\x01\\eb"')),
    _yaml("no UTF-8", 400, _job("name: x").encode() + b"\xff"),
    _yaml("a surrogate", 400, _job("name: \ud800")),
    _yaml("an escaped surrogate", 400, _job('name: "\\ud800"')),
    _yaml("UTF-16", 400, _job("nice: 1").encode("utf-16"), 400),
    _yaml("a byte order mark", 200, "\ufeff" + _job("nice: 1")),
    _yaml("a byte order mark within", 200, _job("name: \ufeffx")),
    _yaml("every byte", 400, bytes(range(1, 256))),
    _yaml("two directives", 400, f"%YAML 1.1\n%YAML 1.1\n---\n{_job('nice: 1')}"),
    _yaml("another version", 400, f"%YAML 2.0\n---\n{_job('nice: 1')}"),
    _yaml("names of Python", 200, _job("__class__: x, self: 1, __init__: {}")),
)

LARGE_BODIES = (
    _yaml("dashes", 400, lambda: b"- " * (LARGE // 2)),
    _yaml("brackets", 400, lambda: b"[" * LARGE),
    _yaml("braces", 400, lambda: b"{" * LARGE),
    _yaml("empty lists", 400, lambda: b"[" + b"[]," * (LARGE // 3)),
    _yaml("empty objects", 400, lambda: b"- {}\n" * (LARGE // 5)),
    _yaml("keys", 400, lambda: b"".join(b"a%08d:\n" % n for n in range(4 * MILLION))),
    _yaml("the same key", 400, lambda: b"a: b\n" * (LARGE // 5)),
    _yaml("question marks", 400, lambda: b"? " * (LARGE // 2)),
    _yaml("anchors", 400, lambda: b"- &a x\n" * (LARGE // 7)),
    _yaml("aliases", 400, lambda: b"- &a x\n" + b"- *a\n" * (LARGE // 5)),
    _yaml("one text", 500, lambda: b"x" * LARGE),
    _yaml("one quoted text", 500, lambda: b"'" + b"x" * LARGE + b"'"),
    _yaml("lines of a quoted text", 500, lambda: b"'" + b"x\n" * (LARGE // 2) + b"'"),
    _yaml("escapes", 500, lambda: b'"' + b"\\u0041" * (LARGE // 6) + b'"'),
    _yaml("a block", 500, lambda: b"|\n" + b" x\n" * (LARGE // 3)),
    _yaml("a folded block", 500, lambda: b">\n" + b" x\n" * (LARGE // 3)),
    _yaml("comments", 500, lambda: b"#\n" * (LARGE // 2)),
    _yaml("blanks", 500, lambda: b" " * LARGE),
    _yaml("line breaks", 500, lambda: b"\n" * LARGE),
    _yaml("documents", 500, lambda: b"---\n" * (LARGE // 4)),
    _yaml("a tag", 500, lambda: b"!" + b"a" * LARGE),
    _yaml("tags", 400, lambda: b"%TAG !a! b\n" * (LARGE // 11)),
    _yaml("an anchor", 500, lambda: b"&" + b"a" * LARGE + b" x"),
)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies of job/submit as a whole: broken, odd, heterogeneous, and from users without rights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case
from tests.conformance.cases.job_fields import BASE, OPERATION, SCRIPT, body

_GOOD = json.dumps(body({})).encode()
_TEXT = b'{"script": "#!/bin/sh\\n", "job": {"hold": true, "current_working_directory": "/tmp",'
_TEXT += b' "environment": ["A=b"], "comment": %s}}'

BROKEN: dict[str, bytes] = {
    "empty": b"",
    "spaces": b"   \n",
    "open object": b"{",
    "open text": b'{"job": "',
    "open list": b'{"jobs": [',
    "no value": b'{"job":}',
    "no colon": b'{"job"}',
    "trailing comma": b'{"job": {},}',
    "single quotes": b"{'job': {}}",
    "unquoted key": b"{job: {}}",
    "comment": b'/* comment */ {"job": {}}',
    "nonsense": b"nonsense",
    "two documents": b"{} {}",
    "text after it": b'{"job": {}} more',
    "byte order mark": b"\xef\xbb\xbf" + _GOOD,
    "UTF-16": _GOOD.decode().encode("utf-16"),
    "closing first": b"}",
    "bracket for brace": b'{"job": {]}',
    "control character in a text": _TEXT % b'"a\x01b"',
    "newline in a text": _TEXT % b'"a\nb"',
    "NUL in a text": _TEXT % b'"a\x00b"',
    "NUL after it": _GOOD + b"\0",
    "escaped NUL": _TEXT % b'"a\\u0000b"',
    "bad escape": _TEXT % b'"\\q"',
    "half an escape": _TEXT % b'"\\u12"',
    "half a surrogate pair": _TEXT % b'"\\ud800"',
    "surrogate pair": _TEXT % b'"\\ud83d\\ude00"',
    "invalid UTF-8": _TEXT % b'"a\xff\xfeb"',
    "half a character": _TEXT % b'"\xe2\x82"',
    "overlong character": _TEXT % b'"\xc0\x80"',
    "leading zero": _TEXT % b"012",
    "hexadecimal": _TEXT % b"0x12",
    "NaN": _TEXT % b"NaN",
    "Infinity": _TEXT % b"Infinity",
    "minus Infinity": _TEXT % b"-Infinity",
    "True": _TEXT % b"True",
    "long number": _TEXT % (b"1" * 400),
    "long fraction": _TEXT % (b"0." + b"1" * 400),
    "dot": _TEXT % b"1.",
    "leading dot": _TEXT % b".5",
    "plus sign": _TEXT % b"+5",
    "minus sign": _TEXT % b"-",
    "key twice": _TEXT % b'"a", "comment": "b"',
    "nested 20 deep": _TEXT % (b"[" * 20 + b"]" * 20),
    "nested 5000 deep": _TEXT % (b"[" * 5000 + b"]" * 5000),
    "escaped key": _GOOD.replace(b'"job"', b'"\\u006aob"'),
}

DOCUMENTS: dict[str, Any] = {
    "empty object": {},
    "empty list": [],
    "list": [body({})],
    "text": "text",
    "empty text": "",
    "number": 1,
    "null": None,
    "true": True,
    "unknown field": {"nope": 1},
    "only a script": {"script": SCRIPT},
    "only a job": {"job": BASE},
    "only jobs": {"jobs": [BASE]},
    "script in the job": {"job": BASE | {"script": SCRIPT}},
    "both scripts": body({"script": "#!/bin/sh\nexit 1\n"}),
    "empty script": {"script": "", "job": BASE},
    "empty script in the job": {"job": BASE | {"script": ""}},
    "number for a script": {"script": 1, "job": BASE},
    "list for a script": {"script": ["#!/bin/sh"], "job": BASE},
    "null for a script": {"script": None, "job": BASE},
    "script without an interpreter": {"script": "true\n", "job": BASE},
    "script with carriage returns": {"script": "#!/bin/sh\r\ntrue\r\n", "job": BASE},
    "script with a NUL": {"script": "#!/bin/sh\n\0true\n", "job": BASE},
    "script with UTF-8": {"script": "#!/bin/sh\n# \u00e4\u20ac\U0001f600\n", "job": BASE},
    "large script": {"script": SCRIPT + "#" * 1_000_000, "job": BASE},
    "script too large": {"script": SCRIPT + "#" * 5_000_000, "job": BASE},
    "null for a job": {"script": SCRIPT, "job": None},
    "text for a job": {"script": SCRIPT, "job": "text"},
    "list for a job": {"script": SCRIPT, "job": [BASE]},
    "number for a job": {"script": SCRIPT, "job": 1},
    "empty job": {"script": SCRIPT, "job": {}},
    "job and jobs": {"script": SCRIPT, "job": BASE, "jobs": [BASE]},
    "null for jobs": {"script": SCRIPT, "jobs": None},
    "no jobs": {"script": SCRIPT, "jobs": []},
    "object for jobs": {"script": SCRIPT, "jobs": {}},
    "text for jobs": {"script": SCRIPT, "jobs": "text"},
    "null among jobs": {"script": SCRIPT, "jobs": [BASE, None]},
    "number among jobs": {"script": SCRIPT, "jobs": [1, BASE]},
    "empty job among jobs": {"script": SCRIPT, "jobs": [{}, {}]},
    "unknown field beside the job": body({}, nope=1),
    "unknown fields everywhere": body({"nope": 1, "neither": {}}, nope=[1]),
    "unknown field with a slash": body({"a/b~c": 1}),
    "unknown field with quotes": body({'a"b\\c': 1, "\u00e4": 2, "\x01": 3, "a b": 4}),
    "two errors": body({"nice": "text", "time_limit": "text"}),
    "error and unknown field": body({"nope": 1, "nice": "text"}),
    "errors in lists": body({"flags": ["NOPE", "SPREAD_JOB", "NEITHER"], "mail_type": ["NOPE"]}),
    "error deep inside": body({"rlimits": {"cpu": {"set": True, "number": "text"}}}),
    "unknown field deep inside": body({"rlimits": {"nope": 1, "cpu": {"nope": 2}}}),
    "upper case": {"SCRIPT": SCRIPT, "JOB": BASE},
    "thousand unknown fields": body({f"nope{number}": number for number in range(1000)}),
}

HETEROGENEOUS: dict[str, list[Any]] = {
    "one component": [BASE],
    "two components": [BASE, BASE | {"name": "second", "tasks": 2}],
    "three components": [BASE, BASE, BASE | {"partition": "gpu"}],
    "scripts of their own": [BASE | {"script": SCRIPT}, BASE | {"script": "#!/bin/sh\nexit 1\n"}],
    "error in the second": [BASE, BASE | {"nice": "text"}],
    "unknown field in the second": [BASE, BASE | {"nope": 1}],
    "wrong partition in the second": [BASE, BASE | {"partition": "nope"}],
    "array": [BASE | {"array": "1-2"}, BASE],
    "no environment in the second": [BASE, {"hold": True, "current_working_directory": "/tmp"}],
    "hetjob_group": [BASE | {"hetjob_group": 0}, BASE | {"hetjob_group": 1}],
    "rlimits": [BASE | {"rlimits": {"core": 0}}, BASE],
    "plane": [BASE | {"distribution": "plane=2"}, BASE | {"distribution": "cyclic"}],
    "memories": [BASE | {"memory_per_cpu": 100}, BASE | {"memory_per_node": 200}],
    "not held": [BASE | {"hold": False, "begin_time": 4102444800}] * 2,
}

PEOPLE: dict[str, tuple[str, dict[str, Any]]] = {
    "stranger": ("mallory", {}),
    "account of others": ("bob", {"account": "physics"}),
    "as another user": ("bob", {"user_id": "alice"}),
    "as root": ("bob", {"user_id": 0}),
    "administrator as another user": ("admin", {"user_id": "alice", "group_id": "20004"}),
    "root": ("root", {}),
    "root as another user": ("root", {"user_id": "alice"}),
    "job id of an administrator": ("admin", {"job_id": 888888}),
    "priority of an administrator": ("admin", {"priority": 5}),
    "negative nice of an administrator": ("admin", {"nice": -100}),
    "reservation of others": ("carol", {"reservation": "solver"}),
    "user with limits": ("erin", {}),
    "unknown user": ("bob", {"user_id": "nobodyknows"}),
    "service": ("slurmrestd", {}),
}


def _cases() -> Iterator[Case]:
    for name, data in BROKEN.items():
        yield Case(OPERATION, f"broken: {name}", "job/submit", body=data)
    for name, document in DOCUMENTS.items():
        yield Case(OPERATION, f"document: {name}", "job/submit", body=document)
    for name, jobs in HETEROGENEOUS.items():
        request = {"script": SCRIPT, "jobs": jobs}
        if "scripts" in name:
            del request["script"]
        yield Case(OPERATION, f"heterogeneous: {name}", "job/submit", body=request)
    for name, (user, fields) in PEOPLE.items():
        yield Case(OPERATION, f"user: {name}", "job/submit", body=body(fields), user=user)
    for spelling in ("job/submit/", "//job//submit//", "job/submi%74"):
        yield Case(OPERATION, f"path: {spelling}", spelling, body=body({}))
    for query in ("", "nope=1", "job=1", "=1"):
        yield Case(OPERATION, f"query: {query}", "job/submit", query, body=body({}))
    yield Case(OPERATION, "no body", "job/submit")
    yield Case(OPERATION, "no body but a query", "job/submit", "script=x")


CASES = tuple(_cases())

# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML: answers of every kind of operation, and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case, Headers
from tests.conformance.cases.job_fields import OPERATION, SCRIPT, body
from tests.conformance.cases.refusals import READS, TEMPLATES
from tests.encoder.reference import document

ACCEPT = {"Accept": "application/yaml"}
TYPE = {"Content-Type": "application/yaml"}

BODIES: dict[str, str] = {
    "flow": "{job: {script: '#!/bin/sh', hold: true, current_working_directory: /tmp,"
    " environment: [A=b]}}",
    "blocks": "job:\n  script: |\n    #!/bin/sh\n    sleep 1\n  hold: true\n"
    "  current_working_directory: /tmp\n  environment:\n  - A=b\n  - 'C=d e'\n",
    "texts for numbers": "job: {script: '#!/bin/sh', hold: 'yes', nice: '5', time_limit: 7,"
    " current_working_directory: /tmp, environment: [A=b], tasks: 0x2}",
    "tags": "job: {script: '#!/bin/sh', hold: !!bool yes, nice: !!int 5, name: !!str 1,"
    " time_limit: !!map {set: !!bool true, number: !!int 7}, comment: !!null null,"
    " current_working_directory: /tmp, environment: !!seq [A=b]}",
    "JSON": '{"job": {"script": "#!/bin/sh", "hold": true, "nice": 5,'
    ' "current_working_directory": "/tmp", "environment": ["A=b"]}}',
    "not ASCII": "job: {script: '#!/bin/sh', hold: true, comment: \"ä \\u65e5 \\U0001F600\","
    " current_working_directory: /tmp, environment: [A=b]}",
    "folded": "job:\n  script: '#!/bin/sh'\n  hold: true\n  comment: >\n    one\n    two\n\n"
    "    three\n  current_working_directory: /tmp\n  environment: [A=b]\n",
    "a key twice": "job: {}\njob: {script: '#!/bin/sh', hold: true,"
    " current_working_directory: /tmp, environment: [A=b]}",
    "two documents": "job: {script: '#!/bin/sh', hold: true, environment: [A=b],"
    " current_working_directory: /tmp}\n---\n}",
    "anchors": "job: &a {script: '#!/bin/sh', hold: true, environment: &b [A=b],"
    " current_working_directory: /tmp}",
    "alias": "a: &a {}\njob: *a",
    "merge key": "job: {<<: {script: '#!/bin/sh'}}",
    "directives": "%YAML 1.1\n%TAG !s! tag:yaml.org,2002:\n---\njob: {script: !s!str '#!/bin/sh',"
    " hold: !s!bool t, current_working_directory: /tmp, environment: [A=b]}",
    "a number that is none": "job: {nice: !!int x}",
    "a boolean of any text": "job: {script: '#!/bin/sh', hold: !!bool whatever,"
    " current_working_directory: /tmp, environment: [A=b]}",
    "unknown fields": "job: {nope: 1, script: '#!/bin/sh'}\nneither: []",
    "empty job": "job:",
    "a list": "- 1",
    "a text": "x",
    "null": "null",
    "tagged null": "!!null null",
    "only a comment": "# nothing",
    "empty document": "---",
    "broken": "{",
    "tab": "job:\n\t- x",
    "NUL": "job: {}\0}",
    "32 levels": "{a: " * 31 + "{}" + "}" * 31,
    "33 levels": "{a: " * 32 + "{}" + "}" * 32,
    "byte order mark": "\ufeffjob: {}",
}
BYTES: dict[str, bytes] = {
    "invalid UTF-8": b"job: {comment: 'a\xffb'}",
    "UTF-16": "\ufeffjob: {}".encode("utf-16-le"),
}
TYPES = ("application/x-yaml", "text/yaml", "APPLICATION/YAML", "text/x-yaml", "application/yaml;")

ACCOUNTING = {
    "slurmdb/accounts": "slurmdb/accounts",
    "slurmdb/account/physics": "slurmdb/account/{account_name}",
    "slurmdb/association": "slurmdb/association",
    "slurmdb/associations": "slurmdb/associations",
    "slurmdb/jobs": "slurmdb/jobs",
    "slurmdb/job/<completed-steps>": "slurmdb/job/{job_id}",
    "slurmdb/qos": "slurmdb/qos",
    "slurmdb/qos/high": "slurmdb/qos/{qos}",
    "slurmdb/tres": "slurmdb/tres",
    "slurmdb/user/alice": "slurmdb/user/{name}",
    "slurmdb/users": "slurmdb/users",
    "slurmdb/wckeys": "slurmdb/wckeys",
}

COMMENTS = {
    "quotes": 'it\'s "quoted"',
    "long": "many words " * 20 + "to fold",
    "long and quoted": ": many words " * 20 + "to fold",
    "lines": "one\ntwo\n\nthree\n",
    "controls": "tab\t bell\a escape\x1b",
    "not ASCII": "ä \u65e5\u672c \U0001f600 \u2028 " * 8,
    "blanks": "  before and after  ",
    "looks like a number": "0x10",
    "looks like null": "null",
    "document marker": "--- x",
    "indicator": "- x",
    "comment sign": "a #b",
    "colon": "a: b",
    "tag": "!!int 5",
    "alias": "*x",
}


def _answers() -> Iterator[Case]:
    for path in READS:
        yield Case(f"GET {TEMPLATES.get(path, path)}", "YAML", path, headers=ACCEPT)
    yield Case("GET shares", "YAML", "shares", headers=ACCEPT)
    for path, template in ACCOUNTING.items():
        yield Case(f"GET {template}", "YAML", path, headers=ACCEPT, user="admin")
    yield Case("GET slurmdb/qos/{qos}", "YAML: unknown", "slurmdb/qos/nope", headers=ACCEPT)
    for name, path in (("job/{id}", "job/99999999"), ("node/{name}", "node/nope")):
        yield Case(f"GET {name}", "YAML: an error", path, headers=ACCEPT)
    yield Case("GET jobs", "YAML: a wrong query", "jobs", "flags=NOPE", headers=ACCEPT)
    yield Case("GET partitions", "YAML: a warning", "partitions", "nope=1", headers=ACCEPT)
    yield Case("GET jobs", "YAML: not modified", "jobs", "update_time=99999999999", headers=ACCEPT)
    garbage = ACCEPT | {"X-SLURM-USER-TOKEN": "garbage"}
    yield Case("GET jobs", "YAML: a worthless token", "jobs", headers=garbage)
    for media_type in TYPES:
        headers = {"Accept": media_type}
        yield Case("GET ping", f"YAML: Accept: {media_type}", "ping", headers=headers)
    for accept in (
        *("application/yaml, application/json", "application/json, application/yaml"),
        *("*/*, application/yaml", "application/yaml, */*", "text/*, application/yaml"),
        *("application/yaml; charset=utf-8", "application/yaml;q=0.5", "text/yaml, text/html"),
        *("application/json;q=0.2, application/yaml;q=0.9", "application/x-www-form-urlencoded"),
    ):
        yield Case("GET ping", f"Accept: {accept}", "ping", headers={"Accept": accept})


def _bodies() -> Iterator[Case]:
    bodies = {name: text.encode() for name, text in BODIES.items()} | BYTES
    for name, data in bodies.items():
        yield _submit(f"YAML: {name}", data, TYPE)
        yield _submit(f"YAML: {name}, answered so", data, TYPE | ACCEPT)
    for media_type in TYPES:
        headers = {"Content-Type": media_type}
        yield _submit(f"Content-Type: {media_type}", b"job: {}", headers)
    for name, comment in COMMENTS.items():
        data = document(body({"comment": comment}), pretty=True)
        yield _submit(f"YAML: comment of {name}", data, TYPE | ACCEPT)
    het = {"script": SCRIPT, "jobs": [body({})["job"], body({})["job"]]}
    yield _submit("YAML: heterogeneous", document(het, pretty=False), TYPE | ACCEPT)


def _submit(name: str, data: bytes, headers: Headers) -> Case:
    return Case(OPERATION, name, "job/submit", headers=headers, body=data)


def _others() -> Iterator[Case]:
    yield Case("POST nodes", "YAML", "nodes", headers=TYPE | ACCEPT, body=b"state: nope")
    update: dict[str, Any] = {"headers": TYPE | ACCEPT, "user": "admin"}
    yield Case("POST node/{name}", "YAML", "node/e1", body=b"comment: x", **update)
    yield Case("POST node/{name}", "YAML: unknown", "node/nope", body=b"comment: x", **update)
    yield Case("POST job/{id}", "YAML: unknown", "job/99999999", body=b"comment: x", **update)
    yield Case("POST job/allocate", "YAML", "job/allocate", headers=TYPE | ACCEPT, body=b"job: {}")
    yield Case("DELETE job/{id}", "YAML", "job/99999999", headers=ACCEPT)
    yield Case("DELETE jobs", "YAML", "jobs", headers=TYPE | ACCEPT, body=b"jobs: ['99999999']")
    yield Case("DELETE node/{name}", "YAML", "node/nope", **update)
    for path in ("qos", "users", "accounts", "associations", "wckeys", "jobs", "tres"):
        wrong = f"{path}: nope".encode()
        yield Case(f"POST slurmdb/{path}", "YAML", f"slurmdb/{path}", body=wrong, **update)
    yield Case("GET jobs/state", "YAML: body", "jobs/state", headers=TYPE, body=b"job_id: [1, 2]")


CASES = (*_answers(), *_others())
READS_OF_CONTROLLER = tuple(
    case for case in CASES if case.operation.startswith("GET ") and "slurmdb/" not in case.path
)
SUBMITTED = tuple(_bodies())

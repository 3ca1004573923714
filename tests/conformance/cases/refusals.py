# SPDX-License-Identifier: GPL-2.0-or-later
"""What is refused before an operation is asked: credentials, URLs, methods, media, framing."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case, Headers

TOKEN = "X-SLURM-USER-TOKEN"
NAME = "X-SLURM-USER-NAME"
READS = (
    *("ping", "diag", "jobs", "jobs/state", "job/<running>", "nodes", "node/n1", "partitions"),
    *("partition/gpu", "reservations", "reservation/course", "licenses"),
)
TEMPLATES = {
    "job/<running>": "job/{id}",
    "node/n1": "node/{name}",
    "partition/gpu": "partition/{name}",
    "reservation/course": "reservation/{name}",
}

# What is put in the place of the token; <token> is a good one of alice.
CREDENTIALS: dict[str, Headers] = {
    "nothing": {},
    "garbage": {TOKEN: "garbage"},
    "empty token": {TOKEN: ""},
    "token with spaces": {TOKEN: "  <token>  "},
    "token of another key": {TOKEN: "<token>A"},
    "cut token": {TOKEN: "eyJhbGciOiJIUzI1NiJ9"},
    "two dots": {TOKEN: "a.b.c"},
    "unsigned token": {TOKEN: "eyJhbGciOiJub25lIn0.eyJzdW4iOiJyb290IiwiZXhwIjo0MTAyNDQ0ODAwfQ."},
    "not ASCII": {TOKEN: "\u00e4"},
    "quotes": {TOKEN: '"<token>"'},
    "very long": {TOKEN: "x" * 3000},
    "lower case header": {"x-slurm-user-token": "<token>"},
    "token and its name": {TOKEN: "<token>", NAME: "alice"},
    "token and another name": {TOKEN: "<token>", NAME: "bob"},
    "token and an unknown name": {TOKEN: "<token>", NAME: "nobodyknows"},
    "token and an empty name": {TOKEN: "<token>", NAME: ""},
    "token and a number": {TOKEN: "<token>", NAME: "20004"},
    "only a name": {NAME: "alice"},
    "bearer": {"Authorization": "Bearer <token>"},
    "bearer and name": {"Authorization": "Bearer <token>", NAME: "alice"},
    "bearer in lower case": {"Authorization": "bearer <token>"},
    "bearer with two spaces": {"Authorization": "Bearer  <token>"},
    "bearer of garbage": {"Authorization": "Bearer garbage"},
    "bearer of nothing": {"Authorization": "Bearer"},
    "bearer of a space": {"Authorization": "Bearer "},
    "basic": {"Authorization": "Basic YWxpY2U6eA=="},
    "token as authorization": {"Authorization": "<token>"},
    "both": {"Authorization": "Bearer <token>", TOKEN: "<token>"},
    "both, one garbage": {"Authorization": "Bearer <token>", TOKEN: "garbage"},
}

URLS = (
    *("/", "/nope", "/slurm", "/slurm/", "/slurm/<version>", "/slurm/<version>/nope"),
    *("/slurm/v0.0.39/ping", "/slurm/v0.0.43/ping", "/slurm/v0.0.4/ping", "/slurm/0.0.42/ping"),
    *("/SLURM/<version>/ping", "/slurm/<version>/ping/more", "/slurm/<version>/job"),
    *("/slurm/<version>/jobs/nope", "/slurmdb/<version>/nope", "*", "/%2e%2e/", "/../"),
    *("/slurm/<version>/../<version>/ping", "/slurm/<version>/ping%3Fx", "/a b", "/%", "/%zz"),
    *("/\u00e4", "/%C3%A4", "/?", "/?x=1", "/#", "//", "/slurm/<version>/ping;x=1", "/a&b", "/[a]"),
    *("http://localhost/nope", "https://localhost/slurm/<version>/ping", "localhost"),
)

METHODS = ("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO", "get")

ACCEPTS = (
    *("application/json", "*/*", "text/html", "text/plain", "application/*", "application/xml"),
    *("", " ", ",", ";", "*", "json", "APPLICATION/JSON", "application/json; charset=utf-8"),
    *("application/json;q=0.1", "application/json;q=1.0", "*/*;q=0.1", "application/json;q=x"),
    *("application/json;q=2", "application/json ; q=0.5", "application/json;v=1;q=0.5"),
    *("text/html, application/json", "application/json, text/html", "text/html;q=1, */*;q=0.5"),
    *("application/json,*/*", "application/jsonrequest", "application/openapi+json"),
    *("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "text/*", "*/json"),
    *("application/json, application/jsonrequest", "application/json application/xml"),
    *("application/json;q=0", "application/jsonrequest;q=0.5, application/json;q=0.6"),
)

CONTENT_TYPES = (
    *("application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "text/plain"),
    *("application/xml", "", "json", "*/*", "application/jsonrequest", "application/octet-stream"),
    *("multipart/form-data", "text/html", "application/json, text/plain"),
)


def _credentials() -> Iterator[Case]:
    for path in READS:
        operation = f"GET {TEMPLATES.get(path, path)}"
        for name, headers in CREDENTIALS.items():
            if path in ("ping", "jobs") or name in ("nothing", "garbage", "token and another name"):
                yield Case(operation, f"credential: {name}", path, headers=_instead(headers))
    for name in ("nothing", "garbage"):
        headers = _instead(CREDENTIALS[name])
        yield Case("POST job/submit", f"credential: {name}", "job/submit", body={}, headers=headers)
        yield Case("DELETE job/{id}", f"credential: {name}", "job/<running>", headers=headers)
    for url in ("/", "/nope", "/slurm/<version>/nope"):
        yield Case("refusal", f"no credential: {url}", url, method="GET", user=None)
    for user in ("mallory", "root", "slurmrestd", "admin"):
        for path in READS:
            operation = f"GET {TEMPLATES.get(path, path)}"
            if path != "nodes":
                yield Case(operation, f"user {user}", path, user=user)


def _instead(headers: Headers) -> Headers:
    return {TOKEN: None} | dict(headers)


def _targets() -> Iterator[Case]:
    for url in URLS:
        yield Case("refusal", f"URL: {url}", url, method="GET")
    for path in ("ping", "job/<running>", "job/submit", "nope"):
        for method in METHODS:
            if (method, path) not in (("DELETE", "job/<running>"), ("POST", "job/submit")):
                yield Case("refusal", f"{method} {path}", path, method=method)
                yield Case("refusal", f"{method} {path}, body", path, method=method, body={})
    for method in ("HEAD", "OPTIONS", "PUT"):
        yield Case("refusal", f"{method} without a credential", "ping", method=method, user=None)


def _media() -> Iterator[Case]:
    for accept in ACCEPTS:
        yield Case("GET ping", f"Accept: {accept}", "ping", headers={"Accept": accept})
    yield Case(
        "refusal", "unknown URL, unknown Accept", "/nope", "", "GET", {"Accept": "text/html"}
    )
    for content_type in CONTENT_TYPES:
        headers = {"Content-Type": content_type}
        submit = Case("POST job/submit", f"Content-Type: {content_type}", "job/submit")
        yield Case(submit.operation, submit.name, submit.path, headers=headers, body={})
    yield Case("POST job/submit", "no type", "job/submit", body={}, headers={"Content-Type": None})
    yield Case("POST job/submit", "form", "job/submit", headers=_FORM, body=b"script=x&job=1")
    for name, data in FORMS.items():
        yield Case("POST job/submit", f"form: {name}", "job/submit", headers=_FORM, body=data)
        yield Case("GET jobs/state", f"form: {name}", "jobs/state", headers=_FORM, body=data)
    yield Case("GET ping", "body", "ping", body={})
    yield Case("GET ping", "broken body", "ping", body=b"{")
    yield Case("GET ping", "body and query", "ping", "x=1", body={})
    yield Case("GET jobs", "body", "jobs", body={"update_time": 99999999999})
    yield Case("GET jobs", "wrong body", "jobs", body={"update_time": "abc", "nope": 1})
    yield Case("GET jobs", "list for a body", "jobs", body=[])
    yield Case("GET jobs", "form", "jobs", headers=_FORM, body=b"update_time=99999999999")
    yield Case("GET jobs", "body and query", "jobs", "update_time=0", body={"update_time": 0})
    yield Case("GET jobs/state", "body", "jobs/state", body={"job_id": ["1", 2]})
    yield Case("GET jobs/state", "wrong body", "jobs/state", body={"job_id": {"a": 1}})


FORMS: dict[str, bytes] = {
    "no value": b"script",
    "an empty value": b"script=",
    "twice": b"job_id=1&job_id=2",
    "three times": b"job_id=1&job_id=2&job_id=3",
    "semicolons": b"job_id=1;job_id=2",
    "plus": b"script=a+b",
    "escapes": b"%73cript=%23%21",
    "an escaped NUL": b"script=%00",
    "an escaped byte": b"script=%ff",
    "half an escape": b"script=%4",
    "brackets": b"job[script]=x",
    "escaped brackets": b"job%5Bscript%5D=x",
    "a space": b"script=a b",
    "a quote": b"script='x'",
    "a slash": b"script=/bin/sh",
    "an escaped slash": b"script=%2Fbin%2Fsh",
    "JSON": b'{"job": {}}',
    "no ASCII": "script=ä".encode(),
    "ampersands": b"&&&script=x&&",
    "no key": b"=x",
    "two equals signs": b"script==x",
    "two values": b"script=x=y",
    "a NUL": b"script=x\0&job=1",
    "a line break": b"script=x\r\n",
    "nothing but an ampersand": b"&",
}

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_AUTH = b"X-SLURM-USER-TOKEN: <token>\r\n"
_PING = b"GET /slurm/<version>/ping HTTP/1.1\r\nHost: localhost\r\n" + _AUTH
_SUBMIT = b"POST /slurm/<version>/job/submit HTTP/1.1\r\nHost: localhost\r\n" + _AUTH
_JSON = b"Content-Type: application/json\r\n"

RAW: dict[str, bytes] = {
    "HTTP/1.0": b"GET /slurm/<version>/ping HTTP/1.0\r\n" + _AUTH + b"\r\n",
    "HTTP/1.1 without a host": b"GET /slurm/<version>/ping HTTP/1.1\r\n" + _AUTH + b"\r\n",
    "HTTP/2.0": b"GET /slurm/<version>/ping HTTP/2.0\r\nHost: x\r\n" + _AUTH + b"\r\n",
    "HTTP/0.9": b"GET /slurm/<version>/ping\r\n\r\n",
    "no version": b"GET /slurm/<version>/ping \r\n\r\n",
    "lower case version": b"GET /slurm/<version>/ping http/1.1\r\n\r\n",
    "two spaces": b"GET  /slurm/<version>/ping HTTP/1.1\r\n" + _AUTH + b"\r\n",
    "space in the target": b"GET /slurm/<version>/ping x HTTP/1.1\r\n" + _AUTH + b"\r\n",
    "no target": b"GET HTTP/1.1\r\n\r\n",
    "nonsense": b"nonsense\r\n\r\n",
    "binary": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "blank line first": b"\r\n" + _PING + b"\r\n",
    "newlines only": _PING.replace(b"\r\n", b"\n") + b"\n",
    "header without a colon": _PING + b"Nonsense\r\n\r\n",
    "header with a space in its name": _PING + b"A B: c\r\n\r\n",
    "folded header": _PING + b"X-A: b\r\n c\r\n\r\n",
    "empty header": _PING + b"X-A:\r\n\r\n",
    "header without a name": _PING + b": x\r\n\r\n",
    "keep alive": _PING + b"Connection: keep-alive\r\n\r\n",
    "close": _PING + b"Connection: close\r\n\r\n",
    "chunked body": _SUBMIT + _JSON + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunked and a length": _SUBMIT
    + _JSON
    + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "identity encoding": _SUBMIT
    + _JSON
    + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
    "gzip body": _SUBMIT + _JSON + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    "identity body": _SUBMIT + _JSON + b"Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
    "no length": _SUBMIT + _JSON + b"\r\n",
    "length of nothing": _SUBMIT + _JSON + b"Content-Length: 0\r\n\r\n",
    "length of nothing and no type": _SUBMIT + b"Content-Length: 0\r\n\r\n",
    "length that is no number": _SUBMIT + _JSON + b"Content-Length: two\r\n\r\n{}",
    "negative length": _SUBMIT + _JSON + b"Content-Length: -2\r\n\r\n{}",
    "length with a sign": _SUBMIT + _JSON + b"Content-Length: +2\r\n\r\n{}",
    "empty length": _SUBMIT + _JSON + b"Content-Length:\r\n\r\n{}",
    "two lengths": _SUBMIT + _JSON + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "two lengths that differ": _SUBMIT
    + _JSON
    + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "huge length": _SUBMIT + _JSON + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    "length above the limit": _SUBMIT + _JSON + b"Content-Length: 4294967296\r\n\r\n{}",
    "expectation": _SUBMIT + _JSON + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    "unknown expectation": _SUBMIT + _JSON + b"Expect: more\r\nContent-Length: 2\r\n\r\n{}",
    "upgrade": _PING + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "upgrade to HTTP/2": _PING + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
    "keep-alive in seconds": _PING + b"Keep-Alive: timeout=5, max=100\r\n\r\n",
    "keep-alive as a number": _PING + b"Keep-Alive: 5\r\n\r\n",
    "keep-alive of nonsense": _PING + b"Keep-Alive: x\r\n\r\n",
    "long header": _PING + b"X-A: " + b"b" * 5000 + b"\r\n\r\n",
    "many headers": _PING + b"".join(b"X-%d: b\r\n" % n for n in range(60)) + b"\r\n",
    "long target": b"GET /slurm/<version>/ping?x="
    + b"y" * 5000
    + b" HTTP/1.1\r\n"
    + _AUTH
    + b"\r\n",
    "token twice": _PING + _AUTH + b"\r\n",
    "token twice, the last garbage": _PING + b"X-SLURM-USER-TOKEN: garbage\r\n\r\n",
    "accept twice": _PING + b"Accept: application/json\r\nAccept: text/html\r\n\r\n",
    "accept twice, otherwise": _PING + b"Accept: text/html\r\nAccept: application/json\r\n\r\n",
}

CASES = (*_credentials(), *_targets(), *_media())
RAW_CASES = tuple(Case("framing", name, "", raw=data, patience=2) for name, data in RAW.items())

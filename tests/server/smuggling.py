# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages that two parties could read differently, or that hide another message.

Each is followed by a whole request, which nobody may take for one.
"""

from __future__ import annotations

from typing import Final

_AUTH = b"X-SLURM-USER-TOKEN: <token>\r\n"
_TARGET = b"/slurm/v0.0.42/ping"


def _get(*lines: bytes, first: bytes = b"GET " + _TARGET + b" HTTP/1.1") -> bytes:
    head = first + b"\r\nHost: localhost\r\n" + _AUTH
    return head + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def _post(*lines: bytes, body: bytes = b"{}") -> bytes:
    first = b"POST /slurm/v0.0.42/job/submit HTTP/1.1"
    return _get(b"Content-Type: application/json", *lines, first=first) + body


def _first(line: bytes) -> bytes:
    return _get(first=line)


HIDDEN: Final = _get(b"Connection: close")
"""A good request, of which the answer would be seen."""

_CHUNKS = b"2\r\n{}\r\n0\r\n\r\n"

LENGTHS: Final = {
    "a length and chunks": _post(b"Content-Length: 2", b"Transfer-Encoding: chunked", body=_CHUNKS),
    "chunks and a length": _post(b"Transfer-Encoding: chunked", b"Content-Length: 2", body=_CHUNKS),
    "chunks and a length of nothing": _post(
        b"Content-Length: 0", b"Transfer-Encoding: chunked", body=_CHUNKS
    ),
    "chunks": _post(b"Transfer-Encoding: chunked", body=_CHUNKS),
    "chunks in capitals": _post(b"TRANSFER-ENCODING: CHUNKED", body=_CHUNKS),
    "chunks after identity": _post(b"Transfer-Encoding: identity, chunked", body=_CHUNKS),
    "identity after chunks": _post(b"Transfer-Encoding: chunked, identity", body=_CHUNKS),
    "almost chunks": _post(b"Transfer-Encoding: xchunked", body=_CHUNKS),
    "chunks with a vertical tab": _post(b"Transfer-Encoding: \x0bchunked", body=_CHUNKS),
    "chunks and a space before the colon": _post(b"Transfer-Encoding : chunked", body=_CHUNKS),
    "chunks, folded": _post(b"Transfer-Encoding:\r\n chunked", body=_CHUNKS),
    "chunks behind a tab": _post(b"\tTransfer-Encoding: chunked", body=_CHUNKS),
    "chunks twice": _post(
        b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", body=_CHUNKS
    ),
    "chunks of a GET": _get(b"Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "two lengths": _post(b"Content-Length: 2", b"Content-Length: 200"),
    "two lengths, the other way": _post(b"Content-Length: 200", b"Content-Length: 2"),
    "two equal lengths": _post(b"Content-Length: 2", b"Content-Length: 2"),
    "a list of lengths": _post(b"Content-Length: 2, 2"),
    "a list of two lengths": _post(b"Content-Length: 2, 200"),
    "a length with a sign": _post(b"Content-Length: +2"),
    "a negative length": _post(b"Content-Length: -2"),
    "a length in hexadecimal": _post(b"Content-Length: 0x2"),
    "a length with a fraction": _post(b"Content-Length: 2.0"),
    "a length with an exponent": _post(b"Content-Length: 2e0"),
    "a length with an underscore": _post(b"Content-Length: 0_2"),
    "a length of two words": _post(b"Content-Length: 2 2"),
    "a length of other digits": _post("Content-Length: ٢".encode()),
    "an empty length": _post(b"Content-Length:"),
    "a length beyond 64 bits": _post(b"Content-Length: 18446744073709551618"),
    "a length of many digits": _post(b"Content-Length: " + b"0" * 60 + b"2"),
    "a length and a space before the colon": _post(b"Content-Length : 2"),
    "a length behind a space": _post(b" Content-Length: 2"),
    "a length with a NUL": _post(b"Content-Length: 2\0"),
}
LINES: Final = {
    "a bare CR in a value": _get(b"X-A: b\rX-B: c"),
    "a bare CR before a header": _get(b"X-A: b\r\rX-B: c"),
    "a bare CR for an end": _get().replace(b"\r\n\r\n", b"\r\r"),
    "CR CR LF": _get().replace(b"\r\n\r\n", b"\r\r\n\r\r\n"),
    "a folded header": _get(b"X-A: b", b" c"),
    "a folded header with a tab": _get(b"X-A: b", b"\tc"),
    "a fold before the first header": _get(first=b"GET " + _TARGET + b" HTTP/1.1\r\n X: y"),
    "a blank in a name": _get(b"X A: b"),
    "a tab in a name": _get(b"X\tA: b"),
    "a space before the colon": _get(b"X-A : b"),
    "no name": _get(b": b"),
    "no colon": _get(b"X-A"),
    "a NUL in a name": _get(b"X\0A: b"),
    "a NUL in a value": _get(b"X-A: b\0c"),
    "a control character in a name": _get(b"X\x01A: b"),
    "a control character in a value": _get(b"X-A: b\x01c"),
    "DEL in a value": _get(b"X-A: b\x7fc"),
    "a parenthesis in a name": _get(b"X(A: b"),
    "no ASCII in a name": _get("Xä: b".encode()),
    "a NUL in a token": _get().replace(b"<token>", b"<token>\0x"),
}
TARGETS: Final = {
    "a space in the target": _first(b"GET /slurm/v0.0.42/ping x HTTP/1.1"),
    "a tab for a space": _first(b"GET\t/slurm/v0.0.42/ping\tHTTP/1.1"),
    "a space at the start": _first(b" GET /slurm/v0.0.42/ping HTTP/1.1"),
    "a NUL in the target": _first(b"GET /slurm/v0.0.42/ping\0 HTTP/1.1"),
    "a bare CR in the target": _first(b"GET /slurm/v0.0.42/ping\r HTTP/1.1"),
    "no ASCII in the target": _first("GET /slurm/v0.0.42/ping?ä HTTP/1.1".encode()),
    "a long target": _first(b"GET /" + b"a" * 100_000 + b" HTTP/1.1"),
    "a target without a slash": _first(b"GET slurm/v0.0.42/ping HTTP/1.1"),
    "an asterisk": _first(b"GET * HTTP/1.1"),
    "an authority": _first(b"GET localhost:80 HTTP/1.1"),
    "no target": _first(b"GET HTTP/1.1"),
    "HTTP/0.9": _first(b"GET /slurm/v0.0.42/ping"),
    "HTTP/1.2": _first(b"GET /slurm/v0.0.42/ping HTTP/1.2"),
    "HTTP/1.10": _first(b"GET /slurm/v0.0.42/ping HTTP/1.10"),
    "HTTP/2.0": _first(b"GET /slurm/v0.0.42/ping HTTP/2.0"),
    "HTTP/9.9": _first(b"GET /slurm/v0.0.42/ping HTTP/9.9"),
    "http/1.1": _first(b"GET /slurm/v0.0.42/ping http/1.1"),
    "HTTP/1": _first(b"GET /slurm/v0.0.42/ping HTTP/1"),
    "HTTP/1.x": _first(b"GET /slurm/v0.0.42/ping HTTP/1.x"),
    "HTTP/ 1.1": _first(b"GET /slurm/v0.0.42/ping HTTP/ 1.1"),
    "more after the version": _first(b"GET /slurm/v0.0.42/ping HTTP/1.1 x"),
    "a method in lower case": _first(b"get /slurm/v0.0.42/ping HTTP/1.1"),
    "a method with a NUL": _first(b"G\0ET /slurm/v0.0.42/ping HTTP/1.1"),
    "a long method": _first(b"G" * 20_000 + b" /slurm/v0.0.42/ping HTTP/1.1"),
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x55" * 32,
    "a proxy's line": b"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n" + _get(),
}
SIZES: Final = {
    "a large header": _get(b"X-A: " + b"b" * 100_000),
    "a large name": _get(b"X" * 100_000 + b": b"),
    "many headers": _get(*[b"X-A: b"] * 1000),
    "many empty headers": _get(*[b"X:"] * 5000),
    "a large body": _post(b"Content-Length: 52428801", body=b""),
    "upgrade to HTTP/2": _get(
        b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"
    ),
    "upgrade": _get(b"Connection: upgrade", b"Upgrade: websocket"),
    "a coded body": _post(b"Content-Encoding: gzip", b"Content-Length: 2"),
    "another expectation": _post(b"Expect: 200-ok", b"Content-Length: 2"),
}

REFUSED: Final = LENGTHS | LINES | TARGETS | SIZES

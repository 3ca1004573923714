# SPDX-License-Identifier: GPL-2.0-or-later
"""A request to be made of both, as data.

``<name>`` in a path, query or body stands for something that is only known in the running
cluster: the id of a job of the sandbox by its name, or what a preparation made (``<id>``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VERSIONS = ("v0.0.40", "v0.0.41", "v0.0.42")


class _NoBody:
    def __repr__(self) -> str:
        return "no body"


NO_BODY = _NoBody()
Headers = Mapping[str, str | None]


@dataclass(frozen=True)
class Case:
    """One request.

    ``operation`` is the method and the path's template after the version, as in ``GET job/{id}``
    or ``GET slurmdb/job/{id}``; requests that belong to none have another name for their kind.
    ``path`` follows ``/slurm/VERSION/``, or ``/slurmdb/VERSION/`` if it starts with ``slurmdb/``,
    unless it starts with a slash.  A header of None is left out.  ``raw`` is
    sent as it is.  Who sends nothing within ``patience`` seconds is silent.
    """

    operation: str
    name: str
    path: str
    query: str | None = None
    method: str = ""
    headers: Headers = field(default_factory=dict)
    body: Any = NO_BODY
    user: str | None = "alice"
    prepare: str = ""
    versions: tuple[str, ...] = VERSIONS
    raw: bytes | None = None
    patience: float = 60

    def id(self, version: str) -> str:
        """How reports and the rows of ``differences`` call it."""
        return f"{version} {self.operation}: {self.name}"


def target_of(path: str) -> str:
    """The whole path of a case's, in which ``<version>`` stands for the version.

    >>> target_of("slurmdb/qos/normal")
    '/slurmdb/<version>/qos/normal'
    """
    if path.startswith("/"):
        return path
    side, _, rest = path.partition("/") if path.startswith("slurmdb/") else ("slurm", "", path)
    return f"/{side}/<version>/{rest}"


def request(case: Case, version: str, token: str | None, names: Mapping[str, object]) -> bytes:
    """The bytes of a request.

    ``names`` are the values of what stands in angle brackets; ``token`` is sent as the original's
    own header unless the case brings other credentials.
    """
    if case.raw is not None:
        text = case.raw.replace(b"<version>", version.encode())
        return _filled(text, names).replace(b"<token>", (token or "").encode())
    target = target_of(case.path).replace("<version>", version)
    if case.query is not None:
        target += f"?{case.query}"
    body = _body(case.body)
    headers: dict[str, str | None] = {"Host": "localhost"}
    if token is not None:
        headers["X-SLURM-USER-TOKEN"] = token
    if body is not None:
        body = _filled(body, names)
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    headers |= case.headers
    method = case.method or case.operation.split(" ")[0]
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
    head = "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
    return _filled(head, names) + (body or b"")


def _body(body: Any) -> bytes | None:
    if body is NO_BODY:
        return None
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def _filled(text: bytes, names: Mapping[str, object]) -> bytes:
    for name, value in names.items():
        text = text.replace(f"<{name}>".encode(), str(value).encode())
    return text

# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon that everything is thrown at, and what must hold of each of its answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tests.conformance.answer import DIED
from tests.conformance.raw import Connection, Reply
from tests.fix_daemon import Daemon
from tests.robustness.processes import Workers

SECONDS = 8.0
"""Of a processor that an answer may take."""

CANARY = "canary-in-the-body"
"""A text that stands in every body: it may be nowhere in the log."""

REFUSED = frozenset({400, 401, 404, 405, 406, 408, 411, 413, 414, 415, 417, 431})
"""Statuses of what is refused before an operation has it: in text/plain."""

ANSWERED = frozenset({200, 304, 400, 404, 422, 500})
"""Statuses of operations; 500 is the original's for most errors of the controller and of
values. 502 and 504 would say that the controller has not survived."""


@dataclass(frozen=True)
class Request:
    """A request as it goes out; ``target`` follows /slurm/VERSION/ unless it starts with a slash.

    ``<version>`` in it stands for the version.

    Of a request that may wait for its answer (``waits``) only that is asked that the server
    outlives it.
    """

    method: str
    target: str
    body: bytes = b""
    content_type: str | None = "application/json"
    waits: bool = False

    def encode(self, version: str, token: str) -> bytes:
        """Its bytes."""
        target = self.target if self.target.startswith("/") else f"/slurm/{version}/{self.target}"
        target = target.replace("<version>", version)
        lines = [f"{self.method} {target} HTTP/1.1", "Host: x", f"X-SLURM-USER-TOKEN: {token}"]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
            if self.content_type is not None:
                lines.append(f"Content-Type: {self.content_type}")
        head = "\r\n".join([*lines, "Connection: close", "", ""])
        return head.encode("utf-8", "surrogateescape") + self.body


@dataclass(frozen=True)
class Target:
    """A daemon and a user's token.  ``original``: it is the original, which may die."""

    daemon: Daemon
    token: str
    original: bool = False

    @property
    def workers(self) -> Workers:
        """Its workers."""
        return Workers(self.daemon.pid)

    def log(self) -> str:
        """All that it has said."""
        return self.daemon.log.read_text(errors="replace")

    def ask(self, request: Request, version: str) -> Reply | None:
        """The answer, which must be one; None while the server still waits for it."""
        before = self.workers.pids()
        start = self.workers.processor_seconds()
        reply = self._exchange(request, version, 0.5 if request.waits else 60)
        assert self.workers.pids() == before, "a worker has ended"
        if reply is None:
            return None
        check(reply)
        assert self.workers.processor_seconds() - start < SECONDS
        return reply

    def status(self, request: Request, version: str) -> int | str:
        """The status of the answer, or DIED."""
        if not self.original:
            reply = self.ask(request, version)
            assert reply is not None
            return reply.status
        reply = self._exchange(request, version, 120)
        if (reply is None or not reply.status) and self.daemon.died():
            self.daemon.restart()
            return DIED
        return reply.status if reply else 0

    def _exchange(self, request: Request, version: str, timeout: float) -> Reply | None:
        try:
            with Connection(self.daemon.address, timeout=timeout) as connection:
                connection.send(request.encode(version, self.token))
                return connection.receive()
        except TimeoutError:
            assert request.waits, f"no answer within {timeout} seconds"
            return None


def check(reply: Reply) -> None:
    """See that a reply is an answer: whole, with a status that says something, and a reason."""
    assert reply.status, "the connection was dropped"
    assert reply.complete
    if reply.media_type == "text/plain":
        assert reply.status in REFUSED, reply
        assert reply.body
        return
    assert reply.status in ANSWERED, reply
    if reply.status == HTTPStatus.NOT_MODIFIED:
        return
    assert reply.media_type == "application/json", reply
    content = json.loads(reply.body)
    assert content["meta"]["slurm"]["release"], content
    _check_reasons(reply.status, content["errors"], content["warnings"])


def _check_reasons(status: int, errors: list[dict[str, Any]], warnings: list[Any]) -> None:
    assert isinstance(warnings, list)
    assert status < 400 or errors, f"{status} without a reason"
    for error in errors:
        assert error["description"] or error["source"], error
        assert "fault of the server" not in error["description"], error

# SPDX-License-Identifier: GPL-2.0-or-later
"""Servers that schemathesis may do its worst to, and what of their answers is as documented."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from jsonschema import Draft202012Validator
from schemathesis import Case, Response

from tests.conformance.schema import thin
from tests.fix_daemon import Daemon
from tests.robustness.processes import Workers

PATIENCE = 60.0
BARE = frozenset({"errors", "warnings", "meta"})
"""What an answer without a result has."""


@dataclass(frozen=True)
class Target:
    """A daemon that listens at a TCP port of this host."""

    daemon: Daemon
    port: int

    def ask(self, case: Case[Any], token: str, timeout: float) -> Response:
        """Its answer to a case."""
        return case.call(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"X-SLURM-USER-TOKEN": token},
            timeout=timeout,
        )


@dataclass(frozen=True)
class Judge:
    """Ours, and the original for what ours answers with a fault of the server."""

    ours: Target
    original: Callable[[], Target]
    token: str

    def ask(self, case: Case[Any], timeout: float = PATIENCE) -> Response:
        """Our answer; raises requests.ReadTimeout and, where there is none, ConnectionError."""
        return self.ours.ask(case, self.token, timeout)

    def original_gives(self, case: Case[Any], status: int) -> bool:
        """Whether the original fails alike, or does not live to tell."""
        original = self.original()
        try:
            return original.ask(case, self.token, PATIENCE).status_code == status
        except requests.ConnectionError:
            if original.daemon.died():
                original.daemon.restart()
            return True

    @contextmanager
    def workers_live(self) -> Iterator[None]:
        """Whatever is done meanwhile, no worker ends."""
        workers = Workers(self.ours.daemon.pid)
        before = set(workers.pids())
        yield
        assert before <= set(workers.pids()), "a worker has ended"


class Answers:
    """What a document says of answers."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = _with_nulls(document)

    def violations(self, path: str, method: str, content: Any) -> list[str]:
        """What of an answer is not as documented.

        After an error, and where nothing was found, there is no result at all, as in the
        original's answers; its document does not say so.
        """
        found = self._validator(path, method.lower()).iter_errors(thin(content)[0])
        bare = isinstance(content, dict) and content.keys() == BARE
        return [
            f"{error.json_path}: {error.message[:200]}"
            for error in found
            if not (bare and error.json_path == "$" and error.validator == "required")
        ]

    @functools.cache  # noqa: B019 - lives as long as the session
    def _validator(self, path: str, method: str) -> Draft202012Validator:
        responses = self._document["paths"][path][method]["responses"]
        schema = responses["default"]["content"]["application/json"]["schema"]
        return Draft202012Validator(schema | {"components": self._document["components"]})


def _with_nulls(value: Any) -> Any:
    """The same in JSON Schema, which has no ``nullable``."""
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _with_nulls(item) for key, item in value.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if value.get("nullable") is True else made

# SPDX-License-Identifier: GPL-2.0-or-later
"""The document as the server offers it, beside the operations.

Each worker makes it when it is first asked for, and once in each format.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import orjson

from slurmrestd.frozen import Frozen, replace
from slurmrestd.http import media
from slurmrestd.http.admission import Router
from slurmrestd.http.app import Operations
from slurmrestd.http.pieces import Answer
from slurmrestd.openapi.operation import Plugin
from slurmrestd.openapi.routes import DataParser, split
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.serializer import yaml

PATHS = (["openapi"], ["openapi.json"], ["openapi.yaml"], ["openapi", "v3"])
"""Where it is.  As in the original, it is Accept that decides the format, not the path."""

BODIES = (media.JSON, media.YAML)
"""The media types that the document lists, for what is sent and for what is answered."""

Writer = Callable[[Any], bytes]


class _Whole(Frozen):
    """An answer that is there in one piece and owns nothing."""

    content_type: str
    first: bytes
    status: int = 200
    complete: bool = True

    def next_piece(self) -> None:
        return None

    def close(self) -> None:
        pass


class _Offer:
    """The document among the operations: it is there at once."""

    waits = False
    reads = False
    light = False
    asks_slurmdbd = False


class _Match:
    """What a request for the document is for.  Its plugin is none of those that it describes."""

    operation = plugin = _Offer()


DOCUMENT = _Match()


def _json(made: Any) -> bytes:
    return orjson.dumps(made, option=orjson.OPT_INDENT_2)


def _writers(*, pretty_yaml: bool) -> Mapping[str, Writer]:
    """How the document is written in each media type; JSON is pretty, whatever answers are."""

    def dump(made: Any) -> bytes:
        return yaml.dumps(made, pretty=pretty_yaml)

    return dict.fromkeys(media.JSON_TYPES, _json) | dict.fromkeys(media.YAML_TYPES, dump)


class Offered(Router, Protocol):
    """Routes that tell what they are made of: slurmrestd.openapi.routes.Routes."""

    @property
    def plugins(self) -> Sequence[Plugin]: ...
    @property
    def parsers(self) -> Sequence[DataParser]: ...


class Document:
    """The document of what ``routes`` offers; ``statuses`` as in ``document``."""

    def __init__(self, routes: Offered, statuses: Sequence[str], *, pretty_yaml: bool) -> None:
        self._routes = routes
        self._statuses = statuses
        self._writers = _writers(pretty_yaml=pretty_yaml)
        self._written: dict[Writer, bytes] = {}
        self._lock = threading.Lock()

    def answer(self, media_type: str) -> Answer:
        """The document in a media type that can be written."""
        return _Whole(media_type, self._write(self._writers[media_type]))

    def _write(self, writer: Writer) -> bytes:
        with self._lock:
            if writer not in self._written:
                # Not before somebody asks: a process of one connection would load it in vain.
                from slurmrestd.openapi.spec.document import document  # noqa: PLC0415

                routes = self._routes
                made = document(routes.plugins, routes.parsers, self._statuses, BODIES)
                self._written[writer] = writer(made)
            return self._written[writer]


class _Router:
    """The routes of the operations, and those of the document."""

    def __init__(self, routes: Offered) -> None:
        self._routes = routes

    def match(self, method: str, path: str) -> Any | None:
        found = self._routes.match(method, path)
        if found is None and method == "GET" and split(path) in PATHS:
            return DOCUMENT
        return found


def offering(operations: Operations, routes: Offered, made: Document) -> Operations:
    """The same operations, and the document at its paths."""

    def perform(
        match: Any, query: object, peer: Peer, credential: Credential, media_type: str
    ) -> Answer:
        if match is DOCUMENT:
            return made.answer(media_type)
        return operations.perform(match, query, peer, credential, media_type)

    return replace(operations, routes=_Router(routes), perform=perform)

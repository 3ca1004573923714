# SPDX-License-Identifier: GPL-2.0-or-later
"""What the server needs of libslurm: its start, and the call of an operation.

The binding is imported late: privileges go first, and where it cannot be loaded the
daemon says so.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Any

from slurmrestd.cli import plugins
from slurmrestd.cli.options import Options
from slurmrestd.http.app import Operations
from slurmrestd.http.media import YAML_TYPES
from slurmrestd.http.pieces import Answer
from slurmrestd.http.waiting import Waiting
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server.errors import NotReady
from slurmrestd.server.log import LEVELS


def start(options: Options, *, try_first: bool = True) -> int:
    """Start libslurm in this process, before the fork; returns SlurmUser's uid.

    Without ``try_first`` libslurm itself ends the process where it cannot start.
    """
    try:
        from slurmrestd.slurm import library
    except ImportError as error:
        raise NotReady(f"the binding of libslurm cannot be loaded: {error}") from error
    level = LEVELS[options.log_level]
    try:
        return library.start(
            options.conf, jwt=options.jwt, level=level, try_first=try_first
        ).slurm_user_id
    except library.StartError as error:
        raise NotReady(str(error)) from error


def reload() -> None:
    """Read slurm.conf again; raises NotReady, and everything is as it was."""
    from slurmrestd.slurm import library

    try:
        library.reload()
    except library.StartError as error:
        raise NotReady(str(error)) from error


def operations(options: Options, *, lazily: bool = False) -> Operations:
    """The operations that ``-s`` and ``-d`` name; raises NotReady.

    ``lazily`` loads each plugin with the first request for it.
    """
    from slurmrestd.data_parser import encode
    from slurmrestd.openapi import waiting
    from slurmrestd.openapi.call import Client, perform, perform_for_all
    from slurmrestd.openapi.spec import served
    from slurmrestd.slurm import library, log, memory
    from slurmrestd.slurm.questions import Questions

    uses_slurmdbd = library.config().uses_slurmdbd
    try:
        find = plugins.lazy_routes if lazily else plugins.routes
        routes = find(options.openapi, options.data_parser, uses_slurmdbd=uses_slurmdbd)
    except plugins.UnknownPlugin as error:
        raise NotReady(str(error)) from error

    def is_pretty(media_type: str) -> bool:
        return (options.yaml if media_type in YAML_TYPES else options.json) == "pretty"

    def client_of(peer: Peer) -> Client:
        return Client(peer.source, peer.uid, peer.gid)

    def call(
        match: Any, query: object, peer: Peer, credential: Credential, media_type: str
    ) -> Answer:
        pretty = is_pretty(media_type)
        return perform(match, query, client_of(peer), credential, media_type, pretty=pretty)

    def call_for_all(
        match: Any, query: object, peers: Sequence[Peer], credential: Credential, media_type: str
    ) -> Sequence[Answer]:
        clients = [client_of(peer) for peer in peers]
        pretty = is_pretty(media_type)
        return perform_for_all(match, query, clients, credential, media_type, pretty=pretty)

    def request(
        match: Any, query: object, peer: Peer, credential: Credential, media_type: str
    ) -> Waiting:
        pretty = is_pretty(media_type)
        return waiting.begin(match, query, client_of(peer), credential, media_type, pretty=pretty)

    def begin() -> None:
        log.attach(LEVELS[options.log_level])

    def tidy() -> None:
        encode.forget_windows()
        gc.collect()  # of what it would find later, the memory could not be given back now
        memory.trim()

    offered = Operations(
        routes,
        call,
        begin,
        waits=lambda match: match.operation.waits,
        request=request,
        tidy=tidy,
        reads=lambda match: match.operation.reads,
        asks_slurmdbd=lambda match: match.plugin.asks_slurmdbd,
        perform_for_all=call_for_all,
        end=log.detach,
        is_light=lambda match: match.operation.light,
        # Another authentication may have to ask for each credential.
        questions=Questions if library.config().uses_jwt else None,
    )
    statuses, pretty_yaml = options.response_status_codes, options.yaml == "pretty"
    document = served.Document(routes, statuses, pretty_yaml=pretty_yaml)
    return served.offering(offered, routes, document)

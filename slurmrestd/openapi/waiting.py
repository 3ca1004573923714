# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests whose answer may be long in coming, and that can be given up before it comes.

Nobody waits here: ``begin`` asks, ``look`` sees whether there is a result, ``abandon``
gives up.  Each is a short call on a thread of its own choosing, with the client's
credential on that thread only for as long as it takes; when to call them is the server's
business.
"""

from __future__ import annotations

import logging
import threading
from socket import socket
from typing import TYPE_CHECKING, Any

from slurmrestd.openapi.answer import Answer
from slurmrestd.openapi.call import Call, Client, answer_of, handle
from slurmrestd.openapi.operation import Pending
from slurmrestd.openapi.routes import Match
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import SlurmError

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

log = logging.getLogger(__name__)

_NOT_YET = object()


def begin(
    match: Match,
    query: object,
    client: Client,
    credential: Credential,
    media_type: str,
    *,
    pretty: bool = True,
) -> Waiting:
    """Ask for what an operation that waits is asked for.  Blocks for the request only."""
    call = Call(match, query, client, credential)
    waiting = Waiting(call, media_type, pretty=pretty)
    try:
        waiting.ask()
    except BaseException:
        waiting.abandon()
        raise
    return waiting


class Waiting:
    """A request that was made.  ``answer`` it when there is one, or ``abandon`` it."""

    def __init__(self, call: Call, media_type: str, *, pretty: bool) -> None:
        self.answer: Answer | None = None
        self._call = call
        self._media_type = media_type
        self._pretty = pretty
        self._pending: Pending | None = None
        self._lock = threading.Lock()
        self._abandoned = False

    @property
    def socket(self) -> socket | None:
        """Listens for the controller, which calls when it is time to look."""
        return None if self._pending is None else self._pending.socket

    def acknowledge(self, descriptor: int) -> None:
        """Answer to the controller on a connection to ``socket``; does not block."""
        if self._pending is not None:
            self._pending.acknowledge(descriptor)

    def ask(self) -> None:
        """Make the request; once."""
        handler = self._call.match.operation.handler
        self._pending = handle(self._call, handler)
        self._call.forget_body()
        if self._pending is None:
            self._settle(None)
        else:
            self.look()

    def look(self) -> None:
        """Blocks for a request to the controller.  Sets ``answer`` if there is one now."""
        with self._lock:
            if self._abandoned or self.answer is not None:
                return
            values = handle(self._call, self._look)
            if values is not _NOT_YET:
                self._settle(values)

    def abandon(self) -> None:
        """Give up what was asked for, granted or not; blocks, raises nothing, idempotent."""
        with self._lock:
            if self._abandoned:
                return
            self._abandoned = True
            if self.answer is not None:
                self.answer.close()
            self._call.close()
            if self._pending is not None:
                self._cancel(self._pending)
                self._pending.close()

    def close(self) -> None:
        """Close the socket: the answer is on its way, and the controller has called."""
        if self._pending is not None:
            self._pending.close()

    def _look(self, call: Call) -> Any:
        assert self._pending is not None
        values = self._pending.look(call)
        return _NOT_YET if values is None else values

    def _settle(self, values: Any) -> None:
        try:
            self.answer = answer_of(self._call, values, self._media_type, pretty=self._pretty)
        except BaseException:
            self._call.close()
            raise

    def _cancel(self, pending: Pending) -> None:
        try:
            with acting_as(self._call.credential):
                pending.cancel()
        except SlurmError as error:
            # Its socket is closed next, and the controller ends a job that it cannot reach.
            log.warning("what a client has left behind cannot be cancelled: %s", error)

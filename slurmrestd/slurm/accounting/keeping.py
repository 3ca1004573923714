# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections that are kept for a moment, each for whom it was opened.

A client that polls does not pay for a connection each time.  Nobody gets a connection of
somebody else: :meth:`Keeper.take` looks at whom its thread acts for, and at nothing that
it is told.
"""

from __future__ import annotations

import base64
import binascii
import json
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from slurmrestd.frozen import Frozen
from slurmrestd.slurm.accounting.connection import Connection
from slurmrestd.slurm.rpc import NoCredential, acting

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

KEEP_SECONDS: Final = 5.0
"""How long a connection is used after it was opened, its token permitting."""

KEEP_MOST: Final = 16
"""Idle connections that a process keeps: slurmdbd serves a hundred in all."""


class Closable(Protocol):
    """What a keeper asks of a connection."""

    @property
    def owner(self) -> Credential | None: ...
    @property
    def is_ready(self) -> bool: ...
    def ask_to_begin_anew(self) -> bool: ...
    def began_anew(self) -> bool: ...
    def close(self) -> None: ...


Kept = TypeVar("Kept", bound=Closable)


class Held(Frozen, Generic[Kept]):
    """A connection, and until when it may be used again."""

    connection: Kept
    until: float


class Keeper(Generic[Kept]):
    """The idle connections of a process, the one that was given back last at the end.

    One that was given back begins anew before it is used again.  slurmdbd is asked for that
    when it is given back, and whoever takes it hears whether it was done.
    Who comes so soon that it is not, gets another connection: two in turns never wait.
    """

    def __init__(
        self, connect: Callable[[], Kept], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._idle: list[Held[Kept]] = []
        self._changed = threading.Condition()
        self._looks_again: float | None = None

    def take(self) -> Held[Kept]:
        """A connection of whom the thread acts for: one that was kept, or a new one.

        Raises NotConnected.
        """
        return self._find() or self.fresh()

    def fresh(self) -> Held[Kept]:
        """A new connection of whom the thread acts for.  Raises NotConnected."""
        owner = _owner()
        opened = self._clock()
        connection = self._connect()
        seconds = min(KEEP_SECONDS, seconds_left(owner.token))
        return Held(connection, opened + seconds)

    def give_back(self, held: Held[Kept]) -> None:
        """Keep a connection on which nothing is left to be done, or close it."""
        if held.until <= self._clock() or not held.connection.ask_to_begin_anew():
            held.connection.close()
            return
        with self._changed:
            self._idle.append(held)
            self._see_that_somebody_looks(held.until)

    def _find(self) -> Held[Kept] | None:
        owner = _owner()
        while (held := self._pick(owner)) is not None:
            if self._clock() < held.until and held.connection.began_anew():
                return held
            held.connection.close()
        return None

    def _pick(self, owner: Credential) -> Held[Kept] | None:
        with self._changed:
            own = [held for held in self._idle if held.connection.owner == owner]
            if not own or (len(own) == 1 and not own[0].connection.is_ready):
                return None
            self._idle.remove(own[0])
            return own[0]

    # -- what nobody takes any more -----------------------------------------------------

    def _see_that_somebody_looks(self, until: float) -> None:
        """Have a thread close what is old.  It ends when there is nothing left."""
        if self._looks_again is None:
            self._looks_again = until
            threading.Thread(target=self._look_after, name="slurmdbd-idle", daemon=True).start()
        elif until < self._looks_again or len(self._idle) > KEEP_MOST:
            self._changed.notify_all()

    def _look_after(self) -> None:
        while (old := self._wait_for_old()) is not None:
            for held in old:
                held.connection.close()

    def _wait_for_old(self) -> list[Held[Kept]] | None:
        """Those whose time is over, and those that are too many; None where none are left."""
        with self._changed:
            while self._idle:
                if old := self._pop_old():
                    return old
                self._looks_again = min(held.until for held in self._idle)
                self._changed.wait(self._looks_again - self._clock())
            self._looks_again = None
            return None

    def _pop_old(self) -> list[Held[Kept]]:
        now, most = self._clock(), self._idle[-KEEP_MOST:]
        kept = [held for held in most if held.until > now]
        old = [held for held in self._idle if held not in kept]
        self._idle = kept
        return old


def _owner() -> Credential:
    owner = acting()
    if owner is None:
        raise NoCredential("no connection to slurmdbd without a credential: use acting_as()")
    return owner


def seconds_left(token: str | None) -> float:
    """How long a token holds by its ``exp``; for ever without one, 0 where it cannot be read.

    Whether it holds at all is slurmdbd's to say: a token that it refuses opens no connection.
    """
    if token is None:
        return float("inf")
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        expires = claims.get("exp", float("inf"))
        return float(expires) - time.time()
    except (AttributeError, IndexError, TypeError, ValueError, binascii.Error, RecursionError):
        return 0.0


KEEPER: Final = Keeper(Connection)
"""This process's connections.  It has none before the fork: only requests open any."""

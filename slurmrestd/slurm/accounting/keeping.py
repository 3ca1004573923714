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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from slurmrestd.slurm.accounting.connection import Connection
from slurmrestd.slurm.rpc import NoCredential, acting

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

KEEP_SECONDS: Final = 5.0
"""How long a connection is used after it was opened, its token permitting."""

KEEP_MOST: Final = 16
"""Idle connections that a process keeps: slurmdbd serves a hundred in all."""


PATIENCE: Final = 0.05
"""Seconds for which a connection is waited for that is about to be there."""


class Closable(Protocol):
    """What a keeper asks of a connection."""

    @property
    def owner(self) -> Credential | None: ...
    def is_alive(self) -> bool: ...
    def begin_anew(self) -> bool: ...
    def close(self) -> None: ...


Kept = TypeVar("Kept", bound=Closable)


@dataclass(frozen=True)
class Held(Generic[Kept]):
    """A connection, and until when it may be used again."""

    connection: Kept
    until: float


class Keeper(Generic[Kept]):
    """The idle connections of a process, the one that was given back last at the end.

    One that was given back begins anew before it is used again.  That is a question to
    slurmdbd as well: it is asked by a thread of the keeper's while the answer goes to the
    client, or by whoever takes the connection before that.
    """

    def __init__(
        self, connect: Callable[[], Kept], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._idle: list[Held[Kept]] = []
        self._used: list[Held[Kept]] = []
        self._changed = threading.Condition()
        self._looking = False
        self._in_hand: Held[Kept] | None = None

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
        if held.until <= self._clock():
            held.connection.close()
            return
        with self._changed:
            self._used.append(held)
            self._see_that_somebody_looks()

    def _find(self) -> Held[Kept] | None:
        owner = _owner()
        while (found := self._pick(owner)) is not None:
            held, is_used = found
            usable = self._clock() < held.until and held.connection.is_alive()
            if usable and (not is_used or held.connection.begin_anew()):
                return held
            held.connection.close()
        return None

    def _pick(self, owner: Credential) -> tuple[Held[Kept], bool] | None:
        with self._changed:
            found = self._pop(owner)
            if found is None and self._is_in_hand(owner):
                # It will be there in less time than a new one takes.
                self._changed.wait_for(lambda: not self._is_in_hand(owner), PATIENCE)
                found = self._pop(owner)
            return found

    def _pop(self, owner: Credential) -> tuple[Held[Kept], bool] | None:
        for connections, is_used in ((self._idle, False), (self._used, True)):
            for place in reversed(range(len(connections))):
                if connections[place].connection.owner == owner:
                    return connections.pop(place), is_used
        return None

    def _is_in_hand(self, owner: Credential) -> bool:
        return self._in_hand is not None and self._in_hand.connection.owner == owner

    # -- what is done meanwhile ---------------------------------------------------------

    def _see_that_somebody_looks(self) -> None:
        """Have a thread look after the connections.  It ends when there are none left."""
        if self._looking:
            self._changed.notify_all()
        else:
            self._looking = True
            threading.Thread(target=self._look_after, name="slurmdbd-idle", daemon=True).start()

    def _look_after(self) -> None:
        while (found := self._wait_for_work()) is not None:
            used, old = found
            for held in old:
                held.connection.close()
            if used is not None:
                self._refresh(used)

    def _wait_for_work(self) -> tuple[Held[Kept] | None, list[Held[Kept]]] | None:
        """One that was used, and those whose time is over; None where none are left."""
        with self._changed:
            while self._idle or self._used:
                now = self._clock()
                old = [held for held in self._idle if held.until <= now]
                if old or self._used:
                    self._idle = [held for held in self._idle if held.until > now]
                    self._in_hand = self._used.pop(0) if self._used else None
                    return self._in_hand, old
                self._changed.wait(min(held.until for held in self._idle) - now)
            self._looking = False
            return None

    def _refresh(self, held: Held[Kept]) -> None:
        fresh = held.connection.begin_anew()
        surplus: Held[Kept] | None = None if fresh else held
        with self._changed:
            self._in_hand = None
            if fresh:
                self._idle.append(held)
            if len(self._idle) > KEEP_MOST:
                surplus = self._idle.pop(0)
            self._changed.notify_all()
        if surplus is not None:
            surplus.connection.close()


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

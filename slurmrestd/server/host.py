# SPDX-License-Identifier: GPL-2.0-or-later
"""What the connections of a process share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slurmrestd.http.app import Application
from slurmrestd.rest_auth.peer import Peer, peer_of
from slurmrestd.server import limits

if TYPE_CHECKING:
    from slurmrestd.server.connection import Connection


class Host:
    """The connections that there are, their application and their time-outs."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        app: Application,
        timeouts: limits.Timeouts,
    ) -> None:
        self.loop = loop
        self.app = app
        self.timeouts = timeouts
        self.connections: set[Connection] = set()
        self.draining = False
        self.begun = 0
        self._begun_before = 0
        self._worked = 0  # times in a row that there was something to do

    def peer_of(self, transport: asyncio.BaseTransport) -> Peer:
        """Who is at the other end of a new connection."""
        return peer_of(transport.get_extra_info("socket"))

    def released(self) -> None:
        """A connection is gone; replaced by whoever counts them."""

    def refused(self) -> None:
        """A message was no request; for whoever wants to know."""

    def drain(self) -> None:
        """Close each connection as soon as the request in work is answered."""
        self.draining = True
        self.app.catch_up()
        for connection in list(self.connections):
            connection.close_if_idle()

    def is_untidy(self) -> bool:
        """Whether it is time to give memory back: when work is over, and now and then meanwhile.

        To be asked every second or so.
        """
        moves = self.begun != self._begun_before or any(one.is_busy for one in self.connections)
        self._begun_before = self.begun
        if not moves:
            worked, self._worked = self._worked, 0
            return worked > 0
        self._worked += 1
        return self._worked % limits.UNTIDY_AFTER == 0

    def make_room(self) -> None:
        """Others wait for the places of those that ask nothing: close these."""
        before = self.loop.time() - limits.SPARED_SECONDS
        for connection in list(self.connections):
            connection.make_way(before)

    def sweep(self) -> None:
        """Close what does not move; called every second or so."""
        self.app.catch_up()
        now = self.loop.time()
        for connection in list(self.connections):
            connection.check_deadline(now)

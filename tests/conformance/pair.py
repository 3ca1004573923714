# SPDX-License-Identifier: GPL-2.0-or-later
"""The original and ours, asked the same."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.conformance.answer import DIED, SILENT, Answer, answer
from tests.conformance.case import Case, request
from tests.conformance.compare import Difference, differences
from tests.conformance.differences import Ledger
from tests.conformance.raw import Peer, Reply, exchange
from tests.fix_cluster import Cluster
from tests.fix_daemon import Daemon

_TRIES = 8
_STANDS = 4  # tries for what does not move: the scheduler sets a flag and takes it away again
_PAUSE = 0.3
_MOST_RESIDENT = 1 << 30  # the original leaks what it answers


@dataclass
class Tally:
    """What a run has compared."""

    requests: int = 0
    again: int = 0
    bytes: int = 0
    statuses: defaultdict[tuple[str, str], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    malformed: Counter[tuple[str, str]] = field(default_factory=Counter)
    parameters: defaultdict[tuple[str, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def count(self, case: Case, version: str, compared: Answer) -> None:
        """One more pair of answers."""
        self.requests += 1
        self.bytes += compared.size
        if isinstance(compared.status, int):
            self.statuses[case.operation, version].add(compared.status)
        if isinstance(case.body, bytes) and compared.status == 400:
            self.malformed[case.operation, version] += 1
        pairs = (case.query or "").split("&")
        self.parameters[case.operation, version].update(
            unquote(pair.split("=")[0]) for pair in pairs
        )

    def add(self, other: Tally) -> None:
        """What another part of the run has compared."""
        self.requests += other.requests
        self.again += other.again
        self.bytes += other.bytes
        self.malformed.update(other.malformed)
        for asked, statuses in other.statuses.items():
            self.statuses[asked].update(statuses)
        for asked, parameters in other.parameters.items():
            self.parameters[asked].update(parameters)


@dataclass(frozen=True)
class Outcome:
    """Both answers, and the differences that no row explains."""

    original: Answer
    ours: Answer
    found: list[Difference]


@dataclass(frozen=True)
class Pair:
    """Two daemons with the same authentication."""

    cluster: Cluster
    original: Daemon
    ours: Daemon
    tally: Tally
    ledger: Ledger

    def ask(
        self,
        daemon: Daemon,
        case: Case,
        version: str,
        names: Mapping[str, object] | None = None,
        peer: Peer | None = None,
    ) -> Answer:
        """One request to one of them, on a connection of its own; one that dies is replaced."""
        return _read(self._reply(daemon, case, version, names, peer))

    def _ask_in_turn(
        self, daemons: Sequence[Daemon], case: Case, version: str, peer: Peer | None
    ) -> list[Answer]:
        """The same request to each.

        Nothing is read before all have answered: to read YAML takes seconds, in which the
        scheduler sets a flag and takes it away again.
        """
        replies = [self._reply(daemon, case, version, None, peer) for daemon in daemons]
        return [_read(reply) for reply in replies]

    def _reply(
        self,
        daemon: Daemon,
        case: Case,
        version: str,
        names: Mapping[str, object] | None,
        peer: Peer | None,
    ) -> Reply | Answer:
        token = self.cluster.token(case.user) if case.user else None
        known = self.cluster.jobs | dict(names or {})
        data = request(case, version, token, known)
        try:
            reply = exchange(daemon.address, data, peer=peer, timeout=case.patience)
        except TimeoutError:
            return Answer(SILENT, "", None)
        if reply.status == 0 and daemon.died():
            daemon.restart()
            return Answer(DIED, "", None)
        if daemon.resident > _MOST_RESIDENT:
            daemon.restart()
        return reply

    def compare(self, case: Case, version: str, peer: Peer | None = None) -> Outcome:
        """Ask both until nothing differs, or what differs does not move.

        A value of ours is right if the original said it just before or says it just after.
        """
        before, ours = self._ask_in_turn((self.original, self.ours), case, version, peer)
        found = self.ledger.unexplained(case.id(version), differences(before, ours))
        standing: set[str] | None = None
        for attempt in range(1, _TRIES):
            if not found or (attempt > _STANDS and standing):
                break
            self.tally.again += 1
            time.sleep(_PAUSE)
            before, ours, after = self._ask_in_turn(
                (self.original, self.ours, self.original), case, version, peer
            )
            found = self.ledger.unexplained(case.id(version), differences(before, ours))
            moved = {difference.path: difference for difference in differences(before, after)}
            later = {difference.path for difference in differences(after, ours)}
            found = [it for it in found if it.path in later and not _on_the_way(it, moved)]
            stands = {difference.path for difference in found}.difference(moved)
            standing = stands if standing is None else standing & stands
        self.tally.count(case, version, ours)
        return Outcome(before, ours, found)


def _read(reply: Reply | Answer) -> Answer:
    return reply if isinstance(reply, Answer) else answer(reply)


def _on_the_way(found: Difference, moved: Mapping[str, Difference]) -> bool:
    """Whether ours is a number between the original's before and after."""
    move = moved.get(found.path)
    if move is None or not isinstance(found.ours, int) or not isinstance(move.ours, int):
        return False
    between: bool = min(move.original, move.ours) <= found.ours <= max(move.original, move.ours)
    return between

# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests for the same thing, by the same credential, at the same moment: one call for all.

Nothing is kept.  A call serves those who were there before it was made, and nobody who came
later, so that each gets what a call of its own would have brought.  Who comes while a call
is made waits for the next one, which serves all who came meanwhile: under load there are
few calls however many ask, and without load there is one for each.

Clients that ask again as soon as they are answered come back together: who is there first
waits for as many as the last call served, but for a moment only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Protocol

from slurmrestd.http import refusals
from slurmrestd.http.admission import Admitted
from slurmrestd.http.pieces import Answer
from slurmrestd.http.refusals import Refused

PATIENCE: Final = 0.05
"""Seconds for which those who came later wait for a call that is being made."""


class Pool(Protocol):
    """See slurmrestd.server.pool."""

    @property
    def is_full(self) -> bool: ...
    @property
    def max_wait(self) -> float: ...
    def submit(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callable[[Any, BaseException | None], object],
        waited: float = 0.0,
    ) -> None: ...
    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
        wish: bool = False,
    ) -> asyncio.Future[Any]: ...


GATHERING: Final = 0.001
"""Seconds for which who is there first waits for those who were served with it before."""

REMEMBERED: Final = 64
"""Of so many different things it is known how many asked for them together."""


_Member = tuple[Admitted, "asyncio.Future[Answer]"]


class _Group:
    """Those whom the same call will serve; it is made when ``expected`` are there."""

    __slots__ = ("expected", "key", "members", "since", "timer")

    def __init__(self, key: Hashable, since: float, expected: int, first: _Member) -> None:
        self.key = key
        self.since = since
        self.expected = expected
        self.members = [first]
        self.timer: asyncio.TimerHandle | None = None


class Sharing:
    """The requests of one worker; used on its event loop only.

    ``perform`` makes the call on a thread of ``pool`` and returns an answer for each.
    """

    def __init__(
        self, pool: Pool, perform: Callable[[Sequence[Admitted]], Sequence[Answer]]
    ) -> None:
        self._pool = pool
        self._perform = perform
        self._forming: dict[Hashable, _Group] = {}
        self._calls: dict[Hashable, int] = {}
        self._served: dict[Hashable, tuple[float, int]] = {}

    def join(self, admitted: Admitted) -> asyncio.Future[Answer]:
        """The answer to come; whoever has it must close it."""
        request = admitted.request
        key = (
            *(request.method, request.path, request.query),
            *(admitted.credential, admitted.media_type),
        )
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        group = self._forming.get(key)
        if group is None:
            self._begin(key, (admitted, future), loop)
        else:
            group.members.append((admitted, future))
            if len(group.members) >= group.expected and key not in self._calls:
                self._call(group)
        return future

    def _begin(self, key: Hashable, first: _Member, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        group = self._forming[key] = _Group(key, now, self._expected(key, now), first)
        if key in self._calls:
            group.timer = loop.call_later(PATIENCE, self._hurry, group)
        elif group.expected > 1:
            group.timer = loop.call_later(GATHERING, self._call, group)
        else:
            self._call(group)

    def _expected(self, key: Hashable, now: float) -> int:
        """How many ask for it at once: those who have just been served are on their way back."""
        at, served = self._served.pop(key, (0.0, 1))
        return served if now - at < GATHERING else 1

    def _hurry(self, group: _Group) -> None:
        """Wait no longer for the call before, unless this one would have to wait for a thread."""
        loop = asyncio.get_running_loop()
        if loop.time() - group.since > self._pool.max_wait:
            del self._forming[group.key]
            self._settle(group, (), Refused(refusals.OVERLOADED))
        elif self._pool.is_full:
            group.timer = loop.call_later(PATIENCE, self._hurry, group)
        else:
            self._call(group)

    def _call(self, group: _Group) -> None:
        if group.timer is not None:
            group.timer.cancel()
        del self._forming[group.key]
        group.members = [member for member in group.members if not member[1].cancelled()]
        if not group.members:
            return
        self._calls[group.key] = self._calls.get(group.key, 0) + 1
        self._pool.submit(
            self._perform,
            [admitted for admitted, _ in group.members],
            done=lambda answers, error: self._end(group, answers, error),
            waited=asyncio.get_running_loop().time() - group.since,
        )

    def _end(self, group: _Group, answers: Sequence[Answer], error: BaseException | None) -> None:
        self._calls[group.key] -= 1
        if not self._calls[group.key]:
            del self._calls[group.key]
            self._expect(group)
        self._settle(group, answers, error)

    def _expect(self, served: _Group) -> None:
        """Those who are served now may ask again at once, together with those who wait."""
        loop = asyncio.get_running_loop()
        following = self._forming.get(served.key)
        if following is not None:
            if following.timer is not None:
                following.timer.cancel()
            following.expected = len(following.members) + len(served.members)
            following.timer = loop.call_later(GATHERING, self._call, following)
        elif len(served.members) > 1:
            if len(self._served) >= REMEMBERED:
                del self._served[next(iter(self._served))]
            self._served[served.key] = loop.time(), len(served.members)

    def _settle(
        self, group: _Group, answers: Sequence[Answer], error: BaseException | None
    ) -> None:
        if error is not None:
            for _, future in group.members:
                if not future.cancelled():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(group.members, answers, strict=True):
            if future.cancelled():
                self._pool.call(answer.close)
            else:
                future.set_result(answer)

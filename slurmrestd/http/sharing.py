# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests for the same thing, by the same credential, at the same moment: one call for all.

Nothing is kept.  A call serves those who were there before it was made, and nobody who came
later, so that each gets what a call of its own would have brought.  Who comes while a call
is made waits for the next one, which serves all who came meanwhile: under load there are
few calls however many ask, and without load there is one for each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True, eq=False)
class _Group:
    """Those whom the same call will serve."""

    key: Hashable
    since: float
    members: list[tuple[Admitted, asyncio.Future[Answer]]] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


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
            group = self._forming[key] = _Group(key, loop.time())
            if key in self._calls:
                group.timer = loop.call_later(PATIENCE, self._hurry, group)
            else:
                # Not at once: others that arrived in the same moment are still to be read.
                loop.call_soon(self._call, group)
        group.members.append((admitted, future))
        return future

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
        self._count_down(group.key)
        self._settle(group, answers, error)

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

    def _count_down(self, key: Hashable) -> None:
        self._calls[key] -= 1
        if self._calls[key]:
            return
        del self._calls[key]
        following = self._forming.get(key)
        if following is not None and following.timer is not None:
            self._call(following)

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
from slurmrestd.http.admission import Admitted, note, refused
from slurmrestd.http.pieces import Answer
from slurmrestd.http.refusals import Refused
from slurmrestd.http.request import Request
from slurmrestd.rest_auth import Denied

PATIENCE: Final = 0.05
"""Seconds for which those who came later wait for a call that is being made."""


class Pool(Protocol):
    """See slurmrestd.server.pool."""

    @property
    def is_full(self) -> bool: ...
    @property
    def has_spare(self) -> bool: ...
    @property
    def in_work(self) -> int: ...
    @property
    def max_wait(self) -> float: ...
    def submit(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callable[[Any, BaseException | None], object],
        waited: float = 0.0,
        is_urgent: Callable[[], bool] = ...,
        light: bool = ...,
    ) -> None: ...
    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        discard: Callable[[Any], object] | None = None,
        wish: bool = False,
    ) -> asyncio.Future[Any]: ...
    def catch_up(self) -> None: ...


GATHERING: Final = 0.001
"""Seconds for which who is there first waits for those who were served with it before."""

REMEMBERED: Final = 64
"""Of so many different things it is known how many asked for them together."""


class Reply(Protocol):
    """Where an answer goes."""

    @property
    def left(self) -> bool:
        """Whether nobody waits for it any more."""

    @property
    def is_eager(self) -> bool:
        """Whether its client has asked as soon as it was answered, and may do so again."""

    @property
    def urgent(self) -> bool:
        """Whether anything waits for ``settle``, once the answer was hastened; on any thread."""

    def hasten(self, answer: Answer) -> None:
        """Send what can be sent at once; on the thread that has made the answer."""

    def follow(self, accept: Accept) -> bool:
        """Wait a moment for the client's next request; on the thread that has hastened the answer.

        Whether it came, and ``accept`` took it and where its answer goes: then it is in work,
        and this one is settled.
        """

    def leave(self) -> None:
        """Let others hear what the client says next; on the same thread, and always after that."""

    def settle(self, answer: Answer | None, error: BaseException | None) -> None:
        """Take the answer, or why there is none; on the event loop, and always after that."""


Accept = Callable[[Request, Reply], bool]
"""Takes a request and where its answer goes, or leaves it to others."""


class Member:
    """One who waits for an answer."""

    __slots__ = ("admitted", "reply")

    def __init__(self, admitted: Admitted, reply: Reply) -> None:
        self.admitted = admitted
        self.reply = reply

    def settle(self, answer: Answer | None, error: BaseException | None, pool: Pool) -> None:
        """Tell it; if it has left, its answer is closed on a thread of ``pool``."""
        if not self.reply.left:
            if isinstance(error, Denied):
                error = refused(self.admitted.request, error)
            self.reply.settle(answer, error)
        elif answer is not None:
            pool.call(answer.close)


class _Coming:
    """A reply that is awaited."""

    def __init__(self, future: asyncio.Future[Answer]) -> None:
        self._future = future

    @property
    def left(self) -> bool:
        return self._future.cancelled()

    @property
    def is_eager(self) -> bool:
        return False

    @property
    def urgent(self) -> bool:
        return True

    def hasten(self, answer: Answer) -> None:
        pass

    def follow(self, accept: Accept) -> bool:
        return False

    def leave(self) -> None:
        pass

    def settle(self, answer: Answer | None, error: BaseException | None) -> None:
        if error is not None:
            self._future.set_exception(error)
        elif answer is not None:
            self._future.set_result(answer)


class _Group:
    """Those whom the same call will serve; it is made when ``expected`` are there."""

    __slots__ = ("expected", "key", "members", "since", "timer")

    def __init__(self, key: Hashable, since: float, expected: int, first: Member) -> None:
        self.key = key
        self.since = since
        self.expected = expected
        self.members = [first]
        self.timer: asyncio.TimerHandle | None = None


def _key_of(admitted: Admitted) -> Hashable:
    """What requests have in common that one call can serve."""
    request = admitted.request
    return (
        *(request.method, request.path, request.query),
        *(admitted.credential, admitted.media_type),
    )


class Sharing:
    """The requests of one worker; used on its event loop only.

    ``perform`` makes the call on a thread of ``pool`` and returns an answer for each; for what
    ``is_light`` see slurmrestd.light.
    """

    def __init__(
        self,
        pool: Pool,
        perform: Callable[[Sequence[Admitted]], Sequence[Answer]],
        is_light: Callable[[Admitted], bool] = lambda admitted: False,
    ) -> None:
        self._pool = pool
        self._perform = perform
        self._is_light = is_light
        self._forming: dict[Hashable, _Group] = {}
        self._calls: dict[Hashable, int] = {}
        self._served: dict[Hashable, tuple[float, int]] = {}

    def join(self, admitted: Admitted) -> asyncio.Future[Answer]:
        """The answer to come; whoever has it must close it."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.add(Member(admitted, _Coming(future)))
        return future

    def add(self, member: Member) -> None:
        """The same for a ``reply`` that need not be awaited."""
        key = _key_of(member.admitted)
        group = self._forming.get(key)
        if group is None:
            self._begin(key, member, asyncio.get_running_loop())
        else:
            group.members.append(member)
            if len(group.members) >= group.expected and key not in self._calls:
                self._call(group)

    def concerns(self, admitted: Admitted) -> bool:
        """Whether somebody asks for the same, or is expected to; on any thread."""
        key = _key_of(admitted)
        return key in self._forming or key in self._calls or key in self._served

    def _begin(self, key: Hashable, first: Member, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        group = self._forming[key] = _Group(key, now, self._expected(key, now), first)
        if key in self._calls:
            group.timer = loop.call_later(PATIENCE, self._hurry, group)
            loop.call_soon(self._pool.catch_up)
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
        self._pool.catch_up()
        if self._forming.get(group.key) is not group:
            return
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
        group.members = [member for member in group.members if not member.reply.left]
        if not group.members:
            return
        self._calls[group.key] = self._calls.get(group.key, 0) + 1
        self._pool.submit(
            self._answer,
            group.members,
            done=lambda answers, error: self._end(group, answers, error),
            waited=asyncio.get_running_loop().time() - group.since,
            is_urgent=lambda: self._is_awaited(group),
            light=self._is_light(group.members[0].admitted),
        )

    def _is_awaited(self, group: _Group) -> bool:
        """Whether anybody waits for the end of its call; on any thread."""
        return len(group.members) > 1 or group.key in self._forming or group.members[0].reply.urgent

    def _answer(self, members: Sequence[Member]) -> Sequence[Answer]:
        """On a thread of the pool."""
        answers = self._perform([member.admitted for member in members])
        for member, answer in zip(members, answers, strict=True):
            note(member.admitted.request, answer.status)
        if len(members) == 1 and not members[0].reply.left:
            # Of several, none shall wait for the others' turns here.
            members[0].reply.hasten(answers[0])
        return answers

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
            for member in group.members:
                member.settle(None, error, self._pool)
            return
        for member, answer in zip(group.members, answers, strict=True):
            member.settle(answer, None, self._pool)

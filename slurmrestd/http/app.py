# SPDX-License-Identifier: GPL-2.0-or-later
"""The ASGI application: admits a request, has it performed, sends the answer.

Nothing blocks here: an operation is performed on a thread of ``rpc``, the further
pieces of its answer are made on the one thread of ``encoding``. No thread waits for
a client, nor for what an operation waits for: such a request is in the ``room``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slurmrestd.frozen import Frozen
from slurmrestd.http import refusals
from slurmrestd.http.admission import Admitted, Router, admit, note, read_query, refused
from slurmrestd.http.page import Page
from slurmrestd.http.pieces import Answer, Pieces
from slurmrestd.http.refusals import Refusal, Refused
from slurmrestd.http.request import Request, request_of
from slurmrestd.http.sharing import Member, Pool, Reply, Sharing
from slurmrestd.http.waiting import Waiting, WaitingRoom
from slurmrestd.light import here
from slurmrestd.rest_auth import Authentication, Credential, Denied
from slurmrestd.rest_auth.peer import Peer

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


LITTLE = 64 << 10
"""Bytes of a body up to which it is read on the event loop, if the operation is light."""

LARGE = 1 << 20
"""Bytes of a body from which what it took is given back to the system afterwards."""


class Operations(Frozen):
    """The door to what the server offers: routes, and the call of an operation.

    ``perform`` takes what ``slurmrestd.openapi.call.perform`` does, but for the
    peer in place of a client, since naming a client may ask the name service.
    ``begin`` is called once in every worker, after the fork, ``end`` before it exits, and
    ``tidy`` after a request with a large body, to give memory back to the system. Where
    ``waits`` says so of a match, it is ``request`` that is called, with the same; see
    slurmrestd.openapi.waiting. Where ``reads`` says so, it is ``perform_for_all``, which takes
    all peers that ask for the same and returns an answer for each. Where ``asks_slurmdbd``
    says so, it is called by way of the application's ``accounting``. Where ``is_light`` says so,
    it may be performed on the event loop (slurmrestd.light), with the ``questions`` that are made
    for a loop, if they can be.
    """

    routes: Router
    perform: Callable[[Any, object, Peer, Credential, str], Answer]
    begin: Callable[[], object] = lambda: None
    waits: Callable[[Any], bool] = lambda match: False
    request: Callable[[Any, object, Peer, Credential, str], Waiting] | None = None
    tidy: Callable[[], object] = lambda: None
    reads: Callable[[Any], bool] = lambda match: False
    asks_slurmdbd: Callable[[Any], bool] = lambda match: False
    perform_for_all: (
        Callable[[Any, object, Sequence[Peer], Credential, str], Sequence[Answer]] | None
    ) = None
    end: Callable[[], object] = lambda: None
    is_light: Callable[[Any], bool] = lambda match: False
    questions: Callable[..., Any] | None = None


class Turn:
    """What a client asks for in a row, on a thread of ``pool``: ``member`` is in work."""

    __slots__ = ("member", "pool")

    def __init__(self, member: Member, pool: Pool) -> None:
        self.member = member
        self.pool = pool


class Application:
    """One per worker: its pools belong to the worker's event loop.

    ``room`` may be missing where no operation waits. ``accounting`` has some of the
    threads, for what asks slurmdbd, so that one that hangs leaves others to the controller's
    side; without it, ``rpc`` serves both. ``pages`` are shown to everybody, by path; nothing else
    is, without credentials.
    """

    def __init__(
        self,
        operations: Operations,
        authentication: Authentication,
        rpc: Pool,
        encoding: Pool,
        room: WaitingRoom | None = None,
        *,
        accounting: Pool | None = None,
        pages: Mapping[str, Page] | None = None,
    ) -> None:
        self._operations = operations
        self._authentication = authentication
        self._rpc = rpc
        self._encoding = encoding
        self._room = room
        self._accounting = accounting or rpc
        self._sharing = Sharing(rpc, self._perform_for_all, self._is_light)
        self._sharing_accounting = Sharing(self._accounting, self._perform_for_all)
        self._pages = pages or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"this application does not speak {scope['type']!r}")
        request = request_of(scope, await _body(receive))
        if len(request.body) < LARGE:
            await self._serve(request, receive, send)
            return
        try:
            await self._serve(request, receive, send)
        finally:
            self._rpc.call(self._operations.tidy)

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        if request.method == "GET" and (page := self._pages.get(request.path)) is not None:
            note(request, page.status)
            await page.send(send)
            return
        try:
            admitted = admit(request, self._authentication, self._operations.routes)
            if self._operations.waits(admitted.match):
                await self._serve_late(admitted, receive, send)
                return
            answer = await self._answer(admitted)
        except Refused as error:
            await self.refuse(request, error.refusal, send)
            return
        await self.send(answer, send)

    def begin(self, request: Request, reply: Reply) -> bool:
        """Have a request answered by way of ``reply``, without a task; raises Refused.

        False for one that has to be awaited: a page, a large body, an operation that waits.
        """
        admitted = self._admitted(request)
        if admitted is None:
            return False
        member = Member(admitted, reply)
        pool = self._pool_of(admitted)
        sharing = self._sharing_of(admitted)
        is_eager = reply.is_eager
        at_ease = is_eager and not pool.in_work
        if sharing is not None and not (at_ease and self._is_alone(admitted, sharing)):
            sharing.add(member)
            return True
        turn = Turn(member, pool)
        pool.submit(
            self._perform_in_turn,
            turn,
            done=lambda answer, error: turn.member.settle(answer, error, pool),
            is_urgent=lambda: turn.member.reply.urgent,
            light=not is_eager and self._is_light(admitted),
        )
        return True

    def _admitted(self, request: Request) -> Admitted | None:
        """A request that needs no task; None for one that does.  Raises Refused."""
        if request.path in self._pages or len(request.body) >= LARGE:
            return None
        admitted = admit(request, self._authentication, self._operations.routes)
        return None if self._operations.waits(admitted.match) else admitted

    def catch_up(self) -> None:
        """Do what was put off after answers that are sent; see slurmrestd.server.pool."""
        self._rpc.catch_up()

    def _perform_in_turn(self, turn: Turn) -> Answer | None:
        """On a pool thread, which stays with an eager client while nobody else needs it.

        The event loop has nothing to do with what follows, and no other thread has to wake up
        for it.
        """
        try:
            answer = self._perform_for(turn.member)
            while answer is not None and self._goes_on(turn):
                answer.close()
                answer = self._perform_for(turn.member)
            return answer
        finally:
            turn.member.reply.leave()

    def _goes_on(self, turn: Turn) -> bool:
        """Whether more is asked for by the same client, who has its answer."""
        if here.fiber is not None or not turn.pool.has_spare:
            return False

        def accept(request: Request, reply: Reply) -> bool:
            admitted = self._admitted_here(request, turn)
            if admitted is not None:
                turn.member = Member(admitted, reply)
            return admitted is not None

        return turn.member.reply.follow(accept)

    def _admitted_here(self, request: Request, turn: Turn) -> Admitted | None:
        """A request that is performed where it is; None for what the event loop has to see."""
        try:
            admitted = self._admitted(request)
        except Refused:
            return None
        if admitted is None or self._pool_of(admitted) is not turn.pool:
            return None
        sharing = self._sharing_of(admitted)
        if sharing is None:
            return admitted
        # One that is in work is the one before.
        alone = turn.pool.in_work <= 1 and self._is_alone(admitted, sharing)
        return admitted if alone else None

    def _is_alone(self, admitted: Admitted, sharing: Sharing) -> bool:
        """Whether a reading is done as soon for itself as together with others."""
        return self._is_light(admitted) and not sharing.concerns(admitted)

    def _perform_for(self, member: Member) -> Answer | None:
        """On a pool thread; nothing is done for who has left before its turn."""
        if member.reply.left:
            return None
        answer = self._perform(member.admitted)
        note(member.admitted.request, answer.status)
        member.reply.hasten(answer)
        return answer

    async def refuse(self, request: Request, refusal: Refusal, send: Send) -> None:
        """Say no to a request."""
        note(request, refusal.status)
        await send_refusal(refusal, send)

    async def _answer(self, admitted: Admitted) -> Answer:
        if (sharing := self._sharing_of(admitted)) is not None:
            return await self._received(sharing.join(admitted))
        pool = self._pool_of(admitted)
        answer = await self._received(pool.call(self._perform, admitted, discard=_close, wish=True))
        note(admitted.request, answer.status)
        return answer

    def _is_light(self, admitted: Admitted) -> bool:
        small = len(admitted.request.body) <= LITTLE
        return small and self._operations.is_light(admitted.match)

    def _sharing_of(self, admitted: Admitted) -> Sharing | None:
        """Where it waits for others that ask the same; None for what is more than a reading."""
        if admitted.request.body or not self._operations.reads(admitted.match):
            return None
        accounting = self._operations.asks_slurmdbd(admitted.match)
        return self._sharing_accounting if accounting else self._sharing

    def _pool_of(self, admitted: Admitted) -> Pool:
        accounting = self._operations.asks_slurmdbd(admitted.match)
        return self._accounting if accounting else self._rpc

    async def _received(self, coming: asyncio.Future[Answer]) -> Answer:
        """The answer; closed if the client leaves in the very moment in which it is there."""
        try:
            return await coming
        except asyncio.CancelledError:
            if not coming.cancelled() and coming.exception() is None:
                self._rpc.call(coming.result().close)
            raise
        finally:
            # This frame is part of the error's traceback, and the error is the future's:
            # a refused body would wait for the cycle collector.
            del coming

    async def _serve_late(self, admitted: Admitted, receive: Receive, send: Send) -> None:
        """Answer a request that waits, unless its client leaves before it is answered."""
        room = self._room
        assert room is not None, "an operation waits, and there is no room for it"
        with room.seat():
            waiting = await self._rpc.call(self._request, admitted, discard=_abandon, wish=True)
            try:
                answer = await room.wait(waiting, receive)
                note(admitted.request, answer.status)
                await self.send(answer, send)
            except BaseException:
                room.abandon(waiting)
                raise

    def _perform(self, admitted: Admitted) -> Answer:
        """On a pool thread, where a large body does not hold up the event loop."""
        try:
            return self._operations.perform(*_arguments(admitted))
        except Denied as denied:
            raise refused(admitted.request, denied) from None

    def _perform_for_all(self, group: Sequence[Admitted]) -> Sequence[Answer]:
        """The same for several that ask for the same."""
        assert self._operations.perform_for_all is not None
        match, query, _, credential, media_type = _arguments(group[0])
        peers = [admitted.request.peer for admitted in group]
        return self._operations.perform_for_all(match, query, peers, credential, media_type)

    def _request(self, admitted: Admitted) -> Waiting:
        """The same for an operation that waits."""
        assert self._operations.request is not None
        try:
            return self._operations.request(*_arguments(admitted))
        except Denied as denied:
            raise refused(admitted.request, denied) from None

    async def send(self, answer: Answer, send: Send) -> None:
        """Send an answer, and close it."""
        fields = fields_of(answer)
        start = {"type": "http.response.start", "status": answer.status, "headers": fields}
        if answer.complete:
            await _send_whole(answer, start, send)
        else:
            await self._send_pieces(answer, start, send)

    async def _send_pieces(self, answer: Answer, start: dict[str, Any], send: Send) -> None:
        pieces = Pieces(answer, self._encoding)
        try:
            await send(start)
            while (piece := await pieces.next()) is not None:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            pieces.close()


def _arguments(admitted: Admitted) -> tuple[Any, object, Peer, Credential, str]:
    request = admitted.request
    query = read_query(request)
    if here.fiber is None:  # it may have to be read once more
        request.forget_body()
    return admitted.match, query, request.peer, admitted.credential, admitted.media_type


def fields_of(answer: Answer) -> list[tuple[bytes, bytes]]:
    """The header fields of an answer, with its length if it is complete."""
    fields = []
    if answer.content_type:
        fields.append((b"content-type", answer.content_type.encode("latin-1")))
    if answer.status >= 400:
        fields.append((b"connection", b"close"))
    if answer.complete and answer.status != 304:
        fields.append((b"content-length", b"%d" % len(answer.first)))
    return fields


def _close(answer: Answer) -> None:
    answer.close()


def _abandon(waiting: Waiting) -> None:
    waiting.abandon()


async def _body(receive: Receive) -> bytes:
    """The whole body; the server hands it over in one message, and limits its size."""
    chunks = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionResetError("the client left before its request was complete")
        chunks.append(message["body"])
        if not message["more_body"]:
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def _send_whole(answer: Answer, start: dict[str, Any], send: Send) -> None:
    try:
        await send(start)
        await send({"type": "http.response.body", "body": answer.first, "more_body": False})
    finally:
        answer.close()


async def send_refusal(refusal: Refusal, send: Send) -> None:
    body = refusal.text.encode()
    headers = [
        (b"content-type", refusals.MEDIA_TYPE),
        (b"connection", b"close"),
        (b"content-length", b"%d" % len(body)),
    ]
    if refusal.retry_after is not None:
        headers.append((b"retry-after", b"%d" % refusal.retry_after))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})

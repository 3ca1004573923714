# SPDX-License-Identifier: GPL-2.0-or-later
"""A worker: gunicorn's ASGI worker with our accept loop, connections and pools."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from gunicorn.workers.gasgi import ASGIWorker

from slurmrestd.http.app import Application
from slurmrestd.server.accepting import Acceptor
from slurmrestd.server.balance import Neighbours
from slurmrestd.server.becoming import BecomingWorker
from slurmrestd.server.connection import Connection
from slurmrestd.server.gunicorn_log import GunicornLog
from slurmrestd.server.host import Host
from slurmrestd.server.light_pool import LightPool
from slurmrestd.server.limits import GRACE
from slurmrestd.server.pool import Lane, Pool
from slurmrestd.server.service import Service
from slurmrestd.server.sockets import Watch
from slurmrestd.server.waiting import WaitingRoom

_HEARTBEAT: Final = 1.0  # seconds

# Signals that a worker must not miss between the fork and its own handlers, nor end of.
BLOCKED: Final = (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT, signal.SIGHUP)


class Worker(ASGIWorker):  # type: ignore[misc]
    """Serves its share of the connections, with its share of the threads.

    gunicorn keeps its part: the fork, signals, the heartbeat, and the replacement
    of a worker that died. ``slot`` is set by the master before the fork.
    """

    slot: int
    alive: bool

    def _setup_event_loop(self) -> None:
        # gunicorn's own, but for the selector: asyncio tells nobody which one it uses.
        self._selector = selectors.EpollSelector()
        self.loop = asyncio.SelectorEventLoop(self._selector)
        asyncio.set_event_loop(self.loop)

    def init_signals(self) -> None:
        self._stopping = asyncio.Event()
        super().init_signals()
        # Ctrl-C reaches the whole process group: the master decides what it means.
        self.loop.add_signal_handler(signal.SIGINT, lambda: None)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the same, when a terminal goes
        # Blocked by the master before the fork: what came since is heeded now.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)

    def handle_exit_signal(self) -> None:
        super().handle_exit_signal()
        self._stopping.set()

    def handle_quit_signal(self) -> None:
        super().handle_quit_signal()
        self._stopping.set()

    async def _serve(self) -> None:
        service: Service = self.asgi
        share = service.shares[self.slot]
        service.operations.begin()
        rpc = LightPool(self.loop, share.threads, "rpc", service.max_wait)
        if service.operations.questions is not None:
            rpc.use(service.operations.questions(self.loop, rpc.call, rpc.catch_up))
        accounting = Lane(rpc, share.accounting)
        encoding = Pool(self.loop, 1, "encoding")
        room = WaitingRoom(self.loop, rpc, share.waiting)
        app = Application(
            service.operations,
            service.authentication,
            rpc,
            encoding,
            room,
            accounting=accounting,
            pages=service.pages,
        )
        host = Host(self.loop, app, service.timeouts)
        acceptor = self._acceptor(host, service)
        acceptor.start()
        try:
            await self._beat(host, acceptor, lambda: rpc.call(service.operations.tidy))
            acceptor.close()
            await self._drain(host, room, acceptor)
        finally:
            rpc.close()
            encoding.close()
            service.operations.end()

    def _acceptor(self, host: Host, service: Service) -> Acceptor:
        share = service.shares[self.slot]
        listeners = [listener.sock for listener in self.sockets]
        assert service.balance is not None, "there are workers, and no balance for them"
        epoll = self._selector.fileno()
        acceptor = Acceptor(
            self.loop,
            listeners,
            share.connections,
            lambda: Connection(host),
            neighbours=Neighbours(service.balance, self.slot, epoll),
            watch=Watch(epoll),
        )
        host.released = acceptor.release  # type: ignore[method-assign]
        return acceptor

    async def _beat(self, host: Host, acceptor: Acceptor, tidy: Callable[[], object]) -> None:
        """Until told to stop, or left by the master; gives memory back by ``tidy``."""
        while self.alive:
            self.notify()
            if self.ppid != os.getppid():
                self.log.error("the master is gone")
                self.alive = False
                return
            host.sweep()
            if acceptor.turns_away():
                host.make_room()
            if host.is_untidy():
                tidy()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _HEARTBEAT)

    async def _drain(self, host: Host, room: WaitingRoom, acceptor: Acceptor) -> None:
        """Let what is in work be answered, within gunicorn's grace; who waits is sent away."""
        room.end()
        host.drain()
        deadline = self.loop.time() + self.cfg.graceful_timeout
        while acceptor.open or room.busy:
            if self._quick_shutdown or self.loop.time() > deadline:
                return
            self.notify()
            host.sweep()
            await asyncio.sleep(0.05)


def gunicorn_settings(service: Service) -> dict[str, Any]:
    """gunicorn's settings; what is ours to decide is not left to its defaults."""
    return {
        "worker_class": BecomingWorker if service.becomes_user else Worker,
        "workers": len(service.shares),
        # gunicorn's defaults are who we were when it was imported.
        "user": os.geteuid(),
        "group": os.getegid(),
        "asgi_lifespan": "off",
        "control_socket_disable": True,
        "timeout": 60,
        "graceful_timeout": int(GRACE),
        "proc_name": "slurmrestd",
        "logger_class": GunicornLog,
    }

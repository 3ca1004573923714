# SPDX-License-Identifier: GPL-2.0-or-later
"""The gunicorn master: forks the workers, replaces the dead, passes on signals."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from slurmrestd.server.errors import NotReady
from slurmrestd.server.listeners import Listener
from slurmrestd.server.notify import Notifier
from slurmrestd.server.service import Service
from slurmrestd.server.worker import BLOCKED, gunicorn_settings

log = logging.getLogger(__name__)


class Master(Arbiter):  # type: ignore[misc]
    """gunicorn's arbiter on listeners that are bound already."""

    def __init__(self, app: Program, listeners: Sequence[Listener]) -> None:
        super().__init__(app)
        self.LISTENERS = list(listeners)
        self._notifier = Notifier()
        self._is_ready = False
        # Workers that read slurm.conf before it changed, and the one that is leaving.
        self._outdated: set[int] = set()
        self._leaving = 0
        # So that gunicorn leaves the files of unix sockets alone: they are removed
        # at the end, by whoever made them.
        self.systemd = True

    def spawn_worker(self) -> int:
        self.app.next_slot = self._free_slot()
        # A new worker has the master's handlers until it has its own: a signal that
        # came in between would be lost, and the master wait for that worker.
        signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED)
        try:
            return int(super().spawn_worker())
        finally:
            if os.getpid() == self.pid:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)

    def _free_slot(self) -> int:
        """The share that no living worker has."""
        taken = {worker.slot for worker in self.WORKERS.values()}
        return min(set(range(self.num_workers)) - taken, default=0)

    def handle_int(self) -> None:
        # A clean shutdown, as SIGTERM is; a second SIGINT does not wait.
        raise StopIteration

    def handle_hup(self) -> None:
        """Read slurm.conf again. Where that cannot be used, everything stays as it is."""
        self._is_ready = False
        self._notifier.reloading()
        try:
            self.app.service.reload()
        except NotReady as error:
            log.error("SIGHUP: nothing changes: %s", error)
        else:
            log.info("SIGHUP: slurm.conf is read again, the workers are renewed")
            self._outdated = set(self.WORKERS)

    def manage_workers(self) -> None:
        super().manage_workers()
        self._renew()
        if not self._is_ready and not self._outdated:
            self._is_ready = True
            self._notifier.ready()

    def _renew(self) -> None:
        """Send one outdated worker away, when the place of the one before is taken again.

        One after another, so that the shares that they have of the limits do not add up to
        more. Who comes meanwhile is served by the others, or waits in the kernel.
        """
        self._outdated &= self.WORKERS.keys()
        if not self._outdated or self._leaving in self._outdated:
            return
        if len(self.WORKERS) == self.num_workers:
            self._leaving = min(self._outdated)
            self.kill_worker(self._leaving, signal.SIGTERM)

    def halt(self, reason: str | None = None, exit_status: int = 0) -> None:
        self._notifier.stopping()
        super().halt(reason, exit_status)

    def handle_usr2(self) -> None:
        log.error("SIGUSR2: replacing the running program is not offered")

    # More or fewer workers would break the shares that -t and --max-connections are split into.
    def handle_ttin(self) -> None:
        log.error("SIGTTIN: the number of workers follows from -t and --max-connections")

    handle_ttou = handle_ttin


class Program(BaseApplication):  # type: ignore[misc]
    """A gunicorn application that is configured by us alone: no file, no environment."""

    def __init__(self, service: Service, listeners: Sequence[Listener]) -> None:
        self.service = service
        self._listeners = listeners
        self.next_slot = 0
        super().__init__(prog="slurmrestd")

    def load_config(self) -> None:
        for name, value in gunicorn_settings(self.service).items():
            self.cfg.set(name, value)
        self.cfg.set("pre_fork", self._assign_slot)

    def load(self) -> Service:
        return self.service

    def _assign_slot(self, arbiter: Any, worker: Any) -> None:
        worker.slot = self.next_slot

    def run(self) -> NoReturn:
        """Serve until told to stop; then exits the process."""
        master = os.getpid()
        try:
            Master(self, self._listeners).run()
            sys.exit()
        finally:
            # A worker comes by here too, at its end.
            if os.getpid() == master:
                for listener in self._listeners:
                    listener.remove_file()

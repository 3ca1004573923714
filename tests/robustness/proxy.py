# SPDX-License-Identifier: GPL-2.0-or-later
"""A wire to the controller that can be cut at a chosen byte of its answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.robustness.controller import free_port

_WINDOW = 1 << 16


class Wire:
    """Passes connections at ``port`` on to the port ``target``.

    ``cut_after`` is how many bytes of an answer pass before the connection is closed, ``None``
    for all; a wire that is ``stalled`` then stays silent instead, until it is no more.
    """

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self.cut_after: int | None = None
        self.garbled_at: int | None = None
        self.cuts = 0
        self._stall = threading.Event()
        self._stall.set()
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)

    @contextmanager
    def cut(self, after: int) -> Iterator[None]:
        """Cut every answer after so many bytes."""
        self.cut_after = after
        try:
            yield
        finally:
            self.cut_after = None

    @contextmanager
    def garbled(self, at: int) -> Iterator[None]:
        """Turn round the bits of one byte of every answer."""
        self.garbled_at = at
        try:
            yield
        finally:
            self.garbled_at = None

    @contextmanager
    def stalled(self, after: int) -> Iterator[None]:
        """Let nothing pass after so many bytes; cut what waits at the end."""
        self._stall.clear()
        try:
            with self.cut(after):
                yield
        finally:
            self._stall.set()

    def serve(self) -> None:
        """Pass on until ``close``; to be run in a thread."""
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def close(self) -> None:
        """Accept no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _pass_on(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self._target)) as far:
            threading.Thread(target=_copy, args=(near, far), daemon=True).start()
            self._answer(far, near)

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        cut, garble, passed = self.cut_after, self.garbled_at, 0
        try:
            while data := bytearray(far.recv(_WINDOW)):
                if garble is not None and passed <= garble < passed + len(data):
                    data[garble - passed] ^= 0xFF
                passed += len(data)
                if cut is not None and passed >= cut:
                    del data[len(data) - (passed - cut) :]
                    near.sendall(data)
                    self._cut(near)
                    return
                near.sendall(data)
            near.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def _cut(self, near: socket.socket) -> None:
        self.cuts += 1
        self._stall.wait()
        # Closing alone would wait for the thread that reads the other way.
        near.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(_WINDOW):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@contextmanager
def wire(target: int) -> Iterator[Wire]:
    """A wire that is there meanwhile."""
    made = Wire(target)
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.close()
        thread.join()

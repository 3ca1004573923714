# SPDX-License-Identifier: GPL-2.0-or-later
"""A server on operations that need no Slurm: ``python -m tests.server.fake JSON``.

JSON holds Options, Timeouts and the path of a journal, to which every operation
writes a line as it begins and ends, and every answer as it is closed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Sequence

from slurmrestd.cli.options import Options
from slurmrestd.http.app import Operations
from slurmrestd.openapi.routes import BadPath
from slurmrestd.privileges.drop import lock_down
from slurmrestd.rest_auth import Credential
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.server import log, start
from slurmrestd.server.limits import Timeouts


class Journal:
    """Lines from all workers; one write each, so that none is torn."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, *words: object) -> None:
        os.write(self._descriptor, (" ".join(map(str, words)) + "\n").encode())


class FakeAnswer:
    """``pieces`` pieces of ``size`` bytes, all made in the same window."""

    def __init__(self, journal: Journal, pieces: int, size: int) -> None:
        self.status = 200
        self.content_type = "application/json"
        self.complete = False
        self._journal = journal
        self._left = pieces
        self._window = bytearray(size)
        self._made = 0
        self.first = self.next_piece() or b""

    def next_piece(self) -> memoryview | None:
        # Whoever still reads the last piece sees that it was overwritten.
        self._window[:] = b"!" * len(self._window)
        if not self._left:
            return None
        self._left -= 1
        self._window[:] = b"%c" % (ord("a") + self._made % 26) * len(self._window)
        self._made += 1
        return memoryview(self._window)

    def close(self) -> None:
        self._journal.note("close", self._made)


class WholeAnswer:
    def __init__(self, journal: Journal, status: int, body: bytes) -> None:
        self.status = status
        self.content_type = "application/json" if body else ""
        self.first = body
        self.complete = True
        self._journal = journal

    def next_piece(self) -> bytes | None:
        raise AssertionError("the answer is complete")

    def close(self) -> None:
        self._journal.note("close")


class Fake:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def match(self, method: str, path: str) -> list[str] | None:
        if "*" in path:
            raise BadPath(path)
        words = [method, *path.strip("/").split("/")]
        return None if words[1] == "nothing" or method == "PUT" else words

    def perform(
        self, match: list[str], query: object, peer: Peer, credential: Credential, media_type: str
    ) -> FakeAnswer | WholeAnswer:
        _, name, *arguments = match
        self._journal.note("begin", name)
        try:
            return self._perform(name, arguments, query, credential)
        finally:
            self._journal.note("end", name)

    def perform_for_all(
        self,
        match: list[str],
        query: object,
        peers: Sequence[Peer],
        credential: Credential,
        media_type: str,
    ) -> list[FakeAnswer | WholeAnswer]:
        return [self.perform(match, query, peer, credential, media_type) for peer in peers]

    def _perform(
        self, name: str, arguments: list[str], query: object, credential: Credential
    ) -> FakeAnswer | WholeAnswer:
        if name == "pieces":
            return FakeAnswer(self._journal, *map(int, arguments))
        if name == "status":
            status = int(arguments[0])
            return WholeAnswer(self._journal, status, b"" if status == 304 else b"{}")
        if name == "fail":
            raise RuntimeError("this operation always fails")
        if name == "sleep":
            time.sleep(float(arguments[0]))
        if name == "large":
            return WholeAnswer(self._journal, 200, b"x" * int(arguments[0]))
        answer = {
            "pid": os.getpid(),
            "thread": threading.get_native_id(),
            "query": query,
            "user": credential.user_name,
            "token": credential.token,
        }
        return WholeAnswer(self._journal, 200, json.dumps(answer).encode())


def main() -> None:
    settings = json.loads(sys.argv[1])
    options = Options(**settings["options"])
    fake = Fake(Journal(settings["journal"]))
    operations = Operations(
        fake,
        fake.perform,
        reads=lambda match: match[1] == "read",
        is_light=lambda match: match[1] == "read",
        perform_for_all=fake.perform_for_all,
    )
    log.configure(options.log_level)
    lock_down(options.user, options.group, frozenset(options.security))
    sockets = start.open_listeners(options)
    start.serve(options, operations, sockets, Timeouts(**settings["timeouts"]))


if __name__ == "__main__":
    main()

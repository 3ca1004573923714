# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection to slurmdbd in use: queries, changes, and their commit.

A query whose connection broke is asked once more on a new one, since nobody can tell the
difference.  A change is not: what came before it on the broken connection is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slurmrestd.slurm.accounting.connection import Connection, NotConnected
from slurmrestd.slurm.accounting.keeping import KEEPER, Held, Keeper
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.errors import SlurmError, check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import free
from slurmrestd.slurm.numbers import ESLURM_REST_INVALID_QUERY, SLURM_ERROR
from slurmrestd.slurm.rpc import ask


class Told(SlurmError):
    """Slurm refused, and said why in a text of its own."""

    def __init__(self, number: int, source: str, told: bytes) -> None:
        super().__init__(number, source)
        self.told = told


class Lease:
    """Used by the thread that took it.  ``close`` it: that gives the connection back.

    What was changed and not committed is rolled back then.
    """

    def __init__(self, keeper: Keeper[Connection] = KEEPER) -> None:
        """Take a connection of whom the thread acts for.  Raises NotConnected."""
        self._keeper = keeper
        self._held: Held[Connection] | None = keeper.take()
        self._changing = 0

    @property
    def connection(self) -> Connection:
        """The connection.  Raises ValueError once the lease is closed."""
        if self._held is None:
            raise ValueError("the connection was given back")
        return self._held.connection

    def fetch(
        self, function: Callable[..., Any], condition: Any, source: str, record_bytes: int = 0
    ) -> RecordList:
        """Ask a query that answers with a list.  Raises SlurmError.

        ``record_bytes`` is about what a record takes.
        """
        found, number = self._query(function, condition)
        if found == ffi.NULL and self._renew():
            found, number = self._query(function, condition)
        return _listed(found, number, source, record_bytes)

    def read(self, function: Callable[..., Any], *arguments: Any, source: str) -> None:
        """Ask a query that answers through its arguments.  Raises SlurmError."""
        returned = ask(function, self.connection.pointer, *arguments)
        if returned and self._renew():
            returned = ask(function, self.connection.pointer, *arguments)
        check(returned, source)

    def change(self, function: Callable[..., Any], *arguments: Any, source: str) -> None:
        """Make a change; nobody sees it before ``commit``.  Raises SlurmError."""
        returned, number = self._change(function, arguments)
        ffi.errno = number
        check(returned, source)

    def change_listed(
        self, function: Callable[..., Any], *arguments: Any, source: str
    ) -> RecordList:
        """Make a change that answers with a list of what it was made to.  Raises SlurmError."""
        found, number = self._change(function, arguments)
        return _listed(found, number, source)

    def change_told(self, function: Callable[..., Any], *arguments: Any, source: str) -> bytes:
        """Make a change that answers with a text of what was done, or why not.  Raises Told."""
        told, number = self._change(function, arguments)
        try:
            text = b"" if told == ffi.NULL else bytes(ffi.string(told))
        finally:
            free(told)
        if told == ffi.NULL or number:
            raise Told(number or SLURM_ERROR, source, text)
        return text

    def _change(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, int]:
        """What the function gives back, and errno.  Raises NotConnected.

        So it does if a change before this one is lost, or this one may be.
        """
        if not self._changing:
            self._renew()
            self._changing = self.connection.socket
        result = ask(function, self.connection.pointer, *arguments)
        number = ffi.errno
        self._check_changes()
        return result, number

    def commit(self) -> None:
        """Make the changes.  Raises SlurmError: then none of them was made."""
        returned = ask(lib.slurmdb_connection_commit, self.connection.pointer, True)
        number = ffi.errno
        self._check_changes()
        ffi.errno = number
        check(returned, "slurmdb_connection_commit()")
        self._changing = 0

    def close(self) -> None:
        """Give the connection back; idempotent."""
        held, self._held = self._held, None
        if held is None:
            return
        if self._changing:
            held.connection.close()
        else:
            self._keeper.give_back(held)

    def _query(self, function: Callable[..., Any], condition: Any) -> tuple[Any, int]:
        found = ask(function, self.connection.pointer, condition)
        return found, ffi.errno

    def _renew(self) -> bool:
        """Whether the connection was broken, and there is a new one.  Raises NotConnected."""
        if self._changing or self.connection.is_alive():
            return False
        self.connection.close()
        self._held = None
        self._held = self._keeper.fresh()
        return True

    def _check_changes(self) -> None:
        if self._changing and self.connection.socket != self._changing:
            raise NotConnected

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _listed(found: Any, number: int, source: str, record_bytes: int = 0) -> RecordList:
    """A list that libslurm gave back.  Raises SlurmError where errno or NULL says so."""
    if found == ffi.NULL:
        raise SlurmError(number or ESLURM_REST_INVALID_QUERY, source)
    if number:
        lib.slurm_list_destroy(found)
        raise SlurmError(number, source)
    return RecordList(found, source, record_bytes)

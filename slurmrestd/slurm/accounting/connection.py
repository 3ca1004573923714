# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection to slurmdbd, opened as somebody and theirs for good.

libslurm would connect anew by itself where it finds the connection closed: it is told not
to.  Where it does so all the same, it is as whoever the thread acts for, which is the same
caller, since queries and changes are only ever made while the owner is acting; but what
was not committed is lost by it: ``socket`` tells.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any, Final

from slurmrestd.slurm import quick
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.numbers import ESLURM_DB_CONNECTION
from slurmrestd.slurm.rpc import acting, ask

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential
    from slurmrestd.slurm.accounting.kept_tres import KeptTres

SOURCE: Final = "slurmdbd"

CLOSING_MS: Final = 1000
"""How long slurmdbd may take to say goodbye: it would have a quarter of an hour."""

PATIENCE_MS: Final = 1000
"""How long the answer to ``ask_to_begin_anew`` is waited for: then a new connection is quicker."""


class NotConnected(SlurmError):
    """slurmdbd cannot be reached, or does not take the credential; ``reason`` is the errno."""

    def __init__(self, reason: int = 0) -> None:
        super().__init__(ESLURM_DB_CONNECTION, SOURCE)
        self.reason = reason or ESLURM_DB_CONNECTION


class Connection:
    """Used by one thread at a time, and only while ``owner`` is acting.  ``close`` it.

    ``tres`` is for who uses it to keep.
    """

    def __init__(self) -> None:
        """Connect as whom the thread acts for.  Raises NotConnected."""
        self.owner: Credential | None = acting()
        self.tres: KeptTres | None = None
        self._is_asked = False
        self._pointer: Any = ask(lib.slurmdb_connection_get, ffi.new("uint16_t *"))
        number = ffi.errno
        if self._pointer == ffi.NULL:
            raise NotConnected(number)
        # A connection that failed is one as well: it would be tried again later.
        self._private = ffi.cast("private_persist_conn_t *", self._pointer)
        if number or self._private.fd < 0:
            self.close()
            raise NotConnected(number)
        self._private.flags &= ~lib.PRIVATE_PERSIST_RECONNECT

    @property
    def pointer(self) -> Any:
        """What the functions of libslurm take.  Raises ValueError once it is closed."""
        if self._pointer is None:
            raise ValueError("the connection is closed")
        return self._pointer

    @property
    def socket(self) -> int:
        """What tells this socket from every other; 0 where there is none (any more)."""
        try:
            found = os.fstat(self._private.fd)
        except (OSError, OverflowError):
            return 0
        return found.st_ino if stat.S_ISSOCK(found.st_mode) else 0

    def is_alive(self) -> bool:
        """Whether slurmdbd still listens at the other end, as far as this end has heard.

        Between an answer and the next question slurmdbd has nothing to say.
        """
        return self._pointer is not None and quick.is_alive(self._private)

    def ask_to_begin_anew(self) -> bool:
        """Have the next query see the database as it will be then; whether that was asked.

        All that is asked of a connection is one transaction, which sees the database as it
        was at its first query, until something ends it.  What is not committed is given up.
        slurmdbd does so while nobody waits: see ``began_anew``.
        """
        if self._pointer is not None:
            self._is_asked = lib.sr_ask_to_begin_anew(self._private)
        return self._is_asked

    @property
    def is_ready(self) -> bool:
        """Whether ``began_anew`` would not have to wait."""
        return not self._is_asked or quick.is_answered(self._private)

    def began_anew(self) -> bool:
        """Whether slurmdbd did what it was asked for, and is still there.

        Any thread may ask, once, and before anything else is done with the connection.
        """
        asked, self._is_asked = self._is_asked, False
        return asked and lib.sr_began_anew(self._private, PATIENCE_MS)

    def close(self) -> None:
        """Give up what is not committed, say goodbye and free it; idempotent.

        Any thread may do so: the goodbye is said on the connection as it is, or not at all.
        """
        if self._pointer is None:
            return
        alive = self.began_anew() if self._is_asked else self.is_alive()
        pointer, self._pointer = self._pointer, None
        if pointer == ffi.NULL:
            return
        self._private.timeout = CLOSING_MS
        if not alive:
            self._hang_up()
        lib.slurmdb_connection_close(ffi.new("void **", pointer))

    def _hang_up(self) -> None:
        """See that libslurm finds nothing to say goodbye to."""
        if self.socket:
            lib.shutdown(self._private.fd, lib.SHUT_RDWR)

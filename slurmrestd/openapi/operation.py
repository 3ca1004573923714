# SPDX-License-Identifier: GPL-2.0-or-later
"""The declaration of an operation: where it is, what it takes, what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from socket import socket
from typing import TYPE_CHECKING, Any, Protocol

from slurmrestd.data_parser.model import FIRST, LAST, Struct, Version
from slurmrestd.frozen import Frozen

if TYPE_CHECKING:
    from slurmrestd.openapi.call import Call

Values = Mapping[str, Any]
"""What a handler answers: values by the key of the response's rows.  A value is a number,
text, ``encode.Records`` or ``encode.One``; a key that is left out is shown as empty."""


class Id(int):
    """A number that is another in each answer, which is remembered without it.

    An answer has one, and may show it at several places.
    """


class IdText(bytes):
    """The answer's Id where it is shown as text."""


class Pending(Protocol):
    """What an operation that waits has asked for, and perhaps got."""

    @property
    def socket(self) -> socket | None:
        """Listens for the controller to say that there is something to look at.

        None where nobody will ever be told.
        """

    def look(self, call: Call) -> Values | None:
        """The result; None while there is none.  Makes no request if it is there already.

        Raises what a handler raises, if there is none to come.
        """

    def acknowledge(self, descriptor: int) -> None:
        """Answer to the controller on a connection to ``socket``; does not block."""

    def cancel(self) -> None:
        """Give it up, also after it was granted.  Raises SlurmError."""

    def close(self) -> None:
        """Close the socket; idempotent."""


Handler = Callable[["Call"], Values | Pending | None]
"""None: the answer has nothing but the envelope (a failure before there was a result).
``Pending`` is for operations that wait."""


class Operation(Frozen, eq=False):
    """One method at one path.  ``path`` holds ``{data_parser}`` where the version goes.

    One that ``acts`` is more than a look, although it is a GET: it is done for each who asks.
    One that ``waits`` may be answered much later: no thread is kept for it, and its client
    can leave meanwhile (see slurmrestd.openapi.waiting).  One that is ``light`` asks the
    controller little and waits for nothing else (see slurmrestd.light).  ``description`` says
    more than ``summary`` where there is more to say.  ``name`` is what the document calls the
    operation where its path would not tell it from another; ``documented`` is what the document
    says that it answers, where that is not ``response``.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    response: Struct
    response_description: str
    documented: Struct | None = None
    parameters: Struct | None = None
    query: Struct | None = None
    body: Struct | None = None
    body_description: str = ""
    since: Version = FIRST
    until: Version = LAST
    waits: bool = False
    description: str = ""
    name: str = ""
    acts: bool = False
    light: bool = False

    @property
    def reads(self) -> bool:
        """Whether it only looks, so that one look can serve all who ask at the same moment."""
        return self.method == "GET" and not self.acts and not self.waits


class Plugin(Frozen, eq=False):
    """A set of operations that is loaded as one (``-s``).

    ``asks_slurmdbd`` says that they all do, and so never get all of the threads.
    """

    name: str
    title: str
    tag: str
    operations: tuple[Operation, ...]
    asks_slurmdbd: bool = False

    @property
    def type(self) -> str:
        """The name with its kind, as in ``meta.plugin.type``."""
        return f"openapi/{self.name}"

# SPDX-License-Identifier: GPL-2.0-or-later
"""One request as the operations see it, from its match to its answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from slurmrestd.data_parser.encode import Gathered, Records
from slurmrestd.data_parser.model import Needs, Struct, Version
from slurmrestd.data_parser.names import group_name, user_name
from slurmrestd.data_parser.needs import needs_of
from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.read.context import Reading, Record, Settings, Unreadable
from slurmrestd.data_parser.read.structs import read
from slurmrestd.http.media import YAML_TYPES
from slurmrestd.http.status import NO_CHANGE, status_of
from slurmrestd.light import here
from slurmrestd.openapi.answer import Answer, Closable, no_content
from slurmrestd.openapi.envelope import Issues, build, build_all
from slurmrestd.openapi.numbers_shown import Shown, list_with, qos_shown, tres_shown
from slurmrestd.openapi.routes import Match
from slurmrestd.rest_auth import Denied
from slurmrestd.slurm import library
from slurmrestd.slurm.accounting.known import Kind
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.accounting.lookups import LookUps, load_tres
from slurmrestd.slurm.accounting.moment import ask_on_the_side
from slurmrestd.slurm.credential import CredentialError, acting_as
from slurmrestd.slurm.errors import SlurmError, error_text

if TYPE_CHECKING:
    from slurmrestd.rest_auth import Credential

__all__ = ["Answer", "Call", "Client", "Refused", "perform", "perform_for_all"]

log = logging.getLogger(__name__)

INVALID_QUERY = 9000  # ESLURM_REST_INVALID_QUERY
FAIL_PARSING = 9001  # ESLURM_REST_FAIL_PARSING
INTERNAL = -1  # SLURM_ERROR


class Client(NamedTuple):
    """Who asks, for ``meta``: the connection's name, and the peer's ids where known."""

    source: str
    uid: int | None = None
    gid: int | None = None


class Refused(Exception):
    """Stops an operation; what is wrong stands in the call's errors already."""


class Call:
    """A request on its way: what it asks for, what was wrong with it, what it owns."""

    def __init__(self, match: Match, query: object, client: Client, credential: Credential) -> None:
        self.match = match
        self.client = client
        self.credential = credential
        self.issues = Issues()
        self.owned: list[Closable] = []
        self._query = query
        self._look_ups: LookUps | None = None
        self._shown: list[Shown] = []

    @property
    def version(self) -> Version:
        """The version that the URL names."""
        return self.match.parser.version

    @property
    def has_query(self) -> bool:
        """Whether anything was asked for in the query."""
        return bool(self._query)

    def query(self) -> Record:
        """The query by the operation's table: C member name -> value.  Raises Refused.

        The status of a query that cannot be read is that of the first error.
        """
        struct = self.match.operation.query
        try:
            return self._read(struct, self._query) if struct else Record("")
        except Unreadable:
            raise self.refuse(INVALID_QUERY, "query", "The query cannot be read") from None

    def valid_query(self) -> Record:
        """The same, but the status is that of a bad request, whatever was wrong."""
        try:
            return self.query()
        except Refused:
            self.issues.number = INVALID_QUERY
            raise

    def parameters(self) -> Record:
        """The parameters in the path by the operation's table.  Raises Refused."""
        struct = self.match.operation.parameters
        try:
            return self._read(struct, self.match.parameters) if struct else Record("")
        except Unreadable:
            self.issues.number = INVALID_QUERY
            raise self.refuse(INVALID_QUERY, "path", "The path cannot be read") from None

    def options(self, struct: Struct | None = None) -> Record:
        """The query, where only what the reading says of it becomes errors.  Raises Refused.

        ``struct`` is for operations that take another query than they document.
        """
        struct = struct or self.match.operation.query
        assert struct is not None, "the operation takes no query"
        return self._strict(struct, "query")

    def body(self) -> Record:
        """The body by the operation's table.  Raises Refused; the errors name the places."""
        return self._strict(self._body_struct(), "body")

    def read_body(self) -> Record:
        """The same for an operation that has its own answer to what cannot be read.

        Raises Unreadable; the errors name the places, but some values stop the reading
        without a word.
        """
        return self._read(self._body_struct(), self._query)

    def _body_struct(self) -> Struct:
        struct = self.match.operation.body
        assert struct is not None, "the operation takes no body"
        return struct

    def _strict(self, struct: Struct, source: str) -> Record:
        errors = len(self.issues.errors)
        try:
            return self._read(struct, self._query)
        except Unreadable as error:
            if len(self.issues.errors) == errors:
                # Some values stop the reading without a word.  The original then answers
                # 200, as if the request had been done.
                raise self.refuse(FAIL_PARSING, source, "A value cannot be read") from error
            self.issues.number = self.issues.number or error.errno
            raise Refused from error

    def _read(self, struct: Struct, value: object) -> Record:
        parser = self.match.parser
        reading = Reading(
            parser.version,
            fast=parser.fast,
            complex=parser.complex,
            settings=_settings(library.config()),
            look_ups=self._look_ups,
        )
        try:
            return read(struct, value, reading)
        finally:
            self.issues.take(reading.errors, reading.warnings)

    @contextmanager
    def accounting(self) -> Iterator[Lease]:
        """A connection to slurmdbd, which is given back at the end of the block.

        To be opened before anything else is looked at: that slurmdbd cannot be reached is
        said first.  What it answers belongs to the call (``own``).  The query, the path and
        the body have to be read within the block if their types need what slurmdbd knows;
        what the types of the answer need is asked for at its end.  Raises SlurmError.
        """
        with Lease() as lease:
            self._look_ups = self.own(LookUps(lease))
            yield lease
            self._look_up()

    def _look_up(self) -> None:
        """Ask for what the records of the answer cannot be written without."""
        if not any(len(found) for _, found, _ in self._shown):
            return
        for kind in _kinds(self.match.operation.response, self.version):
            try:
                self._look_up_kind(kind)
            except SlurmError as error:
                # What there is is shown, with numbers that stand for nothing.
                self.issues.error(error.number, error.source, f"The {kind.name} cannot be had")
                self.warn(error.source, f"The {kind.name} cannot be shown: {error.text}")
                return

    def _look_up_kind(self, kind: Kind) -> None:
        assert self._look_ups is not None
        if kind is Kind.TRES and (suffices := tres_shown(self._shown, self.version)):
            self._look_ups.load_tres(suffices)
        elif kind is Kind.QOS and (ids := qos_shown(self._shown, self.version)) is not None:
            self._look_up_qos(self._look_ups, ids)
        else:
            self._look_ups.load(kind)

    def _look_up_qos(self, look_ups: LookUps, ids: frozenset[int]) -> None:
        if not ids:
            return
        if (found := list_with(ids, self._shown)) is not None:
            look_ups.use(Kind.QOS, found)
        else:
            look_ups.load(Kind.QOS)

    def ask_slurmdbd_on_the_side(self) -> None:
        """See that slurmdbd knows what the answer's types need, as the original does.

        The controller's answer is shown without it, with a warning, and with an error if
        slurmdbd is there to be asked and did not answer within a moment.
        """
        needs = needs_of(self.match.operation.response, self.version)
        if not needs:
            return
        if not library.config().uses_slurmdbd:
            self.warn("", f"There is no accounting storage to ask for {needs.name}")
            return
        try:
            ask_on_the_side(self.credential, lambda lease: load_tres(lease).close())
        except SlurmError as error:
            self.issues.error(error.number, error.source, "slurmdbd did not answer")
            self.warn(error.source, f"slurmdbd cannot be asked for {needs.name}: {error.text}")

    @property
    def native_lookups(self) -> Any:
        """What the encoder needs to write records of slurmdbd; None where it needs nothing."""
        return self._look_ups.native if self._look_ups else None

    @property
    def warns_late(self) -> bool:
        """Whether writing the records may bring warnings; see slurmrestd.openapi.late_warnings."""
        response = self.match.operation.response
        return bool(self.native_lookups) and _names_what_may_be_gone(response, self.version)

    def forget_body(self) -> None:
        """Let go of what was sent, once it is read: the call may have to wait."""
        self._query = None

    def own(self, message: Any) -> Any:
        """Have ``message`` freed when the answer is done with."""
        self.owned.append(message)
        return message

    def records(self, struct: Struct, found: RecordList) -> Records:
        """The records of a list that the call owns, for the encoder."""
        gathered = self.own(Gathered(library.host_functions(), found.pointer))
        self._shown.append((struct, found, gathered))
        return Records(struct, gathered.base, gathered.count, pointers=True)

    def refuse(self, number: int, source: str, description: str) -> Refused:
        """Note an error; the exception is for the caller to raise."""
        self.issues.error(number, source, description)
        return Refused()

    def warn(self, source: str, description: str) -> None:
        """Note something that did not keep the request from being answered."""
        self.issues.warn(source, description)

    def close(self) -> None:
        """Free what the call owns; idempotent."""
        while self.owned:
            self.owned.pop().close()


@cache
def _settings(config: library.Config) -> Settings:
    return Settings(config.cpu_freq_govs, config.cpu_freq_def)


def perform(
    match: Match,
    query: object,
    client: Client,
    credential: Credential,
    media_type: str,
    *,
    pretty: bool = True,
) -> Answer:
    """Do what is asked, as ``credential``.  Blocks.

    Raises Denied where nobody can ask with such a credential, and for nothing else that is
    the client's fault.
    For an operation that waits, see slurmrestd.openapi.waiting.
    """
    _know_names((client,))
    call = Call(match, query, client, credential)
    try:
        return answer_of(call, handle(call, match.operation.handler), media_type, pretty=pretty)
    except BaseException:
        call.close()
        raise


def perform_for_all(
    match: Match,
    query: object,
    clients: Sequence[Client],
    credential: Credential,
    media_type: str,
    *,
    pretty: bool = True,
) -> list[Answer]:
    """Do once what several clients ask for with the same ``credential``; an answer for each.

    For operations that only read (see Operation.reads), and clients who were all there
    before: each gets what was true after it asked.  Otherwise like ``perform``.
    """
    if len(clients) == 1:
        client = clients[0]
        return [perform(match, query, client, credential, media_type, pretty=pretty)]
    _know_names(clients)
    call = Call(match, query, clients[0], credential)
    try:
        values = handle(call, match.operation.handler)
        status = _judge(call, clients)
        if status == 304:
            call.close()
            return [no_content(304) for _ in clients]
        sources = [client.source for client in clients]
        form = _form(call, media_type, pretty)
        return build_all(call, values, form, status, media_type, sources=sources)
    except BaseException:
        call.close()
        raise


def _know_names(clients: Sequence[Client]) -> None:
    """In a fiber, ask for the names that each answer shows before the controller is asked.

    Whoever has to be asked for them may take time: the work is then begun anew on a thread,
    and the controller would be asked twice.
    """
    if here.fiber is None:
        return
    for client in clients:
        if client.uid is not None:
            user_name(client.uid)
        if client.gid is not None:
            group_name(client.gid)


def answer_of(call: Call, values: Any, media_type: str, *, pretty: bool) -> Answer:
    """The answer that shows ``values`` and what went wrong.  It owns what the call owned."""
    status = _judge(call, [call.client])
    if status == 304:
        call.close()
        return no_content(304)
    return build(call, values, _form(call, media_type, pretty), status, media_type)


def _judge(call: Call, clients: Sequence[Client]) -> int:
    """The status of the answer, and a line in the log for each client if it is an error."""
    number = call.issues.number
    if number == NO_CHANGE:
        return 304
    status = status_of(number)
    if number and status >= 400:
        operation = call.match.operation
        # Neither the client's words nor what is said of them: a log is no place for either.
        reason = error_text(number)
        for client in clients:
            log.error("%s: %s %s: %s", client.source, operation.method, operation.path, reason)
    return status


def _form(call: Call, media_type: str, pretty: bool) -> Form:
    return _the_form(call.version, pretty, call.match.parser.complex, media_type in YAML_TYPES)


@cache
def _kinds(response: Struct, version: Version) -> tuple[Kind, ...]:
    """What the records of an answer need."""
    return tuple(Kind[need.name or ""] for need in needs_of(response, version))


@cache
def _names_what_may_be_gone(response: Struct, version: Version) -> bool:
    """Whether there are QOS or associations in an answer: no TRES is ever taken away."""
    return bool(needs_of(response, version) & (Needs.QOS | Needs.ASSOC))


@cache
def _the_form(version: Version, pretty: bool, complex: bool, yaml: bool) -> Form:  # noqa: A002
    return Form(version, pretty, complex, yaml)


def handle(call: Call, function: Callable[[Call], Any]) -> Any:
    """Call ``function`` as whoever asks; None where something went wrong, which is noted.

    Raises Denied where nobody can ask with such a credential.
    """
    try:
        with acting_as(call.credential):
            return function(call)
    except Refused:
        return None
    except CredentialError as error:
        raise Denied(error.text) from None
    except SlurmError as error:
        call.issues.error(error.number, error.source, error.text)
        return None
    except Exception:
        # An answer with a reason, and the traceback in the log for us to mend.
        log.exception("%s %s failed", call.match.operation.method, call.match.operation.path)
        call.issues.error(INTERNAL, call.match.operation.path, "This is a fault of the server")
        return None

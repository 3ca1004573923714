# SPDX-License-Identifier: GPL-2.0-or-later
"""Where ours differs from the original on purpose.  Nothing else may differ.

A row that no difference of a run needs fails the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from tests.conformance.answer import DIED, SILENT
from tests.conformance.compare import ABSENT, Difference


def anything(_: Any) -> bool:
    """Any value."""
    return True


@dataclass(frozen=True)
class Chosen:
    """A difference that stays.

    ``case`` is a pattern for ids of cases (``*`` is any text), ``place`` one for places in the
    answer (``status``, ``media type``, ``content``, ``/errors[]/error_number``).  ``original`` and
    ``ours`` are what each answers there, a value or a test of one.
    """

    case: str
    place: str
    why: str
    original: Any = anything
    ours: Any = anything

    def covers(self, case: str, difference: Difference) -> bool:
        """Whether this row explains a difference of a case."""
        return (
            _like(case, self.case)
            and _like(difference.place, self.place)
            and _is(self.original, difference.original)
            and _is(self.ours, difference.ours)
        )


def _like(text: str, pattern: str) -> bool:
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _is(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, Callable):  # type: ignore[arg-type]
        return bool(wanted(value))
    return type(wanted) is type(value) and bool(wanted == value)


_ABORTS = "the original aborts; nothing that is sent may end the server"

_SILENT = (
    "a value that stops the reading without an error: the original answers 200 and does nothing"
)
_WORDLESS = "such a value elsewhere: the original's status is an error's, without the error"
_ADDED = "a flag that there is not: the original answers 500, and adds the clusters all the same"
_HUNG_UP = "slurmdbd hangs up on who is refused; the original goes on and notes what comes of that"


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _cannot_be_read(error: Any) -> bool:
    return isinstance(error, dict) and error["error_number"] == 9001


_QUALITY = "the highest q wins and 0 means never, as RFC 9110 has it; the original takes the lowest"
_FORM = "form data is never written; the original finds that out late, and fails"
_ENDLESS = "a body above the limit is refused at once; the original waits for all of it"

_NOT_HTTP = (
    "the original ends its headers without a blank line; ours says in plain text what is wrong"
)
_SMUGGLING = (
    "RFC 9112 (2.2, 5.1, 6.1) lets it be refused: proxies and servers may read it differently"
)

_PIECES = "a request may come in any pieces; the original wants its first line in one"
_LEFT_OVER = "the original's error is a left-over errno, often none; ours is a bad request's"

_NO_NEWS = "asked since when, the original fails unless a partition has changed since then, too"

_STRIPPED = "HTTP takes away the space at a header's end, and what is left names no token"

_METHODS = "methods that neither knows: ours refuses them for what they are, not for where they go"


def _unspecified(error: Any) -> bool:
    return isinstance(error, dict) and error["error_number"] == -1


CHOSEN: tuple[Chosen, ...] = (
    Chosen("connection: request in pieces", "/statuses[]", _PIECES, original=400, ours=200),
    Chosen("connection: request in pieces", "/closed", _PIECES, original=True, ours=False),
    *(
        Chosen("* POST job/submit: document: no jobs*", place, _LEFT_OVER, ours=ours)
        for place, ours in (
            ("status", 422),
            ("/errors[]/error_number", 9000),
            ("/errors[]/error", _text),
        )
    ),
    *(
        Chosen(f"* {kind}: *", place, _NOT_HTTP, original=theirs, ours=ours)
        for kind in ("framing", "refusal")
        for place, theirs, ours in (("media type", "", "text/plain"), ("content", None, _text))
    ),
    Chosen("* framing: chunked and a length", "status", _SMUGGLING, original=406, ours=400),
    *(
        Chosen(f"* framing: {what}", place, _SMUGGLING, original, ours)
        for what in ("header with a space in its name", "newlines only")
        for place, original, ours in (
            ("status", 200, 400),
            ("media type", "application/json", "text/plain"),
            ("content", anything, _text),
        )
    ),
    *(
        Chosen(f"* {operation}", place, _SILENT, original, ours)
        for operation in (
            "POST job/submit: *",
            "POST node*",
            "GET slurmdb/*",
            "POST slurmdb/*",
            "DELETE slurmdb/*",
        )
        for place, original, ours in (
            ("status", 200, 400),
            ("/errors (length)", 0, 1),
            ("/errors[]", ABSENT, _cannot_be_read),
        )
    ),
    *(
        Chosen(f"* GET slurmdb/wckeys: {name}=*", "status", _ABORTS, original=DIED, ours=200)
        for name in ("only_defaults", "usage_start")
    ),
    *(
        Chosen(f"* POST slurmdb/{case} as alice", place, _HUNG_UP)
        for case in ("associations: a new one", "accounts: one to be coordinated")
        for place in ("/errors (length)", "/errors[]")
    ),
    Chosen("* POST slurmdb/associations: default/qos {}", "status", _ABORTS, original=DIED),
    Chosen("* POST slurmdb/associations: qos *", "status", _ABORTS, original=DIED),
    Chosen("* POST slurmdb/wckeys: accounting *", "status", _ABORTS, original=DIED),
    Chosen(
        "* POST slurmdb/clusters: several: * unknown flag", "database", _ADDED, ours=["sandbox"]
    ),
    Chosen("*: *step of no name", "status", _ABORTS, original=DIED, ours=422),
    *(
        Chosen(f"* GET slurmdb/jobs: group {name}", "status", _ABORTS, original=DIED, ours=ours)
        for name, ours in (("'alice'", 200), ("'nope'", 422), ("'%20alice'", 422))
    ),
    Chosen("* POST job/submit: * group_id: *", "status", _ABORTS, original=DIED),
    Chosen("* POST job/{id}: *field group_id*", "status", _ABORTS, original=DIED),
    *(
        Chosen("* DELETE jobs: ids: a list in the list*", place, _WORDLESS, original, ours)
        for place, original, ours in (
            ("status", 500, 400),
            ("/errors (length)", 0, 1),
            ("/errors[]", ABSENT, _cannot_be_read),
        )
    ),
    Chosen("* POST job/allocate: a group that is none", "status", _ABORTS, original=DIED),
    Chosen("* POST job/allocate: *", "/errors (length)", _WORDLESS, original=0, ours=1),
    Chosen("* POST job/allocate: *", "/errors[]", _WORDLESS, original=ABSENT, ours=_cannot_be_read),
    Chosen("* refusal: HEAD *, body", "status", _METHODS, original=404, ours=411),
    Chosen("* refusal: HEAD *, body", "content", _METHODS, original=_text, ours=None),
    Chosen("* refusal: CONNECT *", "status", _METHODS, original=405, ours=400),
    Chosen("* GET node/{name}: *", "status", _NO_NEWS, original=500, ours=200),
    Chosen("* GET node/{name}: *", "/errors (length)", _NO_NEWS, original=1, ours=0),
    Chosen("* GET node/{name}: *", "/errors[]", _NO_NEWS, original=_unspecified, ours=ABSENT),
    Chosen("* GET node/{name}: *", "/nodes", _NO_NEWS, original=ABSENT),
    Chosen("* GET node/{name}: *", "/last_update", _NO_NEWS, original=ABSENT),
    Chosen("* credential: bearer of a space", "status", _STRIPPED, ours=401),
    Chosen("* credential: bearer of a space", "media type", _STRIPPED, ours="text/plain"),
    Chosen("* credential: bearer of a space", "content", _STRIPPED, ours=_text),
    Chosen("* slurmdb/qos/{qos}: name *", "status", _ABORTS, original=DIED, ours=422),
    Chosen("* POST slurmdb/qos: preempt *", "status", _ABORTS, original=DIED),
    Chosen("* POST slurmdb/qos: preempt *", "database: *", _ABORTS),
    Chosen("* GET ping: Accept: ;", "status", _ABORTS, original=DIED, ours=415),
    Chosen("* GET ping: Accept: application/json;q=0", "status", _QUALITY, original=200, ours=415),
    Chosen("* GET ping: Accept: application/json;q=0", "media type", _QUALITY),
    Chosen("* GET ping: Accept: application/json;q=0", "content", _QUALITY),
    Chosen("* GET ping: Accept: application/jsonrequest;q=*", "media type", _QUALITY),
    Chosen("* GET ping: Accept: application/json;q=0.2, *", "media type", _QUALITY),
    Chosen("* GET ping: Accept: application/json;q=0.2, *", "style", _QUALITY, "", "pretty"),
    *(
        Chosen("* GET ping: Accept: application/x-www-form-urlencoded", place, _FORM, theirs, ours)
        for place, theirs, ours in (
            ("status", 500, 415),
            ("media type", "", "text/plain"),
            ("content", None, _text),
        )
    ),
    Chosen("* framing: length above the limit", "status", _ENDLESS, original=SILENT, ours=413),
)


class Ledger:
    """Which rows a run has needed."""

    def __init__(self, rows: tuple[Chosen, ...] = CHOSEN) -> None:
        self._rows = rows
        self.used: set[int] = set()

    def unexplained(self, case: str, found: list[Difference]) -> list[Difference]:
        """The differences of a case that no row explains."""
        return [difference for difference in found if not self._explain(case, difference)]

    def _explain(self, case: str, difference: Difference) -> bool:
        covering = [n for n, row in enumerate(self._rows) if row.covers(case, difference)]
        self.used.update(covering)
        return bool(covering)

    def unused(self) -> list[Chosen]:
        """Rows that nothing has needed."""
        return [row for number, row in enumerate(self._rows) if number not in self.used]

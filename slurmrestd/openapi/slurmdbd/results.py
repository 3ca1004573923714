# SPDX-License-Identifier: GPL-2.0-or-later
"""What came of a query or a change, as an answer tells it.

A query that fails is an error, and the list of the answer is empty; one that finds nothing
is a warning.  A change is committed if nothing went wrong with the request until then.
"""

from __future__ import annotations

from collections.abc import Callable

from slurmrestd.data_parser.model import Struct
from slurmrestd.http.status import NO_CHANGE
from slurmrestd.openapi.call import Call, Refused
from slurmrestd.openapi.operation import Values
from slurmrestd.slurm.accounting.lease import Lease, Told
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.errors import SlurmError


def found(call: Call, load: Callable[[], RecordList]) -> RecordList:
    """What a query finds, which the call owns; nothing is a warning.  Raises Refused."""
    try:
        records: RecordList = call.own(load())
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "slurmdbd refused the query") from None
    if not len(records):
        call.warn(records.source, "Nothing was found")
    return records


def listed(call: Call, key: str, struct: Struct, load: Callable[[], RecordList]) -> Values:
    """The answer with the records that a query finds at ``key``."""
    try:
        return {key: call.records(struct, found(call, load))}
    except Refused:
        return {}


def removed(call: Call, lease: Lease, remove: Callable[[], RecordList]) -> list[bytes]:
    """The names of what was removed, once it is so.  Raises Refused."""
    names = found(call, remove).texts()
    commit(call, lease)
    return names


def changed(call: Call, change: Callable[[], None]) -> None:
    """Make a change; that there was nothing to change is no failure.  Raises Refused."""

    def change_or_not() -> None:
        try:
            change()
        except SlurmError as error:
            if error.number != NO_CHANGE:
                raise

    really_changed(call, change_or_not)


def really_changed(call: Call, change: Callable[[], None]) -> None:
    """Make a change; that there was nothing to change is a failure.  Raises Refused."""
    try:
        change()
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "slurmdbd refused the change") from None


def told(call: Call, lease: Lease, key: str, change: Callable[[], bytes]) -> Values:
    """The answer with what slurmdbd says of a change, at ``key``."""
    try:
        text = change()
    except Told as refusal:
        call.issues.error(refusal.number, refusal.source, "slurmdbd refused the change")
        return {key: refusal.told}
    commit(call, lease)
    return {key: text}


def commit(call: Call, lease: Lease) -> None:
    """Make the changes if nothing went wrong so far.  Raises Refused."""
    if not call.issues.errors:
        changed(call, lease.commit)

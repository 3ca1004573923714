# SPDX-License-Identifier: GPL-2.0-or-later
"""What a change of an association that is there already says, where the body does not.

slurmdbd takes what it is told for a change of that alone.  So the TRES that a limit has and
the body does not name are told to go, and what the body cannot change is told as it is.
"""

from __future__ import annotations

from typing import Any, Final

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.slurm.accounting.lists import items_of
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.numbers import INFINITE64

TRES_LIMITS: Final = (
    "grp_tres",
    "grp_tres_mins",
    "grp_tres_run_mins",
    "max_tres_mins_pj",
    "max_tres_pj",
    "max_tres_pn",
    "max_tres_run_mins",
)


def filled_in(record: Record, found: Any) -> Record:
    """The record of a body, with what the ``slurmdb_assoc_rec_t`` that is there has."""
    made = Record(record.ctype, record)
    for limit in TRES_LIMITS:
        made[limit] = tres_change(record.get(limit), text_of(getattr(found, limit)))
    made |= {
        "comment": text_of(found.comment),
        "flags": int(found.flags),
        "id": found.id,
        "lineage": text_of(found.lineage),
        "parent_id": found.parent_id,
    }
    if made.get("qos_list") is None and found.qos_list != ffi.NULL:
        made["qos_list"] = Items(map(text_of, items_of(found.qos_list, "char")))
    return made


def tres_change(wanted: bytes | None, present: bytes | None) -> bytes | None:
    """Limits of TRES (``1=4,1001=2``) as they shall be; those that shall go are infinite.

    >>> tres_change(b"1=20,1001=2", b"1=18,2=5")
    b'1=20,2=18446744073709551615,1001=2'
    """
    counts = dict.fromkeys(_counts(present), b"%d" % INFINITE64) | _counts(wanted)
    return b",".join(b"%d=%s" % pair for pair in sorted(counts.items())) or None


def _counts(text: bytes | None) -> dict[int, bytes]:
    pairs = (entry.partition(b"=") for entry in (text or b"").split(b",") if entry)
    return {int(number): count for number, _, count in pairs}


def text_of(pointer: Any) -> bytes | None:
    """A text of libslurm's."""
    return None if pointer == ffi.NULL else bytes(ffi.string(pointer))

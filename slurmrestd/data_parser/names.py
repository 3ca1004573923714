# SPDX-License-Identifier: GPL-2.0-or-later
"""Names for numbers: the tables that the encoder looks into.

Some tables never change while the process lives (reasons, signals) and are made once.  For
the others, of which there are too many (kinds of RPC, errors) or which may change (users,
groups), each answer asks for those that it meets.  What the system says of users and groups
is remembered for a short while, so that an answer with 16,000 jobs costs one question per
user and not one per job.
"""

from __future__ import annotations

import grp
import pwd
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from slurmrestd._encoder import ffi, lib
from slurmrestd.data_parser.program import TABLES
from slurmrestd.light import may_wait
from slurmrestd.slurm import names as slurm_names

REMEMBER_SECONDS = 30.0
NO_SIGNAL = 0xFFFE  # NO_VAL16
UNKNOWN_REASON = 0xFFFF


class Remembered:
    """Answers of a slow question, each kept for ``REMEMBER_SECONDS``."""

    def __init__(self, ask: Callable[[int], str | None]) -> None:
        self._ask = ask
        self._known: dict[int, tuple[float, str | None]] = {}

    def __call__(self, number: int) -> str | None:
        now = time.monotonic()
        known = self._known.get(number)
        if known is None or known[0] < now:
            may_wait()  # for a name service
            known = (now + REMEMBER_SECONDS, self._ask(number))
            self._known[number] = known
        return known[1]


def _user_name(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except (KeyError, OverflowError):
        return None


def _group_name(gid: int) -> str | None:
    try:
        return grp.getgrgid(gid).gr_name
    except (KeyError, OverflowError):
        return None


user_name = Remembered(_user_name)
"""The name of a user id, or None if the system knows none."""

group_name = Remembered(_group_name)
"""The name of a group id, or None if the system knows none."""


_ASKED: dict[str, Callable[[int, bool], str | None]] = {
    "users": lambda number, _: user_name(number) or "",
    "users_or_numbers": lambda number, _: user_name(number) or str(number),
    "users_or_null": lambda number, _: user_name(number),
    "groups": lambda number, complex_: group_name(number) or (None if complex_ else ""),
    "errors": lambda number, _: slurm_names.error_text(number),
    "rpcs": lambda number, _: slurm_names.rpc_name(number),
    "slurmdbd_rpcs": lambda number, _: slurm_names.slurmdbd_rpc_name(number),
    "cpu_frequencies": lambda number, _: slurm_names.cpu_frequency(number),
    "distributions": lambda number, _: slurm_names.distribution(number),
}
"""Who is asked for the names of the tables that each answer fills: (number, ``+complex``)."""

_LASTING = frozenset({"errors", "rpcs", "slurmdbd_rpcs", "cpu_frequencies", "distributions"})
"""Those of them whose names do not change while the process lives."""

KEEP_NAMES = 1_000
"""How many names of lasting tables are kept for the next answer."""


@cache
def _complete(complex_: bool) -> Any:
    """The tables that hold for the life of the process, made at first use."""
    tables = lib.sr_tables_new(len(TABLES))
    if tables == ffi.NULL:
        raise MemoryError
    signals = {n: slurm_names.signal_name(n) for n in range(128)}
    _fill(tables, "signals", signals | {NO_SIGNAL: None if complex_ else ""}, "")
    reasons = {n: slurm_names.reason_text(n) for n in range(256)}
    _fill(tables, "reasons", reasons, slurm_names.reason_text(UNKNOWN_REASON))
    _fill(tables, "ping_results", {0: "DOWN"}, "UP")
    return tables


def _fill(tables: Any, name: str, entries: Mapping[int, str | None], otherwise: str) -> None:
    table = tables + TABLES.index(name)
    for number, text in entries.items():
        _add(table, number, text)
    data = otherwise.encode()
    if lib.sr_table_otherwise(table, data, len(data)):
        raise MemoryError


def _add(table: Any, number: int, text: str | None) -> None:
    """Put a name into a table; None is written as null."""
    data = ffi.NULL if text is None else text.encode("utf-8", "surrogateescape")
    if lib.sr_table_add(table, number, data, 0 if text is None else len(data)):
        raise MemoryError


class Names:
    """The tables of one answer: the complete ones, and those that it fills as it goes.

    Another answer may use them again, once this one's names are forgotten.
    """

    def __init__(self, complex_: bool) -> None:
        self.complex = complex_
        self.tables = ffi.new("sr_table[]", len(TABLES))
        self._lasting = 0
        self._learned: set[int] = set()
        complete = _complete(complex_)
        for index, name in enumerate(TABLES):
            if name not in _ASKED:
                self.tables[index] = complete[index]

    def learn(self, table: int, number: int) -> None:
        """Put the name that the encoder asked for into its table."""
        name = TABLES[table]
        if name in _LASTING:
            self._lasting += 1
        else:
            self._learned.add(table)
        _add(self.tables + table, number, _ASKED[name](number, self.complex))

    def forget(self) -> None:
        """Free what this answer learned and may not be so for the next one; idempotent."""
        while self._learned:
            lib.sr_table_clear(self.tables + self._learned.pop())
        if self._lasting > KEEP_NAMES:
            self.close()

    def close(self) -> None:
        """Free all that was learned; idempotent."""
        self._lasting = 0
        self._learned.clear()
        for name in _ASKED:
            lib.sr_table_clear(self.tables + TABLES.index(name))

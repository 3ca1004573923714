# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of words that stand for bits.

A word sets its bits.  The words that are not there clear theirs, once: the first word of
a list clears what no word has spoken for yet, so that a member that starts as NO_VAL
holds nothing but the words of the list afterwards.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

from slurmrestd.data_parser.model import V40, Flag, Flags, Version, in_version
from slurmrestd.data_parser.program import constant
from slurmrestd.data_parser.read.context import Reading, Value, index, quote
from slurmrestd.data_parser.read.convert import fold, to_bool, to_text, type_name
from slurmrestd.frozen import Frozen
from slurmrestd.slurm.numbers import ESLURM_DATA_FLAGS_INVALID, ESLURM_DATA_FLAGS_INVALID_TYPE

FlagsReader = Callable[[Reading, Value, str, int], int]
"""(reading, value, path, present) -> the member's new value.  Raises Unreadable."""


class _Word(Frozen):
    """A flag in numbers: the bits that it sets, and those that it decides about (``mask``).

    ``folded`` is its name as words are compared: in no case.  A removed flag has no bits.
    """

    name: str
    folded: str
    bits: int
    mask: int
    equal: bool
    removed: bool


class _Bits:
    """The value of a member, and which of its bits a word has spoken for."""

    __slots__ = ("spoken", "value")

    def __init__(self, value: int) -> None:
        self.value = value
        self.spoken = 0

    def see(self, words: tuple[_Word, ...], folded: str) -> None:
        """Apply one word: it sets its bits, the others clear theirs if no word has spoken."""
        value, spoken = self.value, self.spoken
        for word in words:
            mask = word.mask
            if word.folded == folded:
                value = value & ~mask | word.bits
            elif not spoken & mask:
                value &= ~mask
            spoken |= mask
        self.value, self.spoken = value, spoken


def reader(kind: Flags, version: Version) -> FlagsReader:
    """The reader of a member whose bits are shown as a list of words."""
    return _ListReader(kind, version).read


class _ListReader:
    def __init__(self, kind: Flags, version: Version) -> None:
        self._words = words(kind, version)
        self._names = {word.folded: word for word in self._words}
        self._every = functools.reduce(operator.or_, (word.mask for word in self._words), 0)
        self._strict = version == V40

    def read(self, reading: Reading, value: Value, path: str, present: int) -> int:
        """A list of words, or one alone."""
        bits = _Bits(present)
        if isinstance(value, str):
            value = [value]
        elif not isinstance(value, list):
            raise reading.refuse(
                path,
                ESLURM_DATA_FLAGS_INVALID_TYPE,
                f"A list of flags is needed here, not {type_name(value)}",
            )
        reading.check_items(value, path)
        for number, item in enumerate(value):
            if not self._read_word(reading, item, index(path, number), bits) and self._strict:
                raise reading.refuse(path, ESLURM_DATA_FLAGS_INVALID, "The flags cannot be read")
        return bits.value

    def _read_word(self, reading: Reading, item: Value, path: str, bits: _Bits) -> bool:
        name = self._name(reading, item, path)
        if name is None:
            return True
        folded = fold(name)
        known = self._names.get(folded)
        if bits.spoken != self._every:
            bits.see(self._words, folded)
        elif known:
            bits.see((known,), folded)
        if known:
            if known.removed:
                reading.warn(path, f"The flag {known.name} is no more and is ignored")
            return True
        reading.error(path, ESLURM_DATA_FLAGS_INVALID, f"There is no flag {quote(name)}")
        return False

    def _name(self, reading: Reading, item: Value, path: str) -> str | None:
        """The word that an item is, or None if it is ignored."""
        if self._strict:
            # v0.0.40 knows no flag that is not written as a string.
            return to_text(item) if isinstance(item, str) else "(null)"
        name = to_text(item)
        if name is None:
            reading.warn(path, f"A flag is a string: {type_name(item)} is ignored")
        return name


def exploded(kind: Flags, version: Version) -> Callable[[Reading, dict[str, Any], str, int], int]:
    """The reader of flags of which each is a boolean key of the object itself."""
    found = words(kind, version)

    def read(reading: Reading, value: dict[str, Any], path: str, present: int) -> int:
        spoken = 0
        for word in found:
            on = _is_on(reading, value, word, path)
            if on or not spoken & word.mask:
                present = present & ~word.mask | (word.bits if on else 0)
            spoken |= word.mask if word.equal else 0
            if on and word.removed and not reading.fast:
                reading.warn(f"{path}{word.name}/", f"The flag {word.name} is no more")
        return present

    return read


def _is_on(reading: Reading, value: dict[str, Any], word: _Word, path: str) -> bool:
    # A slash in a name parts keys, so that no query can ask for such a flag.
    found: Any = value
    for key in word.name.split("/"):
        if not isinstance(found, dict) or key not in found:
            return False
        found = found[key]
    on = to_bool(found)
    if on is None:
        given = type_name(found)
        reading.warn(f"{path}{word.name}/", f"The flag {word.name} is false: {given} is no boolean")
    return bool(on)


def words(kind: Flags, version: Version) -> tuple[_Word, ...]:
    """The flags of a version, in the order in which they are looked at."""
    return tuple(map(_word, in_version(kind.flags, version)))


def _word(flag: Flag) -> _Word:
    if flag.removed:
        return _Word(flag.name, fold(flag.name), 0, 0, equal=False, removed=True)
    value, mask = constant(flag.value), constant(flag.mask)
    # A flag that is a bit of many decides about its own bits only.
    bits = value & mask
    if not flag.equal:
        mask = bits
    return _Word(flag.name, fold(flag.name), bits, mask, equal=flag.equal, removed=False)

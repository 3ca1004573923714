# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of words that stand for bits.

A word sets its bits.  The words that are not there clear theirs, once: the first word of
a list clears what no word has spoken for yet, so that a member that starts as NO_VAL
holds nothing but the words of the list afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slurmrestd.data_parser.model import V40, Flag, Flags, Version, in_version
from slurmrestd.data_parser.program import constant, size_of
from slurmrestd.data_parser.read.context import Reading, Value, index
from slurmrestd.data_parser.read.convert import fold, to_bool, to_text, type_name
from slurmrestd.slurm.numbers import ESLURM_DATA_FLAGS_INVALID, ESLURM_DATA_FLAGS_INVALID_TYPE

FlagsReader = Callable[[Reading, Value, str, int], int]
"""(reading, value, path, present) -> the member's new value.  Raises Unreadable."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A flag in numbers.  ``folded`` is its name as words are compared: in no case."""

    name: str
    folded: str
    value: int
    mask: int
    equal: bool
    removed: bool


class _Bits:
    """The value of a member, and which of its bits a word has spoken for."""

    __slots__ = ("all", "spoken", "value")

    def __init__(self, value: int, all_bits: int) -> None:
        self.value = value
        self.all = all_bits
        self.spoken = 0

    def see(self, word: _Word, matched: bool) -> None:
        """Apply a flag that is there (``matched``), or is not."""
        if word.equal:
            self._see_equal(word, matched)
        elif not word.removed:
            bits = word.mask & word.value
            if matched or (~self.spoken & bits) == bits:
                self.put(word, matched)
            self.spoken |= bits

    def _see_equal(self, word: _Word, matched: bool) -> None:
        if matched or (~self.spoken & word.mask) == word.mask:
            bits = word.value & word.mask if matched else 0
            self.value = ((self.value & ~word.mask) | bits) & self.all
        self.spoken |= word.mask

    def put(self, word: _Word, matched: bool) -> None:
        """Set or clear the bits of a flag."""
        bits = word.mask & word.value
        self.value = ((self.value | bits) if matched else (self.value & ~bits)) & self.all


def reader(kind: Flags, version: Version) -> FlagsReader:
    """The reader of a member whose bits are shown as a list of words."""
    return _ListReader(kind, version).read


class _ListReader:
    def __init__(self, kind: Flags, version: Version) -> None:
        self._words = words(kind, version)
        self._all = all_bits(kind)
        self._names = {word.folded for word in self._words}
        self._strict = version == V40

    def read(self, reading: Reading, value: Value, path: str, present: int) -> int:
        """A list of words, or one alone."""
        bits = _Bits(present, self._all)
        if isinstance(value, str):
            value = [value]
        elif not isinstance(value, list):
            raise reading.refuse(
                path,
                ESLURM_DATA_FLAGS_INVALID_TYPE,
                f"A list of flags is needed here, not {type_name(value)}",
            )
        for number, item in enumerate(value):
            if not self._read_word(reading, item, index(path, number), bits) and self._strict:
                raise reading.refuse(path, ESLURM_DATA_FLAGS_INVALID, "The flags cannot be read")
        return bits.value

    def _read_word(self, reading: Reading, item: Value, path: str, bits: _Bits) -> bool:
        name = self._name(reading, item, path)
        if name is None:
            return True
        folded = fold(name)
        for word in self._words:
            matched = word.folded == folded
            bits.see(word, matched)
            if matched and word.removed:
                reading.warn(path, f"The flag {word.name} is no more and is ignored")
        if folded in self._names:
            return True
        reading.error(path, ESLURM_DATA_FLAGS_INVALID, f"There is no flag {name!r}")
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
    everything = all_bits(kind)

    def read(reading: Reading, value: dict[str, Any], path: str, present: int) -> int:
        bits = _Bits(present, everything)
        for word in found:
            matched = _is_on(reading, value, word, path)
            if word.equal:
                bits.see(word, matched)
            elif not word.removed:
                bits.put(word, matched)
            elif matched and not reading.fast:
                reading.warn(f"{path}{word.name}/", f"The flag {word.name} is no more")
        return bits.value

    return read


def _is_on(reading: Reading, value: dict[str, Any], word: _Word, path: str) -> bool:
    if word.name not in value:
        return False
    on = to_bool(value[word.name])
    if on is None:
        found = type_name(value[word.name])
        reading.warn(f"{path}{word.name}/", f"The flag {word.name} is false: {found} is no boolean")
    return bool(on)


def words(kind: Flags, version: Version) -> tuple[_Word, ...]:
    """The flags of a version, in the order in which they are looked at."""
    return tuple(map(_word, in_version(kind.flags, version)))


def _word(flag: Flag) -> _Word:
    value, mask = (0, 0) if flag.removed else (constant(flag.value), constant(flag.mask))
    return _Word(flag.name, fold(flag.name), value, mask, flag.equal, flag.removed)


def all_bits(kind: Flags) -> int:
    """The widest value of the member."""
    return (1 << 8 * size_of(kind.ctype)) - 1

# SPDX-License-Identifier: GPL-2.0-or-later
"""CPU frequencies and their governors (sbatch(1), ``--cpu-freq``): ``p1[-p2][:p3]``."""

from __future__ import annotations

from slurmrestd.data_parser.read.context import Settings
from slurmrestd.data_parser.read.convert import fold
from slurmrestd.data_parser.read.numbers import UINT32_MAX
from slurmrestd.data_parser.read.scan import strtoul
from slurmrestd.slurm.numbers import (
    CPU_FREQ_CONSERVATIVE,
    CPU_FREQ_HIGH,
    CPU_FREQ_HIGHM1,
    CPU_FREQ_LOW,
    CPU_FREQ_MEDIUM,
    CPU_FREQ_ONDEMAND,
    CPU_FREQ_PERFORMANCE,
    CPU_FREQ_POWERSAVE,
    CPU_FREQ_RANGE_FLAG,
    CPU_FREQ_SCHEDUTIL,
    CPU_FREQ_USERSPACE,
    NO_VAL,
)

# By how a word starts, the first that fits.
_GOVERNORS = (
    ("co", CPU_FREQ_CONSERVATIVE),
    ("perf", CPU_FREQ_PERFORMANCE),
    ("pow", CPU_FREQ_POWERSAVE),
    ("user", CPU_FREQ_USERSPACE),
    ("onde", CPU_FREQ_ONDEMAND),
    ("sche", CPU_FREQ_SCHEDUTIL),
)
_FREQUENCIES = (
    ("lo", CPU_FREQ_LOW),
    ("him1", CPU_FREQ_HIGHM1),
    ("highm1", CPU_FREQ_HIGHM1),
    ("hi", CPU_FREQ_HIGH),
    ("med", CPU_FREQ_MEDIUM),
)


class NoFrequency(Exception):
    """The text is no frequency, or asks for what slurm.conf(5) does not allow."""


class CpuFrequency:
    """The members cpu_freq_* of a job description; NO_VAL where nothing is asked for."""

    def __init__(self, low: int = NO_VAL, high: int = NO_VAL, governor: int = NO_VAL) -> None:
        self.low = low
        self.high = high
        self.governor = governor


def cpu_frequency(text: str, settings: Settings) -> CpuFrequency:
    """The frequency that a text asks for.  Raises NoFrequency."""
    first, last, governor = _parts(text)
    asked = _first(first, governor)
    if last is not None:
        _up_to(asked, last, governor, settings)
    if governor is not None:
        asked.governor = _governor(governor, ranged=last is not None)
    elif last is None and asked.governor == NO_VAL:
        # One frequency needs the governor that takes one.
        asked.governor = CPU_FREQ_USERSPACE
    _check_allowed(asked, settings)
    return asked


def _parts(text: str) -> tuple[str, str | None, str | None]:
    """The first frequency, the last and the governor, as far as they are given."""
    before, colon, governor = text.partition(":")
    first, dash, rest = text.partition("-")
    if not dash:
        return before, None, governor if colon else None
    dash_first = len(first) < len(before)
    last = before[len(first) + 1 :] if colon and dash_first else rest
    return first, last, governor if colon else None


def _first(text: str, governor: str | None) -> CpuFrequency:
    """What one frequency asks for; a governor may stand in its place."""
    found = _starting(text, _GOVERNORS)
    if found and governor is not None:
        raise NoFrequency
    return CpuFrequency(governor=found) if found else CpuFrequency(high=_frequency(text))


def _up_to(asked: CpuFrequency, text: str, governor: str | None, settings: Settings) -> None:
    """Make a range of what is asked for."""
    if governor is None and settings.cpu_freq_default == NO_VAL:
        raise NoFrequency
    asked.low, asked.high = asked.high, _frequency(text)
    if asked.high < asked.low:
        raise NoFrequency
    if governor is None and asked.governor == NO_VAL:
        asked.governor = settings.cpu_freq_default


def _governor(text: str, *, ranged: bool) -> int:
    """A governor by its name; only the user's one takes a single frequency."""
    found = _starting(text, _GOVERNORS)
    if not found or ranged == (found == CPU_FREQ_USERSPACE):
        raise NoFrequency
    return found


def _frequency(text: str) -> int:
    found = _starting(text, _FREQUENCIES)
    if found:
        return found
    number, rest = strtoul(text)
    if rest or not number & UINT32_MAX:
        raise NoFrequency
    return number & UINT32_MAX


def _starting(text: str, words: tuple[tuple[str, int], ...]) -> int:
    folded = fold(text[:8])
    return next((number for word, number in words if folded.startswith(word)), 0)


def _check_allowed(asked: CpuFrequency, settings: Settings) -> None:
    """Refuse a governor that CpuFreqGovernors does not name."""
    if asked.governor == NO_VAL:
        return
    if not asked.governor & settings.cpu_freq_governors & ~CPU_FREQ_RANGE_FLAG:
        raise NoFrequency

# SPDX-License-Identifier: GPL-2.0-or-later
"""How tasks are laid out (sbatch(1), ``--distribution``): ``cyclic:block,pack``, ``plane=4``."""

from __future__ import annotations

import re
from itertools import islice

from slurmrestd.data_parser.read.convert import fold
from slurmrestd.data_parser.read.numbers import INT32_MAX
from slurmrestd.data_parser.read.scan import strtol
from slurmrestd.slurm.numbers import (
    SLURM_DIST_ARBITRARY,
    SLURM_DIST_BLOCK,
    SLURM_DIST_BLOCK_BLOCK,
    SLURM_DIST_BLOCK_BLOCK_BLOCK,
    SLURM_DIST_BLOCK_BLOCK_CFULL,
    SLURM_DIST_BLOCK_BLOCK_CYCLIC,
    SLURM_DIST_BLOCK_CFULL,
    SLURM_DIST_BLOCK_CYCLIC,
    SLURM_DIST_CYCLIC,
    SLURM_DIST_NO_PACK_NODES,
    SLURM_DIST_PACK_NODES,
    SLURM_DIST_PLANE,
    SLURM_DIST_STATE_BASE,
    SLURM_DIST_UNKNOWN,
)

# Nodes, then sockets, then cores: each level has its digit in the number.
_NODES = {"cyclic": SLURM_DIST_CYCLIC, "block": SLURM_DIST_BLOCK}
_SOCKETS = {
    "cyclic": SLURM_DIST_BLOCK_CYCLIC ^ SLURM_DIST_BLOCK,
    "block": SLURM_DIST_BLOCK_BLOCK ^ SLURM_DIST_BLOCK,
    "fcyclic": SLURM_DIST_BLOCK_CFULL ^ SLURM_DIST_BLOCK,
}
_CORES = {
    "cyclic": SLURM_DIST_BLOCK_BLOCK_CYCLIC ^ SLURM_DIST_BLOCK_BLOCK,
    "block": SLURM_DIST_BLOCK_BLOCK_BLOCK ^ SLURM_DIST_BLOCK_BLOCK,
    "fcyclic": SLURM_DIST_BLOCK_BLOCK_CFULL ^ SLURM_DIST_BLOCK_BLOCK,
}
_LEVEL = re.compile("[^:]+")
_FLAGS = {"nopack": SLURM_DIST_NO_PACK_NODES, "pack": SLURM_DIST_PACK_NODES}


def _layouts() -> dict[str, int]:
    found = {"arbitrary": SLURM_DIST_ARBITRARY, "hostfile": SLURM_DIST_ARBITRARY, **_NODES}
    for node, number in _NODES.items():
        for socket, second in _SOCKETS.items():
            found[f"{node}:{socket}"] = number | second
            for core, third in _CORES.items():
                found[f"{node}:{socket}:{core}"] = number | second | third
    return found


_LAYOUTS = _layouts()
_NAMES = {number: name for name, number in _LAYOUTS.items() if name != "hostfile"}
_NAMES[SLURM_DIST_PLANE] = "plane"


def parse(text: str) -> tuple[int, int | None] | None:
    """The layout that a text stands for, and the size of its planes; None if it is none."""
    if fold(text[:5]) == "plane":
        size = _plane_size(text)
        return None if size is None else (SLURM_DIST_PLANE, size)
    layout = _layout(text)
    return None if layout is None else (layout, None)


def _plane_size(text: str) -> int | None:
    _, equals, digits = text.partition("=")
    size, rest = strtol(digits)
    return size if equals and not rest and 0 < size <= INT32_MAX else None


def _layout(text: str) -> int | None:
    if text.startswith(","):
        return None
    base, _, flag = text.partition(",")
    layout = _base(base)
    if layout is None or not flag:
        return layout
    bits = _FLAGS.get(fold(flag))
    return None if bits is None else layout | bits


def _base(text: str) -> int | None:
    levels = [level[0] for level in islice(_LEVEL.finditer(text), 4)]
    if not levels or len(levels) > 3:
        return None
    found = fold(":".join(_without_stars(levels)))
    if found in _FLAGS:
        return SLURM_DIST_UNKNOWN | _FLAGS[found]
    return _LAYOUTS.get(found)


def _without_stars(levels: list[str]) -> list[str]:
    """The levels, with what a star stands for: cores are laid out as sockets are."""
    defaults = ["block", "cyclic", *(level for level in levels[1:2] if level != "*"), "cyclic"]
    return [
        default if level == "*" else level for level, default in zip(levels, defaults, strict=False)
    ]


def name(layout: int) -> str:
    """The text that names a layout, as SLURM_DISTRIBUTION has it."""
    parts = []
    if layout & SLURM_DIST_STATE_BASE != SLURM_DIST_UNKNOWN:
        parts.append(_NAMES.get(layout & SLURM_DIST_STATE_BASE, "unknown"))
    parts += [flag for flag, bit in _FLAGS.items() if layout & bit]
    return ",".join(parts)

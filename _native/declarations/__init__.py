# SPDX-License-Identifier: GPL-2.0-or-later
"""What this project declares of libslurm: types and numbers, one header per topic.

The headers are cffi declarations, read in the order of :data:`TOPICS`. A struct
that Slurm's public headers define ends with ``...;``: the compiler takes its
layout from there. ``private.h`` is a real C header besides, with the layouts
that no public header has.
"""

from pathlib import Path

FOLDER = Path(__file__).parent

TOPICS = (
    "scalars",
    "numbers",
    "errors",
    "private",
    "common",
    "steps",
    "jobs",
    "nodes",
    "partitions",
    "reservations",
    "licenses",
    "statistics",
    "ping",
    "submit",
    "config",
    "accounting",
    "accounting_records",
    "accounting_jobs",
    "accounting_conditions",
)

HEADERS = ("_native/declarations/private.h", "_native/declarations/private_functions.h")
"""The headers that the compiler reads too, for setuptools to know when to build anew."""

SOURCE = '#include "private.h"\n'
"""The C preamble that makes every declaration true; needs :data:`FOLDER` as an
include directory."""


def read(*topics: str) -> str:
    """The cffi declarations of ``topics``, of all of :data:`TOPICS` when none is named."""
    return "\n".join(
        without_preprocessor((FOLDER / f"{topic}.h").read_text(encoding="utf-8"))
        for topic in topics or TOPICS
    )


def without_preprocessor(header: str) -> str:
    """What cffi can read of a C header: all but the lines meant for the preprocessor."""
    return "\n".join(line for line in header.splitlines() if not _is_for_compiler(line)) + "\n"


def _is_for_compiler(line: str) -> bool:
    return line.startswith("#") and not line.endswith(" ...")

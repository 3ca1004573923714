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

SOURCE = '#include "private.h"\n'
"""The C preamble that makes every declaration true; needs :data:`FOLDER` as an
include directory."""


def read(*topics: str) -> str:
    """The cffi declarations of ``topics``, of all of them when none is named."""
    return "\n".join(_without_preprocessor(topic) for topic in topics or TOPICS)


def _without_preprocessor(topic: str) -> str:
    lines = (FOLDER / f"{topic}.h").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not _is_for_the_compiler(line)) + "\n"


def _is_for_the_compiler(line: str) -> bool:
    return line.startswith("#") and not line.endswith(" ...")

# SPDX-License-Identifier: GPL-2.0-or-later
"""The environment of a job, and what other fields of a job put into it."""

from __future__ import annotations

from slurmrestd.data_parser.read.context import Record

LONGEST = 32 * 4096
"""How long an entry may be: what execve(2) takes, less its name and value are cut."""


class TooLong(Exception):
    """An entry that no environment can have."""


def put(record: Record, name: str, value: bytes) -> None:
    """Set a variable in the environment of a job.  Raises TooLong.

    A job that comes without an environment gets none by this: the original puts the
    variable into its own environment then, where the job never sees it.
    """
    environment = record.get("environment")
    if environment is None:
        return
    start = name.encode() + b"="
    if len(start) + len(value) + 1 >= LONGEST:
        raise TooLong
    entry = start + value
    for number, present in enumerate(environment):
        if present.startswith(start):
            environment[number] = entry
            break
    else:
        environment.append(entry)
    record["env_size"] = len(environment)

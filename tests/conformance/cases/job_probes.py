# SPDX-License-Identifier: GPL-2.0-or-later
"""Every field of the job description with every kind of value.

Jobs of a partition that does not exist: the controller refuses them after they were read, so
that thousands can be tried.  Where forms of numbers are taken, held jobs show what they became.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case
from tests.conformance.cases.job_fields import BASE, FIELDS, OPERATION, SCRIPT, body

VALUES: tuple[Any, ...] = (
    *("text", "", "1", "-1", "0x10", "1.5", "true", "12K", "now+1hour", "a,b"),
    *("INFINITE", "UNLIMITED", "inf"),
    *(1, -1, 65536, 2**31, 2**32 - 2, 2**32, 2**63, 2**64, 1.5, 1e300, True, False, None),
    *([], ["a"], [None], [{}], {}, {"a": "b"}),
    {"set": True, "infinite": False, "number": 5},
    {"set": False},
    {"infinite": True},
    {"set": "true", "number": "6"},
    {"set": True, "number": 1, "nope": 2},
)

# A field that no version knows, and one that only looks like another.
UNKNOWN = ("nope", "NAME", "")

FORMS: tuple[Any, ...] = (
    *("3", "0x3", "3.0", 3.7, True, "INFINITE", "UNLIMITED", -1, 65534, 4294967294, 2**32 + 3),
    {"set": True, "number": 3},
    {"number": 3},
    {"number": 3, "set": False},
    {"set": True, "number": "3"},
    {"infinite": True},
)
NUMBERS = (
    *("allocation_node_port", "begin_time", "core_specification", "cores_per_socket"),
    *("cpus_per_task", "deadline", "delay_boot", "distribution_plane_size", "end_time"),
    *("hetjob_group", "kill_warning_delay", "maximum_cpus", "maximum_nodes", "memory_per_cpu"),
    *("memory_per_node", "minimum_boards_per_node", "minimum_cpus", "minimum_cpus_per_node"),
    *("minimum_nodes", "minimum_sockets_per_board", "nice", "ntasks_per_tres", "oom_kill_step"),
    *("priority", "required_switches", "reserve_ports", "segment_size", "site_factor"),
    *("sockets_per_node", "tasks", "tasks_per_board", "tasks_per_core", "tasks_per_node"),
    *("tasks_per_socket", "temporary_disk_per_node", "thread_specification", "threads_per_core"),
    *("time_limit", "time_minimum", "wait_for_switch", "x11_target_port"),
)


def of_field(field: str) -> Iterator[Case]:
    """A field with every kind of value, in jobs that are refused."""
    for value in VALUES:
        job = BASE | {"partition": "nope"} | {field: value}
        name = f"probe {field}: {json.dumps(value)}"
        yield Case(OPERATION, name, "job/submit", body={"script": SCRIPT, "job": job})


def of_number(field: str) -> Iterator[Case]:
    """A number in every form, in held jobs."""
    for value in FORMS:
        name = f"form {field}: {json.dumps(value)}"
        yield Case(OPERATION, name, "job/submit", body=body({field: value}))


PROBED = (*FIELDS, *UNKNOWN)

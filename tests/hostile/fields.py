# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields of a job with values that they cannot have, or that cost somebody dearly."""

from __future__ import annotations

import math

from tests.conformance.answer import DIED
from tests.hostile.horror import EARLIER, LATER, UNASKED, Horror, Statuses, field

MILLION = 1_000_000
ABORTS = (500, DIED, DIED)
"""The original's statuses of groups that it does not know."""

NO_NUMBERS: tuple[object, ...] = (
    True,
    {},
    [],
    [[]],
    [None],
    "",
    " ",
    "x",
    "nan",
    "-",
    "null",
    "~",
    "\0",
    "\ud800",
)
SILENT = 200
"""The original's status of a value that ends the reading without a word: no job, no error."""

ENTRIES = 100_000


def _silent(*values: object) -> list[tuple[object, Statuses, Statuses]]:
    """Values that end the reading without a word."""
    return [(value, 400, SILENT) for value in values]


NUMBERS = (
    *field("tasks", *_silent(*NO_NUMBERS)),
    *field("tasks", (None, 200), (-1, 200), (0, 200), (1.5, 200), (math.nan, 200)),
    *field("tasks", (math.inf, 200), (-math.inf, 200), (1e308, 200), (2**31, 200)),
    *field("tasks", (2**32 - 1, 200), (2**32, 200), (2**63, 200), (2**64, 200), (2**200, 200)),
    *field("tasks", ("0x7fffffffffffffff", 200), ("9" * 20, 200), ("9" * MILLION, 200)),
    *field("cpus_per_task", (2**16 - 1, 200), (2**16, 200), (-1, 200), (2**64 - 1, 200)),
    *field("cpus_per_task", *_silent("1e400", {"number": 1}, [1])),
    *field("nice", (2**31, 500), (-(2**31), 500), (2**64, 500), ("x", 500), ({}, 500)),
    *field("priority", (2**32, 200), (-1, 200), (2**200, 200), ("x", 500), ([], 500)),
    *field("time_limit", (-1, 200), (2**32, 200), (2**64, 200), ("9" * MILLION, 200)),
    *field("time_limit", ("x", 500), ([], 500), ({}, 200), ({"set": True}, (500, 200, 200))),
    *field("time_limit", ({"set": True, "infinite": True, "number": -(2**70)}, 200)),
    *field("time_limit", ({"set": True, "number": "x"}, (500, 400, 400), (500, 200, 200))),
    *field("time_limit", ({"set": {"set": 1}, "number": []}, (500, 400, 400), (500, 200, 200))),
    *field("hold", *_silent({}, [], [None])),
    *field("core_specification", (-1, 500), (0, 500), (2**15, 500), ("x", 500)),
    *field("job_id", (0, 404), (-1, 200), (2**32 - 1, 404), ("x", 400, SILENT)),
    *field("rlimits", ({"cpu": -1}, 200), ({"cpu": "x"}, 500), ([1], 200), (None, 200)),
    *field("rlimits", ({"cpu": {"set": True, "number": 2**64 - 1}}, 200), ({"nope": {}}, 200)),
)

NAMES = (
    *field("group_id", ("nope", 500, ABORTS), ("\ud800", 500, ABORTS), ("a" * 2000, 500, ABORTS)),
    *field("group_id", ("%s%n", 500, ABORTS), ("0:0", 500, ABORTS), ("1" * MILLION, 500)),
    *field("group_id", ({}, 500, ABORTS), ([], 500, ABORTS), ({"set": True}, 500, ABORTS)),
    *field("group_id", (-1, 500), (2**31 - 1, 500), (2**32 - 1, 500), (2**64, 500)),
    *field("user_id", ("nope", 500), ("\ud800", 500), ("a" * MILLION, 500), ("0:0", 500)),
    *field("user_id", ({}, 500), ([], 500), (-1, 500), (2**31 - 1, 500), (2**64, 500)),
    *field("name", ("", 200), ("x" * 2 * MILLION, 500), ("\n\n\u202e", 200), ({}, 400, SILENT)),
    *field("partition", ("nope", 500), ("," * MILLION, 500), ("", 500), ("\0", 500)),
    *field("partition", ("\x1b[31m\nforged", 500), ("%s%n", 500)),
    *field("account", ("x" * MILLION, 500), ("nope", 200), ([], 400, SILENT)),
    *field("current_working_directory", ("", 500), ("x", 200), ("/" + "x" * 100_000, 500)),
    *field("standard_output", ("%" * 10_000, 500), ("/" + "%A" * 1000, 200), ("\\", 200)),
    *field("mail_user", ("x" * MILLION, 500), ("-oProxyCommand=id", 200)),
    *field(
        "kill_warning_signal", ("NOPE", EARLIER), (" " * MILLION, EARLIER), (2**64, 200), ({}, 500)
    ),
)

LISTS = (
    *field("environment", ([], 500), ({}, 500), ("A=b", 500), ([[]], 500), ({"A": {}}, 500)),
    *field("environment", (["=", "", "A", "A=\0b"], 200), ({"": ""}, 200), ([None], 200)),
    *field("environment", (["A=b"] * ENTRIES, 200), ([f"A{n}=b" for n in range(ENTRIES)], 200)),
    *field("environment", (["A=" + "x" * 20 * MILLION], 200)),
    *field("argv", (["x"] * ENTRIES, 200), ([1, None, True, 1.5], 200), ([{}], 500), ("x", 500)),
    *field(
        "flags", (["NOPE"] * ENTRIES, 500), ("NOPE", 500), (1, 500), ([None, {}], (500, 500, 500))
    ),
    *field("crontab", ({}, 200), ("x", 200), ([], 200)),
    *field("script", ("", 500), ("#!", 200), ("\0", 500), ("#!/bin/sh\n\0", 200)),
    *field("script", ("#!/bin/sh\r\n", 200), (["#!/bin/sh\n"], 400, SILENT)),
    *field("script", ("#!/bin/sh\n" + "x" * 30 * MILLION, 500)),
)

BRACKETS = "[" * 600_000

HOSTS = (
    *field("required_nodes", ("n[1-999999999]", 500), ("n[1-99999999999999999999]", 500)),
    *field(
        "required_nodes",
        ("n[1-2][1-2]" * 10, 400, UNASKED),
        ("n[[1-3]]", 500),
        ("n[5-1]", 500),
    ),
    *field("required_nodes", ("n[0-9999][0-9999][0-9999]", 400, UNASKED)),
    *field("required_nodes", ("n[" + "1," * 299_990 + "1]", 400, UNASKED)),
    *field("required_nodes", ("[1-9]" * 120_000, 400, UNASKED)),
    *field("required_nodes", (["n[" + "1," * 299_990 + "1]"], 400, UNASKED)),
    *field("required_nodes", (BRACKETS, 500), ("]" * 600_000, 500), ("n[" * 300_000, 500)),
    *field("required_nodes", ("n[1,", 500), ("n[]", 500), ("", 200), ("," * 1000, 200)),
    *field("required_nodes", ("%s%n", 500, (500, DIED, DIED)), ([["n1"]], 500), ({}, 200)),
    *field("required_nodes", ("n[" + "0" * 100_000 + "1-2]", 500), ([BRACKETS], 500)),
    *field("excluded_nodes", ("n[1-65536]," * 1000, 400, UNASKED), ("x" * MILLION, 500)),
)

# Texts that take a naive parser long: one for each of ours that reads a language of its own.
LONG = ("-", ",", ":", "1-", "1,", "1:", "*:", "9", " ", "0", "+-", "1k", "1GB", "0x", "now+", "[")
PARSED = (
    "nodes",
    "cpu_frequency",
    "distribution",
    "begin_time",
    "memory_per_cpu",
    "memory_per_node",
    "kill_warning_signal",
    "nice",
    "time_limit",
    "user_id",
    "group_id",
)

ODD = (
    *field("nodes", ("1-99999999999999", 500), ("0-2147483647:1", 500), ("1-4294967295:1", 500)),
    *field("nodes", ([], 500), ([1, 2, 3], 500), ([[]], 500), ({}, 500), ("5-1", 500)),
    *field("cpu_frequency", ("low-high-med:perf:user", 200), ("", 500), ([], 500), (2**64, 200)),
    *field("distribution", ("plane=" + "9" * MILLION, LATER), ("plane=", LATER), (",", LATER)),
    *field("distribution", ("arbitrary", LATER), ({}, LATER), ("*:*:*:*", LATER)),
    *field(
        "distribution_plane_size", (2**16, 200), (-1, 200), ("x", (400, 500, 500), (200, 500, 500))
    ),
    *field("begin_time", ("now+" + "9" * 40 + "days", 500, 200), ("2030-02-31T25:00", 500)),
    *field("begin_time", (-1, 200), (2**64, 200), ({}, 200), ("\u0661\u0662:30", 500)),
    *field("memory_per_cpu", ("1XB", 500), ("9" * 30 + "T", 500), (2**63, 200), (-1, 200)),
    *field("array", ("1-999999999", 500), ("5-1", 500), ("1-" * 100_000, 500), ("1-9%0", 200)),
    *field("dependency", ("after:" * 100_000, 500), ("nope", 500)),
    *field("licenses", ("a:b:c,,,", 500), ("x" * MILLION, 500)),
    *field("tres_per_node", ("gres/gpu:-1", 500), ("," * MILLION, 500)),
)


def parsed(key: str) -> list[Horror]:
    """A field with every long text; what its status is does not matter."""
    return [
        horror
        for piece in LONG
        for horror in field(key, (piece * (MILLION // len(piece)) + "x", 500))
    ]

# SPDX-License-Identifier: GPL-2.0-or-later
"""One job, node, partition or reservation, and the states of chosen jobs."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.reads import FLAGS, FUTURE, ODD_QUERIES, UPDATE_TIMES

# Every kind of job in the sandbox, by the name that its description of the cluster has.
JOBS = (
    "array-held",
    "begin-time",
    "cancelled-pending",
    "cancelled-running",
    "completed",
    "completed-steps",
    "dependency",
    "dependency-never",
    "failed",
    "held",
    "held-by-admin",
    "held-het",
    "killed",
    "licenses",
    "limited-1",
    "limited-2",
    "limited-3",
    "limited-qos",
    "nodes-down",
    "priority",
    "reservation",
    "resources",
    "running",
    "running-array",
    "running-gpu",
    "running-het",
    "running-preemptable",
    "running-single",
    "running-steps",
    "running-wckey",
    "singleton",
)

# Ways to name jobs; in a path and in ?job_id= they must be escaped.
JOB_IDS = {
    "array task": "<running-array>_1",
    "array task that waits": "<running-array>_5",
    "array task that is none": "<running-array>_99",
    "array tasks": "<running-array>_%5B1-2%5D",
    "array tasks with a step": "<running-array>_%5B1-5:2%5D",
    "array tasks and a list": "<running-array>_%5B1,3%5D",
    "every array task": "<running-array>_*",
    "raw brackets": "<running-array>_[1-2]",
    "open bracket": "<running-array>_%5B1-",
    "array without a task": "<running-array>_",
    "task of a job without an array": "<running>_1",
    "component": "<running-het>%2B1",
    "first component": "<running-het>%2B0",
    "component that is none": "<running-het>%2B9",
    "component of a job without": "<running>%2B1",
    "raw plus sign": "<running-het>+1",
    "plus sign and nothing": "<running-het>%2B",
    "step": "<running-steps>.0",
    "step that is none": "<running-steps>.99",
    "batch step": "<running-steps>.batch",
    "extern step": "<running-steps>.extern",
    "interactive step": "<running-steps>.interactive",
    "step without a number": "<running-steps>.",
    "step of no name": "<running-steps>.nope",
    "step of a step": "<running-steps>.0.1",
    "step of a component": "<running-het>%2B1.0",
    "step and component of it": "<running-het>.0%2B1",
    "step of an array task": "<running-array>_1.0",
    "float": "<running>.5",
    "hexadecimal": "0x<running>",
    "leading zeros": "00<running>",
    "leading plus sign": "%2B<running>",
    "leading space": "%20<running>",
    "trailing space": "<running>%20",
    "exponent": "1e0",
    "text after it": "<running>x",
    "comma": "<running>%2C<running-gpu>",
    "raw comma": "<running>,<running-gpu>",
    "unknown": "99999",
    "zero": "0",
    "negative": "-1",
    "text": "abc",
    "space": "%20",
    "quote": "%22<running>%22",
    "true": "true",
    "null": "null",
    "NO_VAL": "4294967294",
    "INFINITE": "4294967295",
    "the largest": "4294967293",
    "MAX_JOB_ID": "67108863",
    "above MAX_JOB_ID": "67108864",
    "32 bits and more": "4294967296",
    "32 bits and a job's id": "4294967297",
    "64 bits and more": "18446744073709551617",
    "very long": "9" * 400,
    "NUL": "<running>%00",
    "byte 255": "<running>%FF",
    "invalid UTF-8": "%E2%28",
    "UTF-8": "%C3%A4",
    "newline": "<running>%0A",
    "half an escape": "<running>%3",
}

NODE_NAMES = {
    "unknown": "nope",
    "declared": "e0001",
    "upper case": "N1",
    "address": "127.0.0.1",
    "host list": "n%5B1-2%5D",
    "raw brackets": "n[1-2]",
    "comma": "n1%2Cn2",
    "space": "n1%20",
    "quote": "n%22",
    "backslash": "n%5C",
    "UTF-8": "n%C3%A4",
    "invalid UTF-8": "n%E2%28",
    "newline": "n1%0A",
    "very long": "n" * 2000,
    "backwards host list": "n%5B5-1%5D",
    "open bracket": "n%5B1",
    "ALL": "ALL",
    "escaped slash": "n1%2F2",
}

PARTITION_NAMES = {
    "unknown": "nope",
    "upper case": "NORMAL",
    "hidden": "hidden",
    "space": "normal%20",
    "comma": "normal%2Cgpu",
    "quote": "%22",
    "UTF-8": "%C3%A4",
    "invalid UTF-8": "%E2%28",
    "very long": "p" * 2000,
    "escaped letter": "%6Eormal",
}

RESERVATION_NAMES = {
    "unknown": "nope",
    "upper case": "COURSE",
    "space": "course%20",
    "comma": "course%2Csolver",
    "UTF-8": "%C3%A4",
    "invalid UTF-8": "%E2%28",
    "very long": "r" * 2000,
}


def _jobs() -> Iterator[Case]:
    for name in JOBS:
        yield Case("GET job/{id}", f"of the sandbox: {name}", f"job/<{name}>")
    for name, spelled in JOB_IDS.items():
        yield Case("GET job/{id}", f"id {name}", f"job/{spelled}")
        yield Case("GET jobs/state", f"job_id {name}", "jobs/state", f"job_id={spelled}")
    for name, query in FLAGS.items():
        yield Case("GET job/{id}", f"flags {name}", "job/<running>", query)
    for name, query in ODD_QUERIES.items():
        yield Case("GET job/{id}", name, "job/<running>", query)
        yield Case("GET jobs/state", name, "jobs/state", query)
    yield Case("GET job/{id}", "update_time future", "job/<running>", f"update_time={FUTURE}")
    yield Case("GET job/{id}", "no id", "job/")


def _states() -> Iterator[Case]:
    operation, path = "GET jobs/state", "jobs/state"
    yield Case(operation, "plain", path)
    for name in JOBS:
        yield Case(operation, f"of the sandbox: {name}", path, f"job_id=<{name}>")
    several = {
        "two": "job_id=<running>&job_id=<held>",
        "the same twice": "job_id=<running>&job_id=<running>",
        "an unknown one and a known one": "job_id=99999&job_id=<running>",
        "nonsense and a known one": "job_id=abc&job_id=<running>",
        "a known one and nonsense": "job_id=<running>&job_id=abc",
        "empty": "job_id=",
        "empty and a known one": "job_id=&job_id=<running>",
        "without a value": "job_id",
        "escaped commas": "job_id=<running>%2C<held>%2C<running-array>_1",
        "escaped comma at the end": "job_id=<running>%2C",
        "indexed": "job_id%5B0%5D=<running>",
        "flags": "flags=ALL",
        "update_time": f"update_time={FUTURE}",
        "a hundred": "&".join(f"job_id={number}" for number in range(1, 101)),
    }
    for name, query in several.items():
        yield Case(operation, f"several: {name}", path, query)


def _named(kind: str, known: tuple[str, ...], names: dict[str, str]) -> Iterator[Case]:
    operation = f"GET {kind}/{{name}}"
    for name in known:
        yield Case(operation, name, f"{kind}/{name}")
    for name, spelled in names.items():
        yield Case(operation, f"name {name}", f"{kind}/{spelled}")
    for name, query in ODD_QUERIES.items():
        yield Case(operation, f"query {name}", f"{kind}/{known[0]}", query)
    for name, value in UPDATE_TIMES.items():
        query = f"update_time={value}"
        yield Case(operation, f"update_time {name}", f"{kind}/{known[0]}", query)
    for value in ("0", FUTURE, "abc"):
        query = f"update_time={value}"
        yield Case(operation, f"unknown, {query}", f"{kind}/nope", query)
    for name, query in FLAGS.items():
        yield Case(operation, f"flags {name}", f"{kind}/{known[0]}", query)
    yield Case(operation, "no name", f"{kind}/")


CASES = (
    *_jobs(),
    *_states(),
    *_named("node", ("n1", "n2", "n3", "n4", "e0500"), NODE_NAMES),
    *_named("partition", ("normal", "gpu", "single", "wide", "hidden"), PARTITION_NAMES),
    *_named("reservation", ("course", "maintenance", "solver"), RESERVATION_NAMES),
)

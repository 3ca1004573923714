# SPDX-License-Identifier: GPL-2.0-or-later
"""DELETE job/{id}: every signal and flag, on jobs made for it and on those of the sandbox.

A preparation makes a job for each of the two; what became of both jobs is compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.job_fields import WARN_FLAGS
from tests.conformance.cases.records import JOB_IDS

OPERATION = "DELETE job/{id}"

SIGNALS = {
    "none": None,
    "empty": "signal=",
    "without a value": "signal",
    "number": "signal=9",
    "zero": "signal=0",
    "name": "signal=KILL",
    "long name": "signal=SIGKILL",
    "lower case": "signal=kill",
    "lower case long name": "signal=sigterm",
    "TERM": "signal=TERM",
    "INT": "signal=INT",
    "USR1": "signal=USR1",
    "STOP": "signal=STOP",
    "CONT": "signal=CONT",
    "CHLD": "signal=CHLD",
    "number of a signal without a name": "signal=33",
    "largest signal": "signal=64",
    "too large": "signal=65",
    "much too large": "signal=999",
    "16 bits and more": "signal=65545",
    "NO_VAL16": "signal=65534",
    "32 bits and more": "signal=4294967305",
    "negative": "signal=-9",
    "float": "signal=9.5",
    "hexadecimal": "signal=0x9",
    "leading zero": "signal=09",
    "spaces": "signal=%209%20",
    "unknown": "signal=NOPE",
    "prefix": "signal=SIG",
    "two in one": "signal=INT%2CTERM",
    "twice": "signal=9&signal=15",
    "true": "signal=true",
    "null": "signal=null",
    "escaped NUL": "signal=%00",
    "UTF-8": "signal=%C3%A4",
}
FLAGS = {
    **{name: f"flags={name}" for name in WARN_FLAGS},
    "lower case": "flags=full_job",
    "two": "flags=FULL_JOB&flags=VERBOSE",
    "escaped comma": "flags=FULL_JOB%2CVERBOSE",
    "comma": "flags=FULL_JOB,VERBOSE",
    "unknown": "flags=NOPE",
    "unknown and known": "flags=NOPE&flags=FULL_JOB",
    "empty": "flags=",
    "number": "flags=1",
    "without a value": "flags",
}
OTHERS = {
    "signal and flag": "signal=TERM&flags=FULL_JOB",
    "wrong signal and flag": "signal=NOPE&flags=NOPE",
    "unknown parameter": "nope=1",
    "unknown parameter and signal": "nope=1&signal=9",
    "empty query": "",
}
# Harmless on jobs that others need: SIGURG, and what is refused anyway.  (After a SIGCONT the
# controller refuses the next one until the nodes have had it.)
RUNNING = {
    "job that runs": ("<running>", "alice"),
    "job with steps": ("<running-steps>", "carol"),
    "batch step": ("<running-steps>.batch", "carol"),
    "step": ("<running-steps>.0", "carol"),
    "step that is none": ("<running-steps>.99", "carol"),
    "array": ("<running-array>", "bob"),
    "array task": ("<running-array>_1", "bob"),
    "array task that waits": ("<running-array>_5", "bob"),
    "array task that is none": ("<running-array>_99", "bob"),
    "heterogeneous job": ("<running-het>", "alice"),
    "component": ("<running-het>%2B1", "alice"),
    "component that is none": ("<running-het>%2B9", "alice"),
    "finished job": ("<completed>", "alice"),
    "failed job": ("<failed>", "alice"),
    "cancelled job": ("<cancelled-pending>", "alice"),
    "job of another user": ("<running>", "bob"),
    "job of another user for a stranger": ("<running>", "mallory"),
    "job of another user for its coordinator": ("<running>", "carol"),
    "job of another user for an operator": ("<running>", "oscar"),
    "job of another user for root": ("<running>", "root"),
}


def _cases() -> Iterator[Case]:
    for name, query in (SIGNALS | {f"flag {n}": q for n, q in FLAGS.items()} | OTHERS).items():
        yield Case(OPERATION, f"held job, {name}", "job/<id>", query, prepare="held")
    yield Case(OPERATION, "held array", "job/<id>", prepare="array")
    yield Case(OPERATION, "held array task", "job/<id>_2", prepare="array")
    yield Case(OPERATION, "held array tasks", "job/<id>_%5B1-2%5D", prepare="array")
    yield Case(OPERATION, "held array, flag", "job/<id>", "flags=ARRAY_TASK", prepare="array")
    yield Case(OPERATION, "held components", "job/<id>", prepare="het")
    yield Case(OPERATION, "held component", "job/<id>%2B1", prepare="het")
    yield Case(OPERATION, "twice", "job/<id>", prepare="cancelled")
    yield Case(OPERATION, "of another user", "job/<id>", prepare="held", user="bob")
    yield Case(OPERATION, "by an operator", "job/<id>", prepare="held", user="oscar")
    yield Case(OPERATION, "by root", "job/<id>", prepare="held", user="root")
    yield Case(OPERATION, "trailing slash", "job/<id>/", prepare="held")
    yield Case(OPERATION, "empty body", "job/<id>", body=b"", prepare="held")
    yield Case(OPERATION, "empty object", "job/<id>", body={}, prepare="held")
    yield Case(OPERATION, "signal in the body", "job/<id>", body={"signal": 9}, prepare="held")
    yield Case(OPERATION, "name in the body", "job/<id>", body={"signal": "INT"}, prepare="held")
    yield Case(OPERATION, "flags in the body", "job/<id>", body={"flags": ["NOPE"]}, prepare="held")
    yield Case(OPERATION, "wrong body", "job/<id>", body=[1], prepare="held")
    yield Case(OPERATION, "broken body", "job/<id>", body=b"{", prepare="held")
    yield Case(OPERATION, "body and query", "job/<id>", "signal=9", body={}, prepare="held")
    for name, (spelled, user) in RUNNING.items():
        yield Case(OPERATION, name, f"job/{spelled}", "signal=URG", user=user)
    for name, spelled in JOB_IDS.items():
        yield Case(OPERATION, f"id {name}", f"job/{spelled}", "signal=CONT", user="mallory")
    yield Case(OPERATION, "no id", "job/")


CASES = tuple(_cases())
